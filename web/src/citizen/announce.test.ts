// Checks that the live region speaks of news, and of nothing else.
import { describe, expect, it } from "vitest";
import { queue_news, spoken } from "./announce";

describe("spoken", () => {
  const base = { seq: 1, id: "1", at: 0, text: "全文" };
  it("does not repeat one's own words", () => expect(spoken({ ...base, from: "contact" })).toBe(""));
  it("says the conclusion of a card", () =>
    expect(spoken({ ...base, from: "bot", card: { kind: "answer", paragraphs: ["能要。"] } })).toBe("助手说：能要。"));
  it("names the lawyer", () => expect(spoken({ ...base, from: "lawyer", name: "王律师" })).toBe("王律师说：全文"));
});
describe("queue_news", () => {
  it("tells a changed place once", () => {
    const at = (position: number) => ({ owner: "queued" as const, position, estimate_min: 5 });
    expect(queue_news(at(2), at(1))).toBe("您排在第1位，预计约5分钟");
    expect(queue_news(at(1), at(1))).toBe("");
  });
  it("tells that a person is there", () =>
    expect(queue_news({ owner: "queued" }, { owner: "human", lawyer: { name: "王毅" } })).toBe("王毅律师已接入"));
  it("tells the promise, and no place, while nobody is on duty", () => {
    const promise = { at: 9, text: "明天9:30前给您回复" };
    expect(queue_news({ owner: "bot" }, { owner: "queued", position: 2, promise })).toBe(promise.text);
    expect(queue_news({ owner: "queued", position: 2, promise }, { owner: "queued", position: 1, promise })).toBe("");
  });
});
