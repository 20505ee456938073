// Sorts the ways to answer a question: the answers themselves, and the ways around them.
import type { Card, Choice, Message } from "../shared/chat_types";

export interface SortedChoices { main: Choice[]; around: Choice[]; human: Choice[] }

/**
 * 上一步 and 跳过 are small links under the answers; a way to a person is apricot. Only what the server numbers is
 * numbered here: a typed number must mean what it means on the screen.
 */
export function sort_choices(choices: Choice[]): SortedChoices {
  const sorted: SortedChoices = { main: [], around: [], human: [] };
  for (const choice of choices) {
    if (choice.text === "转人工") sorted.human.push(choice);
    else (choice.aside ? sorted.around : sorted.main).push(choice);
  }
  return sorted;
}

/** Many short names stand side by side: a menu of topics is seen at once, questions are read one below the other. */
export function side_by_side(choices: Choice[]): boolean {
  return choices.length > 6 && choices.every((c) => [...c.text].length <= 6);
}

/** What was said after the card at `index`, or null while it is still open. A lawyer who speaks closes it as well. */
export function answered_with(messages: Message[], index: number): string | null {
  const next = messages.slice(index + 1).find((m) => m.from === "contact" || m.from === "lawyer");
  return next ? next.text : null;
}

/** Once answered, the options are shown only when one of them was the answer: else they are noise. */
export function still_shown(choices: Choice[], answer: string | null): Choice[] {
  return answer === null || choices.some((c) => c.text === answer) ? choices : [];
}

/** Without the words that lead to choices no longer there: 您想问的是： */
export function without_lead_in(paragraphs: string[]): string[] {
  const last = paragraphs.at(-1);
  if (!last?.endsWith("：")) return paragraphs;
  const kept = last.replace(/[^。！？；]*：$/, "");
  return kept ? [...paragraphs.slice(0, -1), kept] : paragraphs.slice(0, -1);
}

/** Which paragraph is the headline: in the interview the question, which stands last; else the first. */
export function headline_of(card: Card): number {
  const paragraphs = card.paragraphs ?? [];
  return card.kind === "intake" && card.why ? Math.max(0, paragraphs.length - 1) : 0;
}

export function is_question(card: Card): boolean {
  return card.kind === "clarify" || card.kind === "unsure" || card.kind === "intake";
}
