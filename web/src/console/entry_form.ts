// The editors' form: an entry as people type it, with lists as lines, and back. Pure.
import type { Entry, EntryCitation, EntrySection } from "../shared/entry_types";

/** The sections of kb/entries/README.md, in their order. */
export const section_titles = ["怎么办", "带什么", "去哪办", "注意", "法律援助"] as const;
export const longest_conclusion = 120;
export const fewest_variants = 8;

export interface EntryForm {
  id: string;
  topic: string;
  subtopic: string;
  question: string;
  variants: string[];
  keywords: string;
  audience: string;
  region: string;
  citations: EntryCitation[];
  deadlines: string;
  calculator: string;
  aid: string;
  risk: string;
  related: string;
  follow_ups: string;
  expires_on: string;
  conclusion: string;
  /** One item a line, by title. */
  sections: Record<string, string>;
}

export const lines_of = (text: string): string[] => text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
export const words_of = (text: string): string[] => text.split(/[、，,；;\n]/).map((word) => word.trim()).filter(Boolean);

/** What a paste into a numbered section leaves in front: "1. ", "2、", "- ", "• ". */
const without_marker = (line: string): string => line.replace(/^(\d{1,2}[.、．]\s*|[-•·]\s+)/, "");

export function form_of(entry: Entry): EntryForm {
  const sections: Record<string, string> = {};
  for (const section of entry.sections) sections[section.title] = section.items.join("\n");
  return {
    id: entry.id, topic: entry.topic, subtopic: entry.subtopic, question: entry.question, variants: [...entry.variants],
    keywords: entry.keywords.join("、"), audience: entry.audience, region: entry.region,
    citations: entry.citations.map((c) => ({ ...c })), deadlines: entry.deadlines.join("、"),
    calculator: entry.calculator, aid: entry.aid, risk: entry.risk, related: entry.related.join("、"),
    follow_ups: entry.follow_ups.join("\n"), expires_on: entry.expires_on, conclusion: entry.conclusion, sections,
  };
}

function sections_of(form: EntryForm): EntrySection[] {
  const known: readonly string[] = section_titles;
  const titles = [...known, ...Object.keys(form.sections).filter((title) => !known.includes(title))];
  return titles.flatMap((title) => {
    const items = lines_of(form.sections[title] ?? "").map(without_marker).filter(Boolean);
    return items.length ? [{ title, ordered: title === section_titles[0], items }] : [];
  });
}

export function entry_of(form: EntryForm): Entry {
  return {
    id: form.id.trim(), topic: form.topic, subtopic: form.subtopic.trim(), question: form.question.trim(),
    variants: form.variants.map((v) => v.trim()).filter(Boolean), keywords: words_of(form.keywords),
    audience: form.audience.trim(), region: form.region.trim(),
    citations: form.citations
      .map((c) => ({ law: c.law.trim(), article: article_words(c.article), plain: c.plain.trim() }))
      .filter((c) => c.law || c.article || c.plain),
    deadlines: used_deadlines(form), calculator: form.calculator, aid: form.aid.trim(), risk: form.risk,
    related: words_of(form.related), follow_ups: lines_of(form.follow_ups), reviewed_on: "",
    expires_on: form.expires_on, conclusion: lines_of(form.conclusion).join("\n"), sections: sections_of(form),
  };
}

/** Listed deadlines, and those the text refers to: nobody should have to write them twice. */
function used_deadlines(form: EntryForm): string[] {
  const text = [form.conclusion, ...Object.values(form.sections)].join("\n");
  const used = [...text.matchAll(/\{期限:([^}]+)\}/g)].map((match) => match[1] ?? "");
  return [...new Set([...words_of(form.deadlines), ...used])];
}

export function blank_form(topic: string, expires_on: string): EntryForm {
  return {
    id: topic ? `${topic}-` : "", topic, subtopic: "", question: "", variants: [""], keywords: "", audience: "", region: "全国",
    citations: [{ law: "", article: "", plain: "" }], deadlines: "", calculator: "", aid: "advice", risk: "",
    related: "", follow_ups: "", expires_on, conclusion: "", sections: {},
  };
}

/** Whether two forms would be stored as the same entry. */
export const same_form = (a: EntryForm, b: EntryForm): boolean =>
  JSON.stringify(entry_of(a)) === JSON.stringify(entry_of(b));

/** Characters a citizen reads, as the server counts them: marks of articles are not among them. */
export const read_length = (text: string): number =>
  [...text.replace(/\[[^\]]* [^\]]*\]/g, "").replace(/\{(期限|热线):([^}]*)\}/g, "$2")].length;

const digits = "零一二三四五六七八九";
function chinese_number(n: number): string {
  let out = "";
  const units: [number, string][] = [[1000, "千"], [100, "百"], [10, "十"]];
  let left = n;
  for (const [size, unit] of units) {
    const count = Math.floor(left / size);
    if (count > 0) out += (digits[count] ?? "") + unit;
    else if (out && !out.endsWith("零") && left > 0) out += "零";
    left %= size;
  }
  if (left > 0) out += digits[left] ?? "";
  return out.replace(/零$/, "").replace(/^一十/, "十");
}

/** "30", "第30条" and "30条" as the register writes them: 第三十条. Anything else stays as it was typed. */
export function article_words(text: string): string {
  const plain = text.trim();
  const match = /^第?\s*(\d{1,4})\s*条?(之[一二三四五六七八九十])?$/.exec(plain);
  const n = Number(match?.[1] ?? 0);
  return match && n > 0 ? `第${chinese_number(n)}条${match[2] ?? ""}` : plain;
}

/** Pasted lines become wordings of their own; those that stand already are left out. */
export function add_variants(have: string[], pasted: string): string[] {
  const kept = have.filter((v) => v.trim());
  const seen = new Set(kept.map((v) => v.trim()));
  for (const line of lines_of(pasted).map(without_marker))
    if (line && !seen.has(line)) {
      seen.add(line);
      kept.push(line);
    }
  return kept;
}
