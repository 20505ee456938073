// A stand-in for the platforms' APIs: tokens that expire, messages that are counted, failures on demand.
import { createServer } from 'node:http';

export class Platform {
  static async start() {
    const platform = new Platform();
    platform.sent = [];       // every message the platform took: {path, body}
    platform.taking = 0;      // messages begun, whether answered yet or not
    platform.tokens = 0;      // how often a token was fetched
    platform.fail = [];       // answers to give instead, first in first out: {status?, errcode?}
    platform.slow = 0;        // milliseconds before a message is answered
    platform.server = createServer((request, response) => platform.handle(request, response));
    await new Promise((done) => platform.server.listen(0, '127.0.0.1', done));
    platform.origin = `http://127.0.0.1:${platform.server.address().port}`;
    return platform;
  }

  async handle(request, response) {
    let body = '';
    for await (const chunk of request) body += chunk;
    const answer = (status, value) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const { pathname: path, searchParams: query } = new URL(request.url, this.origin);
    if (path === '/cgi-bin/stable_token') {
      this.tokens += 1;
      return answer(200, { access_token: `T${this.tokens}`, expires_in: 7200 });
    }
    if (path === '/app/getAppAccessToken') {
      this.tokens += 1;
      return answer(200, { access_token: `Q${this.tokens}`, expires_in: '7200' });
    }
    const failure = this.fail.shift();
    if (failure) return answer(failure.status ?? 200, { errcode: failure.errcode, code: failure.errcode, errmsg: 'no' });
    const token = query.get('access_token') ?? request.headers.authorization?.replace('QQBot ', '');
    if (!/^[TQ]\d+$/.test(token ?? '')) return answer(200, { errcode: 40001, errmsg: 'invalid credential' });
    this.taking += 1;
    if (this.slow > 0) await new Promise((done) => setTimeout(done, this.slow));
    this.sent.push({ path, body: JSON.parse(body) });
    this.woken?.();
    return answer(200, { errcode: 0, errmsg: 'ok', id: `m${this.sent.length}`, timestamp: Date.now() });
  }

  /** Waits until `count` messages have been taken. */
  async until(count, limit = 15_000) {
    const deadline = Date.now() + limit;
    while (this.sent.length < count) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`the platform got ${this.sent.length} of ${count} messages`);
      await Promise.race([new Promise((done) => { this.woken = done; }), new Promise((done) => setTimeout(done, Math.min(left, 250)))]);
    }
    return this.sent;
  }

  stop() { return new Promise((done) => this.server.close(done)); }
}
