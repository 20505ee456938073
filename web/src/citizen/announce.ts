// What the one live region says: new messages of others, and moves in the queue.
import type { Message, Status } from "../shared/chat_types";
import { lawyer_name, lawyer_of } from "./names";
import { waits_for_opening } from "./queue";

const longest = 300;

export function spoken(message: Message): string {
  if (message.from === "contact") return "";
  const card = message.card;
  const body = (card?.paragraphs?.join("") || message.text) + (card?.note ?? "");
  const who = message.from === "bot" ? "助手说：" : message.from === "lawyer" ? `${lawyer_name(message.name)}说：` : "";
  return who + (body.length > longest ? `${body.slice(0, longest)}…` : body);
}

/** Empty unless something a person waits for has changed. */
export function queue_news(before: Status, after: Status): string {
  if (after.owner === "human" && before.owner !== "human") return `${lawyer_of(after)}已接入`;
  if (after.promise && after.promise.at !== before.promise?.at) return after.promise.text;
  if (after.owner !== "queued" || waits_for_opening(after, null)) return "";
  if (!after.position || after.position === before.position) return "";
  const wait = after.estimate_min ? `，预计约${after.estimate_min}分钟` : "";
  return `您排在第${after.position}位${wait}`;
}
