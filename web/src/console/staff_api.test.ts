// Checks what the console's calls put where: a citizen's words never stand in an address.
import { afterEach, describe, expect, it, vi } from "vitest";
import { staff_api, use_csrf } from "./staff_api";

const answer = (body: unknown) => ({
  ok: true, status: 200, headers: new Headers(), text: async () => JSON.stringify(body),
});
afterEach(() => vi.unstubAllGlobals());

describe("kb_search", () => {
  it("sends the words in the body of a change, with the token", async () => {
    const fetched = vi.fn(async (_path: string, _options: RequestInit) => answer({ hits: [] }));
    vi.stubGlobal("fetch", fetched);
    use_csrf("token");
    await staff_api.kb_search("老板打了我");
    const [path, options] = fetched.mock.calls[0]!;
    expect(path).toBe("/api/v1/kb/search");
    expect(options.method).toBe("POST");
    expect(JSON.parse(String(options.body))).toEqual({ q: "老板打了我", limit: 5 });
    expect((options.headers as Record<string, string>)["X-CSRF-Token"]).toBe("token");
  });
});
