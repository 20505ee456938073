// Checks that the original is promised only where it is shown.
import { describe, expect, it } from "vitest";
import type { Article, Citation } from "../shared/chat_types";
import {
  article_copy, article_kind, article_lines, article_note, article_title, reading_place,
} from "./article_words";

const citation: Citation = { law: "劳动合同法", article: "第三十条", in_force: true, status: "现行有效" };
const article: Article = {
  ...citation, full: "中华人民共和国劳动合同法", plain: "工资要足额按时发。", text: null,
  read_at: "国家法律法规数据库 flk.npc.gov.cn",
};

describe("an article without its text", () => {
  it("is no original, and says where that is", () => {
    expect(article_kind(article)).toBe("法律依据");
    expect(article_note(article)).toMatch(/大意.*免费查看/);
    expect(article_note({ ...article, plain: null })).toMatch(/没有存/);
  });
  it("is named by law and article, before it came as well", () => {
    expect(article_title(citation, null)).toBe("《劳动合同法》第三十条");
    expect(article_title(citation, article)).toBe("《中华人民共和国劳动合同法》第三十条");
  });
  it("copies our line", () =>
    expect(article_copy(citation, article)).toBe("《中华人民共和国劳动合同法》第三十条\n工资要足额按时发。"));
});
describe("an article with its text", () => {
  const whole = { ...article, text: "用人单位应当…\n\n  第二款  " };
  it("is shown paragraph by paragraph, as the original", () => {
    expect(article_lines(whole)).toEqual(["用人单位应当…", "第二款"]);
    expect(article_kind(whole)).toBe("法条原文");
    expect(article_note(whole)).toBe("");
    expect(article_copy(citation, whole)).toContain("用人单位应当…\n第二款");
  });
});
describe("reading_place", () => {
  it("opens the address it names", () =>
    expect(reading_place(article.read_at).href).toBe("https://flk.npc.gov.cn/"));
  it("stays a name without a public address", () => {
    expect(reading_place("省政府公报").href).toBeNull();
    expect(reading_place("见 example.com").href).toBeNull();
  });
});
