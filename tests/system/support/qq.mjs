// QQ's side of the line: Ed25519 by Node's own OpenSSL.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { keys } from './server.mjs';

/** The documented rule: repeat the secret to 32 bytes, cut there, use it as the seed. */
function keyOf(secret) {
  const seed = Buffer.from(secret.repeat(Math.ceil(32 / secret.length))).subarray(0, 32);
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}
const key = keyOf(keys.qq.secret);
const now = () => String(Math.floor(Date.now() / 1000));

export const signature = (timestamp, body) => sign(null, Buffer.from(timestamp + body), key).toString('hex');
export const holds = (text, hex) => verify(null, Buffer.from(text), createPublicKey(key), Buffer.from(hex, 'hex'));

export async function post(origin, body, { timestamp = now(), sig, headers = {} } = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${origin}/hooks/qq/qq`, {
    method: 'POST', body: text,
    headers: { 'content-type': 'application/json', 'x-bot-appid': keys.qq.appId, 'x-signature-timestamp': timestamp,
      'x-signature-ed25519': sig ?? signature(timestamp, text), ...headers } });
  return { status: response.status, body: await response.text() };
}

export const c2c = ({ from, text, id }) => ({
  id: `C2C_MESSAGE_CREATE:${id}`, op: 0, t: 'C2C_MESSAGE_CREATE',
  d: { id, author: { user_openid: from }, content: text, timestamp: new Date().toISOString() } });
