// Checks that words once typed reach the server: by themselves, in order, under one id, or are visibly refused.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { shallowRef } from "vue";
import { ApiError } from "../shared/http";
import { acknowledge, empty_log, type Log } from "./log";
import { use_outbox, type MessageBody, type OutboxDeps } from "./use_outbox";

const offline = () => new ApiError(0, "offline", "网络连不上。");

function setup(over: Partial<OutboxDeps> = {}) {
  const log = shallowRef<Log>(empty_log());
  const posted: string[] = [];
  const frames: { cmid: string; text: string }[] = [];
  const server = { up: true, live: false, seq: 0 };
  const deps: OutboxDeps = {
    inbox: "web",
    log,
    hand: (frame) => {
      if (server.live) frames.push(frame as { cmid: string; text: string });
      return server.live;
    },
    post: vi.fn(async (body: MessageBody) => {
      if (!server.up) throw offline();
      posted.push(body.text ?? "");
      server.seq += 1;
      return { ack: { cmid: body.cmid, seq: server.seq, id: `m${server.seq}` } };
    }),
    on_answer: (answer) => (log.value = acknowledge(log.value, answer.ack, 0)),
    on_gone: vi.fn(),
    on_silence: vi.fn(),
    on_sent: vi.fn(),
    on_stuck: vi.fn(),
    random: () => 1,
    ...over,
  };
  return { outbox: use_outbox(deps), deps, log, posted, frames, server };
}
const settle = () => vi.advanceTimersByTimeAsync(0);
const states = (log: { value: Log }) => log.value.outgoing.map((o) => o.state);

describe("use_outbox", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("sends by itself once the network is back, under the same id, and in order", async () => {
    const { outbox, deps, log, posted, server } = setup();
    server.up = false;
    outbox.send("第一句");
    outbox.send("第二句");
    await settle();
    expect(states(log)).toEqual(["waiting", "waiting"]);
    expect(outbox.cut_off.value).toBe(true);
    const ids = log.value.outgoing.map((o) => o.cmid);
    await vi.advanceTimersByTimeAsync(60000);
    server.up = true;
    await vi.advanceTimersByTimeAsync(8000);
    expect(posted).toEqual(["第一句", "第二句"]);
    expect(log.value.outgoing).toEqual([]);
    expect(outbox.cut_off.value).toBe(false);
    const tried = vi.mocked(deps.post).mock.calls.map(([body]) => body.cmid);
    expect(new Set(tried)).toEqual(new Set(ids));
  });

  it("doubles the wait up to eight seconds", async () => {
    const { outbox, deps, server } = setup();
    server.up = false;
    outbox.send("在吗");
    await settle();
    for (const wait of [500, 1000, 2000, 4000, 8000, 8000]) {
      const before = vi.mocked(deps.post).mock.calls.length;
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(deps.post).toHaveBeenCalledTimes(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(deps.post).toHaveBeenCalledTimes(before + 1);
    }
  });

  it("sends at once when the browser says that the network is back", async () => {
    const { outbox, posted, server } = setup();
    server.up = false;
    outbox.send("在吗");
    await vi.advanceTimersByTimeAsync(20000);
    server.up = true;
    outbox.nudge();
    await settle();
    expect(posted).toEqual(["在吗"]);
  });

  it("hands all of it to each new socket until it is acknowledged", async () => {
    const { outbox, frames, log, server } = setup();
    server.live = true;
    outbox.send("一");
    outbox.send("二");
    expect(frames.map((f) => f.text)).toEqual(["一", "二"]);
    log.value = acknowledge(log.value, { cmid: frames[0]?.cmid ?? "", seq: 1, id: "m1" }, 0);
    outbox.reconnected();
    outbox.reconnected();
    expect(frames.map((f) => f.text)).toEqual(["一", "二", "二", "二"]);
    expect(new Set(frames.slice(1).map((f) => f.cmid)).size).toBe(1);
  });

  it("takes the other way when a socket swallowed it", async () => {
    const { outbox, deps, posted, server } = setup();
    server.live = true;
    outbox.send("在吗");
    server.live = false;
    await vi.advanceTimersByTimeAsync(10000);
    expect(posted).toEqual(["在吗"]);
    expect(deps.on_silence).toHaveBeenCalledTimes(1);
  });

  it("tries again by itself when the server is full, and says so", async () => {
    const { outbox, deps, log } = setup();
    vi.mocked(deps.post).mockRejectedValueOnce(new ApiError(503, "unavailable", "现在没存上。"));
    outbox.send("在吗");
    await settle();
    expect(states(log)).toEqual(["waiting"]);
    expect(outbox.send_error.value?.message).toBe("现在没存上。");
    await vi.advanceTimersByTimeAsync(500);
    expect(log.value.outgoing).toEqual([]);
    expect(outbox.send_error.value).toBeNull();
  });

  it("leaves a refused message to the person, and goes on with the next", async () => {
    const { outbox, deps, log, posted } = setup();
    vi.mocked(deps.post).mockRejectedValueOnce(new ApiError(400, "invalid_input", "太长了。"));
    outbox.send("长");
    outbox.send("短");
    await vi.advanceTimersByTimeAsync(60000);
    expect(states(log)).toEqual(["failed"]);
    expect(posted).toEqual(["短"]);
    outbox.resend(log.value.outgoing[0]?.cmid ?? "");
    await settle();
    expect(posted).toEqual(["短", "长"]);
  });

  it("sorts the socket's refusals the same way", () => {
    const { outbox, log, server } = setup();
    server.live = true;
    outbox.send("在吗");
    outbox.take_error({ code: "unavailable", message: "现在没存上。" });
    expect(states(log)).toEqual(["waiting"]);
    outbox.reconnected();
    outbox.take_error({ code: "invalid_input", message: "没看懂。", cmid: log.value.outgoing[0]?.cmid });
    expect(states(log)).toEqual(["failed"]);
    outbox.stop();
  });

  it("goes to a new conversation when the old one is gone, once", async () => {
    const { outbox, deps, posted, log } = setup();
    vi.mocked(deps.post).mockRejectedValueOnce(new ApiError(401, "unauthenticated", "x"));
    outbox.send("在吗");
    await settle();
    expect(deps.on_gone).toHaveBeenCalledTimes(1);
    expect(posted).toEqual(["在吗"]);
    vi.mocked(deps.post).mockRejectedValue(new ApiError(401, "unauthenticated", "x"));
    outbox.send("还在吗");
    await vi.advanceTimersByTimeAsync(60000);
    expect(deps.on_gone).toHaveBeenCalledTimes(2);
    expect(states(log)).toEqual(["failed"]);
  });

  it("sends nothing any more once the person has left", async () => {
    const { outbox, deps, server } = setup();
    server.up = false;
    outbox.send("在吗");
    await settle();
    outbox.stop();
    server.up = true;
    await vi.advanceTimersByTimeAsync(60000);
    expect(deps.post).toHaveBeenCalledTimes(1);
  });
});
