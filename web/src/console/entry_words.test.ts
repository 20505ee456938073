// Checks what editors are told about revisions, findings and fields.
import { describe, expect, it } from "vitest";
import type { Finding, Revision } from "../shared/entry_types";
import { entry } from "./entry_fixture";
import { field_texts, findings_for, labels_of, revision_title, revision_word } from "./entry_words";

const revision = (over: Partial<Revision>): Revision => ({
  id: "r", entry: "T01-arrears", number: 0, state: "draft", author: { id: "a", name: "赵编辑" }, approver: null, note: "", base: 0,
  restores: null, version: 1, created_at: 0, saved_at: 0, submitted_at: null, decided_at: null, published_at: null, ...over,
});

describe("revision_word", () => {
  it.each<[Partial<Revision>, string]>([
    [{}, "草稿"], [{ note: "写错了" }, "被退回"], [{ state: "submitted" }, "待审核"], [{ state: "published", number: 2 }, "线上"],
    [{ state: "retired", number: 1 }, "旧版"], [{ state: "retired" }, "已放弃"],
  ])("%j is %s", (over, word) => expect(revision_word(revision(over)).name).toBe(word));
  it("says what a rollback brought back", () => {
    expect(revision_title(revision({ number: 3, restores: 0 }))).toBe("第 3 版（恢复自出厂版）");
    expect(revision_title(revision({}))).toBe("赵编辑的稿子");
  });
});
describe("findings_for", () => {
  const found: Finding[] = [
    { field: "sections", place: "怎么办", level: "error", rule: "exclamation", message: "不用感叹号。" },
    { field: "variants", level: "warning", rule: "repeated_variant", message: "写了两遍。", value: "老板不给钱" },
  ];
  it("tells sections apart by their title", () => {
    expect(findings_for(found, "sections", "怎么办")).toHaveLength(1);
    expect(findings_for(found, "sections", "注意")).toHaveLength(0);
    expect(findings_for(found, "variants")).toHaveLength(1);
  });
});
describe("field_texts", () => {
  it("lists fields in the form's order, the sections in theirs", () => {
    const labels = labels_of(field_texts(entry), field_texts({ ...entry, sections: [{ title: "带什么", ordered: false, items: ["身份证"] }] }));
    expect(labels.slice(0, 6)).toEqual(["标准问题", "结论", "怎么办", "带什么", "注意", "法条"]);
  });
  it("of nothing is nothing", () => expect(field_texts(null)).toEqual([]));
});
