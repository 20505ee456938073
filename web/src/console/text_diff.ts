// What changed between two texts, line by line and then character by character, as a reader of Chinese sees it. Pure.

export interface Part { kind: "same" | "gone" | "new"; text: string }
export interface DiffLine { kind: "same" | "gone" | "new" | "changed"; parts: Part[] }

type Step = { kind: Part["kind"]; from: number; to: number };
const too_long = 4_000_000; // cells of the table; beyond it, everything counts as rewritten

/** The longest common subsequence as steps over both lists. */
function steps<T>(a: readonly T[], b: readonly T[]): Step[] {
  const width = b.length + 1;
  if ((a.length + 1) * width > too_long)
    return [...a.map((_, i): Step => ({ kind: "gone", from: i, to: -1 })), ...b.map((_, j): Step => ({ kind: "new", from: -1, to: j }))];
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const out: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) out.push({ kind: "same", from: i++, to: j++ });
    else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) out.push({ kind: "gone", from: i++, to: -1 });
    else out.push({ kind: "new", from: -1, to: j++ });
  }
  return out;
}

/** A lone character that happens to stand in both is no help to a reader: it joins the change around it. */
function without_islands(parts: Part[]): Part[] {
  const out: Part[] = [];
  let gone = "";
  let fresh = "";
  const flush = () => {
    if (gone) out.push({ kind: "gone", text: gone });
    if (fresh) out.push({ kind: "new", text: fresh });
    gone = fresh = "";
  };
  parts.forEach((part, n) => {
    const inside = n > 0 && n < parts.length - 1;
    if (part.kind === "gone") gone += part.text;
    else if (part.kind === "new") fresh += part.text;
    else if (inside && [...part.text].length < 2) {
      gone += part.text;
      fresh += part.text;
    } else {
      flush();
      out.push(part);
    }
  });
  flush();
  return out;
}

export function diff_text(before: string, after: string): Part[] {
  const a = [...before];
  const b = [...after];
  const parts: Part[] = [];
  for (const step of steps(a, b)) {
    const text = (step.kind === "new" ? b[step.to] : a[step.from]) ?? "";
    const last = parts.at(-1);
    if (last?.kind === step.kind) last.text += text;
    else parts.push({ kind: step.kind, text });
  }
  return without_islands(parts);
}

const alike = (parts: Part[], before: string, after: string): boolean => {
  const kept = parts.reduce((sum, part) => sum + (part.kind === "same" ? part.text.length : 0), 0);
  return kept * 2.5 >= Math.max(before.length, after.length);
};

/** A line that was reworded stands once, with what changed marked; others stand as gone or new. */
export function diff_lines(before: string[], after: string[]): DiffLine[] {
  const out: DiffLine[] = [];
  let gone: string[] = [];
  let fresh: string[] = [];
  const flush = () => {
    while (gone.length || fresh.length) {
      const old = gone.shift();
      const now = fresh.shift();
      const parts = old !== undefined && now !== undefined ? diff_text(old, now) : [];
      if (old !== undefined && now !== undefined && alike(parts, old, now)) out.push({ kind: "changed", parts });
      else {
        if (old !== undefined) out.push({ kind: "gone", parts: [{ kind: "gone", text: old }] });
        if (now !== undefined) out.push({ kind: "new", parts: [{ kind: "new", text: now }] });
      }
    }
    gone = [];
    fresh = [];
  };
  for (const step of steps(before, after)) {
    if (step.kind === "gone") gone.push(before[step.from] ?? "");
    else if (step.kind === "new") fresh.push(after[step.to] ?? "");
    else {
      flush();
      out.push({ kind: "same", parts: [{ kind: "same", text: before[step.from] ?? "" }] });
    }
  }
  flush();
  return out;
}
