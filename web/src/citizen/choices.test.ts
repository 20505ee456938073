// Checks how the ways to answer a question are sorted.
import { describe, expect, it } from "vitest";
import type { Message } from "../shared/chat_types";
import { answered_with, sort_choices } from "./choices";

describe("sort_choices", () => {
  it("keeps answers in order and sets aside the ways around", () => {
    const sorted = sort_choices([
      { id: "1", text: "给单位上班" }, { id: "b", text: "上一步" }, { id: "2", text: "在路上" },
      { id: "s", text: "不清楚，跳过" }, { id: "h", text: "都不是，转人工" },
    ]);
    expect(sorted.main.map((c) => c.id)).toEqual(["1", "2"]);
    expect(sorted.around.map((c) => c.id)).toEqual(["b", "s"]);
    expect(sorted.human.map((c) => c.id)).toEqual(["h"]);
  });
});
describe("answered_with", () => {
  const line = (seq: number, from: Message["from"], text: string): Message => ({ seq, id: `${seq}`, from, at: 0, text });
  const messages = [line(1, "bot", "问"), line(2, "system", "-"), line(3, "contact", "答")];
  it("finds the answer after the card", () => expect(answered_with(messages, 0)).toBe("答"));
  it("is null while nothing was answered", () => expect(answered_with(messages, 2)).toBeNull());
});
