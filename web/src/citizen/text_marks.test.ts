// Checks what is taken for an action and what for a telephone number.
import { describe, expect, it } from "vitest";
import { inbox_of_path } from "./path";
import { dial_parts, lead_of, numbers_in } from "./text_marks";

describe("lead_of", () => {
  it("takes the words before the colon", () => expect(lead_of("先留证据：工资条")).toEqual(["先留证据", "：工资条"]));
  it("leaves a step without one", () => expect(lead_of("申请劳动仲裁")).toEqual(["", "申请劳动仲裁"]));
  it("leaves a colon far into the sentence", () =>
    expect(lead_of("如果对方一直不肯给您一个说法，那就这样说：请给")[0]).toBe(""));
});
describe("dial_parts", () => {
  it("finds public numbers inside a sentence", () =>
    expect(dial_parts("打12333投诉，或拨110。")).toEqual([
      { text: "打" }, { text: "12333", dial: "12333" }, { text: "投诉，或拨" }, { text: "110", dial: "110" }, { text: "。" },
    ]));
  it("does not dial sums, dates or longer numbers", () => {
    for (const text of ["欠12348元", "第110条", "120天内", "2026-12-110", "13812345678"])
      expect(numbers_in([text])).toEqual([]);
  });
  it("keeps empty text", () => expect(dial_parts("")).toEqual([{ text: "" }]));
});
describe("inbox_of_path", () => {
  it("reads the inbox from a link", () => expect(inbox_of_path("/chat/qr-07")).toBe("qr-07"));
  it("takes anything else for the centre's page", () => {
    expect(inbox_of_path("/")).toBe("web");
    expect(inbox_of_path("/chat/")).toBe("web");
    expect(inbox_of_path("/chat/%E0%A4%A")).toBe("web");
  });
});
