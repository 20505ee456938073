// Keeps the page in touch with the gateway: a WebSocket when it works, long polling when it does not.
import type { MessagesAnswer, ServerFrame } from "../shared/chat_types";
import { backoff_ms } from "../shared/backoff";
import { as_api_error } from "../shared/http";

export type LinkState = "idle" | "connecting" | "live" | "polling" | "offline" | "replaced";

export interface ConnectionDeps {
  ticket(): Promise<string>;
  open_socket(ticket: string): WebSocket;
  poll(after: number, signal: AbortSignal): Promise<MessagesAnswer>;
  last_seq(): number;
  on_frame(frame: ServerFrame): void;
  on_page(page: MessagesAnswer): void;
  on_state(state: LinkState): void;
  /** The token is no longer valid: the conversation was ended elsewhere. */
  on_gone(): void;
  random?: () => number;
}

const failures_before_polling = 2;
const socket_retry_while_polling_ms = 60000;
const ping_every_ms = 25000;
const silence_limit_ms = 60000;
/** WebSocket.OPEN, written out so that the tests need no browser. */
const socket_open = 1;

export class Connection {
  private socket: WebSocket | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pinger: ReturnType<typeof setInterval> | undefined;
  private heard_at = 0;
  private polling: AbortController | null = null;
  private running = false;

  constructor(private readonly deps: ConnectionDeps) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.failures = 0;
    this.deps.on_state("connecting");
    void this.try_socket();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    this.stop_polling();
    this.drop_socket();
    this.deps.on_state("idle");
  }

  /** True when the frame was handed to an open socket; it may still be lost, so wait for the ack. */
  send(frame: object): boolean {
    if (this.socket?.readyState !== socket_open) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** The browser says the network is back, or the person pressed 重试. */
  nudge(): void {
    if (!this.running || this.socket) return;
    clearTimeout(this.timer);
    void this.try_socket();
  }

  private async try_socket(): Promise<void> {
    if (!this.running || this.socket) return;
    try {
      const ticket = await this.deps.ticket();
      if (!this.running || this.socket) return;
      this.watch(this.deps.open_socket(ticket));
    } catch (caught) {
      if (as_api_error(caught).status === 401) this.gone();
      else this.failed();
    }
  }

  private watch(socket: WebSocket): void {
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ t: "hello", last_seq: this.deps.last_seq() }));
    socket.onmessage = (event) => this.hear(String(event.data));
    socket.onclose = (event) => {
      if (this.socket !== socket) return;
      this.drop_socket();
      if (!this.running) return;
      if (event.code === 4401) return this.gone();
      if (event.code === 4409) {
        this.running = false;
        return this.deps.on_state("replaced");
      }
      this.failed();
    };
  }

  private hear(data: string): void {
    this.heard_at = Date.now();
    let frame: ServerFrame;
    try {
      frame = JSON.parse(data) as ServerFrame;
    } catch {
      return;
    }
    if (frame.t === "welcome") {
      this.failures = 0;
      this.stop_polling();
      this.keep_alive();
      this.deps.on_state("live");
    }
    if (frame.t !== "pong") this.deps.on_frame(frame);
  }

  private keep_alive(): void {
    clearInterval(this.pinger);
    this.pinger = setInterval(() => {
      // A phone that slept keeps a dead socket open: silence is the only sign.
      if (Date.now() - this.heard_at > silence_limit_ms) this.socket?.close();
      else this.send({ t: "ping" });
    }, ping_every_ms);
  }

  private drop_socket(): void {
    clearInterval(this.pinger);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private gone(): void {
    this.stop();
    this.deps.on_gone();
  }

  private failed(): void {
    if (!this.running) return;
    this.failures += 1;
    if (!this.polling) this.deps.on_state("offline");
    if (this.failures >= failures_before_polling && !this.polling) void this.poll_loop();
    const wait = this.polling
      ? socket_retry_while_polling_ms
      : backoff_ms(this.failures - 1, this.deps.random ?? Math.random);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.try_socket(), wait);
  }

  private stop_polling(): void {
    this.polling?.abort();
    this.polling = null;
  }

  private async poll_loop(): Promise<void> {
    const mine = new AbortController();
    this.polling = mine;
    for (let attempt = 0; this.polling === mine; ) {
      try {
        const asked_at = Date.now();
        const page = await this.deps.poll(this.deps.last_seq(), mine.signal);
        if (this.polling !== mine) return;
        attempt = 0;
        this.deps.on_state("polling");
        this.deps.on_page(page);
        // A proxy that answers for the gateway at once must not turn this loop into a flood.
        if (page.messages.length === 0 && Date.now() - asked_at < 1000) await new Promise((done) => setTimeout(done, 1000));
      } catch (caught) {
        if (this.polling !== mine) return;
        if (as_api_error(caught).status === 401) return this.gone();
        this.deps.on_state("offline");
        const wait = backoff_ms(attempt, this.deps.random ?? Math.random);
        attempt += 1;
        await new Promise((done) => setTimeout(done, wait));
      }
    }
  }
}
