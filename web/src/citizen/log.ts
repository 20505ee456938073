// The conversation as the browser knows it: what the server numbered, and what still waits to be sent.
import type { Ack, Message } from "../shared/chat_types";

/**
 * A message typed here that the server has not numbered yet. `choice` is set when a button was tapped.
 * "waiting" goes out by itself once the way is free; "failed" was refused, and a person decides.
 */
export interface Outgoing {
  cmid: string;
  text: string;
  choice?: string;
  at: number;
  state: "sending" | "waiting" | "failed";
}

export interface Log {
  messages: Message[];
  outgoing: Outgoing[];
  /** Everything up to this number has been seen or is known not to be ours; resume asks from here. */
  solid: number;
  /** A number above `solid` arrived without those between: fetch from `solid`. */
  gap: boolean;
}

export function empty_log(): Log {
  return { messages: [], outgoing: [], solid: 0, gap: false };
}

function insert(messages: Message[], message: Message): Message[] {
  if (messages.some((m) => m.seq === message.seq || m.id === message.id)) return messages;
  const at = messages.findLastIndex((m) => m.seq < message.seq) + 1;
  return [...messages.slice(0, at), message, ...messages.slice(at)];
}

/** One pushed message. What was seen is dropped; a hole is remembered, never waited for. */
export function receive(log: Log, message: Message): Log {
  const messages = insert(log.messages, message);
  const outgoing = message.cmid ? log.outgoing.filter((o) => o.cmid !== message.cmid) : log.outgoing;
  const follows = message.seq <= log.solid + 1;
  return {
    messages,
    outgoing,
    solid: follows ? Math.max(log.solid, message.seq) : log.solid,
    gap: log.gap || !follows,
  };
}

/**
 * A page fetched from `after`: the server's word on what exists up to `seq`. Numbers it skips are
 * private notes of staff, so a hole inside the page is no gap.
 */
export function receive_page(log: Log, page: Message[], seq: number): Log {
  let next = page.reduce<Log>((l, m) => receive(l, m), log);
  const last = page.reduce((high, m) => Math.max(high, m.seq), 0);
  next = { ...next, solid: Math.max(next.solid, last, seq), gap: false };
  return next;
}

/** The server has numbered what we sent: it becomes a message like any other. */
export function acknowledge(log: Log, ack: Ack, now: number): Log {
  const sent = log.outgoing.find((o) => o.cmid === ack.cmid);
  if (!sent) return log;
  return receive(log, { seq: ack.seq, id: ack.id, from: "contact", at: now, cmid: ack.cmid, text: sent.text });
}

export function enqueue(log: Log, outgoing: Outgoing): Log {
  return { ...log, outgoing: [...log.outgoing.filter((o) => o.cmid !== outgoing.cmid), outgoing] };
}

export function mark(log: Log, cmid: string, state: Outgoing["state"]): Log {
  return { ...log, outgoing: log.outgoing.map((o) => (o.cmid === cmid ? { ...o, state } : o)) };
}

/** Older words are not sent unasked: the phone may be in other hands, the question answered long ago. */
const unasked_for_ms = 3600000;

/** What a page that was thrown away had not sent, from its stored form; damaged storage is nothing. */
export function restore_outgoing(stored: string | null, now: number): Outgoing[] {
  let kept: unknown;
  try {
    kept = JSON.parse(stored ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(kept)) return [];
  return (kept as Outgoing[])
    .filter((o) => typeof o?.cmid === "string" && typeof o.text === "string" && typeof o.at === "number")
    .map((o) => ({ ...o, state: o.state === "failed" || now - o.at > unasked_for_ms ? "failed" : "waiting" }));
}
