// Checks how a legal clock reads at its edges.
import { describe, expect, it } from "vitest";
import type { Clock } from "../shared/staff_types";
import { clock_word, day_label, due_words } from "./clock_words";

const clock = (over: Partial<Clock>): Clock => ({
  kind: "review", starts: "2026-11-24", due: "2026-12-01", due_at: 0, days_left: 7, state: "running", explain: "",
  days: [{ date: "2026-11-30", mark: "received" }, { date: "2026-12-01", mark: "counted" }, { date: "2026-12-02", mark: "last" }],
  ...over,
});

describe("clock_word", () => {
  it("counts days, amber for the last two", () => {
    expect(clock_word(clock({}))).toEqual({ text: "剩 7 天", tone: "" });
    expect(clock_word(clock({ days_left: 2 })).tone).toBe("w");
  });
  it("names the last day", () => expect(clock_word(clock({ days_left: 0 }))).toEqual({ text: "今天届满", tone: "w" }));
  it("is overdue by at least a day", () =>
    expect(clock_word(clock({ state: "overdue", days_left: 0 }))).toEqual({ text: "超期 1 天", tone: "o" }));
  it("shows no days while paused", () => expect(clock_word(clock({ state: "paused" })).text).toContain("暂停"));
});
describe("day_label", () => {
  it("gives the month at the ends and on the first of a month", () => {
    expect(day_label(clock({}), 0)).toEqual({ date: "11-30", mark: "收到" });
    expect(day_label(clock({}), 1).date).toBe("12-01");
    expect(day_label(clock({}), 2)).toEqual({ date: "12-02", mark: "届满" });
  });
});
it("writes the sum out", () => expect(due_words(clock({}))).toBe("11月24日起算，12月1日届满"));
