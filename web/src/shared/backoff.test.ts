// Checks the bounds of the reconnect delay.
import { describe, expect, it } from "vitest";
import { backoff_ms } from "./backoff";

describe("backoff", () => {
  it("doubles its ceiling until the cap", () => {
    expect(backoff_ms(0, () => 1)).toBe(500);
    expect(backoff_ms(3, () => 1)).toBe(4000);
    expect(backoff_ms(40, () => 1)).toBe(30000);
  });
  it("never fires at once, however lucky the draw", () => {
    expect(backoff_ms(5, () => 0)).toBe(100);
  });
  it("draws over the whole range", () => {
    expect(backoff_ms(2, () => 0.25)).toBe(500);
  });
});
