// WeChat's side of the line, with npm wechat-crypto as an independent opinion on the envelope.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { keys } from './server.mjs';

const WXBizMsgCrypt = createRequire(import.meta.url)('wechat-crypto');

export const crypt = new WXBizMsgCrypt(keys.wechat.token, keys.wechat.aesKey, keys.wechat.appId);
const sha1 = (parts) => createHash('sha1').update(parts.sort().join('')).digest('hex');
const now = () => Math.floor(Date.now() / 1000);

export function textXml({ from, text, id, at = now() }) {
  return `<xml><ToUserName><![CDATA[${keys.wechat.ours}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName>` +
    `<CreateTime>${at}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content><MsgId>${id}</MsgId></xml>`;
}

/** Query and body of a signed, encrypted delivery. */
export function sealed(xml, { timestamp = String(now()), nonce = '1320562132' } = {}) {
  const encrypted = crypt.encrypt(xml);
  const query = new URLSearchParams({
    signature: sha1([keys.wechat.token, timestamp, nonce]), timestamp, nonce, openid: 'oTest', encrypt_type: 'aes',
    msg_signature: crypt.getSignature(timestamp, nonce, encrypted) });
  const body = `<xml><ToUserName><![CDATA[${keys.wechat.ours}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
  return { query, body };
}

export async function post(origin, { query, body }, inbox = 'wechat') {
  const response = await fetch(`${origin}/hooks/wechat/${inbox}?${query}`, {
    method: 'POST', body, headers: { 'content-type': 'text/xml' } });
  return { status: response.status, body: await response.text(), type: response.headers.get('content-type') };
}

const field = (xml, name) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1];

/** Opens an encrypted passive reply: checks its signature and returns the fields of the inner XML. */
export function opened(body) {
  const encrypted = field(body, 'Encrypt');
  const expected = crypt.getSignature(field(body, 'TimeStamp'), field(body, 'Nonce'), encrypted);
  if (expected !== field(body, 'MsgSignature')) throw new Error('the reply is not signed with our token');
  const { message, id } = crypt.decrypt(encrypted);
  return { appId: id, to: field(message, 'ToUserName'), from: field(message, 'FromUserName'), type: field(message, 'MsgType'),
    content: field(message, 'Content'), at: Number(field(message, 'CreateTime')) };
}

let spoken = 7300000000000000000n;
/** What the account answers to a contact's words. */
export async function says(origin, from, text) {
  spoken += 1n;
  return opened((await post(origin, sealed(textXml({ from, text, id: String(spoken) })))).body).content;
}

export const plainQuery = ({ timestamp = String(now()), nonce = '77' } = {}) =>
  new URLSearchParams({ signature: sha1([keys.plain.token, timestamp, nonce]), timestamp, nonce, openid: 'oTest' });

export const checkQuery = (echostr, { timestamp = String(now()), nonce = '99', token = keys.wechat.token } = {}) =>
  new URLSearchParams({ signature: sha1([token, timestamp, nonce]), timestamp, nonce, echostr });
