// Checks that pushed messages are neither doubled nor lost, and where the assistant's part ends.
import { describe, expect, it } from "vitest";
import type { StaffMessage } from "../shared/staff_types";
import { matter_of, merge_message, split_at_handover } from "./staff_log";

const m = (seq: number, from: StaffMessage["from"], over: Partial<StaffMessage> = {}): StaffMessage => ({
  seq, id: `m${seq}`, from, at: seq, text: `${seq}`, ...over,
});
const seqs = (list: StaffMessage[]) => list.map((x) => x.seq);

describe("merge_message", () => {
  it("adds in order", () => expect(seqs(merge_message([m(1, "contact"), m(3, "lawyer")], m(2, "bot")))).toEqual([1, 2, 3]));
  it("takes later news of the same message", () => {
    const list = merge_message([m(1, "lawyer", { delivery: "sending" })], m(1, "lawyer", { delivery: "confirmed" }));
    expect(list).toHaveLength(1);
    expect(list[0]?.delivery).toBe("confirmed");
  });
  it("knows its own message by the id it gave it", () => {
    const mine = m(0, "lawyer", { id: "local", cmid: "c1" });
    expect(merge_message([mine], m(9, "lawyer", { id: "m9", cmid: "c1" }))).toHaveLength(1);
  });
});
describe("split_at_handover", () => {
  it("ends the assistant's part with its last word before the lawyer's first", () => {
    const list = [m(1, "contact"), m(2, "bot"), m(3, "contact"), m(4, "lawyer"), m(5, "bot"), m(6, "contact")];
    expect(seqs(split_at_handover(list).before)).toEqual([1, 2, 3]);
  });
  it("is empty when the assistant said nothing", () =>
    expect(split_at_handover([m(1, "contact"), m(2, "lawyer")]).before).toEqual([]));
});
describe("matter_of", () => {
  const before = [m(1, "contact", { text: "老板欠薪" }), m(2, "bot"), m(3, "contact", { text: "转人工" }), m(4, "bot")];
  const sheet = { matter: "欠薪：老板欠薪", unclear: "" };
  it("is what was handed over, not the order to hand it over", () => {
    expect(matter_of(before, sheet)).toBe("欠薪：老板欠薪");
    expect(matter_of(before, { ...sheet, unclear: "没合同怎么办" })).toBe("没合同怎么办");
    expect(matter_of(before, null)).toBe("老板欠薪");
  });
  it("is what was told since", () => {
    const since = [...before, m(5, "lawyer"), m(6, "contact", { text: "没签合同" }), m(7, "contact", { text: "好的" })];
    expect(matter_of(since, sheet)).toBe("没签合同");
  });
});
