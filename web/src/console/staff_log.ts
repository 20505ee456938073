// Merges what the gateway pushes into the conversation a lawyer has open.
import type { StaffMessage, Summary } from "../shared/staff_types";

/** Later news about the same message (its delivery) replaces the earlier. Order is the server's number. */
export function merge_message(messages: StaffMessage[], fresh: StaffMessage): StaffMessage[] {
  const at = messages.findIndex((m) => m.id === fresh.id || (fresh.cmid !== undefined && m.cmid === fresh.cmid));
  if (at >= 0) return messages.map((m, n) => (n === at ? { ...m, ...fresh } : m));
  const before = messages.findLastIndex((m) => m.seq <= fresh.seq) + 1;
  return [...messages.slice(0, before), fresh, ...messages.slice(before)];
}

/** The part that was the assistant's: everything up to the hand-over, or nothing. */
export function split_at_handover(messages: StaffMessage[]): { before: StaffMessage[]; after: StaffMessage[] } {
  const last_bot = messages.findLastIndex((m) => m.from === "bot");
  const first_lawyer = messages.findIndex((m) => m.from === "lawyer" && !m.note);
  const end = first_lawyer >= 0 ? Math.min(last_bot, first_lawyer - 1) : last_bot;
  return { before: messages.slice(0, end + 1), after: messages.slice(end + 1) };
}

/** Orders, taps and courtesies: they say nothing about the matter. */
const no_matter =
  /^(转?人工|[转找]律师|找人工|不等了|留言|打\d+|取消|上一步|跳过|进度|查询我的申请|(我[想要])?申请(法律)?(援助)?|不?同意|确认(提交)?|好的?|嗯|谢谢|[您你]?好|在吗|都不是|[①-⑨]|\d+)[。！!？?]?$/;

/** What to look for in the knowledge base: what the contact told since the hand-over, else what was handed over. */
export function matter_of(messages: StaffMessage[], summary: Pick<Summary, "matter" | "unclear"> | null): string {
  const told = (list: StaffMessage[]) =>
    list.findLast((m) => m.from === "contact" && !no_matter.test(m.text.trim()))?.text ?? "";
  const since = told(split_at_handover(messages).after);
  return since || summary?.unclear || summary?.matter || told(messages);
}
