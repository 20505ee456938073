// A server and the platforms it talks to: up before a file's tests, gone after them; and a wait for what must happen.
import { after, before } from 'node:test';
import { Platform } from './platform.mjs';
import { Server } from './server.mjs';

/** `server` and `platform` are there from the first test on. */
export function stage(options = {}) {
  const set = {};
  before(async () => {
    set.platform = await Platform.start();
    set.server = await Server.create({ ...options, platform: set.platform.origin });
  });
  after(async () => {
    await set.server?.destroy();
    await set.platform?.stop();
  });
  return set;
}

/** Looks until what is found holds, and returns it. */
export async function settled(look, holds, limit = 10_000) {
  const deadline = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (holds(found)) return found;
    if (Date.now() > deadline) throw new Error(`it did not happen in time: ${JSON.stringify(found)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
