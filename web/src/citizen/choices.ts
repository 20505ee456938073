// Sorts the ways to answer a question: the answers themselves, and the ways around them.
import type { Card, Choice, Message } from "../shared/chat_types";

export interface SortedChoices { main: Choice[]; around: Choice[]; human: Choice[] }

/** 上一步 and 跳过 are small links under the answers; a way to a person is apricot. */
export function sort_choices(choices: Choice[]): SortedChoices {
  const sorted: SortedChoices = { main: [], around: [], human: [] };
  for (const choice of choices) {
    if (/转人工|找律师说|人工/.test(choice.text)) sorted.human.push(choice);
    else if (/^(返回)?上一步|跳过|^先不说/.test(choice.text)) sorted.around.push(choice);
    else sorted.main.push(choice);
  }
  return sorted;
}

/** The text answered to the card at `index`, or null while it is still open. */
export function answered_with(messages: Message[], index: number): string | null {
  const next = messages.slice(index + 1).find((m) => m.from === "contact");
  return next ? next.text : null;
}

export function is_question(card: Card): boolean {
  return card.kind === "clarify" || card.kind === "unsure" || card.kind === "intake";
}
