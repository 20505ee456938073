// QQ's webhook with events signed by Node's own Ed25519.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Console } from './support/console.mjs';
import { c2c, holds, post } from './support/qq.mjs';
import { staff } from './support/server.mjs';
import { settled, stage } from './support/stage.mjs';

const on = stage();

test('the address check is signed, and nothing else can be made to be', async () => {
  const ask = (plainToken, eventTs) => post(on.server.origin, { op: 13, d: { plain_token: plainToken, event_ts: eventTs } });
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
  const acks = await Promise.all([1, 2, 3].map(() => post(on.server.origin, event)));
  for (const ack of acks) {
    assert.equal(ack.status, 200);
    assert.equal(JSON.parse(ack.body).op, 12);
  }
  const [message] = await on.platform.until(1);
  assert.equal(message.path, '/v2/users/U1/messages');
  assert.equal(message.body.msg_id, 'qq-1');
  assert.equal(message.body.msg_seq, 1);
  assert.match(message.body.content, /依据|①/);
  await post(on.server.origin, event);
  await post(on.server.origin, c2c({ from: 'U1', text: '转人工', id: 'qq-2' }));
  const all = await on.platform.until(2);
  assert.deepEqual(all.map((m) => m.body.msg_id), ['qq-1', 'qq-2']);
});

test('a group hears general law and is asked to come in private for anything personal', async () => {
  const before = on.platform.sent.length;
  await post(on.server.origin, { id: 'g1', op: 0, t: 'GROUP_AT_MESSAGE_CREATE', d: {
    id: 'qq-g1', group_openid: 'G1', author: { member_openid: 'M1' }, content: ' 我要申请法律援助', timestamp: new Date().toISOString() } });
  const sent = (await on.platform.until(before + 1)).at(-1);
  assert.equal(sent.path, '/v2/groups/G1/messages');
  assert.match(sent.body.content, /私/);
});

test('what a closed window held back is the first answer to the next message, in order', async () => {
  const start = on.platform.sent.length;
  await post(on.server.origin, c2c({ from: 'U2', text: '转人工', id: 'qq-20' }));
  await on.platform.until(start + 1);
  const lawyer = await Console.signIn(on.server.origin, staff.wangyi);
  const row = (await lawyer.list('queued')).filter((one) => one.channel === 'qq')
    .sort((a, b) => b.waiting_since - a.waiting_since)[0];
  assert.equal((await lawyer.post(`/conversations/${row.id}/accept`)).status, 200);
  await on.platform.until(start + 2);  // that a lawyer has come
  const greeted = on.platform.sent.length;
  on.platform.fail.push({ errcode: 304027 });  // the hour has passed
  await lawyer.post(`/conversations/${row.id}/messages`, { cmid: 'late-1', text: '第一句答复。' });
  await lawyer.post(`/conversations/${row.id}/messages`, { cmid: 'late-2', text: '第二句答复。' });
  await held();
  assert.equal(on.platform.sent.length, greeted, 'nothing leaves through a closed window');

  await post(on.server.origin, c2c({ from: 'U2', text: '在吗', id: 'qq-21' }));
  const late = (await on.platform.until(greeted + 2)).slice(greeted);
  assert.deepEqual(late.map((m) => m.body.content.slice(0, 3)), ['第一句', '第二句']);
  assert.ok(late.every((m) => m.body.msg_id === 'qq-21'), 'they answer the message that opened the window');
  assert.equal(new Set(late.map((m) => m.body.msg_seq)).size, 2);
});

test('a stop waits for the call that is under way, so that a send is never of unknown fate', async () => {
  const start = on.platform.sent.length;
  const taken = on.platform.taking;
  on.platform.slow = 1500;
  await post(on.server.origin, c2c({ from: 'U3', text: '老板拖欠工资怎么办', id: 'qq-30' }));
  await settled(() => on.platform.taking, (count) => count === taken + 1);  // the call is under way
  const end = await on.server.stop();
  on.platform.slow = 0;
  assert.equal(end.code, 0, on.server.log());
  assert.equal(on.platform.sent.length, start + 1);
  assert.equal(on.server.database.query("SELECT state FROM outbox WHERE reply_token = 'qq-30'"), 'sent');
  await on.server.start();
});

/** Waits until the fake refusal has been met and written down. */
async function held() {
  for (let i = 0; i < 100; i += 1) {
    if (on.server.database.query("SELECT COUNT(*) FROM outbox WHERE state = 'held'") === '1') return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('no row was held');
}
