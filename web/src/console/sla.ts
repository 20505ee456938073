// Puts a conversation's clock into words and one of three tones.
import { countdown, span } from "../shared/format";
import type { Row } from "../shared/staff_types";

export interface SlaWord { text: string; tone: "" | "w" | "o"; icon: "clock" | "warn" | "none" }

/** `now` is the server's time. The browser goes on counting between two answers of the gateway. */
export function sla_word(row: Row, now: number): SlaWord {
  if (row.owner === "closed") return { text: "已结束", tone: "", icon: "none" };
  if (row.owner === "snoozed") return { text: "已挂起", tone: "", icon: "none" };
  if (row.due_at === null) {
    const waits = row.last_from === "lawyer" || row.waiting_since === null;
    return { text: waits ? "等用户回复" : `已等 ${span(now - (row.waiting_since ?? now))}`, tone: "", icon: "none" };
  }
  const left = row.due_at - now;
  if (left <= 0) return { text: `已超时 ${span(-left)}`, tone: "o", icon: "warn" };
  const what = row.owner === "queued" ? "首响剩" : "回复剩";
  return { text: `${what} ${countdown(left)}`, tone: is_at_risk(row, now) ? "w" : "", icon: "clock" };
}

/** Amber from 70 % of the promised time on: as the server counts it (desk/sla.cpp). */
function is_at_risk(row: Row, now: number): boolean {
  if (row.sla !== "ok") return true;
  if (row.due_at === null || row.waiting_since === null) return false;
  return now - row.waiting_since >= 0.7 * (row.due_at - row.waiting_since);
}

/** Risk first, then the time left; conversations without a clock last, newest first. */
export function by_urgency(a: Row, b: Row): number {
  const risk = Number((b.risk?.length ?? 0) > 0) - Number((a.risk?.length ?? 0) > 0);
  if (risk !== 0) return risk;
  if (a.due_at !== null && b.due_at !== null) return a.due_at - b.due_at;
  if (a.due_at !== null || b.due_at !== null) return a.due_at !== null ? -1 : 1;
  return b.last_at - a.last_at;
}
