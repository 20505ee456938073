// How long to wait before trying a broken connection again.

/**
 * Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"): a uniform draw below the
 * exponential ceiling, so that a restarted server is not met by everyone in the same second.
 * `attempt` counts from 0; `random` returns 0..1. Milliseconds.
 */
export function backoff_ms(attempt: number, random: () => number, base_ms = 500, cap_ms = 30000): number {
  const ceiling = Math.min(cap_ms, base_ms * 2 ** Math.min(attempt, 20));
  return Math.max(100, Math.round(random() * ceiling));
}
