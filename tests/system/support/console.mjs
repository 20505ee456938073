// A lawyer's API client: signs in, keeps cookie and CSRF token.
import WebSocket from 'ws';

export class Console {
  static async signIn(origin, { login, password }) {
    const console = new Console();
    console.origin = origin;
    const response = await fetch(`${origin}/api/v1/session`, {
      method: 'POST', body: JSON.stringify({ login, password }), headers: { 'content-type': 'application/json', origin } });
    if (response.status !== 200) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
    console.cookie = response.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
    console.csrf = (await response.json()).csrf;
    return console;
  }

  async call(method, path, body) {
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method, body: body === undefined ? undefined : JSON.stringify(body),
      headers: { cookie: this.cookie, 'x-csrf-token': this.csrf, origin: this.origin, 'content-type': 'application/json' } });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  }

  get(path) { return this.call('GET', path); }
  post(path, body = {}) { return this.call('POST', path, body); }

  /** The console's socket, greeted. */
  async socket() {
    const socket = new WebSocket(`${this.origin.replace('http', 'ws')}/api/v1/socket`, { headers: { cookie: this.cookie, origin: this.origin } });
    await new Promise((done, failed) => { socket.once('open', done); socket.once('error', failed); });
    socket.send(JSON.stringify({ t: 'hello', csrf: this.csrf }));
    return socket;
  }

  /** Takes the conversation that waits on a channel; its row. */
  async accept(channel) {
    const row = (await this.list('queued')).find((r) => r.channel === channel);
    const { status } = await this.post(`/conversations/${row.id}/accept`);
    if (status !== 200) throw new Error(`accept: ${status}`);
    return row;
  }

  /** Every conversation of a list. */
  async list(name) { return (await this.get(`/conversations?list=${name}&limit=50`)).body.conversations; }
}
