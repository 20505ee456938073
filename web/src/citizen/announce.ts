// What the one live region says: new messages of others, and moves in the queue.
import type { Message, Status } from "../shared/chat_types";

const longest = 300;

export function spoken(message: Message): string {
  if (message.from === "contact") return "";
  const body = message.card?.paragraphs?.join("") || message.text;
  const who = message.from === "bot" ? "助手说：" : message.from === "lawyer" ? `${message.name ?? "值班律师"}说：` : "";
  return who + (body.length > longest ? `${body.slice(0, longest)}…` : body);
}

/** Empty unless something a person waits for has changed. */
export function queue_news(before: Status, after: Status): string {
  if (after.owner === "human" && before.owner !== "human") return `${after.lawyer?.name ?? "值班"}律师已接入`;
  if (after.owner === "queued" && after.position && after.position !== before.position)
    return after.estimate_min
      ? `您排在第${after.position}位，预计约${after.estimate_min}分钟`
      : `您排在第${after.position}位`;
  return "";
}
