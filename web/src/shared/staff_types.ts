// The staff half of docs/api.md as types; field names are the wire's.
import type { Message } from "./chat_types";

export type Role =
  | "lawyer" | "supervisor" | "editor" | "reviewer" | "approver" | "dispatcher" | "intake" | "auditor" | "admin";
export type Presence = "online" | "busy" | "away";

export interface Staff {
  id: string;
  login: string;
  name: string;
  roles: Role[];
  disabled?: boolean;
  presence?: Presence;
}
export interface Session { staff: Staff; csrf: string; must_change: boolean }

export type ListName = "queued" | "mine" | "waiting" | "overdue" | "closed";
/** What the left pane may show: a list of conversations, or the messages that did not arrive. */
export type Tab = ListName | "undelivered";
export interface Desk {
  centre: string;
  now: number;
  /** Whether the desk is open now, and its hours in words. */
  on_duty: boolean;
  hours: string;
  duty: { name: string; state: Presence; load: number; capacity: number }[];
  counts: Record<Tab, number>;
}

export type Sla = "ok" | "at_risk" | "breached";
export interface ReplyWindow { left: number; of: number; closes_at: number }
export interface Row {
  id: string;
  channel: string;
  contact: string;
  topic?: string;
  topic_name?: string;
  owner: "bot" | "queued" | "human" | "snoozed" | "closed";
  lawyer?: { id: string; name: string };
  last: string;
  last_from: string;
  last_at: number;
  waiting_since: number | null;
  due_at: number | null;
  sla: Sla;
  unread: number;
  risk?: string[];
  deadline?: { label: string; date: string };
  window?: ReplyWindow;
}

export type Delivery = "queued" | "sending" | "offered" | "sent" | "confirmed" | "held" | "unknown" | "failed";
export interface StaffMessage extends Message { note?: boolean; delivery?: Delivery }

export type Unsent = "held" | "unknown" | "failed";
export interface Undelivered {
  message: string;
  conversation: string;
  contact: string;
  channel: string;
  from: string;
  at: number;
  delivery: Unsent;
}

export interface Contact {
  name: string;
  /** Masked until the reader has accepted the conversation. */
  phone: string | null;
  phone_from?: "application" | "words";
  channel: string;
  first_at: number;
  conversations: number;
  applications: number;
}
export interface Summary {
  reason: string;
  matter: string;
  wish: string;
  dates: string;
  answered: string;
  unclear: string;
  turns: number;
}
export interface ConversationDetail {
  conversation: Row;
  contact: Contact;
  summary: Summary | null;
  messages: StaffMessage[];
  applications: ApplicationRow[];
}

export interface KbCitation { law: string; article: string; in_force: boolean; status: string }
export interface KbHit {
  entry_id: string;
  question: string;
  conclusion: string;
  score: number;
  citations: KbCitation[];
  text: string;
}

export type DayMark = "received" | "counted" | "paused" | "rest" | "last";
export interface Clock {
  kind: string;
  starts: string;
  due: string;
  due_at: number;
  days_left: number;
  state: "running" | "paused" | "overdue" | "done";
  explain: string;
  days: { date: string; mark: DayMark }[];
}
export interface ApplicationRow {
  id: string;
  number: string;
  name: string;
  matter: string;
  topic?: string;
  state: string;
  state_name: string;
  submitted_at: number;
  clock: Clock | null;
  urgent: boolean;
  channel: string;
}
export interface Application extends ApplicationRow {
  sections: { title: string; fields: { key: string; label: string; value: string; masked?: boolean; source?: string }[] }[];
  missing: string[];
  eligibility: { result: "likely" | "needs_person" | "out_of_scope"; grounds: string[]; text: string } | null;
  conversation?: string;
}
/** "page": our own page shows it; "settled": somebody told the applicant in another way. */
export type NoticeState = Delivery | "page" | "settled";
export interface ApplicationEvent {
  at: number;
  who: string;
  from?: string | null;
  from_name?: string | null;
  to?: string | null;
  to_name?: string | null;
  reason?: string | null;
  /** With a request for papers: the list, and what became of its notice; null where nothing could be written. */
  missing?: string[];
  notice?: { message: string; state: NoticeState } | null;
}

export type StaffFrame =
  | { t: "desk" }
  | { t: "conversation"; id: string }
  | { t: "message"; conversation: string; message: StaffMessage }
  | { t: "alert"; conversation: string; risk: string[] }
  | { t: "application"; id: string }
  | { t: "entry"; id: string }
  | { t: "pong" }
  | { t: "bye" };
