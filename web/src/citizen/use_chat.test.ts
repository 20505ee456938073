// Checks the parts together against a small server that can be switched off: nothing lost, nothing twice.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Message } from "../shared/chat_types";
import { ApiError } from "../shared/http";
import * as api from "./chat_api";
import { use_chat } from "./use_chat";

vi.mock("./chat_api");

class FakeServer {
  up = true;
  messages: Message[] = [];
  socket: FakeSocket | null = null;

  private reach(): void {
    if (!this.up) throw new ApiError(0, "offline", "网络连不上。");
  }
  store(cmid: string, text: string): Message {
    const known = this.messages.find((m) => m.cmid === cmid);
    if (known) return known;
    const seq = this.messages.length + 1;
    const message: Message = { seq, id: `m${seq}`, from: "contact", at: seq, cmid, text };
    this.messages.push(message);
    return message;
  }
  kill(): void {
    this.up = false;
    this.socket?.onclose?.({ code: 1006 });
    this.socket = null;
  }
  push(frame: object): void { this.socket?.onmessage?.({ data: JSON.stringify(frame) }); }
  install(): void {
    vi.mocked(api.inbox_info).mockImplementation(async () => {
      this.reach();
      return { id: "web", centre: "秦川", hours: "", on_duty: true, consent: "", notice: "", topics: [], phone: "12348" };
    });
    vi.mocked(api.open_session).mockImplementation(async () => {
      this.reach();
      return { token: "t", conversation: "c", seq: 0 };
    });
    vi.mocked(api.socket_ticket).mockImplementation(async () => {
      this.reach();
      return "ticket";
    });
    vi.mocked(api.fetch_messages).mockImplementation(async (_token, after) => {
      this.reach();
      return { messages: this.messages.filter((m) => m.seq > after), status: { owner: "bot" }, seq: this.messages.length };
    });
    vi.mocked(api.post_message).mockImplementation(async (_token, { cmid, text }) => {
      this.reach();
      const { seq, id } = this.store(cmid, text ?? "");
      return { ack: { cmid, seq, id } };
    });
    vi.mocked(api.end_session).mockResolvedValue(undefined);
    vi.mocked(api.open_socket).mockImplementation(() => new FakeSocket(this) as unknown as WebSocket);
  }
}

class FakeSocket {
  readyState = 1;
  onopen: (() => void) | null = null;
  onmessage: ((e: { data: string }) => void) | null = null;
  onclose: ((e: { code: number }) => void) | null = null;
  constructor(private readonly server: FakeServer) {
    server.socket = this;
    queueMicrotask(() => this.onopen?.());
  }
  send(data: string): void {
    const frame = JSON.parse(data) as { t: string; cmid: string; text: string };
    if (frame.t === "hello") this.server.push({ t: "welcome", seq: this.server.messages.length, status: { owner: "bot" } });
    if (frame.t !== "msg") return;
    const { seq, id } = this.server.store(frame.cmid, frame.text);
    this.server.push({ t: "ack", cmid: frame.cmid, seq, id });
  }
  close(): void { this.readyState = 3; }
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const shown = (chat: ReturnType<typeof use_chat>) => chat.log.value.messages.map((m) => m.text);

describe("use_chat", () => {
  let server: FakeServer;
  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    server.install();
  });
  afterEach(() => vi.useRealTimers());

  it("sends what was typed while the server was away, at most eight seconds after its return", async () => {
    const chat = use_chat("web");
    chat.send("第一句");
    await settle();
    expect(chat.state.link).toBe("live");
    server.kill();
    chat.send("断网时写的");
    await settle();
    expect(chat.offline.value).toBe(true);
    expect(chat.log.value.outgoing.map((o) => o.state)).toEqual(["waiting"]);
    await vi.advanceTimersByTimeAsync(60000);
    server.up = true;
    await vi.advanceTimersByTimeAsync(8000);
    expect(chat.state.link).toBe("live");
    expect(chat.offline.value).toBe(false);
    expect(shown(chat)).toEqual(["第一句", "断网时写的"]);
    expect(chat.log.value.outgoing).toEqual([]);
    expect(server.messages).toHaveLength(2);
    chat.end();
  });

  it("comes back at once when the browser says so", async () => {
    const chat = use_chat("web");
    chat.send("第一句");
    await settle();
    server.kill();
    chat.send("断网时写的");
    await vi.advanceTimersByTimeAsync(60000);
    server.up = true;
    chat.nudge();
    await settle();
    expect(chat.state.link).toBe("live");
    expect(shown(chat)).toEqual(["第一句", "断网时写的"]);
    chat.end();
  });

  it("sends the very first words by itself, and fetches what the first screen lacks", async () => {
    server.up = false;
    const chat = use_chat("web");
    void chat.load_info();
    chat.send("第一句");
    await settle();
    expect(chat.offline.value).toBe(true);
    expect(chat.state.info_error).not.toBeNull();
    server.up = true;
    await vi.advanceTimersByTimeAsync(8000);
    expect(shown(chat)).toEqual(["第一句"]);
    expect(chat.state.info?.centre).toBe("秦川");
    expect(chat.state.info_error).toBeNull();
    chat.end();
  });

  it("does not double a message whose ack was lost with the socket", async () => {
    const chat = use_chat("web");
    chat.send("第一句");
    await settle();
    const { socket } = server;
    if (socket) socket.send = (data) => void server.store(JSON.parse(data).cmid, JSON.parse(data).text);
    chat.send("第二句");
    server.kill();
    server.up = true;
    await vi.advanceTimersByTimeAsync(20000);
    expect(shown(chat)).toEqual(["第一句", "第二句"]);
    expect(server.messages).toHaveLength(2);
    expect(chat.log.value.outgoing).toEqual([]);
    chat.end();
  });

  it("shows that the lawyer is typing, until the message or for a few seconds", async () => {
    const chat = use_chat("web");
    chat.send("第一句");
    await settle();
    server.push({ t: "typing", on: true });
    expect(chat.state.lawyer_typing).toBe(true);
    await vi.advanceTimersByTimeAsync(6000);
    expect(chat.state.lawyer_typing).toBe(false);
    server.push({ t: "typing", on: true });
    server.push({ t: "msg", message: { seq: 2, id: "m2", from: "lawyer", at: 2, text: "您好" } });
    expect(chat.state.lawyer_typing).toBe(false);
    server.push({ t: "typing", on: true });
    server.push({ t: "typing", on: false });
    expect(chat.state.lawyer_typing).toBe(false);
    chat.end();
  });

  it("gives back a session that was just being opened when the person left", async () => {
    const chat = use_chat("web");
    chat.send("第一句");
    chat.end();
    await settle();
    expect(api.end_session).toHaveBeenCalledWith("t");
    expect(server.messages).toEqual([]);
    expect(chat.log.value.outgoing).toEqual([]);
  });
});
