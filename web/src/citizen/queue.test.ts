// Checks what somebody who waits is told, with lawyers there and without.
import { describe, expect, it } from "vitest";
import { queue_line, waits_for_opening } from "./queue";

const promise = { at: 1, text: "明天9:30前给您回复" };
const on = { on_duty: true, hours: "今天 9:00–17:30 值班" };
const off = { on_duty: false, hours: "下次值班：11月26日 9:00" };

describe("queue_line", () => {
  it("is brief in large type", () => {
    expect(queue_line({ owner: "queued", position: 2, estimate_min: 10 }, on, true)).toBe("您排在第 2 位，约 10 分钟");
    expect(queue_line({ owner: "queued", position: 2 }, on, true)).toBe("您排在第 2 位");
  });
  it("gives place and estimate while lawyers are there", () =>
    expect(queue_line({ owner: "queued", position: 2, estimate_min: 10 }, on)).toBe("您排在第 2 位，预计约 10 分钟"));
  it("says that a wait is unknown", () =>
    expect(queue_line({ owner: "queued", position: 2 }, on)).toBe("您排在第 2 位，要等多久还说不准"));
  it("leaves the word to the promise while nobody is on duty", () => {
    expect(queue_line({ owner: "queued", position: 2, promise }, off)).toBe("");
    expect(queue_line({ owner: "queued", position: 2, promise }, null)).toBe("");
  });
  it("names the next opening where there is no promise", () =>
    expect(queue_line({ owner: "queued", position: 1 }, off)).toBe("您的事已经记下，律师上班后回复您。下次值班：11月26日 9:00"));
  it("gives the place again once somebody is there, whatever was promised", () =>
    expect(queue_line({ owner: "queued", position: 1, estimate_min: 5, promise }, off)).toContain("第 1 位"));
});
describe("waits_for_opening", () => {
  it("concerns the queue alone", () => {
    expect(waits_for_opening({ owner: "bot", promise }, off)).toBe(false);
    expect(waits_for_opening({ owner: "queued" }, null)).toBe(false);
  });
});
