// What a citizen and a lawyer see of each other: the queue's line, masked numbers, orders given to a lawyer, the hours.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Citizen } from './support/citizen.mjs';
import { Console } from './support/console.mjs';
import { answerTo, submitted } from './support/intake.mjs';
import { Server, staff } from './support/server.mjs';

let server;
before(async () => { server = await Server.create(); });
after(async () => { await server?.destroy(); });

const conversation = async (who, id) => (await who.get(`/conversations/${id}`)).body;

test('the queue shows what the citizen told, and numbers stay masked until a lawyer has accepted', async () => {
  const citizen = await Citizen.arrive(server.origin);
  await citizen.say('老板欠我工资，我电话13812345678，身份证610124196001010005');
  await citizen.say('转人工');
  const wang = await Console.signIn(server.origin, staff.wangyi);
  const [row] = await wang.list('queued');
  assert.equal(row.last, '老板欠我工资，我电话138****5678，身份证610***********0005');
  assert.equal(row.last_from, 'contact');
  assert.equal(row.unread, 2);
  const before = await conversation(wang, row.id);
  assert.doesNotMatch(JSON.stringify(before), /13812345678|610124196001010005/);
  assert.equal(before.contact.phone, '138****5678');
  assert.notEqual(before.summary.matter, before.summary.unclear);
  await wang.accept('webchat');
  const own = await conversation(wang, row.id);
  assert.equal(own.contact.phone, '13812345678');
  assert.match(own.summary.matter, /13812345678/);
});

test('an order given to a lawyer gets a line of the system, and the wish to apply is taken up at the close', async () => {
  const citizen = await Citizen.arrive(server.origin);
  await citizen.say('押金不退怎么办');
  await citizen.say('转人工');
  const wang = await Console.signIn(server.origin, staff.wangyi);
  const row = await wang.accept('webchat');
  const again = await citizen.say('转人工');
  assert.equal(again.reply.from, 'system');
  assert.match(again.reply.text, /律师已经在和您说话/);
  assert.match((await citizen.say('我想申请法律援助')).reply.text, /我接着帮您办申请/);
  assert.equal((await citizen.say('押金是两千')).reply, undefined);
  assert.equal((await wang.post(`/conversations/${row.id}/close`, { reason: 'solved' })).status, 200);
  const end = (await citizen.history()).messages.at(-1);
  assert.equal(end.from, 'system');
  assert.deepEqual(end.card.choices.map((c) => c.text), ['申请法律援助']);
  const { body } = await citizen.call('POST', 'messages', { cmid: 'tap', choice: 'apply', text: '申请法律援助' });
  assert.match(body.messages.at(-1).text, /给谁申请/);
});

test('the hours and the promise are told in the same words to everybody', async () => {
  const chinaHour = new Date(Date.now() + 8 * 3600_000).getUTCHours();
  const opens = chinaHour < 12 ? '22:05' : '1:05';
  const closes = chinaHour < 12 ? '23:05' : '2:05';
  const night = await Server.create({ env: { YUANDA_CENTRE__OPENS: opens, YUANDA_CENTRE__CLOSES: closes } });
  try {
    const citizen = await Citizen.arrive(night.origin);
    const { reply, status } = await citizen.say('转人工');
    assert.ok(reply.text.includes(status.promise.text.replace('前给您回复', '')), `${reply.text} / ${status.promise.text}`);
    const wang = await Console.signIn(night.origin, staff.wangyi);
    const desk = (await wang.get('/desk')).body;
    assert.equal(desk.on_duty, false);
    assert.match(desk.hours, /值班/);
  } finally {
    await night.destroy();
  }
});

test('whoever fills the form by tapping is not told to slow down', async () => {
  const limits = { YUANDA_LIMITS__CONTACT_PER_MINUTE: '20', YUANDA_LIMITS__CONTACT_BURST: '10' };
  const strict = await Server.create({ env: limits });
  try {
    const citizen = await Citizen.arrive(strict.origin);
    let turn = await citizen.say('我要申请法律援助');
    for (let step = 0; step < 20 && !submitted(turn.reply.text); step += 1) turn = await citizen.say(answerTo(turn.reply.text));
    assert.ok(submitted(turn.reply.text));
    const other = await Citizen.arrive(strict.origin);
    const said = [];
    for (let i = 0; i < 12; i += 1) said.push((await other.say(`第${i}个问题：押金不退`)).reply?.text ?? '');
    assert.ok(said.some((text) => text.includes('您发得有点快')), 'questions meet the limit as before');
  } finally {
    await strict.destroy();
  }
});
