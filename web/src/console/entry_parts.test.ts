// Checks what the editors' parts show, by rendering them without a browser.
import { createPinia } from "pinia";
import { type Component, createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { describe, expect, it } from "vitest";
import type { Entry, EntryCheck, Finding, Revision } from "../shared/entry_types";
import CitationRows from "./CitationRows.vue";
import EntryPreview from "./EntryPreview.vue";
import FieldNotes from "./FieldNotes.vue";
import { entry } from "./entry_fixture";
import RevisionDiff from "./RevisionDiff.vue";
import RevisionList from "./RevisionList.vue";
import VariantList from "./VariantList.vue";

const html = (part: Component, props: Record<string, unknown>) => {
  const app = createSSRApp(part, props);
  app.component("RouterLink", (p: { to?: unknown }, { slots }: { slots: { default?: () => never } }) =>
    h("a", { "data-to": JSON.stringify(p.to) }, slots.default?.()));
  return renderToString(app.use(createPinia()));
};
const finding = (over: Partial<Finding>): Finding =>
  ({ field: "variants", level: "error", rule: "near_duplicate", message: "会抢答。", ...over });
const revision = (over: Partial<Revision>): Revision => ({
  id: "r", entry: entry.id, number: 1, state: "published", author: { id: "a", name: "赵编辑" }, approver: { id: "b", name: "周主任" },
  note: "", base: 0, restores: null, version: 3, created_at: 0, saved_at: 0, submitted_at: 1, decided_at: 1, published_at: 1, ...over,
});

describe("FieldNotes", () => {
  it("says a warning is advice, and leads to the other entry", async () => {
    const shown = await html(FieldNotes, { findings: [finding({ level: "warning", message: "写了两遍。" }), finding({ other: "T15-deposit" })] });
    expect(shown).toContain("建议：");
    expect(shown).toContain("看 T15-deposit");
  });
  it("takes no room when there is nothing to say", async () => expect(await html(FieldNotes, { findings: [] })).not.toContain("<ul"));
});
describe("VariantList", () => {
  it("puts a finding under its own line, and the others below the list", async () => {
    const findings = [finding({ value: "押金不退" }), finding({ rule: "few_variants", message: "至少要 8 种问法。" })];
    const shown = await html(VariantList, { variants: ["老板不给钱", "押金不退"], findings });
    expect(shown).toMatch(/class="dup"[\s\S]*押金不退[\s\S]*会抢答/);
    expect(shown.indexOf("至少要 8 种问法")).toBeGreaterThan(shown.indexOf("</ul>"));
    expect(shown.match(/class="dup"/g)).toHaveLength(1);
  });
});
describe("CitationRows", () => {
  const tables = {
    statutes: [{ name: "劳动合同法", full: "中华人民共和国劳动合同法", aliases: [], articles: 98, in_force: true, status: "现行有效" }],
    deadlines: [], hotlines: [], topics: [],
  };
  it("shows an article in force, and one that cannot be used with its reason", async () => {
    expect(await html(CitationRows, { citations: entry.citations, tables, findings: [] })).toContain("现行有效");
    const beyond = { field: "citations", rule: "article_beyond_last", message: "这部法没有这一条。", value: "劳动合同法 第三百条" };
    const shown = await html(CitationRows, {
      citations: [{ law: "劳动合同法", article: "300", plain: "" }], tables, findings: [finding(beyond)],
    });
    expect(shown).toContain("不能用");
    expect(shown).toContain("这部法没有这一条。");
  });
});
describe("EntryPreview", () => {
  const check: EntryCheck = {
    findings: [], bytes: 40, limit: 2048, wechat: ["答案\n① 免费律师"],
    card: { kind: "answer", paragraphs: ["可以要回来。"], citations: [{ law: "劳动合同法", article: "第三十条", in_force: true, status: "现行有效" }] },
  };
  it("shows the card citizens get", async () => {
    const shown = await html(EntryPreview, { check, problem: "" });
    expect(shown).toContain("可以要回来。");
    expect(shown).toContain("第三十条");
  });
  it("says why there is none", async () =>
    expect(await html(EntryPreview, { check: { ...check, card: null }, problem: "" })).toContain("现在还不能回答"));
});
describe("RevisionDiff", () => {
  const changed: Entry = { ...entry, conclusion: "可以要回来。\n仲裁不收费。" };
  it("shows the changed field alone, with what came and what went", async () => {
    const shown = await html(RevisionDiff, { before: entry, after: changed, before_name: "出厂版", after_name: "第 1 版" });
    expect(shown).toContain("1 处不同");
    expect(shown).toContain("<ins>仲裁</ins>");
    expect(shown).toContain("<del>都</del>");
    expect(shown).not.toContain("其他问法");
  });
  it("shows a new entry as new throughout", async () =>
    expect(await html(RevisionDiff, { before: null, after: entry, before_name: "没有", after_name: "我写的" })).toMatch(/^(?!.*<del>(?!去掉的))/));
});
describe("RevisionList", () => {
  const props = { shipped: true, number: 2, looking_at: "", busy: false };
  const revisions = [revision({ id: "r2", number: 2, note: "改期限" }), revision({ state: "retired" })];
  it("offers the way back to those who decide, to every version but the one that is served", async () => {
    const shown = await html(RevisionList, { ...props, revisions, may_decide: true });
    expect(shown.match(/data-testid="revision-rollback"/g)).toHaveLength(2);
    expect(shown).toContain("出厂版");
    expect(shown).toContain("说明：改期限");
    expect(shown).toContain("周主任");
  });
  it("does not offer it to an editor", async () =>
    expect(await html(RevisionList, { ...props, revisions, may_decide: false })).not.toContain("revision-rollback"));
  it("leaves out what its author gave up", async () =>
    expect(await html(RevisionList, { ...props, revisions: [revision({ number: 0, state: "retired" })], may_decide: false })).not.toContain("赵编辑"));
});
