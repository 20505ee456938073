// The calls of the citizen page, as docs/api.md lists them.
import type { Article, InboxInfo, MessagesAnswer, PostAnswer } from "../shared/chat_types";
import { request } from "../shared/http";

/** Messages asked for at once. */
export const page_size = 100;

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

export function inbox_info(inbox: string): Promise<InboxInfo> {
  return request(`/api/chat/inbox/${encodeURIComponent(inbox)}`);
}
export function open_session(inbox: string): Promise<{ token: string; conversation: string; seq: number }> {
  return request("/api/chat/session", { method: "POST", body: { inbox } });
}
export async function socket_ticket(token: string): Promise<string> {
  const answer = await request<{ ticket: string }>("/api/chat/ticket", { method: "POST", headers: bearer(token), body: {} });
  return answer.ticket;
}
export function fetch_messages(token: string, after: number, wait_s = 0, signal?: AbortSignal): Promise<MessagesAnswer> {
  const wait = wait_s > 0 ? `&wait=${wait_s}` : "";
  return request(`/api/chat/messages?after=${after}&limit=${page_size}${wait}`, {
    headers: bearer(token), signal, timeout_ms: (wait_s + 15) * 1000,
  });
}
export function post_message(token: string, body: { cmid: string; text?: string; choice?: string }): Promise<PostAnswer> {
  return request("/api/chat/messages", { method: "POST", headers: bearer(token), body });
}
export function post_feedback(token: string, message: string, useful: boolean, reason?: string): Promise<void> {
  return request("/api/chat/feedback", { method: "POST", headers: bearer(token), body: { message, useful, reason } });
}
export function end_session(token: string): Promise<void> {
  return request("/api/chat/end", { method: "POST", headers: bearer(token), body: {}, keepalive: true });
}
export function fetch_article(law: string, article: string): Promise<Article> {
  return request(`/api/chat/article?law=${encodeURIComponent(law)}&article=${encodeURIComponent(article)}`);
}
export function open_socket(ticket: string): WebSocket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${location.host}/api/chat/socket`, ["yuanda.v1", `ticket.${ticket}`]);
}
