// Checks that presence is said again while a person works, and only then.
import { describe, expect, it } from "vitest";
import { presence_keeper, say_every_ms } from "./presence";

describe("presence_keeper", () => {
  it("says it again once in a while, however much is touched", () => {
    let now = 1000;
    let said = 0;
    const keeper = presence_keeper(() => (said += 1), () => now);
    keeper.touched();
    expect(said).toBe(0); // signing in has just said it
    for (let i = 0; i < 100; i += 1) {
      now += say_every_ms / 50;
      keeper.touched();
    }
    expect(said).toBe(2);
  });
  it("says nothing while nobody is there", () => {
    let now = 0;
    let said = 0;
    const keeper = presence_keeper(() => (said += 1), () => now);
    now += 10 * say_every_ms;
    keeper.forgotten();
    expect(said).toBe(0);
  });
  it("says it with the next touch after a lost connection", () => {
    let said = 0;
    const keeper = presence_keeper(() => (said += 1), () => 5000);
    keeper.forgotten();
    keeper.touched();
    keeper.touched();
    expect(said).toBe(1);
  });
});
