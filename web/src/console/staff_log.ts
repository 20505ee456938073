// Merges what the gateway pushes into the conversation a lawyer has open.
import type { StaffMessage } from "../shared/staff_types";

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

export function last_contact_text(messages: StaffMessage[]): string {
  return messages.findLast((m) => m.from === "contact")?.text ?? "";
}
