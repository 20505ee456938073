// Checks that pushed messages are neither doubled nor lost, and where the assistant's part ends.
import { describe, expect, it } from "vitest";
import type { StaffMessage } from "../shared/staff_types";
import { last_contact_text, merge_message, split_at_handover } from "./staff_log";

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
it("finds the contact's last words", () =>
  expect(last_contact_text([m(1, "contact"), m(2, "contact"), m(3, "bot")])).toBe("2"));
