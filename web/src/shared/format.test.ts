// Checks that times read as people say them, in the centre's time zone whatever the machine's is.
import { describe, expect, it } from "vitest";
import { clock_time, countdown, short_date, span, when } from "./format";

const now = Date.UTC(2026, 10, 23, 2, 32); // 10:32 in Shaanxi

describe("when", () => {
  it("gives the hour alone today", () => expect(when(now - 60000, now)).toBe("10:31"));
  it("names yesterday across midnight", () => expect(when(Date.UTC(2026, 10, 22, 15, 59), now)).toBe("昨天 23:59"));
  it("gives the date within the year", () => expect(when(Date.UTC(2026, 10, 2, 1, 5), now)).toBe("11月2日 09:05"));
  it("adds the year before it", () => expect(when(Date.UTC(2025, 11, 31, 1, 0), now)).toBe("2025年12月31日 09:00"));
});
describe("clocks", () => {
  it("counts minutes and seconds below an hour", () => expect(countdown(130000)).toBe("02:10"));
  it("rounds down and never goes below zero", () => {
    expect(countdown(-5)).toBe("00:00");
    expect(countdown(59999)).toBe("00:59");
  });
  it("names hours and days above", () => {
    expect(countdown(3 * 3600000 + 12 * 60000)).toBe("3 小时 12 分");
    expect(span(31.5 * 3600000)).toBe("31 小时");
    expect(span(49 * 3600000)).toBe("2 天");
    expect(span(20000)).toBe("不到 1 分钟");
  });
  it("shows midnight as 00", () => expect(clock_time(Date.UTC(2026, 10, 22, 16, 0))).toBe("00:00"));
});
describe("short_date", () => {
  it("drops leading zeros", () => expect(short_date("2026-12-01")).toBe("12月1日"));
  it("leaves what it does not know", () => expect(short_date("不详")).toBe("不详"));
});
