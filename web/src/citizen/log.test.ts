// Checks that no message is lost, doubled or shown out of order, whichever way it comes.
import { describe, expect, it } from "vitest";
import type { Message } from "../shared/chat_types";
import { acknowledge, empty_log, enqueue, mark, receive, receive_page, restore_outgoing } from "./log";

const message = (seq: number, extra: Partial<Message> = {}): Message => ({
  seq, id: `m${seq}`, from: "bot", at: seq, text: `第${seq}句`, ...extra,
});
const seqs = (log: { messages: Message[] }) => log.messages.map((m) => m.seq);

describe("receive", () => {
  it("drops what was seen before", () => {
    let log = receive(empty_log(), message(1));
    log = receive(log, message(1));
    expect(seqs(log)).toEqual([1]);
    expect(log.solid).toBe(1);
  });
  it("shows a message after a hole, and asks for the hole", () => {
    let log = receive(empty_log(), message(1));
    log = receive(log, message(4));
    expect(seqs(log)).toEqual([1, 4]);
    expect(log.gap).toBe(true);
    expect(log.solid).toBe(1);
  });
  it("puts a late message where it belongs", () => {
    let log = receive(receive(empty_log(), message(1)), message(3));
    log = receive(log, message(2));
    expect(seqs(log)).toEqual([1, 2, 3]);
  });
});

describe("receive_page", () => {
  it("closes the gap and takes skipped numbers for private notes", () => {
    let log = receive(receive(empty_log(), message(1)), message(5));
    log = receive_page(log, [message(3), message(5)], 6);
    expect(seqs(log)).toEqual([1, 3, 5]);
    expect(log.gap).toBe(false);
    expect(log.solid).toBe(6);
  });
  it("never moves the resume point back", () => {
    const log = receive_page(receive_page(empty_log(), [message(8)], 8), [], 3);
    expect(log.solid).toBe(8);
  });
});

describe("sending", () => {
  const typed = { cmid: "c1", text: "我想问", at: 10, state: "sending" as const };
  it("turns an acknowledged message into a numbered one, once", () => {
    let log = enqueue(receive(empty_log(), message(1)), typed);
    log = acknowledge(log, { cmid: "c1", seq: 2, id: "m2" }, 11);
    log = receive(log, message(2, { from: "contact", cmid: "c1" }));
    expect(log.outgoing).toEqual([]);
    expect(seqs(log)).toEqual([1, 2]);
    expect(log.messages[1]?.text).toBe("我想问");
  });
  it("takes the message itself for the ack when it comes first", () => {
    let log = enqueue(empty_log(), typed);
    log = receive(log, message(1, { from: "contact", cmid: "c1" }));
    log = acknowledge(log, { cmid: "c1", seq: 1, id: "m1" }, 12);
    expect(log.outgoing).toEqual([]);
    expect(seqs(log)).toEqual([1]);
  });
  it("keeps the id on resend", () => {
    let log = mark(enqueue(empty_log(), typed), "c1", "failed");
    expect(log.outgoing[0]?.state).toBe("failed");
    log = enqueue(log, { ...typed, state: "sending" });
    expect(log.outgoing).toHaveLength(1);
  });
});

describe("restore_outgoing", () => {
  const hour = 3600000;
  const stored = (o: object) => JSON.stringify([{ cmid: "c1", text: "我想问", at: 10 * hour, state: "sending", ...o }]);
  it("lets what was on its way wait for the network", () =>
    expect(restore_outgoing(stored({}), 10 * hour + 60000)[0]?.state).toBe("waiting"));
  it("does not send old words unasked", () =>
    expect(restore_outgoing(stored({}), 12 * hour)[0]?.state).toBe("failed"));
  it("keeps a refusal", () =>
    expect(restore_outgoing(stored({ state: "failed" }), 10 * hour)[0]?.state).toBe("failed"));
  it("takes nothing from damaged storage", () => {
    for (const odd of [null, "", "{", "{}", "[null]", '[{"cmid":1}]']) expect(restore_outgoing(odd, 0)).toEqual([]);
  });
});
