// Puts a legal clock into words: the state, the days left, the label under each day.
import { short_date } from "../shared/format";
import type { Clock, DayMark } from "../shared/staff_types";

const kinds: Record<string, string> = {
  review: "审查期限", assign: "指派期限", assignment: "指派期限", objection: "异议审查期限",
  supplement: "补充材料期限",
};
export const clock_name = (kind: string): string => kinds[kind] ?? "办理期限";

export interface ClockWord { text: string; tone: "" | "w" | "o" }

export function clock_word(clock: Clock): ClockWord {
  if (clock.state === "done") return { text: "已办完", tone: "" };
  if (clock.state === "paused") return { text: "暂停，等补充材料", tone: "" };
  if (clock.state === "overdue" || clock.days_left < 0) {
    const days = Math.max(1, -clock.days_left);
    return { text: `超期 ${days} 天`, tone: "o" };
  }
  if (clock.days_left === 0) return { text: "今天届满", tone: "w" };
  return { text: `剩 ${clock.days_left} 天`, tone: clock.days_left <= 2 ? "w" : "" };
}

const marks: Record<DayMark, string> = { received: "收到", counted: "", paused: "暂停", rest: "休息日", last: "届满" };
/** What stands under a day of the strip: the date in full at both ends, else the day alone. */
export function day_label(clock: Clock, n: number): { date: string; mark: string } {
  const day = clock.days[n];
  if (!day) return { date: "", mark: "" };
  const full = n === 0 || n === clock.days.length - 1 || day.date.endsWith("-01");
  return { date: full ? day.date.slice(5) : String(Number(day.date.slice(8))), mark: marks[day.mark] ?? "" };
}
export const due_words = (clock: Clock): string => `${short_date(clock.starts)}起算，${short_date(clock.due)}届满`;
