// Checks that what is typed is saved once, kept when somebody was first, and found again after a lost page.
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { nextTick } from "vue";
import type { EntryDetail, Revision } from "../shared/entry_types";
import { ApiError } from "../shared/http";
import { entry } from "./entry_fixture";
import { use_entry } from "./entry_store";
import { staff_api } from "./staff_api";

const draft: Revision = {
  id: "r1", entry: entry.id, number: 0, state: "draft", author: { id: "me", name: "赵编辑" }, approver: null, note: "", base: 0,
  restores: null, version: 1, created_at: 0, saved_at: 0, submitted_at: null, decided_at: null, published_at: null,
};
const detail = (over: Partial<EntryDetail> = {}): EntryDetail => ({
  id: entry.id, served: entry, number: 0, shipped: true, mine: null, citations: [], revisions: [], ...over,
});
const items = new Map<string, string>();
beforeEach(() => {
  setActivePinia(createPinia());
  vi.restoreAllMocks();
  items.clear();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  });
  vi.spyOn(staff_api, "kb_check").mockResolvedValue({ findings: [], card: null, wechat: [], bytes: 0, limit: 2048 });
  vi.spyOn(staff_api, "kb_entry").mockResolvedValue(detail());
});
const typed = async (store: ReturnType<typeof use_entry>, words: string) => {
  if (store.form) store.form.conclusion = words;
  await nextTick();
};

describe("use_entry", () => {
  it("begins a draft with the first save and goes on with it", async () => {
    const begun = vi.spyOn(staff_api, "kb_begin").mockResolvedValue({ revision: draft });
    const saved = vi.spyOn(staff_api, "kb_save").mockResolvedValue({ revision: { ...draft, version: 2 } });
    const store = use_entry();
    await store.open(entry.id, "", "2027-11-24");
    expect(store.dirty).toBe(false);
    await typed(store, "新的结论。");
    expect(store.dirty).toBe(true);
    vi.spyOn(staff_api, "kb_entry").mockResolvedValue(detail({ mine: draft }));
    expect(await store.save()).toBe(true);
    expect(store.dirty).toBe(false);
    await typed(store, "再改。");
    expect(await store.save()).toBe(true);
    expect(begun.mock.calls[0]?.[1]).toBe(0);
    expect(saved.mock.calls[0]?.slice(2)).toEqual([0, 1]);
  });
  it("keeps what was typed when somebody was first, and writes over it only when asked to", async () => {
    vi.spyOn(staff_api, "kb_begin")
      .mockRejectedValueOnce(new ApiError(409, "conflict", "周主任 10:31 发布了第 1 版"))
      .mockResolvedValueOnce({ revision: { ...draft, base: 1 } });
    const store = use_entry();
    await store.open(entry.id, "", "2027-11-24");
    await typed(store, "我的。");
    vi.spyOn(staff_api, "kb_entry").mockResolvedValue(detail({ number: 1, served: { ...entry, conclusion: "别人的。" } }));
    expect(await store.save()).toBe(false);
    expect(store.conflict).toContain("周主任");
    expect(store.form?.conclusion).toBe("我的。");
    expect(store.detail?.served?.conclusion).toBe("别人的。");
    expect(await store.save_over()).toBe(true);
    expect(vi.mocked(staff_api.kb_begin).mock.calls[1]?.[1]).toBe(1);
    expect(store.conflict).toBe("");
  });
  it("finds unsaved words again after the page was lost, and forgets them when told", async () => {
    const store = use_entry();
    await store.open(entry.id, "", "2027-11-24");
    await typed(store, "没来得及存。");
    setActivePinia(createPinia());
    const again = use_entry();
    await again.open(entry.id, "", "2027-11-24");
    expect(again.found_again).toBe(true);
    expect(again.form?.conclusion).toBe("没来得及存。");
    again.forget_kept();
    await nextTick();
    expect(again.dirty).toBe(false);
    expect(items.size).toBe(0);
  });
  it("passes other failures on and stays unsaved", async () => {
    vi.spyOn(staff_api, "kb_begin").mockRejectedValue(new ApiError(503, "unavailable", "系统正忙"));
    const store = use_entry();
    await store.open(entry.id, "", "2027-11-24");
    await typed(store, "我的。");
    await expect(store.save()).rejects.toThrow("系统正忙");
    expect(store.dirty).toBe(true);
    expect(store.busy).toBe(false);
  });
  it("checks what was typed, once the typing rests", async () => {
    vi.useFakeTimers();
    const store = use_entry();
    await store.open(entry.id, "", "2027-11-24");
    await vi.runAllTimersAsync();
    vi.mocked(staff_api.kb_check).mockClear();
    await typed(store, "一");
    await typed(store, "一二");
    await vi.runAllTimersAsync();
    expect(staff_api.kb_check).toHaveBeenCalledTimes(1);
    expect(vi.mocked(staff_api.kb_check).mock.calls[0]?.[0].conclusion).toBe("一二");
    vi.useRealTimers();
  });
  it("does not save over its author's other window, even when it has heard of it", async () => {
    const begun = vi.spyOn(staff_api, "kb_begin").mockRejectedValueOnce(new ApiError(409, "conflict", "另一个窗口"));
    const saved = vi.spyOn(staff_api, "kb_save").mockResolvedValue({ revision: { ...draft, version: 2 } });
    const store = use_entry();
    await store.open(entry.id, "", "2027-11-24");
    await typed(store, "窗口一。");
    vi.spyOn(staff_api, "kb_entry").mockResolvedValue(detail({ mine: { ...draft, content: { ...entry, conclusion: "窗口二。" } } }));
    await store.load("clean");
    expect(await store.save()).toBe(false);
    expect(begun).toHaveBeenCalledTimes(1);
    expect(saved).not.toHaveBeenCalled();
    expect(await store.save_over()).toBe(true);
    expect(saved.mock.calls[0]?.[3]).toBe(1);
  });
  it("leaves words alone that were typed while news was on its way", async () => {
    const store = use_entry();
    await store.open(entry.id, "", "2027-11-24");
    let answer: (found: EntryDetail) => void = () => undefined;
    vi.spyOn(staff_api, "kb_entry").mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const loading = store.load("clean");
    await typed(store, "正在写。");
    answer(detail({ number: 1, served: { ...entry, conclusion: "别人的。" } }));
    await loading;
    expect(store.form?.conclusion).toBe("正在写。");
    expect(store.detail?.number).toBe(1);
  });
  it("shows somebody else's open draft, not one's own", async () => {
    const other = { ...draft, id: "r2", author: { id: "qian", name: "钱编辑" } };
    vi.spyOn(staff_api, "kb_entry").mockResolvedValue(detail({ mine: { ...draft, content: entry }, revisions: [draft, other] }));
    const store = use_entry();
    await store.open(entry.id, "", "2027-11-24");
    expect(store.others.map((r) => r.author?.name)).toEqual(["钱编辑"]);
  });
});
