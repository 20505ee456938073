// Whether this address may carry a staff session: the cookie is Secure, so plain http works on this machine alone.
export function may_sign_in(at: { protocol: string; hostname: string }): boolean {
  return at.protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(at.hostname);
}
