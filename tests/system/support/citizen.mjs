// A citizen's browser without a browser: the chat API of docs/api.md.
import { randomUUID } from 'node:crypto';

export class Citizen {
  static async arrive(origin, inbox = 'web') {
    const citizen = new Citizen();
    citizen.origin = origin;
    const response = await fetch(`${origin}/api/chat/session`, { method: 'POST', body: JSON.stringify({ inbox }) });
    if (response.status !== 200) throw new Error(`session: ${response.status}`);
    citizen.token = (await response.json()).token;
    return citizen;
  }

  async call(method, path, body) {
    const response = await fetch(`${this.origin}/api/chat/${path}`, {
      method, body: body === undefined ? undefined : JSON.stringify(body), headers: { authorization: `Bearer ${this.token}` } });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  }

  /** Says something and returns {ack, reply, status}: `reply` is the bot's message to it, if any. */
  async say(text, cmid = randomUUID()) {
    const { status, body } = await this.call('POST', 'messages', { cmid, text });
    if (status !== 200) throw new Error(`message: ${status} ${JSON.stringify(body)}`);
    return { ack: body.ack, status: body.status, reply: body.messages.find((m) => m.seq > body.ack.seq) };
  }

  async choose(choice, cmid = randomUUID()) {
    const { body } = await this.call('POST', 'messages', { cmid, choice });
    return { ack: body.ack, status: body.status, reply: body.messages.find((m) => m.seq > body.ack.seq) };
  }

  async history(after = 0) { return (await this.call('GET', `messages?after=${after}&limit=200`)).body; }
}
