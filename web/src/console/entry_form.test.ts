// Checks that the form gives an entry back as it came, and what typing makes of it.
import { describe, expect, it } from "vitest";
import { entry } from "./entry_fixture";
import { add_variants, article_words, blank_form, entry_of, form_of, read_length, same_form } from "./entry_form";

describe("the editors' form", () => {
  it("gives an entry back as it came, but for the date the server sets", () =>
    expect(entry_of(form_of(entry))).toEqual({ ...entry, reviewed_on: "" }));
  it("keeps sections in the order of the rules, whatever was filled first", () => {
    const form = form_of(entry);
    form.sections["带什么"] = "身份证";
    expect(entry_of(form).sections.map((s) => s.title)).toEqual(["怎么办", "带什么", "注意"]);
  });
  it("drops numbers and bullets that were pasted in front of lines", () => {
    const form = form_of(entry);
    form.sections["怎么办"] = "1. 先留证据\n2、再投诉\n\n- 申请仲裁";
    expect(entry_of(form).sections[0]?.items).toEqual(["先留证据", "再投诉", "申请仲裁"]);
  });
  it("lists the deadlines its text refers to", () => {
    const form = form_of({ ...entry, deadlines: [] });
    expect(entry_of(form).deadlines).toEqual(["labour.arb_limit"]);
  });
  it("is unchanged by blanks and empty lines", () => {
    const form = form_of(entry);
    form.variants = [" 老板跑路了工资咋办", "", "干了活一分钱莫给 "];
    form.keywords = "讨薪，欠薪，";
    expect(same_form(form, form_of(entry))).toBe(true);
    form.question += "啊";
    expect(same_form(form, form_of(entry))).toBe(false);
  });
  it("starts a new entry in its topic", () => expect(blank_form("T05", "2027-11-24").id).toBe("T05-"));
});

describe("add_variants", () => {
  it("takes pasted lines one by one and none twice", () =>
    expect(add_variants(["甲", ""], "1. 乙\n\n甲\n  丙 \r\n乙")).toEqual(["甲", "乙", "丙"]));
});

describe("article_words", () => {
  it.each([
    ["30", "第三十条"], ["第30条", "第三十条"], ["10条", "第十条"], ["105", "第一百零五条"], ["1079", "第一千零七十九条"],
    ["1260", "第一千二百六十条"], ["1001", "第一千零一条"], ["276条之一", "第二百七十六条之一"],
    ["第三十条", "第三十条"], ["第几条", "第几条"], ["0", "0"], ["", ""],
  ])("%s", (typed, written) => expect(article_words(typed)).toBe(written));
});

describe("read_length", () => {
  it("leaves out marks of articles and counts numbers", () =>
    expect(read_length("打{热线:12333}。[劳动合同法 第三十条]")).toBe(7));
});
