// One whole life through the web's interface: asked, answered, handed over, applied.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Citizen, connect } from './support/citizen.mjs';
import { Console } from './support/console.mjs';
import { answerTo, submitted } from './support/intake.mjs';
import { Server, engines, staff } from './support/server.mjs';

for (const engine of engines()) {
  let server;
  before(async () => { server = await Server.create({ engine }); });
  after(async () => { await server?.destroy(); });

  test(`${engine}: a real question is answered from the base with articles in force`, async () => {
    const citizen = await Citizen.arrive(server.origin);
    const { reply } = await citizen.say('老板拖欠工资不给，怎么要回来');
    assert.equal(reply.from, 'bot');
    assert.equal(reply.card.kind, 'answer');
    assert.ok(reply.card.citations.length > 0);
    assert.ok(reply.card.citations.every((c) => c.in_force));
    const { law, article } = reply.card.citations[0];
    const sheet = await citizen.call('GET', `article?${new URLSearchParams({ law, article })}`);
    assert.equal(sheet.status, 200);
    assert.equal(sheet.body.status, '现行有效');
    assert.ok(sheet.body.plain);
  });

  test(`${engine}: 转人工 reaches a lawyer, exactly one owns it, and the bot is silent meanwhile`, async () => {
    const citizen = await Citizen.arrive(server.origin);
    await citizen.say('工地摔伤了老板不管');
    const { status } = await citizen.say('转人工');
    assert.equal(status.owner, 'queued');
    assert.equal(status.position, 1);
    const wang = await Console.signIn(server.origin, staff.wangyi);
    const li = await Console.signIn(server.origin, staff.limin);
    const [row] = await wang.list('queued');
    const [a, b] = await Promise.all([wang.post(`/conversations/${row.id}/accept`), li.post(`/conversations/${row.id}/accept`)]);
    assert.deepEqual([a.status, b.status].sort(), [200, 409]);
    const owner = a.status === 200 ? wang : li;
    const other = owner === wang ? li : wang;
    assert.equal((await other.post(`/conversations/${row.id}/messages`, { cmid: 'x1', text: '我来插话' })).status, 409);
    const bogus = await owner.post(`/conversations/${row.id}/messages`, { cmid: 'x2', text: '依据《劳动合同法》第九百条' });
    assert.equal(bogus.status, 422);
    assert.equal((await owner.post(`/conversations/${row.id}/messages`, { cmid: 'x3', text: '您好，我来帮您。' })).status, 200);
    assert.equal((await owner.post(`/conversations/${row.id}/messages`, { cmid: 'x3', text: '您好，我来帮您。' })).status, 200);
    assert.equal((await citizen.say('谢谢律师')).reply, undefined);
    const { messages } = await citizen.history();
    assert.equal(messages.filter((m) => m.from === 'lawyer').length, 1);
    assert.equal((await owner.post(`/conversations/${row.id}/close`, { reason: 'solved' })).status, 200);
    assert.equal((await citizen.say('再问一个，加班费怎么算')).reply.from, 'bot');
  });

  test(`${engine}: an intake becomes an application with a number and a running seven-day clock`, async () => {
    const citizen = await Citizen.arrive(server.origin);
    let turn = await citizen.say('我要申请法律援助');
    for (let step = 0; step < 20 && !submitted(turn.reply.text); step += 1) {
      turn = await citizen.say(answerTo(turn.reply.text));
      assert.ok(turn.reply, 'each step is answered');
    }
    assert.match(turn.reply.text, /援申〔\d{4}〕/);
    assert.match(turn.reply.text, /不等于/);
    const centre = await Console.signIn(server.origin, staff.chen);
    const { body } = await centre.get('/applications?state=all');
    assert.equal(body.applications.length, 1);
    const [row] = body.applications;
    assert.equal(row.state, 'submitted');
    assert.equal(row.clock.state, 'running');
    assert.ok(row.clock.days_left >= 5);
    assert.match(row.name, /\*/);
    assert.equal((await centre.post(`/applications/${row.id}/review`)).body.application.state, 'under_review');
    assert.match((await citizen.say('进度')).reply.text, /审查/);
  });

  test(`${engine}: danger is met first, with a number, and somebody is alerted`, async () => {
    const citizen = await Citizen.arrive(server.origin);
    const { reply, status } = await citizen.say('他正在打我 拿着刀');
    assert.equal(reply.card.kind, 'safety');
    assert.match(reply.text, /110/);
    assert.equal(reply.card.citations?.length ?? 0, 0);
    assert.equal(status.owner, 'queued');
    const wang = await Console.signIn(server.origin, staff.wangyi);
    const [first] = await wang.list('queued');
    assert.ok(first.risk.includes('violence_now'));
  });

  test(`${engine}: a socket that comes back gets what it missed, in order and once`, async () => {
    const citizen = await Citizen.arrive(server.origin);
    const one = await connect(citizen, 0);
    await one.until((f) => f.some((x) => x.t === 'welcome'));
    one.socket.send(JSON.stringify({ t: 'msg', cmid: 's1', text: '房东不退押金' }));
    await one.until((f) => f.filter((x) => x.t === 'msg').length >= 2);
    one.socket.terminate();
    await citizen.say('那要什么材料');
    const two = await connect(citizen, 2);
    await two.until((f) => f.filter((x) => x.t === 'msg').length >= 2);
    const seqs = two.frames.filter((x) => x.t === 'msg').map((x) => x.message.seq);
    assert.deepEqual(seqs, [3, 4]);
    two.socket.close();
    assert.equal((await citizen.call('POST', 'end', {})).status, 204);
    assert.equal((await citizen.call('GET', 'messages?after=0')).status, 401);
  });

  test(`${engine}: a frame of the wrong shape is refused and the socket goes on`, async () => {
    const citizen = await Citizen.arrive(server.origin);
    const { socket, frames, until } = await connect(citizen, 0);
    await until((all) => all.some((f) => f.t === 'welcome'));
    for (const bad of ['{"t":"hello","last_seq":"x"}', '{"t":"msg","cmid":7,"text":[]}', '[]', 'null', '{"t":', '{"t":{}}'])
      socket.send(bad);
    socket.send(JSON.stringify({ t: 'ping' }));
    await until((all) => all.some((f) => f.t === 'pong'));
    assert.ok(frames.filter((f) => f.t === 'error').length >= 4);
    socket.close();
  });

  test(`${engine}: pages that leave while they are told something hold nobody up`, async () => {
    const citizen = await Citizen.arrive(server.origin);
    await citizen.say('你好');
    for (let round = 0; round < 5; round += 1) {
      const pages = await Promise.all(Array.from({ length: 8 }, () => connect(citizen, 0)));
      const said = citizen.say(`第${round}个问题，试用期多久`);
      for (const { socket } of pages) socket.send(JSON.stringify({ t: 'hello', last_seq: 0 }));
      for (const { socket } of pages) socket.terminate();
      await said;
    }
    const begun = Date.now();
    assert.ok((await citizen.say('加班费怎么算')).reply);
    assert.ok(Date.now() - begun < 5000, 'the server still has its threads');
  });

  test(`${engine}: the page shows that its lawyer is writing; a stranger cannot rate its answers`, async () => {
    const citizen = await Citizen.arrive(server.origin);
    const { reply } = await citizen.say('试用期最长多久');
    await citizen.say('转人工');
    const lawyer = await Console.signIn(server.origin, staff.wangyi);
    const row = (await lawyer.list('queued')).at(-1);
    assert.equal((await lawyer.post(`/conversations/${row.id}/accept`)).status, 200);
    const page = await connect(citizen, 0);
    await page.until((all) => all.some((f) => f.t === 'welcome'));
    const desk = await lawyer.socket();
    desk.send(JSON.stringify({ t: 'typing', conversation: row.id }));
    await page.until((all) => all.some((f) => f.t === 'typing' && f.on));
    desk.close();
    page.socket.close();

    const stranger = await Citizen.arrive(server.origin);
    await stranger.say('你好');
    const rate = (who) => who.call('POST', 'feedback', { message: reply.id, useful: false });
    assert.equal((await rate(stranger)).status, 404);
    assert.equal((await rate(citizen)).status, 204);
  });

  test(`${engine}: ten sockets that all talk at once keep their own order and the server alive`, async () => {
    const talks = Array.from({ length: 10 }, async () => {
      const citizen = await Citizen.arrive(server.origin);
      const line = await connect(citizen, 0);
      await line.until((f) => f.some((x) => x.t === 'welcome'));
      for (let i = 0; i < 8; i += 1) line.socket.send(JSON.stringify({ t: 'msg', cmid: `b${i}`, text: `第${i}个问题：押金不退` }));
      for (let i = 0; i < 8; i += 1) line.socket.send('{"t":"ping"}');
      await line.until((f) => f.filter((x) => x.t === 'msg').length >= 16);
      line.socket.close();
      const messages = line.frames.filter((x) => x.t === 'msg').map((x) => x.message);
      assert.deepEqual(messages.map((m) => m.seq), messages.map((_, i) => i + 1));
      assert.deepEqual(messages.filter((m) => m.from === 'contact').map((m) => m.cmid), Array.from({ length: 8 }, (_, i) => `b${i}`));
    });
    await Promise.all(talks);
    assert.equal((await fetch(`${server.origin}/healthz`)).status, 200);
  });
}
