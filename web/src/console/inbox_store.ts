// The lists of conversations and the one that is open.
import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { as_api_error, type ApiError } from "../shared/http";
import type { ConversationDetail, Row, StaffFrame, StaffMessage, Tab } from "../shared/staff_types";
import { uuid } from "../shared/uuid";
import { by_urgency } from "./sla";
import { staff_api } from "./staff_api";
import { merge_message } from "./staff_log";
import { use_undelivered } from "./undelivered_store";

export const use_inbox = defineStore("inbox", () => {
  const undelivered = use_undelivered();
  const list = ref<Tab>("queued");
  const rows = ref<Row[] | null>(null);
  const next = ref<string | null>(null);
  const list_error = ref<ApiError | null>(null);
  const open_id = ref<string | null>(null);
  const detail = ref<ConversationDetail | null>(null);
  const detail_error = ref<ApiError | null>(null);
  const sorted = computed(() => (rows.value && list.value !== "closed" ? [...rows.value].sort(by_urgency) : rows.value));

  async function load_list(): Promise<void> {
    const wanted = list.value;
    if (wanted === "undelivered") return undelivered.load();
    list_error.value = null;
    try {
      const page = await staff_api.conversations(wanted);
      if (wanted !== list.value) return;
      rows.value = page.conversations;
      next.value = page.next;
    } catch (caught) {
      if (wanted === list.value) list_error.value = as_api_error(caught);
    }
  }
  let list_timer: ReturnType<typeof setTimeout> | undefined;
  /** One turn makes several events; one fetch answers them all. */
  function load_list_soon(): void {
    clearTimeout(list_timer);
    list_timer = setTimeout(() => void load_list(), 120);
  }
  async function load_more(): Promise<void> {
    const wanted = list.value;
    if (wanted === "undelivered") return undelivered.load_more();
    if (!next.value) return;
    const page = await staff_api.conversations(wanted, next.value);
    if (wanted !== list.value) return;
    rows.value = [...(rows.value ?? []), ...page.conversations];
    next.value = page.next;
  }
  function show_list(name: Tab): void {
    if (name === list.value && rows.value) return void load_list();
    list.value = name;
    rows.value = null;
    next.value = null;
    undelivered.clear();
    void load_list();
  }
  /** The conversations of the shown list, in its order. */
  function ids(): string[] {
    if (list.value === "undelivered") return (undelivered.rows ?? []).map((row) => row.conversation);
    return (sorted.value ?? []).map((row) => row.id);
  }
  async function open(id: string | null): Promise<void> {
    if (open_id.value !== id) detail.value = null;
    open_id.value = id;
    detail_error.value = null;
    if (!id) return;
    try {
      const found = await staff_api.conversation(id);
      if (open_id.value === id) detail.value = found;
    } catch (caught) {
      if (open_id.value === id) detail_error.value = as_api_error(caught);
    }
  }
  function take_row(row: Row): void {
    if (detail.value?.conversation.id === row.id) detail.value = { ...detail.value, conversation: row };
    load_list_soon();
  }
  function take_message(conversation: string, message: StaffMessage): void {
    if (detail.value?.conversation.id !== conversation) return;
    detail.value = { ...detail.value, messages: merge_message(detail.value.messages, message) };
  }
  async function accept(id: string): Promise<void> {
    take_row((await staff_api.accept(id)).conversation);
    if (open_id.value === id) void open(id);
  }
  /** The caller keeps `cmid` until this succeeds, so that a second try is the same message. */
  async function write(
    id: string, text: string, note: boolean, citations: { law: string; article: string }[], cmid = uuid(),
  ): Promise<void> {
    const body = { cmid, text };
    const answer = note
      ? await staff_api.note(id, body)
      : await staff_api.reply(id, citations.length ? { ...body, citations } : body);
    take_message(id, answer.message);
    load_list_soon();
  }
  async function release(id: string, to: "bot" | "queue", note: string): Promise<void> {
    take_row((await staff_api.release(id, to, note || undefined)).conversation);
  }
  async function close(id: string, reason: string, note: string): Promise<void> {
    take_row((await staff_api.close(id, reason, note || undefined)).conversation);
  }
  function on_frame(frame: StaffFrame): void {
    if (frame.t === "desk") {
      load_list_soon();
      if (open_id.value) void open(open_id.value);
    }
    if (frame.t === "conversation") {
      load_list_soon();
      if (frame.id === open_id.value) void open(frame.id);
    }
    if (frame.t === "message") {
      take_message(frame.conversation, frame.message);
      load_list_soon();
    }
  }
  function clear(): void {
    undelivered.clear();
    rows.value = null;
    detail.value = null;
    open_id.value = null;
  }
  return {
    list, rows: sorted, next, list_error, open_id, detail, detail_error,
    load_list, load_more, show_list, ids, open, accept, write, release, close, on_frame, clear,
  };
});
