// QQ's webhook with events signed by Node's own Ed25519.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Platform } from './support/platform.mjs';
import { c2c, holds, post } from './support/qq.mjs';
import { Server } from './support/server.mjs';

let server;
let platform;
before(async () => {
  platform = await Platform.start();
  server = await Server.create({ platform: platform.origin });
});
after(async () => {
  await server?.destroy();
  await platform?.stop();
});

test('the address check is signed, and nothing else can be made to be', async () => {
  const ask = (plainToken, eventTs) => post(server.origin, { op: 13, d: { plain_token: plainToken, event_ts: eventTs } });
  const good = await ask('Arq0D5A61EgUu4OxUvOp', '1725442341');
  assert.equal(good.status, 200);
  const body = JSON.parse(good.body);
  assert.equal(body.plain_token, 'Arq0D5A61EgUu4OxUvOp');
  assert.ok(holds('1725442341Arq0D5A61EgUu4OxUvOp', body.signature));
  for (const [token, ts] of [['{"op":0}', '1725442341'], ['a'.repeat(65), '1'], ['ok', '17254423410000'], ['ok', 1725442341]]) {
    const refused = await ask(token, ts);
    assert.ok([400, 403].includes(refused.status), `${token} ${ts}`);
    assert.equal(refused.body, '');
  }
});

test('a private question is acknowledged at once and answered through the interface, once', async () => {
  const event = c2c({ from: 'U1', text: '包工头欠我工资跑了', id: 'qq-1' });
  const acks = await Promise.all([1, 2, 3].map(() => post(server.origin, event)));
  for (const ack of acks) {
    assert.equal(ack.status, 200);
    assert.equal(JSON.parse(ack.body).op, 12);
  }
  const [message] = await platform.until(1);
  assert.equal(message.path, '/v2/users/U1/messages');
  assert.equal(message.body.msg_id, 'qq-1');
  assert.equal(message.body.msg_seq, 1);
  assert.match(message.body.content, /依据|①/);
  await post(server.origin, event);
  await post(server.origin, c2c({ from: 'U1', text: '转人工', id: 'qq-2' }));
  const all = await platform.until(2);
  assert.deepEqual(all.map((m) => m.body.msg_id), ['qq-1', 'qq-2']);
});

test('a group hears general law and is asked to come in private for anything personal', async () => {
  const before = platform.sent.length;
  await post(server.origin, { id: 'g1', op: 0, t: 'GROUP_AT_MESSAGE_CREATE', d: {
    id: 'qq-g1', group_openid: 'G1', author: { member_openid: 'M1' }, content: ' 我要申请法律援助', timestamp: new Date().toISOString() } });
  const sent = (await platform.until(before + 1)).at(-1);
  assert.equal(sent.path, '/v2/groups/G1/messages');
  assert.match(sent.body.content, /私/);
});
