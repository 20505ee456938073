// Checks that the undelivered are fetched, paged and taken off once somebody has seen to them.
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../shared/http";
import type { Undelivered } from "../shared/staff_types";
import { staff_api } from "./staff_api";
import { use_undelivered } from "./undelivered_store";

const row = (message: string): Undelivered => ({
  message, conversation: `c-${message}`, contact: "访客1234", channel: "wechat", from: "bot", at: 1, delivery: "failed",
});
beforeEach(() => {
  setActivePinia(createPinia());
  vi.restoreAllMocks();
});

describe("use_undelivered", () => {
  it("loads page after page", async () => {
    const fetched = vi.spyOn(staff_api, "undelivered");
    fetched.mockResolvedValueOnce({ messages: [row("a")], next: "a" });
    fetched.mockResolvedValueOnce({ messages: [row("b")], next: null });
    const store = use_undelivered();
    await store.load();
    await store.load_more();
    await store.load_more();
    expect(store.rows?.map((r) => r.message)).toEqual(["a", "b"]);
    expect(fetched.mock.calls).toEqual([[], ["a"]]);
  });
  it("takes a settled message off, and keeps it when that failed", async () => {
    vi.spyOn(staff_api, "undelivered").mockResolvedValue({ messages: [row("a"), row("b")], next: null });
    const settled = vi.spyOn(staff_api, "settle").mockResolvedValueOnce(undefined);
    const store = use_undelivered();
    await store.load();
    await store.settle("a");
    expect(store.rows?.map((r) => r.message)).toEqual(["b"]);
    settled.mockRejectedValueOnce(new ApiError(503, "unavailable", "系统正忙"));
    await expect(store.settle("b")).rejects.toThrow("系统正忙");
    expect(store.rows).toHaveLength(1);
  });
  it("shows why it could not be fetched", async () => {
    vi.spyOn(staff_api, "undelivered").mockRejectedValue(new ApiError(503, "unavailable", "系统正忙"));
    const store = use_undelivered();
    await store.load();
    expect(store.rows).toBeNull();
    expect(store.error?.message).toBe("系统正忙");
  });
});
