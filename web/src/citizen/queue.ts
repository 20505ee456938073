// What a person waiting for a lawyer is told: a place and a time while lawyers are there, a promise while they are not.
import type { InboxInfo, Status } from "../shared/chat_types";

/** Nobody is on duty now: a place in the queue would only worry. The server estimates a wait only while lawyers are there. */
export function waits_for_opening(status: Status, info: Pick<InboxInfo, "on_duty"> | null): boolean {
  if (status.owner !== "queued" || status.estimate_min) return false;
  return status.promise !== undefined || info?.on_duty === false;
}

/** The line of somebody who waits; empty where the promise beneath says all. `brief`: large type has no room for more. */
export function queue_line(
  status: Status, info: Pick<InboxInfo, "on_duty" | "hours"> | null, brief = false,
): string {
  if (status.owner !== "queued") return "";
  if (waits_for_opening(status, info))
    return status.promise ? "" : `您的事已经记下，律师上班后回复您。${info?.hours ?? ""}`;
  const place = status.position ? `您排在第 ${status.position} 位` : "正在为您转接";
  if (brief && status.position) return place + (status.estimate_min ? `，约 ${status.estimate_min} 分钟` : "");
  const wait = status.estimate_min ? `预计约 ${status.estimate_min} 分钟` : "要等多久还说不准";
  return `${place}，${wait}`;
}
