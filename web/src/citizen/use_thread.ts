// The conversation so far, each message once and in order, and who has it now.
import { reactive, shallowRef } from "vue";
import type { Ack, Message, MessagesAnswer, PostAnswer, Status } from "../shared/chat_types";
import { as_api_error } from "../shared/http";
import { page_size } from "./chat_api";
import { acknowledge, empty_log, receive, receive_page, type Log } from "./log";

const typing_shown_ms = 6000;

export interface ThreadDeps {
  /** Null while there is no conversation to fetch from. */
  fetch_page(after: number): Promise<MessagesAnswer> | null;
  on_gone(): void;
}

export function use_thread(deps: ThreadDeps) {
  const log = shallowRef<Log>(empty_log());
  const state = reactive({
    status: { owner: "bot" } as Status,
    /** When the wait for the assistant's answer began, else 0. */
    asked_at: 0,
    lawyer_typing: false,
  });
  let filling = false;
  let typing_timer: ReturnType<typeof setTimeout> | undefined;

  function settle(next: Log): void {
    log.value = next;
    const last = next.messages.at(-1);
    if (last && last.from !== "contact") state.asked_at = 0;
    if (last?.from === "lawyer") state.lawyer_typing = false;
    if (next.gap) void fill_gap().catch(() => undefined); // the next welcome asks again
  }

  function take_page(page: MessagesAnswer): void {
    settle(receive_page(log.value, page.messages, page.seq));
    state.status = page.status;
  }

  function take_ack(ack: Ack): void {
    settle(acknowledge(log.value, ack, Date.now()));
  }

  function take_answer(answer: PostAnswer): void {
    let next = acknowledge(log.value, answer.ack, Date.now());
    // Both are missing when the message was stored but could not be read back at once.
    for (const message of answer.messages ?? []) next = receive(next, message);
    settle(next);
    if (answer.status) state.status = answer.status;
  }

  /** Fetches what is missing, page by page. Throws the ApiError of a fetch that failed. */
  async function fill_gap(): Promise<void> {
    if (filling) return;
    filling = true;
    try {
      for (let more = true; more; ) {
        const asked = deps.fetch_page(log.value.solid);
        if (!asked) return;
        const page = await asked;
        // The answer's seq counts the whole conversation; a full page may not reach it yet.
        more = page.messages.length >= page_size;
        take_page(more ? { ...page, seq: 0 } : page);
      }
    } catch (caught) {
      if (as_api_error(caught).status !== 401) throw caught;
      deps.on_gone();
    } finally {
      filling = false;
    }
  }

  function take_typing(on: boolean): void {
    state.lawyer_typing = on;
    clearTimeout(typing_timer);
    // The word that it ended may be lost.
    if (on) typing_timer = setTimeout(() => (state.lawyer_typing = false), typing_shown_ms);
  }

  /** The assistant answers what it owns; a lawyer takes the time a person takes. */
  function expect_answer(): void {
    state.asked_at = state.status.owner === "bot" || state.status.owner === "closed" ? Date.now() : 0;
  }

  /** An empty conversation; what was typed and not sent yet stays. */
  function clear(): void {
    log.value = { ...empty_log(), outgoing: log.value.outgoing };
    state.status = { owner: "bot" };
    state.asked_at = 0;
  }

  return {
    log, state, take_page, take_ack, take_answer, take_typing, fill_gap, expect_answer, clear,
    take_message: (message: Message) => settle(receive(log.value, message)),
    stop_expecting: () => (state.asked_at = 0),
  };
}
