// Checks how the ways to answer a question are sorted.
import { describe, expect, it } from "vitest";
import type { Message } from "../shared/chat_types";
import { answered_with, headline_of, side_by_side, sort_choices, still_shown, without_lead_in } from "./choices";

describe("sort_choices", () => {
  it("keeps answers in order and sets aside the ways around", () => {
    const sorted = sort_choices([
      { id: "1", text: "给单位上班" }, { id: "b", text: "上一步", aside: true }, { id: "2", text: "人工费没给怎么办" },
      { id: "s", text: "跳过", aside: true }, { id: "h", text: "转人工", aside: true },
    ]);
    expect(sorted.main.map((c) => c.id)).toEqual(["1", "2"]);
    expect(sorted.around.map((c) => c.id)).toEqual(["b", "s"]);
    expect(sorted.human.map((c) => c.id)).toEqual(["h"]);
  });
});
describe("side_by_side", () => {
  const named = (texts: string[]) => texts.map((text) => ({ id: text, text }));
  it("holds for many short names", () => expect(side_by_side(named("甲乙丙丁戊己庚".split("")))).toBe(true));
  it("not for a few", () => expect(side_by_side(named(["离婚", "工伤"]))).toBe(false));
  it("not when one of them is a question", () =>
    expect(side_by_side(named([..."甲乙丙丁戊己庚".split(""), "老板拖欠工资怎么办"]))).toBe(false));
});
describe("answered_with", () => {
  const line = (seq: number, from: Message["from"], text: string): Message => ({ seq, id: `${seq}`, from, at: 0, text });
  const messages = [line(1, "bot", "问"), line(2, "system", "-"), line(3, "contact", "答")];
  it("finds the answer after the card", () => expect(answered_with(messages, 0)).toBe("答"));
  it("is over when a lawyer has spoken", () =>
    expect(answered_with([line(1, "bot", "问"), line(2, "lawyer", "您好")], 0)).toBe("您好"));
  it("is null while nothing was answered", () => expect(answered_with(messages, 2)).toBeNull());
});
describe("a card whose choices are gone", () => {
  const choices = [{ id: "1", text: "离婚" }];
  it("shows them while open, and the one that was taken", () => {
    expect(still_shown(choices, null)).toEqual(choices);
    expect(still_shown(choices, "离婚")).toEqual(choices);
    expect(still_shown(choices, "别的事")).toEqual([]);
  });
  it("does not lead to them any more", () => {
    expect(without_lead_in(["您说的是欠薪方面的事。您想问的是："])).toEqual(["您说的是欠薪方面的事。"]);
    expect(without_lead_in(["没有律师值班。", "等的时候，您可以："])).toEqual(["没有律师值班。"]);
    expect(without_lead_in(["好的。"])).toEqual(["好的。"]);
  });
});
describe("headline_of", () => {
  it("is the question of the interview, not the words before it", () => {
    expect(headline_of({ kind: "intake", why: "为什么要问", paragraphs: ["好，我帮您填。", "给谁申请？"] })).toBe(1);
    expect(headline_of({ kind: "intake", paragraphs: ["请核对一遍。", "要改哪一项，回复数字。"] })).toBe(0);
    expect(headline_of({ kind: "clarify", paragraphs: ["我想先弄清一点。"] })).toBe(0);
  });
});
