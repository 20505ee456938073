// Small readings of an answer's plain text: what to set bold, which numbers can be dialled.

/** The action at the head of a step: "先留证据：工资条" gives ["先留证据", "：工资条"]. */
export function lead_of(item: string): [string, string] {
  const at = item.search(/[：:]/);
  return at > 0 && at <= 14 ? [item.slice(0, at), item.slice(at)] : ["", item];
}

export interface TextPart { text: string; dial?: string }

// Short public numbers only. 12xxx is the government hotline range; a sum like 12348元 is no number to dial.
const numbers = /(?<![\d.,第年月〔-])(?:110|112|119|120|122|12\d{3})(?![\d.,元万天日年月号条人个小分秒%-])/g;

export function dial_parts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of text.matchAll(numbers)) {
    if (found.index > from) parts.push({ text: text.slice(from, found.index) });
    parts.push({ text: found[0], dial: found[0] });
    from = found.index + found[0].length;
  }
  if (from < text.length || parts.length === 0) parts.push({ text: text.slice(from) });
  return parts;
}

export function numbers_in(texts: string[]): string[] {
  return [...new Set(texts.flatMap((t) => dial_parts(t).flatMap((p) => (p.dial ? [p.dial] : []))))];
}
