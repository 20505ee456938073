// The citizen's conversation as reactive state: opening it, sending, receiving, leaving.
import { computed, reactive, readonly, shallowRef } from "vue";
import type { InboxInfo, MessagesAnswer, ServerFrame, Status } from "../shared/chat_types";
import { ApiError, as_api_error } from "../shared/http";
import { read_item, wipe_items, write_item } from "../shared/storage";
import { uuid } from "../shared/uuid";
import * as api from "./chat_api";
import { Connection, type LinkState } from "./connection";
import { acknowledge, empty_log, enqueue, mark, receive, receive_page, type Log, type Outgoing } from "./log";

const ack_limit_ms = 10000;
const answer_limit_ms = 20000;
const typing_shown_ms = 6000;
const read_pause_ms = 500;

export function use_chat(inbox: string) {
  const token_key = `token.${inbox}`;
  const log = shallowRef<Log>(empty_log());
  const state = reactive({
    info: null as InboxInfo | null,
    info_error: null as ApiError | null,
    status: { owner: "bot" } as Status,
    link: "idle" as LinkState,
    token: read_item(token_key),
    /** The first page of an earlier conversation is on its way. */
    loading: false,
    load_error: null as ApiError | null,
    /** When the wait for the assistant's answer began, else 0. */
    asked_at: 0,
    lawyer_typing: false,
    send_error: null as ApiError | null,
    fresh_start: false,
    ended: false,
  });
  let opening: Promise<string> | null = null;
  let filling = false;
  let typing_timer: ReturnType<typeof setTimeout> | undefined;
  let read_timer: ReturnType<typeof setTimeout> | undefined;
  let read_seq = 0;
  const ack_timers = new Map<string, ReturnType<typeof setTimeout>>();

  const connection = new Connection({
    ticket: () => api.socket_ticket(state.token ?? ""),
    open_socket: api.open_socket,
    poll: (after, signal) => api.fetch_messages(state.token ?? "", after, 25, signal),
    last_seq: () => log.value.solid,
    on_frame,
    on_page,
    on_state: (link) => {
      state.link = link;
    },
    on_gone,
  });

  function set_token(token: string | null): void {
    state.token = token;
    write_item(token_key, token);
  }

  function on_gone(): void {
    set_token(null);
    log.value = { ...empty_log(), outgoing: log.value.outgoing };
    state.status = { owner: "bot" };
    state.fresh_start = true;
    state.loading = false;
    state.asked_at = 0;
  }

  function settle(next: Log): void {
    log.value = next;
    for (const cmid of ack_timers.keys())
      if (!next.outgoing.some((o) => o.cmid === cmid)) clear_ack_timer(cmid);
    const last = next.messages.at(-1);
    if (last && last.from !== "contact") state.asked_at = 0;
    if (last?.from === "lawyer") state.lawyer_typing = false;
    if (next.gap) void fill_gap();
  }

  function on_page(page: MessagesAnswer): void {
    settle(receive_page(log.value, page.messages, page.seq));
    state.status = page.status;
  }

  async function fill_gap(): Promise<void> {
    if (filling || !state.token) return;
    filling = true;
    try {
      for (let more = true; more && state.token; ) {
        const page = await api.fetch_messages(state.token, log.value.solid);
        // The answer's seq counts the whole conversation; a full page may not reach it yet.
        more = page.messages.length >= 100;
        on_page(more ? { ...page, seq: 0 } : page);
      }
    } catch (caught) {
      if (as_api_error(caught).status === 401) on_gone();
      else throw caught;
    } finally {
      filling = false;
    }
  }

  function on_frame(frame: ServerFrame): void {
    if (frame.t === "welcome" || frame.t === "status") state.status = frame.status;
    if (frame.t === "welcome" && frame.seq > log.value.solid) void fill_gap().catch(() => undefined);
    // What the old socket took along is sent again at once: the same cmid is stored once.
    if (frame.t === "welcome")
      for (const lost of log.value.outgoing) if (lost.state === "sending") void deliver(lost);
    if (frame.t === "msg") settle(receive(log.value, frame.message));
    if (frame.t === "ack") {
      clear_ack_timer(frame.cmid);
      settle(acknowledge(log.value, frame, Date.now()));
    }
    if (frame.t === "typing") {
      state.lawyer_typing = frame.on;
      clearTimeout(typing_timer);
      typing_timer = setTimeout(() => (state.lawyer_typing = false), typing_shown_ms);
    }
    if (frame.t === "error") {
      const sending = log.value.outgoing.find((o) => o.state === "sending" && (!frame.cmid || o.cmid === frame.cmid));
      if (sending) fail(sending.cmid, new ApiError(429, frame.code, frame.message));
    }
  }

  async function load_info(): Promise<void> {
    state.info_error = null;
    try {
      state.info = await api.inbox_info(inbox);
    } catch (caught) {
      state.info_error = as_api_error(caught);
    }
  }

  /** Picks up the conversation this browser holds a token for. */
  async function resume(): Promise<void> {
    if (!state.token) return;
    state.loading = true;
    state.load_error = null;
    try {
      await fill_gap();
      if (state.token) connection.start();
    } catch (caught) {
      state.load_error = as_api_error(caught);
    } finally {
      state.loading = false;
    }
  }

  function ensure_session(): Promise<string> {
    if (state.token) return Promise.resolve(state.token);
    opening ??= api
      .open_session(inbox)
      .then((session) => {
        set_token(session.token);
        connection.start();
        return session.token;
      })
      .finally(() => (opening = null));
    return opening;
  }

  function send(text: string, choice?: string): void {
    const trimmed = text.trim();
    if (trimmed) void deliver({ cmid: uuid(), text: trimmed, choice, at: Date.now(), state: "sending" });
  }

  function resend(cmid: string): void {
    const kept = log.value.outgoing.find((o) => o.cmid === cmid);
    if (kept) void deliver({ ...kept, state: "sending" });
  }

  async function deliver(outgoing: Outgoing): Promise<void> {
    log.value = enqueue(log.value, outgoing);
    state.send_error = null;
    state.asked_at = state.status.owner === "bot" || state.status.owner === "closed" ? Date.now() : 0;
    const body = outgoing.choice
      ? { cmid: outgoing.cmid, choice: outgoing.choice }
      : { cmid: outgoing.cmid, text: outgoing.text };
    if (state.link === "live" && connection.send({ t: "msg", ...body })) {
      // The socket may die with the message inside; the same cmid by POST is then safe.
      clear_ack_timer(outgoing.cmid);
      ack_timers.set(outgoing.cmid, setTimeout(() => void post(outgoing, body), ack_limit_ms));
      return;
    }
    await post(outgoing, body);
  }

  async function post(outgoing: Outgoing, body: { cmid: string; text?: string; choice?: string }): Promise<void> {
    clear_ack_timer(outgoing.cmid);
    try {
      const answer = await api.post_message(await ensure_session(), body);
      let next = acknowledge(log.value, answer.ack, Date.now());
      for (const message of answer.messages) next = receive(next, message);
      settle(next);
      state.status = answer.status;
      if (state.asked_at && Date.now() - state.asked_at > answer_limit_ms) state.asked_at = 0;
    } catch (caught) {
      const error = as_api_error(caught);
      if (error.status === 401 && state.token) {
        connection.stop();
        on_gone();
        return post(outgoing, body);
      }
      fail(outgoing.cmid, error);
    }
  }

  function fail(cmid: string, error: ApiError): void {
    clear_ack_timer(cmid);
    log.value = mark(log.value, cmid, "failed");
    state.asked_at = 0;
    if (!error.is_network) state.send_error = error;
  }

  /** The newest number seen, at most once a moment: only the highest counts. */
  function notify_read(seq: number): void {
    read_seq = Math.max(read_seq, seq);
    read_timer ??= setTimeout(() => {
      read_timer = undefined;
      connection.send({ t: "read", seq: read_seq });
    }, read_pause_ms);
  }

  function clear_ack_timer(cmid: string): void {
    clearTimeout(ack_timers.get(cmid));
    ack_timers.delete(cmid);
  }

  /** Leaves at once: the screen first, the network after. */
  function end(): void {
    const token = state.token;
    state.ended = true;
    connection.stop();
    log.value = empty_log();
    state.token = null;
    state.status = { owner: "bot" };
    wipe_items();
    if (!token) return;
    const revoke = (left: number): void => {
      api.end_session(token).catch((caught: unknown) => {
        if (left > 0 && as_api_error(caught).is_network) setTimeout(() => revoke(left - 1), 3000);
      });
    };
    revoke(10);
  }

  async function rate(message: string, useful: boolean, reason?: string): Promise<void> {
    await api.post_feedback(state.token ?? "", message, useful, reason);
  }

  return {
    log: readonly(log) as Readonly<typeof log>,
    state,
    has_started: computed(() => log.value.messages.length + log.value.outgoing.length > 0),
    load_info, resume, send, resend, end, rate,
    retry_link: () => connection.nudge(),
    take_over: () => connection.start(),
    notify_typing: () => connection.send({ t: "typing", on: true }),
    notify_read,
  };
}
export type Chat = ReturnType<typeof use_chat>;
