// The calls of the staff console, as docs/api.md lists them. Every change carries the CSRF token.
import { request, type RequestOptions } from "../shared/http";
import type {
  Entry, EntryCheck, EntryDetail, EntryPage, EntryQuery, EntryTables, Revision, TrialPair,
} from "../shared/entry_types";
import type {
  Application, ApplicationEvent, ApplicationRow, ConversationDetail, Desk, KbHit, ListName, Presence, Role, Row,
  Session, Staff, StaffMessage, Undelivered,
} from "../shared/staff_types";

const root = "/api/v1";
let csrf = "";
let on_signed_out: () => void = () => undefined;

export function use_csrf(token: string): void {
  csrf = token;
}
export function csrf_token(): string {
  return csrf;
}
/** Called whenever an answer says the session is over, wherever it was asked. */
export function when_signed_out(call: () => void): void {
  on_signed_out = call;
}

async function call<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const changes = options.method !== undefined && options.method !== "GET";
  try {
    return await request<T>(root + path, changes ? { ...options, headers: { "X-CSRF-Token": csrf } } : options);
  } catch (caught) {
    if ((caught as { status?: number }).status === 401 && path !== "/session") on_signed_out();
    throw caught;
  }
}
const post = <T>(path: string, body: unknown = {}) => call<T>(path, { method: "POST", body });
const segment = encodeURIComponent;

export const staff_api = {
  sign_in: (login: string, password: string) => post<Session>("/session", { login, password }),
  session: () => call<Session>("/session"),
  sign_out: () => call<void>("/session", { method: "DELETE" }),
  change_password: (old: string, fresh: string) => post<void>("/session/password", { old, new: fresh }),
  set_presence: (state: Presence) => call<void>("/presence", { method: "PUT", body: { state } }),
  desk: () => call<Desk>("/desk"),

  conversations: (list: ListName, after = "") =>
    call<{ conversations: Row[]; next: string | null }>(
      `/conversations?list=${list}&limit=50${after ? `&after=${segment(after)}` : ""}`,
    ),
  conversation: (id: string) => call<ConversationDetail>(`/conversations/${segment(id)}`),
  accept: (id: string) => post<{ conversation: Row }>(`/conversations/${segment(id)}/accept`),
  reply: (id: string, body: { cmid: string; text: string; citations?: { law: string; article: string }[] }) =>
    post<{ message: StaffMessage }>(`/conversations/${segment(id)}/messages`, body),
  note: (id: string, body: { cmid: string; text: string }) =>
    post<{ message: StaffMessage }>(`/conversations/${segment(id)}/notes`, body),
  release: (id: string, to: "bot" | "queue", note?: string) =>
    post<{ conversation: Row }>(`/conversations/${segment(id)}/release`, { to, note }),
  close: (id: string, reason: string, note?: string) =>
    post<{ conversation: Row }>(`/conversations/${segment(id)}/close`, { reason, note }),

  undelivered: (after = "") =>
    call<{ messages: Undelivered[]; next: string | null }>(
      `/undelivered?limit=50${after ? `&after=${segment(after)}` : ""}`,
    ),
  settle: (message: string) => post<void>(`/undelivered/${segment(message)}/settle`),

  /** In the body: what is searched for may be a citizen's own words, and an address is kept in logs. */
  kb_search: (q: string, signal?: AbortSignal) =>
    call<{ hits: KbHit[] }>("/kb/search", { method: "POST", body: { q, limit: 5 }, signal }),

  kb_list: (query: EntryQuery) => post<EntryPage>("/kb/list", query),
  kb_tables: () => call<EntryTables>("/kb/tables"),
  kb_entry: (id: string) => call<EntryDetail>(`/kb/entries/${segment(id)}`),
  kb_shipped: (id: string) => call<{ content: Entry }>(`/kb/entries/${segment(id)}/shipped`),
  kb_revision: (id: string) => call<{ revision: Revision; content: Entry }>(`/kb/revisions/${segment(id)}`),
  kb_check: (content: Entry, signal?: AbortSignal) =>
    call<EntryCheck>("/kb/check", { method: "POST", body: { content }, signal }),
  kb_try: (content: Entry, q: string) => post<TrialPair>("/kb/try", { content, q }),
  kb_begin: (content: Entry, base: number) => post<{ revision: Revision }>("/kb/drafts", { content, base }),
  kb_save: (id: string, content: Entry, base: number, version: number) =>
    call<{ revision: Revision }>(`/kb/drafts/${segment(id)}`, { method: "PUT", body: { content, base, version } }),
  kb_act: (id: string, act: "submit" | "withdraw" | "discard" | "approve" | "reject", body: object = {}) =>
    post<{ revision: Revision; live?: boolean }>(`/kb/drafts/${segment(id)}/${act}`, body),
  kb_rollback: (id: string, number: number, base: number, reason: string) =>
    post<{ revision: Revision; live: boolean }>(`/kb/entries/${segment(id)}/rollback`, { number, base, reason }),

  applications: (state: string, after = "") =>
    call<{ applications: ApplicationRow[]; next: string | null }>(
      `/applications?state=${segment(state)}&limit=50${after ? `&after=${segment(after)}` : ""}`,
    ),
  application: (id: string) =>
    call<{ application: Application; events: ApplicationEvent[] }>(`/applications/${segment(id)}`),
  review: (id: string) => post<{ application: Application }>(`/applications/${segment(id)}/review`),
  supplement: (id: string, missing: string[], note?: string) =>
    post<{ application: Application }>(`/applications/${segment(id)}/supplement`, { missing, note }),

  staff: () => call<{ staff: Staff[] }>("/staff"),
  add_staff: (login: string, name: string, roles: Role[]) =>
    post<{ staff: Staff; password: string }>("/staff", { login, name, roles }),
  reset_password: (id: string) => post<{ staff: Staff; password?: string }>(`/staff/${segment(id)}/reset`),
  disable_staff: (id: string) => post<{ staff: Staff }>(`/staff/${segment(id)}/disable`),
  enable_staff: (id: string) => post<{ staff: Staff }>(`/staff/${segment(id)}/enable`),
  set_roles: (id: string, roles: Role[]) => post<{ staff: Staff }>(`/staff/${segment(id)}/roles`, { roles }),
};
