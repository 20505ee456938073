// Bad input gets the refusal the rules name, and the next good message is served.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import WebSocket from 'ws';
import { Citizen, connect } from './support/citizen.mjs';
import { post as qqPost, c2c } from './support/qq.mjs';
import { Server } from './support/server.mjs';
import { opened, plainQuery, post, sealed, textXml } from './support/wechat.mjs';

let server;
let next = 1;
before(async () => { server = await Server.create(); });
after(async () => { await server?.destroy(); });

async function stillServes() {
  const id = `72000000000000${String(next++).padStart(5, '0')}`;
  const answer = await post(server.origin, sealed(textXml({ from: `oAfter${id}`, text: '试用期被辞退有赔偿吗', id })));
  assert.equal(answer.status, 200);
  assert.ok(opened(answer.body).content.length > 20);
}

const good = () => sealed(textXml({ from: 'oBad', text: '你好', id: `73000000000000${String(next++).padStart(5, '0')}` }));

test('a tampered signature is refused with an empty 403', async () => {
  const message = good();
  message.query.set('msg_signature', '0'.repeat(40));
  const answer = await post(server.origin, message);
  assert.deepEqual([answer.status, answer.body], [403, '']);
  await stillServes();
});

test('a stale timestamp is refused, a missing parameter is a bad request', async () => {
  const stale = await post(server.origin, sealed(textXml({ from: 'o', text: 'x', id: '1' }), { timestamp: String(Math.floor(Date.now() / 1000) - 301) }));
  assert.deepEqual([stale.status, stale.body], [403, '']);
  const missing = good();
  missing.query.delete('timestamp');
  assert.equal((await post(server.origin, missing)).status, 400);
  await stillServes();
});

test('a DOCTYPE is never parsed', async () => {
  const xml = '<!DOCTYPE xml [<!ENTITY a "b">]><xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName>' +
    '<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>&a;</Content><MsgId>1</MsgId></xml>';
  const answer = await post(server.origin, { query: plainQuery(), body: xml }, 'wechat-plain');
  assert.equal(answer.status, 400);
  await stillServes();
});

test('64 KiB of opening brackets is refused, signed or not', async () => {
  const deep = '['.repeat(64 * 1024);
  assert.equal((await qqPost(server.origin, deep)).status, 400);
  assert.equal((await qqPost(server.origin, deep, { sig: '0'.repeat(128) })).status, 403);
  const session = await fetch(`${server.origin}/api/chat/session`, { method: 'POST', body: deep });
  assert.equal(session.status, 400);
  await stillServes();
});

test('a 10 MB body is turned away before it is read', async () => {
  const answer = await post(server.origin, { query: good().query, body: 'x'.repeat(10 * 1024 * 1024) });
  assert.equal(answer.status, 413);
  await stillServes();
});

test('unknown inboxes, paths and methods are named as such', async () => {
  assert.equal((await fetch(`${server.origin}/hooks/wechat/nobody`, { method: 'POST', body: '' })).status, 404);
  assert.equal((await fetch(`${server.origin}/no/such/page`)).status, 404);
  assert.equal((await fetch(`${server.origin}/api/chat/session`, { method: 'DELETE' })).status, 405);
  assert.equal((await fetch(`${server.origin}/api/v1/conversations?list=queued`)).status, 401);
  await stillServes();
});

test('text that cannot be stored is refused with a sentence, an id that cannot be is a bad request', async () => {
  const citizen = await Citizen.arrive(server.origin);
  const text = await citizen.call('POST', 'messages', { cmid: 'nul-1', text: '老板\u0000欠工资' });
  assert.deepEqual([text.status, text.body.error.code], [422, 'invalid_input']);
  assert.match(text.body.error.message, /重新打一遍/);
  const id = await citizen.call('POST', 'messages', { cmid: 'nul\u00002', text: '你好' });
  assert.equal(id.status, 400);
  assert.doesNotMatch(id.body.error.message, /再点一次/); // it would be refused again
  assert.deepEqual((await citizen.history()).messages, []);
  const { socket, frames, until } = await connect(citizen, 0);
  socket.send(JSON.stringify({ t: 'msg', cmid: 'nul-3', text: 'a\u0000b' }));
  await until((all) => all.some((f) => f.t === 'error' && f.cmid === 'nul-3'));
  assert.match(frames.find((f) => f.t === 'error').message, /重新打一遍/);
  socket.close();
  await stillServes();
});

test('a page from elsewhere cannot use up the ticket of ours', async () => {
  const citizen = await Citizen.arrive(server.origin);
  const { ticket } = (await citizen.call('POST', 'ticket', {})).body;
  const open = (origin) => new Promise((done) => {
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/api/chat/socket`, ['yuanda.v1', `ticket.${ticket}`], { origin });
    socket.once('open', () => { socket.close(); done(101); });
    socket.once('unexpected-response', (_, response) => { response.resume(); done(response.statusCode); });
    socket.once('error', () => {});
  });
  assert.equal(await open('https://evil.example'), 403);
  assert.equal(await open(server.origin), 101);
  assert.equal(await open(server.origin), 401); // once
});

test('an address that opens too many pages gets a page it can read, and what pages load is not counted', async () => {
  const small = await Server.create({ env: { YUANDA_LIMITS__ADDRESS_PER_MINUTE: '1', YUANDA_LIMITS__ADDRESS_BURST: '2' } });
  try {
    const page = () => fetch(small.origin, { headers: { accept: 'text/html,application/xhtml+xml' } });
    for (let n = 0; n < 16; n += 1) assert.equal((await page()).status, 200); // eight count as one request
    const refused = await page();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('retry-after'), '60');
    assert.match(refused.headers.get('content-type'), /text\/html/);
    const words = await refused.text();
    assert.match(words, /请过一分钟再试/);
    assert.match(words, /12348/);
    assert.equal((await fetch(`${small.origin}/api/chat/session`, { method: 'POST', body: '{}' })).headers.get('content-type'), 'application/json; charset=utf-8');
    assert.notEqual((await fetch(`${small.origin}/assets/any.js`)).status, 429);
  } finally {
    await small.destroy();
  }
});

test('what a citizen wrote is in no log line', async () => {
  await qqPost(server.origin, c2c({ from: 'U', text: '独一无二的悄悄话四七二九', id: 'secret-1' }));
  await stillServes();
  assert.ok(!server.log().includes('独一无二的悄悄话'));
  assert.ok(!server.log().includes('access_token='));
});

test('metrics count and stay on the private listener', async () => {
  assert.equal((await fetch(`${server.origin}/metrics`)).status, 404);
  const text = await (await fetch(`${server.privateOrigin}/metrics`)).text();
  assert.match(text, /yuanda_refused_total\{[^}]*reason="unverified"[^}]*\} [1-9]/);
});
