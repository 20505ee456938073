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

/** Between two attempts: below 0.5 s at first, doubling to 8 s. A person is watching. */
const first_wait_ms = 500;
const longest_wait_ms = 8000;
/** A welcome that lasted shorter does not shorten the next wait: the server may send everybody away again. */
const settled_ms = 10000;
const silent_sockets_before_polling = 2;
const socket_retry_while_polling_ms = 60000;
const welcome_limit_ms = 10000;
const probe_limit_ms = 3000;
const ping_every_ms = 25000;
const silence_limit_ms = 60000;
/** WebSocket.OPEN, written out so that the tests need no browser. */
const socket_open = 1;
/** The server's own words (restart, try again later, too fast): sockets work here, they only end now. */
const spoken_codes = [1012, 1013, 4429];

type Timer = ReturnType<typeof setTimeout>;

export function reconnect_wait_ms(attempt: number, random: () => number): number {
  return backoff_ms(attempt, random, first_wait_ms, longest_wait_ms);
}

export class Connection {
  private socket: WebSocket | null = null;
  /** The present socket has said something. */
  private heard = false;
  private heard_at = 0;
  private welcomed_at = 0;
  private failures = 0;
  /** Sockets in a row that never said a word although a ticket was given: something between forbids them. */
  private silent_sockets = 0;
  /** Counts the tries, so that the late answer of an abandoned one is dropped. */
  private attempt = 0;
  private timer: Timer | undefined;
  private limit: Timer | undefined;
  private pinger: ReturnType<typeof setInterval> | undefined;
  private polling: AbortController | null = null;
  private poll_works = false;
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
    this.attempt += 1;
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

  /** The network is back, the page is looked at again, or the person pressed 马上重试: find out at once. */
  nudge(): void {
    if (!this.running) return;
    if (this.socket) return this.probe();
    clearTimeout(this.timer);
    this.failures = 0;
    if (this.polling) {
      this.stop_polling();
      void this.poll_loop();
    }
    void this.try_socket();
  }

  private async try_socket(): Promise<void> {
    if (!this.running || this.socket) return;
    this.attempt += 1;
    const mine = this.attempt;
    const abandoned = () => !this.running || this.attempt !== mine || this.socket !== null;
    try {
      const ticket = await this.deps.ticket();
      if (!abandoned()) this.watch(this.deps.open_socket(ticket));
    } catch (caught) {
      if (abandoned()) return;
      if (as_api_error(caught).status === 401) this.gone();
      else this.failed();
    }
  }

  private watch(socket: WebSocket): void {
    this.socket = socket;
    this.heard = false;
    this.limit = setTimeout(() => this.lost(), welcome_limit_ms);
    socket.onopen = () => socket.send(JSON.stringify({ t: "hello", last_seq: this.deps.last_seq() }));
    socket.onmessage = (event) => {
      if (this.socket === socket) this.hear(String(event.data));
    };
    socket.onclose = (event) => {
      if (this.socket === socket) this.closed(event.code);
    };
  }

  private hear(data: string): void {
    this.heard = true;
    this.heard_at = Date.now();
    let frame: ServerFrame;
    try {
      frame = JSON.parse(data) as ServerFrame;
    } catch {
      return;
    }
    if (frame.t === "welcome") this.welcomed();
    if (frame.t !== "pong") this.deps.on_frame(frame);
  }

  private welcomed(): void {
    clearTimeout(this.limit);
    this.welcomed_at = Date.now();
    this.silent_sockets = 0;
    this.stop_polling();
    this.keep_alive();
    this.deps.on_state("live");
  }

  private closed(code: number): void {
    this.drop_socket();
    if (!this.running) return;
    if (code === 4401) return this.gone();
    if (code === 4409) {
      this.running = false;
      return this.deps.on_state("replaced");
    }
    if (!this.heard && !spoken_codes.includes(code)) this.silent_sockets += 1;
    this.failed();
  }

  /** The socket says nothing although it should; waiting for its close could take minutes. */
  private lost(): void {
    if (!this.heard) this.silent_sockets += 1;
    this.drop_socket();
    this.failed();
  }

  private keep_alive(): void {
    clearInterval(this.pinger);
    this.pinger = setInterval(() => {
      // A phone that slept keeps a dead socket open: silence is the only sign.
      if (Date.now() - this.heard_at > silence_limit_ms) this.lost();
      else this.send({ t: "ping" });
    }, ping_every_ms);
  }

  /** Asks a socket that may be dead; one that stays silent is replaced. */
  private probe(): void {
    const asked_at = Date.now();
    this.send({ t: "ping" });
    clearTimeout(this.limit);
    this.limit = setTimeout(() => {
      if (this.heard_at < asked_at) this.lost();
    }, probe_limit_ms);
  }

  private drop_socket(): void {
    clearInterval(this.pinger);
    clearTimeout(this.limit);
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
    if (this.welcomed_at > 0 && Date.now() - this.welcomed_at > settled_ms) this.failures = 0;
    this.welcomed_at = 0;
    this.failures += 1;
    if (!this.polling) this.deps.on_state("offline");
    if (this.silent_sockets >= silent_sockets_before_polling && !this.polling) void this.poll_loop();
    const wait = this.polling && this.poll_works ? socket_retry_while_polling_ms : this.wait_ms(this.failures - 1);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.try_socket(), wait);
  }

  private wait_ms(attempt: number): number {
    return reconnect_wait_ms(attempt, this.deps.random ?? Math.random);
  }

  private stop_polling(): void {
    this.polling?.abort();
    this.polling = null;
  }

  private async poll_loop(): Promise<void> {
    const mine = new AbortController();
    this.polling = mine;
    this.poll_works = true;
    for (let attempt = 0; this.polling === mine; ) {
      try {
        const asked_at = Date.now();
        const page = await this.deps.poll(this.deps.last_seq(), mine.signal);
        if (this.polling !== mine) return;
        attempt = 0;
        this.poll_works = true;
        this.deps.on_state("polling");
        this.deps.on_page(page);
        // A proxy that answers for the gateway at once must not turn this loop into a flood.
        if (page.messages.length === 0 && Date.now() - asked_at < 1000) await pause(1000);
      } catch (caught) {
        if (this.polling !== mine) return;
        if (as_api_error(caught).status === 401) return this.gone();
        this.poll_works = false;
        this.deps.on_state("offline");
        await pause(this.wait_ms(attempt));
        attempt += 1;
      }
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
