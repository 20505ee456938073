// Checks that a difference reads as a person would mark it.
import { describe, expect, it } from "vitest";
import { diff_lines, diff_text } from "./text_diff";

const marked = (before: string, after: string) =>
  diff_text(before, after).map((p) => (p.kind === "same" ? p.text : p.kind === "gone" ? `-${p.text}-` : `+${p.text}+`)).join("");

describe("diff_text", () => {
  it("marks what was replaced", () => expect(marked("一年内申请仲裁", "两年内申请仲裁")).toBe("-一-+两+年内申请仲裁"));
  it("marks what was added", () => expect(marked("可以要。", "可以要，不收费。")).toBe("可以要+，不收费+。"));
  it("does not chop a rewritten sentence into single characters", () =>
    expect(diff_text("先去劳动监察", "您可先打电话").length).toBeLessThanOrEqual(3));
  it("is one piece when nothing changed", () => expect(diff_text("照旧", "照旧")).toEqual([{ kind: "same", text: "照旧" }]));
  it("survives empty texts", () => {
    expect(diff_text("", "")).toEqual([]);
    expect(marked("", "新")).toBe("+新+");
  });
});
describe("diff_lines", () => {
  it("keeps lines, shows a reworded one once, and the rest as gone or new", () =>
    expect(diff_lines(["先留证据。", "打12333投诉。", "去法院"], ["先留证据。", "打12333投诉，免费。", "完全不同的一句话"]).map((l) => l.kind))
      .toEqual(["same", "changed", "gone", "new"]));
  it("finds a line that was only moved down", () =>
    expect(diff_lines(["甲", "乙"], ["新来的", "甲", "乙"]).map((l) => l.kind)).toEqual(["new", "same", "same"]));
});
