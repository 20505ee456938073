// The editors' part of docs/api.md as types; field names are the wire's.
import type { Card } from "./chat_types";

export interface EntryCitation { law: string; article: string; plain: string }
export interface EntrySection { title: string; ordered: boolean; items: string[] }
export interface Entry {
  id: string;
  topic: string;
  subtopic: string;
  question: string;
  variants: string[];
  keywords: string[];
  audience: string;
  region: string;
  citations: EntryCitation[];
  deadlines: string[];
  calculator: string;
  aid: string;
  risk: string;
  related: string[];
  follow_ups: string[];
  reviewed_on: string;
  expires_on: string;
  conclusion: string;
  sections: EntrySection[];
}

export type EntryState = "all" | "submitted" | "draft" | "published" | "trouble";
export interface EntryRow {
  id: string;
  topic: string;
  topic_name: string;
  question: string;
  served: boolean;
  number: number;
  reviewed_on: string;
  expires_on: string;
  trouble?: string;
  open: { id: string; state: "draft" | "submitted"; author: string; mine: boolean; at: number }[];
}
export interface EntryQuery { q?: string; topic?: string; state?: EntryState; limit?: number; after?: string }
export interface EntryPage {
  entries: EntryRow[];
  next: string | null;
  total: number;
  counts: Record<EntryState, number>;
  topics: { id: string; name: string; count: number }[];
}

export type RevisionState = "draft" | "submitted" | "published" | "retired";
export interface Person { id: string; name: string }
export interface Revision {
  id: string;
  entry: string;
  number: number;
  state: RevisionState;
  author: Person | null;
  approver: Person | null;
  note: string;
  base: number;
  restores: number | null;
  version: number;
  created_at: number;
  saved_at: number;
  submitted_at: number | null;
  decided_at: number | null;
  published_at: number | null;
  content?: Entry | null;
}
export interface EntryDetail {
  id: string;
  served: Entry | null;
  number: number;
  shipped: boolean;
  mine: Revision | null;
  citations: { law: string; article: string; effective: string; in_force: boolean; status: string }[];
  revisions: Revision[];
}
export interface EntryTables {
  statutes: { name: string; full: string; aliases: string[]; articles: number; in_force: boolean; status: string }[];
  deadlines: { id: string; text: string }[];
  hotlines: { number: string; name: string }[];
  topics: { id: string; name: string }[];
}

export interface Finding {
  field: string;
  place?: string;
  level: "error" | "warning";
  rule: string;
  message: string;
  value?: string;
  other?: string;
}
export interface EntryCheck { findings: Finding[]; card: Card | null; wechat: string[]; bytes: number; limit: number }
export interface Trial {
  decision: "answer" | "clarify" | "fallback" | "blocked";
  confidence: number;
  rank: number | null;
  hits: { entry_id: string; question: string; score: number }[];
}
export interface TrialPair { live: Trial; draft: Trial; answer_from: number; clarify_from: number }
