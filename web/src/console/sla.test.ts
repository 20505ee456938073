// Checks the words, the tone and the order of conversations.
import { describe, expect, it } from "vitest";
import type { Row } from "../shared/staff_types";
import { by_urgency, sla_word } from "./sla";

const t = 1_000_000_000;
const row = (over: Partial<Row>): Row => ({
  id: "c", channel: "webchat", contact: "访客", owner: "queued", last: "", last_from: "contact", last_at: t,
  waiting_since: t, due_at: t + 300000, sla: "ok", unread: 0, ...over,
});

describe("sla_word", () => {
  it("counts down to the first answer", () =>
    expect(sla_word(row({}), t + 170000)).toEqual({ text: "首响剩 02:10", tone: "", icon: "clock" }));
  it("turns amber at 70 percent, even before the gateway says so", () =>
    expect(sla_word(row({}), t + 210000).tone).toBe("w"));
  it("turns red at the limit", () =>
    expect(sla_word(row({}), t + 600000)).toEqual({ text: "已超时 5 分钟", tone: "o", icon: "warn" }));
  it("has no clock while the contact is to answer", () =>
    expect(sla_word(row({ owner: "human", due_at: null, waiting_since: null, last_from: "lawyer" }), t).text).toBe("等用户回复"));
});
describe("by_urgency", () => {
  it("puts risk first, then the nearest clock, then the newest", () => {
    const rows = [
      row({ id: "quiet", due_at: null, last_at: t }), row({ id: "late", due_at: t + 9 }), row({ id: "soon", due_at: t + 1 }),
      row({ id: "risk", due_at: t + 99, risk: ["minor"] }), row({ id: "newer", due_at: null, last_at: t + 5 }),
    ];
    expect(rows.sort(by_urgency).map((r) => r.id)).toEqual(["risk", "soon", "late", "newer", "quiet"]);
  });
});
