// Picks a drawing for a topic by its words: the topics come from the centre, not from us.
import { bubble, car, family, helmet, house, loan, money, scales, shield } from "../shared/icons";

const table: [RegExp, string][] = [
  [/工资|工钱|讨薪|欠薪/, money],
  [/伤|工地/, helmet],
  [/家庭暴力|家暴|家里|动手|打人/, shield],
  [/律师|法律援助/, scales],
  [/离婚|抚养|婚姻|赡养|老人/, family],
  [/房|租/, house],
  [/交通|车/, car],
  [/钱|债|借/, loan],
];

export function topic_icon(text: string): string {
  return table.find(([words]) => words.test(text))?.[1] ?? bubble;
}
