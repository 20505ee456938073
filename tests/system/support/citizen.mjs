// A citizen's browser without a browser: the chat API of docs/api.md.
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';

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

/** The citizen's socket, having said hello: frames as they come, and a wait for what they must hold. */
export async function connect(citizen, lastSeq) {
  const { body } = await citizen.call('POST', 'ticket', {});
  const socket = new WebSocket(`${citizen.origin.replace('http', 'ws')}/api/chat/socket`, ['yuanda.v1', `ticket.${body.ticket}`]);
  const frames = [];
  let wake = () => {};
  socket.on('message', (data) => { frames.push(JSON.parse(data)); wake(); });
  socket.on('close', () => wake());
  await new Promise((done, failed) => { socket.once('open', done); socket.once('error', failed); });
  socket.send(JSON.stringify({ t: 'hello', last_seq: lastSeq }));
  const until = async (holds) => {
    while (!holds(frames)) {
      if (socket.readyState !== WebSocket.OPEN) throw new Error('the socket closed before it happened');
      await new Promise((done) => { wake = done; });
    }
  };
  return { socket, frames, until };
}
