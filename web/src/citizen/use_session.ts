// The token this browser holds for one inbox: kept, opened when the first words are sent, given back at the end.
import { ref } from "vue";
import { ApiError, as_api_error } from "../shared/http";
import { read_item, write_item } from "../shared/storage";
import * as api from "./chat_api";

const revoke_tries = 10;
const revoke_pause_ms = 3000;

export function use_session(inbox: string, on_open: () => void) {
  const key = `token.${inbox}`;
  const token = ref(read_item(key));
  let opening: Promise<string> | null = null;
  let closed = false;

  function keep(next: string | null): void {
    token.value = next;
    write_item(key, next);
  }

  async function open(): Promise<string> {
    const session = await api.open_session(inbox);
    if (closed) {
      revoke(session.token);
      throw new ApiError(410, "expired", "");
    }
    keep(session.token);
    on_open();
    return session.token;
  }

  function ensure(): Promise<string> {
    if (token.value) return Promise.resolve(token.value);
    opening ??= open().finally(() => (opening = null));
    return opening;
  }

  /** For good: a session that is just being opened is given back as well. */
  function close(): void {
    closed = true;
    const held = token.value;
    token.value = null;
    if (held) revoke(held);
  }

  return { token, ensure, close, forget: () => keep(null) };
}

/** A token left behind could be used by the next person at this phone: tried again while the network is away. */
function revoke(token: string, left = revoke_tries): void {
  api.end_session(token).catch((caught: unknown) => {
    if (left > 0 && as_api_error(caught).is_network) setTimeout(() => revoke(token, left - 1), revoke_pause_ms);
  });
}
