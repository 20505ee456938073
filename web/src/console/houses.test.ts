// Everybody lands where they work.
import { describe, expect, it } from "vitest";
import { home_of, works_in } from "./houses";

describe("the console's houses", () => {
  it("opens the first page a role works in", () => {
    expect(home_of(["lawyer"])).toBe("inbox");
    expect(home_of(["intake", "reviewer"])).toBe("applications");
    expect(home_of(["admin"])).toBe("staff");
    expect(home_of(["admin", "supervisor"])).toBe("inbox");
    expect(home_of(["editor"])).toBe("entries");
    expect(home_of(["editor", "approver"])).toBe("applications");
  });
  it("has no page yet for those whose house is not built", () => {
    expect(home_of(["auditor"])).toBe("forbidden");
    expect(home_of([])).toBe("forbidden");
  });
  it("keeps administrators away from citizens' words", () => {
    expect(works_in("desk", ["admin"])).toBe(false);
    expect(works_in("cases", ["admin", "auditor"])).toBe(false);
  });
});
