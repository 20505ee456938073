// What was typed and not numbered by the server yet: sent until it is, in order, each time under the same id.
import { ref, watch, type ShallowRef } from "vue";
import type { PostAnswer } from "../shared/chat_types";
import { ApiError, as_api_error } from "../shared/http";
import { read_item, write_item } from "../shared/storage";
import { uuid } from "../shared/uuid";
import { reconnect_wait_ms } from "./connection";
import { enqueue, mark, restore_outgoing, type Log, type Outgoing } from "./log";

export interface MessageBody { cmid: string; text?: string; choice?: string }

export interface OutboxDeps {
  inbox: string;
  log: ShallowRef<Log>;
  /** Hands a frame to a live socket; false when there is none. */
  hand(frame: object): boolean;
  /** Sends by HTTP, in a new conversation where there is none. */
  post(body: MessageBody): Promise<PostAnswer>;
  on_answer(answer: PostAnswer): void;
  /** The token is gone: what follows goes to a new conversation. */
  on_gone(): void;
  /** A handed message got no ack in time: the socket may be dead. */
  on_silence(): void;
  on_sent(): void;
  on_stuck(): void;
  random?: () => number;
}

const ack_limit_ms = 10000;
/** No answer, too fast, or a server that is restarting or full: it passes by itself. */
const passing = [0, 408, 425, 429, 502, 503, 504];
const status_of_code: Record<string, number> = { unavailable: 503, rate_limited: 429, internal: 500 };

function body_of(o: Outgoing): MessageBody {
  return o.choice ? { cmid: o.cmid, choice: o.choice } : { cmid: o.cmid, text: o.text };
}

export function use_outbox(deps: OutboxDeps) {
  const { log } = deps;
  const key = `unsent.${deps.inbox}`;
  /** What the server said against sending; null while only the network is away. */
  const send_error = ref<ApiError | null>(null);
  /** The last attempt got no answer at all. */
  const cut_off = ref(false);
  /** In the hands of the present socket, by id, until the ack or its limit. */
  const handed = new Map<string, ReturnType<typeof setTimeout>>();
  let posting = false;
  let attempts = 0;
  let retry_timer: ReturnType<typeof setTimeout> | undefined;

  // A phone short of memory throws the page away while its owner looks for the network.
  watch(() => log.value.outgoing, (outgoing) => write_item(key, outgoing.length ? JSON.stringify(outgoing) : null));

  const pending = () => log.value.outgoing.filter((o) => o.state !== "failed");

  function send(text: string, choice?: string): void {
    const trimmed = text.trim();
    if (trimmed) add({ cmid: uuid(), text: trimmed, choice, at: Date.now(), state: "sending" });
  }

  function resend(cmid: string): void {
    const kept = log.value.outgoing.find((o) => o.cmid === cmid);
    if (kept) add({ ...kept, state: "sending" });
  }

  function add(outgoing: Outgoing): void {
    log.value = enqueue(log.value, outgoing);
    send_error.value = null;
    flush();
  }

  function flush(): void {
    clearTimeout(retry_timer);
    if (!hand_all()) void post_all();
  }

  function hand_all(): boolean {
    for (const next of pending()) {
      if (handed.has(next.cmid)) continue;
      if (!deps.hand({ t: "msg", ...body_of(next) })) return false;
      // The socket may die with the message inside; the same cmid by POST is then safe.
      handed.set(next.cmid, setTimeout(() => on_silence(next.cmid), ack_limit_ms));
      log.value = mark(log.value, next.cmid, "sending");
      deps.on_sent();
    }
    return true;
  }

  function on_silence(cmid: string): void {
    handed.delete(cmid);
    if (!pending().some((o) => o.cmid === cmid)) return;
    deps.on_silence();
    void post_all();
  }

  /** One after the other: two requests at once could arrive in the wrong order. */
  async function post_all(): Promise<void> {
    if (posting) return;
    posting = true;
    for (let next = pending()[0], renewed = false; next; next = pending()[0]) {
      if (attempts === 0) deps.on_sent();
      try {
        const answer = await deps.post(body_of(next));
        deps.on_answer({ ...answer, ack: { ...answer.ack, cmid: next.cmid } });
        came_through();
      } catch (caught) {
        const error = as_api_error(caught);
        if (error.status === 401 && !renewed) {
          renewed = true;
          deps.on_gone();
          continue;
        }
        if (passing.includes(error.status)) {
          put_off(error);
          break;
        }
        refuse(next.cmid, error);
      }
    }
    posting = false;
  }

  function came_through(): void {
    attempts = 0;
    cut_off.value = false;
    send_error.value = null;
  }

  function put_off(error: ApiError): void {
    if (pending().length === 0) return;
    let_go();
    for (const o of pending()) log.value = mark(log.value, o.cmid, "waiting");
    cut_off.value = error.is_network;
    send_error.value = error.is_network ? null : error;
    deps.on_stuck();
    clearTimeout(retry_timer);
    retry_timer = setTimeout(flush, reconnect_wait_ms(attempts, deps.random ?? Math.random));
    attempts += 1;
  }

  /** The server will not take it as it is: a person has to decide. */
  function refuse(cmid: string, error: ApiError): void {
    clearTimeout(handed.get(cmid));
    handed.delete(cmid);
    log.value = mark(log.value, cmid, "failed");
    send_error.value = error;
    deps.on_stuck();
  }

  /** The socket's word against a message; without an id it means the oldest one in its hands. */
  function take_error(frame: { code: string; message: string; cmid?: string }): void {
    const meant = pending().find((o) => (frame.cmid ? o.cmid === frame.cmid : handed.has(o.cmid)));
    if (!meant) return;
    const error = new ApiError(status_of_code[frame.code] ?? 400, frame.code, frame.message);
    if (passing.includes(error.status)) put_off(error);
    else refuse(meant.cmid, error);
  }

  function let_go(): void {
    for (const timer of handed.values()) clearTimeout(timer);
    handed.clear();
  }

  /** A new socket stands: what the old one took along is sent again at once, the same cmid is stored once. */
  function reconnected(): void {
    let_go();
    came_through();
    flush();
  }

  /** The network may be back: try now, and from the shortest wait on. */
  function nudge(): void {
    attempts = 0;
    flush();
  }

  function restore(): void {
    const kept = restore_outgoing(read_item(key), Date.now());
    for (const o of kept) if (!log.value.outgoing.some((k) => k.cmid === o.cmid)) log.value = enqueue(log.value, o);
  }

  function stop(): void {
    clearTimeout(retry_timer);
    let_go();
    log.value = { ...log.value, outgoing: [] };
  }

  return { send_error, cut_off, send, resend, flush, nudge, reconnected, take_error, restore, stop, came_through };
}
