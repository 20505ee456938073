// Someone at work stays signed in and on duty: their presence is said again, because reading and typing ask nothing.

export const say_every_ms = 4 * 60000;

export interface Keeper {
  /** A key or a tap. */
  touched: () => void;
  /** Whoever heard it may have forgotten: the next touch says it at once. */
  forgotten: () => void;
}

export function presence_keeper(say: () => void, now: () => number = Date.now): Keeper {
  let said_at = now();
  return {
    touched() {
      if (now() - said_at < say_every_ms) return;
      said_at = now();
      say();
    },
    forgotten() {
      said_at = -say_every_ms;
    },
  };
}
