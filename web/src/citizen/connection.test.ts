// Checks when the page trusts the socket, when it polls, and when it gives up.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../shared/http";
import { Connection, type ConnectionDeps, type LinkState } from "./connection";

class FakeSocket {
  readyState = 1;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((e: { data: string }) => void) | null = null;
  onclose: ((e: { code: number }) => void) | null = null;
  send(text: string) { this.sent.push(text); }
  close() { this.readyState = 3; }
}

function setup(over: Partial<ConnectionDeps> = {}) {
  const sockets: FakeSocket[] = [];
  const states: LinkState[] = [];
  const gone = vi.fn();
  const connection = new Connection({
    ticket: async () => "t",
    open_socket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    poll: () => new Promise(() => undefined),
    last_seq: () => 7,
    on_frame: () => undefined,
    on_page: () => undefined,
    on_state: (s) => states.push(s),
    on_gone: gone,
    random: () => 1,
    ...over,
  });
  return { connection, sockets, states, gone };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

describe("Connection", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("says hello with the last number and is live after the welcome", async () => {
    const { connection, sockets, states } = setup();
    connection.start();
    await settle();
    sockets[0]?.onopen?.();
    expect(sockets[0]?.sent[0]).toBe('{"t":"hello","last_seq":7}');
    sockets[0]?.onmessage?.({ data: '{"t":"welcome","seq":7,"status":{"owner":"bot"}}' });
    expect(states.at(-1)).toBe("live");
    connection.stop();
  });

  it("polls after two failed sockets and tries the socket again each minute", async () => {
    const poll = vi.fn(() => new Promise<never>(() => undefined));
    const { connection, sockets } = setup({ poll });
    connection.start();
    await settle();
    sockets[0]?.onclose?.({ code: 1006 });
    expect(poll).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(500);
    sockets[1]?.onclose?.({ code: 1006 });
    expect(poll).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(59000);
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(sockets).toHaveLength(3);
    connection.stop();
  });

  it("stops polling once a socket is welcomed", async () => {
    let signal: AbortSignal | undefined;
    const { connection, sockets } = setup({
      poll: (_after, s) => { signal = s; return new Promise<never>(() => undefined); },
    });
    connection.start();
    await settle();
    sockets[0]?.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(500);
    sockets[1]?.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(60000);
    sockets[2]?.onmessage?.({ data: '{"t":"welcome","seq":7,"status":{"owner":"bot"}}' });
    expect(signal?.aborted).toBe(true);
    connection.stop();
  });

  it("ends when the token is gone, by ticket or by close code", async () => {
    const first = setup({ ticket: async () => { throw new ApiError(401, "unauthenticated", "x"); } });
    first.connection.start();
    await settle();
    expect(first.gone).toHaveBeenCalledTimes(1);
    const second = setup();
    second.connection.start();
    await settle();
    second.sockets[0]?.onclose?.({ code: 4401 });
    expect(second.gone).toHaveBeenCalledTimes(1);
  });

  it("does not fight another window of the same person", async () => {
    const { connection, sockets, states } = setup();
    connection.start();
    await settle();
    sockets[0]?.onclose?.({ code: 4409 });
    await vi.advanceTimersByTimeAsync(120000);
    expect(states.at(-1)).toBe("replaced");
    expect(sockets).toHaveLength(1);
  });

  it("waits half a second, doubling to eight, while nobody answers, and never a minute", async () => {
    const ticket = vi.fn(async () => { throw new ApiError(0, "offline", "x"); });
    const poll = vi.fn(() => new Promise<never>(() => undefined));
    const { connection } = setup({ ticket, poll });
    connection.start();
    await settle();
    for (const wait of [500, 1000, 2000, 4000, 8000, 8000, 8000]) {
      const before = ticket.mock.calls.length;
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(ticket).toHaveBeenCalledTimes(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(ticket).toHaveBeenCalledTimes(before + 1);
    }
    expect(poll).not.toHaveBeenCalled();
    connection.stop();
  });

  it("tries at once when nudged, and from the shortest wait on", async () => {
    let up = false;
    const ticket = vi.fn(async () => {
      if (!up) throw new ApiError(0, "offline", "x");
      return "t";
    });
    const { connection, sockets } = setup({ ticket });
    connection.start();
    await vi.advanceTimersByTimeAsync(20000);
    up = true;
    connection.nudge();
    await settle();
    expect(sockets).toHaveLength(1);
    connection.stop();
  });

  it("replaces a socket that stays silent when nudged: a sleeping phone keeps dead ones", async () => {
    const { connection, sockets, states } = setup();
    connection.start();
    await settle();
    sockets[0]?.onmessage?.({ data: '{"t":"welcome","seq":0,"status":{"owner":"bot"}}' });
    await vi.advanceTimersByTimeAsync(20000);
    connection.nudge();
    expect(sockets[0]?.sent.at(-1)).toBe('{"t":"ping"}');
    await vi.advanceTimersByTimeAsync(3000);
    expect(states.at(-1)).toBe("offline");
    await vi.advanceTimersByTimeAsync(500);
    expect(sockets).toHaveLength(2);
    connection.stop();
  });

  it("leaves a socket alone that answers the nudge", async () => {
    const { connection, sockets, states } = setup();
    connection.start();
    await settle();
    sockets[0]?.onmessage?.({ data: '{"t":"welcome","seq":0,"status":{"owner":"bot"}}' });
    await vi.advanceTimersByTimeAsync(20000);
    connection.nudge();
    sockets[0]?.onmessage?.({ data: '{"t":"pong"}' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(states.at(-1)).toBe("live");
    expect(sockets).toHaveLength(1);
    connection.stop();
  });

  it("gives up a socket that never opens", async () => {
    const { connection, sockets } = setup();
    connection.start();
    await settle();
    await vi.advanceTimersByTimeAsync(10000 + 500);
    expect(sockets).toHaveLength(2);
    connection.stop();
  });

  it("comes back later and later when sent away with 1013, by socket and not by polling", async () => {
    const poll = vi.fn(() => new Promise<never>(() => undefined));
    const { connection, sockets } = setup({ poll });
    connection.start();
    await settle();
    for (const wait of [500, 1000, 2000, 4000, 8000, 8000]) {
      const before = sockets.length;
      sockets.at(-1)?.onmessage?.({ data: '{"t":"welcome","seq":0,"status":{"owner":"bot"}}' });
      sockets.at(-1)?.onclose?.({ code: 1013 });
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(sockets).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(sockets).toHaveLength(before + 1);
    }
    expect(poll).not.toHaveBeenCalled();
    connection.stop();
  });
});
