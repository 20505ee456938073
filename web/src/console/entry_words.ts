// The words editors read for what the wire calls by code, and the fields two entries may differ in. Pure.
import type { Entry, EntryState, Finding, Revision, Trial } from "../shared/entry_types";

export const entry_states: { code: EntryState; name: string }[] = [
  { code: "all", name: "全部" }, { code: "submitted", name: "待审核" }, { code: "draft", name: "草稿" },
  { code: "published", name: "改过的" }, { code: "trouble", name: "要处理" },
];
export const empty_entry_words: Record<EntryState, string> = {
  all: "没有找到。换个说法，或者新建一条。",
  submitted: "没有等审核的稿子。",
  draft: "没有草稿。打开一条，改了再存。",
  published: "还没有改过出厂的词条。",
  trouble: "每一条都能正常回答。",
};

export const aid_names: { code: string; name: string }[] = [
  { code: "advice", name: "只做咨询" }, { code: "24", name: "第24条 刑事" }, { code: "25", name: "第25条 应当援助" },
  { code: "29", name: "第29条 被害人" },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ code: `31(${n})`, name: `第31条第${n}项` })),
  ...[1, 2, 3, 4, 5].map((n) => ({ code: `32(${n})`, name: `第32条第${n}项` })),
];
export const calculator_names: Record<string, string> = {
  "": "不用", severance: "经济补偿", double_wage: "双倍工资", overtime: "加班费", annual_leave: "年休假",
  work_injury: "工伤待遇", court_fees: "诉讼费", child_support: "抚养费", injury_death: "人身损害", loan_interest: "借款利息",
  penalty_deposit: "违约金定金", deadline: "期限",
};
export const trial_names: Record<Trial["decision"], string> = {
  answer: "会直接回答", clarify: "会反问", fallback: "会说没听懂", blocked: "找到了，但现在不能说",
};

/** What a revision is, in one word, with the colour of its tag. */
export function revision_word(revision: Revision): { name: string; kind: "" | "ok" | "warn" | "info" } {
  if (revision.state === "published") return { name: "线上", kind: "ok" };
  if (revision.state === "submitted") return { name: "待审核", kind: "warn" };
  if (revision.state === "draft") return revision.note ? { name: "被退回", kind: "warn" } : { name: "草稿", kind: "info" };
  return revision.number > 0 ? { name: "旧版", kind: "" } : { name: "已放弃", kind: "" };
}
export const number_word = (number: number): string => (number === 0 ? "出厂版" : `第 ${number} 版`);
export function revision_title(revision: Revision): string {
  if (revision.number === 0) return `${revision.author?.name ?? ""}的稿子`;
  return revision.restores === null
    ? number_word(revision.number)
    : `${number_word(revision.number)}（恢复自${number_word(revision.restores)}）`;
}

/** Findings of one field; for a list, those about one of its items when `value` is given. */
export const findings_for = (findings: Finding[], field: string, place?: string): Finding[] =>
  findings.filter((f) => f.field === field && (place === undefined || f.place === place));
/** Findings that belong to no field of the form. */
export const errors_in = (findings: Finding[]): number => findings.filter((f) => f.level === "error").length;

export interface FieldText { label: string; lines: string[] }
/** An entry as labelled lines, in the order of the form. */
export function field_texts(entry: Entry | null): FieldText[] {
  if (!entry) return [];
  return [
    { label: "标准问题", lines: [entry.question] },
    { label: "结论", lines: entry.conclusion.split("\n") },
    ...entry.sections.map((s) => ({ label: s.title, lines: s.items })),
    { label: "法条", lines: entry.citations.map((c) => `${c.law} ${c.article}：${c.plain}`) },
    { label: "其他问法", lines: entry.variants },
    { label: "接着问", lines: entry.follow_ups },
    { label: "关键词", lines: [entry.keywords.join("、")] },
    {
      label: "属性",
      lines: [
        `小类 ${entry.subtopic}`, `人群 ${entry.audience}`, `地区 ${entry.region}`, `援助依据 ${entry.aid}`,
        `有效期 ${entry.expires_on}`, `风险 ${entry.risk || "无"}`, `计算器 ${entry.calculator || "无"}`,
        `期限 ${entry.deadlines.join("、") || "无"}`, `相关 ${entry.related.join("、") || "无"}`,
      ],
    },
  ];
}
/** The labels of two entries, each once, in the form's order. */
export function labels_of(a: FieldText[], b: FieldText[]): string[] {
  const order = ["标准问题", "结论", "怎么办", "带什么", "去哪办", "注意", "法律援助", "法条", "其他问法", "接着问", "关键词", "属性"];
  const all = new Set([...a, ...b].map((f) => f.label));
  return [...order.filter((l) => all.has(l)), ...[...all].filter((l) => !order.includes(l))];
}
