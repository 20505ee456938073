// Checks that keys act only when they should.
import { describe, expect, it } from "vitest";
import { key_action, type KeyLike } from "./keys";

const press = (over: Partial<KeyLike>): KeyLike => ({
  code: "KeyA", key: "a", altKey: true, ctrlKey: false, metaKey: false, isComposing: false, ...over,
});

describe("key_action", () => {
  it("reads the key's place, not the letter Alt makes of it", () =>
    expect(key_action(press({ code: "KeyJ", key: "∆" }), true)).toBe("next"));
  it("stays silent while a word is being composed", () =>
    expect(key_action(press({ isComposing: true }), true)).toBeNull());
  it("leaves the browser its own shortcuts", () => expect(key_action(press({ ctrlKey: true }), false)).toBeNull());
  it("opens help only outside text", () => {
    const mark = press({ altKey: false, key: "?", code: "Slash" });
    expect(key_action(mark, false)).toBe("help");
    expect(key_action(mark, true)).toBeNull();
  });
});
