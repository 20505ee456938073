// The citizen's conversation as reactive state: the session, the thread, the outbox and the connection put together.
import { computed, reactive, readonly, toRefs } from "vue";
import type { InboxInfo, ServerFrame } from "../shared/chat_types";
import { as_api_error, type ApiError } from "../shared/http";
import { wipe_items } from "../shared/storage";
import * as api from "./chat_api";
import { Connection, type LinkState } from "./connection";
import { use_outbox } from "./use_outbox";
import { use_session } from "./use_session";
import { use_thread } from "./use_thread";

const read_pause_ms = 500;

export function use_chat(inbox: string) {
  const page = reactive({
    info: null as InboxInfo | null,
    info_error: null as ApiError | null,
    link: "idle" as LinkState,
    /** The first page of an earlier conversation is on its way. */
    loading: false,
    load_error: null as ApiError | null,
    fresh_start: false,
    ended: false,
  });
  const session = use_session(inbox, () => connection.start());
  const thread = use_thread({
    fetch_page: (after) => (session.token.value ? api.fetch_messages(session.token.value, after) : null),
    on_gone,
  });
  const outbox = use_outbox({
    inbox,
    log: thread.log,
    hand: (frame) => page.link === "live" && connection.send(frame),
    post: async (body) => api.post_message(await session.ensure(), body),
    on_answer: thread.take_answer,
    on_gone: () => {
      connection.stop();
      on_gone();
    },
    on_silence: () => connection.nudge(),
    on_sent: thread.expect_answer,
    on_stuck: thread.stop_expecting,
  });
  const connection = new Connection({
    ticket: () => api.socket_ticket(session.token.value ?? ""),
    open_socket: api.open_socket,
    poll: (after, signal) => api.fetch_messages(session.token.value ?? "", after, 25, signal),
    last_seq: () => thread.log.value.solid,
    on_frame,
    on_page: thread.take_page,
    on_state,
    on_gone: () => {
      on_gone();
      outbox.reconnected(); // what is still unsent begins a new conversation
    },
  });

  function on_gone(): void {
    session.forget();
    thread.clear();
    page.fresh_start = true;
    page.loading = false;
    page.load_error = null;
  }

  function on_state(link: LinkState): void {
    const before = page.link;
    page.link = link;
    if (link === before || (link !== "live" && link !== "polling")) return;
    if (link === "polling") outbox.nudge(); // by socket the welcome does it, once its number is known
    if (page.info_error) void load_info();
  }

  function on_frame(frame: ServerFrame): void {
    switch (frame.t) {
      case "welcome":
        thread.state.status = frame.status;
        // The socket brings what was missed; a long absence is fetched page by page as well.
        if (frame.seq > thread.log.value.solid) void thread.fill_gap().then(clear_load_error, () => undefined);
        else clear_load_error();
        return outbox.reconnected();
      case "status":
        thread.state.status = frame.status;
        return;
      case "msg": return thread.take_message(frame.message);
      case "ack":
        outbox.came_through();
        return thread.take_ack(frame);
      case "typing": return thread.take_typing(frame.on);
      case "error": return outbox.take_error(frame);
    }
  }

  async function load_info(): Promise<void> {
    page.info_error = null;
    try {
      page.info = await api.inbox_info(inbox);
    } catch (caught) {
      page.info_error = as_api_error(caught);
    }
  }

  const clear_load_error = (): void => {
    page.load_error = null;
  };

  /** Picks up the conversation this browser holds a token for, and what it could not send. */
  async function resume(): Promise<void> {
    outbox.restore();
    if (!session.token.value) return outbox.flush();
    page.loading = true;
    clear_load_error();
    try {
      await thread.fill_gap();
    } catch (caught) {
      page.load_error = as_api_error(caught);
    }
    page.loading = false;
    // Also when the fetch failed: the connection finds out when it works again, and fetches then.
    if (session.token.value) connection.start();
    else outbox.flush();
  }

  /** The network is back or the page is looked at again. */
  function nudge(): void {
    connection.nudge();
    outbox.nudge();
    if (page.info_error) void load_info();
  }

  /** Leaves at once: the screen first, the network after. */
  function end(): void {
    page.ended = true;
    connection.stop();
    outbox.stop();
    thread.clear();
    session.close();
    wipe_items();
  }

  return {
    log: readonly(thread.log) as Readonly<typeof thread.log>,
    state: reactive({ ...toRefs(page), ...toRefs(thread.state), send_error: outbox.send_error }),
    has_started: computed(() => thread.log.value.messages.length + thread.log.value.outgoing.length > 0),
    /** No way to the server: what is typed waits. */
    offline: computed(() =>
      page.link === "offline" || (outbox.cut_off.value && thread.log.value.outgoing.some((o) => o.state === "waiting"))),
    load_info, resume, end, nudge, send: outbox.send, resend: outbox.resend,
    rate: (message: string, useful: boolean, reason?: string) =>
      api.post_feedback(session.token.value ?? "", message, useful, reason),
    take_over: () => connection.start(),
    notify_typing: () => connection.send({ t: "typing", on: true }),
    notify_read: read_notifier((seq) => connection.send({ t: "read", seq })),
  };
}
export type Chat = ReturnType<typeof use_chat>;

/** Tells the newest number seen, at most once a moment: only the highest counts. */
function read_notifier(tell: (seq: number) => void): (seq: number) => void {
  let highest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (seq) => {
    highest = Math.max(highest, seq);
    timer ??= setTimeout(() => {
      timer = undefined;
      tell(highest);
    }, read_pause_ms);
  };
}
