// Checks what the small parts show, by rendering them without a browser.
import { createSSRApp, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import { describe, expect, it } from "vitest";
import MissingInbox from "./MissingInbox.vue";
import OutgoingItem from "./OutgoingItem.vue";
import StatusBar from "./StatusBar.vue";

const html = (part: Component, props: Record<string, unknown>) => renderToString(createSSRApp(part, props));

describe("OutgoingItem", () => {
  const item = (state: string, offline: boolean) =>
    html(OutgoingItem, { outgoing: { cmid: "c", text: "在吗", at: 0, state }, offline });
  it("is on its way", async () => expect(await item("sending", false)).toContain("正在发送"));
  it("waits for the network, and needs no tap", async () => {
    for (const state of ["sending", "waiting"]) {
      expect(await item(state, true)).toContain("网络断了，连上后自动发出");
      expect(await item(state, true)).not.toContain("再发一次");
    }
    expect(await item("waiting", false)).toContain("正在自动重发");
  });
  it("was refused, and can be sent again", async () => expect(await item("failed", true)).toContain("再发一次"));
});
describe("StatusBar", () => {
  const promise = { at: 1, text: "明天9:30前给您回复" };
  it("shows the promise alone while nobody is on duty", async () => {
    const shown = await html(StatusBar, { status: { owner: "queued", position: 2, promise }, info: null });
    expect(shown).toContain(promise.text);
    expect(shown).not.toMatch(/排在|正在为您转接/);
  });
  it("names the lawyer who has come", async () =>
    expect(await html(StatusBar, { status: { owner: "human", lawyer: { name: "王毅", office: "秦川" } }, info: null }))
      .toContain("王毅律师已接入，来自秦川"));
});
describe("MissingInbox", () => {
  it("says so, with a number to call and a way on", async () => {
    const shown = await html(MissingInbox, { inbox: "nope" });
    expect(shown).toContain("这个咨询入口不存在");
    expect(shown).toContain('href="tel:12348"');
    expect(shown).toContain('href="/"');
  });
  it("does not lead in a circle", async () => expect(await html(MissingInbox, { inbox: "web" })).not.toContain('href="/"'));
});
