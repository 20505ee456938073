// Checks on which addresses the login form is offered.
import { expect, it } from "vitest";
import { may_sign_in } from "./origin";

it("offers the form over https and on this machine only", () => {
  expect(may_sign_in({ protocol: "https:", hostname: "yuanda.example" })).toBe(true);
  expect(may_sign_in({ protocol: "http:", hostname: "127.0.0.1" })).toBe(true);
  expect(may_sign_in({ protocol: "http:", hostname: "192.168.1.8" })).toBe(false);
});
