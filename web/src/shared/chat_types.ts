// The citizen half of docs/api.md as types; field names are the wire's.
export type From = "contact" | "bot" | "lawyer" | "system";
export type CardKind = "answer" | "clarify" | "unsure" | "intake" | "handoff" | "safety" | "notice" | "deadline";

export interface Citation {
  law: string;
  article: string;
  full?: string;
  effective?: string;
  in_force: boolean;
  status: string;
}
export interface Section { title: string; ordered?: boolean; items: string[] }
/** An aside is a way around the question (上一步, 跳过, 转人工): it has no number. */
export interface Choice { id: string; text: string; aside?: boolean }

/** Absent lists mean empty. */
export interface Card {
  kind: CardKind;
  paragraphs?: string[];
  sections?: Section[];
  citations?: Citation[];
  choices?: Choice[];
  follow_ups?: string[];
  updated?: string;
  progress?: { step: number; of: number; title: string };
  why?: string;
  /** A small line beside the words, never the headline: who is speaking. */
  note?: string;
  feedback?: boolean;
}

export interface Message {
  seq: number;
  id: string;
  from: From;
  name?: string;
  /** Epoch milliseconds, UTC, the server's clock. */
  at: number;
  cmid?: string;
  text: string;
  card?: Card;
}

export type Owner = "bot" | "queued" | "human" | "snoozed" | "closed";
export interface Status {
  owner: Owner;
  position?: number;
  estimate_min?: number;
  lawyer?: { name: string; office?: string };
  quiet?: boolean;
  promise?: { at: number; text: string };
}

export interface Topic { text: string; ask: string }
export interface InboxInfo {
  id: string;
  centre: string;
  hours: string;
  on_duty: boolean;
  consent: string;
  notice: string;
  topics: Topic[];
  phone: string;
}

export interface Ack { cmid: string; seq: number; id: string }
export interface MessagesAnswer { messages: Message[]; status: Status; seq: number }
export interface PostAnswer { ack: Ack; messages?: Message[]; status?: Status }

export interface Article {
  law: string;
  full: string;
  article: string;
  version?: string;
  effective?: string;
  in_force: boolean;
  status: string;
  plain: string | null;
  read_at: string;
  text: string | null;
}

export type ServerFrame =
  | { t: "welcome"; seq: number; status: Status }
  | { t: "msg"; message: Message }
  | { t: "ack"; cmid: string; seq: number; id: string }
  | { t: "status"; status: Status }
  | { t: "typing"; on: boolean }
  | { t: "error"; code: string; message: string; cmid?: string }
  | { t: "pong" }
  | { t: "bye"; reason?: string };
