// Checks that a notice that did not arrive says so, and what is to be done.
import { describe, expect, it } from "vitest";
import type { ApplicationEvent, NoticeState } from "../shared/staff_types";
import { last_request, notice_word } from "./notice";

const request = (state?: NoticeState): ApplicationEvent => ({
  at: 1, who: "陈受理", missing: ["工资条"], notice: state ? { message: "m1", state } : null,
});

describe("notice_word", () => {
  it("asks for a call where it did not arrive, or not for certain", () => {
    for (const state of ["held", "unknown", "failed"] as const)
      expect(notice_word(request(state))).toEqual({
        text: "未送达，请电话告知", bad: true, pending: false, message: "m1",
      });
    expect(notice_word(request())).toMatchObject({ bad: true, message: "" });
  });
  it("waits for what is on its way", () => {
    for (const state of ["queued", "sending", "offered"] as const)
      expect(notice_word(request(state))).toMatchObject({ pending: true, bad: false });
  });
  it("is content with what arrived, was shown or was told otherwise", () => {
    for (const state of ["sent", "confirmed", "page", "settled"] as const)
      expect(notice_word(request(state))).toMatchObject({ pending: false, bad: false });
  });
});
describe("last_request", () => {
  it("is the latest list, whatever happened since", () => {
    const first = { ...request("sent"), at: 1 };
    const second = { ...request("held"), at: 2 };
    expect(last_request([first, second, { at: 3, who: "李审查" }])).toBe(second);
    expect(last_request([{ at: 3, who: "李审查" }])).toBeUndefined();
  });
});
