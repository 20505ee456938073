// A question through WeChat's encrypted webhook, with npm wechat-crypto as the platform's side.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Console } from './support/console.mjs';
import { Platform } from './support/platform.mjs';
import { Server, engines, staff } from './support/server.mjs';
import { checkQuery, opened, plainQuery, post, sealed, textXml } from './support/wechat.mjs';

for (const engine of engines()) {
  let server;
  let platform;
  before(async () => {
    platform = await Platform.start();
    server = await Server.create({ engine, platform: platform.origin });
  });
  after(async () => {
    await server?.destroy();
    await platform?.stop();
  });

  test(`${engine}: the platform's address check is answered with its echo`, async () => {
    const good = await fetch(`${server.origin}/hooks/wechat/wechat?${checkQuery('5927782489442352469')}`);
    assert.equal(good.status, 200);
    assert.equal(await good.text(), '5927782489442352469');
    const wrong = await fetch(`${server.origin}/hooks/wechat/wechat?${checkQuery('1', { token: 'another' })}`);
    assert.equal(wrong.status, 403);
    assert.equal(await wrong.text(), '');
  });

  test(`${engine}: a question in safe mode is answered in the same response, sealed and with its articles`, async () => {
    const answer = await post(server.origin, sealed(textXml({ from: 'oWages', text: '老板拖欠工资不给，怎么要回来', id: '7100000000000000001' })));
    assert.equal(answer.status, 200);
    assert.match(answer.type, /xml/);
    const reply = opened(answer.body);
    assert.equal(reply.to, 'oWages');
    assert.equal(reply.type, 'text');
    assert.match(reply.content, /依据：《.+》第.+条/);
    assert.match(reply.content, /智能助手/);
    assert.ok(Buffer.byteLength(reply.content) <= 2048);
    assert.ok(Math.abs(reply.at - Date.now() / 1000) < 60);
  });

  test(`${engine}: the same message three times at once is one row and one identical answer`, async () => {
    const id = '7100000000000000777';
    const xml = textXml({ from: 'oThrice', text: '工伤怎么认定', id });
    const answers = await Promise.all([1, 2, 3].map((n) => post(server.origin, sealed(xml, { nonce: `12${n}` }))));
    assert.deepEqual(answers.map((a) => a.status), [200, 200, 200]);
    assert.equal(new Set(answers.map((a) => a.body)).size, 1);
    const again = await post(server.origin, sealed(xml, { nonce: '999' }));
    assert.equal(again.body, answers[0].body);
    await post(server.origin, sealed(textXml({ from: 'oThrice', text: '转人工', id: '7100000000000000778' })));
    const desk = await Console.signIn(server.origin, staff.wangyi);
    const row = (await desk.list('queued')).find((r) => r.channel === 'wechat');
    const { body } = await desk.get(`/conversations/${row.id}`);
    assert.equal(body.messages.filter((m) => m.from === 'contact' && m.text === '工伤怎么认定').length, 1);
    assert.equal(body.messages.filter((m) => m.from === 'contact').length, 2);
    assert.equal(body.messages.filter((m) => m.from === 'bot').length, 2);
  });

  test(`${engine}: a follow is welcomed, an unknown event acknowledged, a picture answered kindly`, async () => {
    const event = (name) => `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oNew]]></FromUserName>` +
      `<CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event></xml>`;
    assert.match(opened((await post(server.origin, sealed(event('subscribe')))).body).content, /智能助手/);
    const unknown = await post(server.origin, sealed(event('some_new_event')));
    assert.equal(unknown.status, 200);
    assert.ok(['', 'success'].includes(unknown.body));
    const picture = `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oNew]]></FromUserName><CreateTime>1</CreateTime>` +
      `<MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[http://x]]></PicUrl><MediaId><![CDATA[m1]]></MediaId><MsgId>7100000000000000900</MsgId></xml>`;
    assert.match(opened((await post(server.origin, sealed(picture))).body).content, /转人工/);
  });

  test(`${engine}: a lawyer's words leave by the customer-service interface`, async () => {
    await post(server.origin, sealed(textXml({ from: 'oLawyer', text: '转人工', id: '7100000000000001000' })));
    const desk = await Console.signIn(server.origin, staff.limin);
    const rows = await desk.list('queued');
    const views = await Promise.all(rows.map(async (r) => (await desk.get(`/conversations/${r.id}`)).body));
    const mine = views.find((v) => v.messages.length === 2 && v.messages[0].text === '转人工');
    assert.ok(mine, 'the conversation waits in the queue');
    const before = platform.sent.length;
    platform.fail.push({ errcode: 40001 });
    const accepted = await desk.post(`/conversations/${mine.conversation.id}/accept`);
    assert.equal(accepted.status, 200);
    const sent = await desk.post(`/conversations/${mine.conversation.id}/messages`, { cmid: 'c-1', text: '您好，我是值班律师。' });
    assert.equal(sent.status, 200);
    await platform.until(before + 1);
    await waitFor(() => platform.sent.some((m) => m.body.text?.content?.includes('我是值班律师')));
    const message = platform.sent.find((m) => m.body.text?.content?.includes('我是值班律师'));
    assert.equal(message.path, '/cgi-bin/message/custom/send');
    assert.equal(message.body.touser, 'oLawyer');
  });

  test(`${engine}: plain mode works by configuration and never by the sender's wish`, async () => {
    const xml = textXml({ from: 'oPlain', text: '离婚冷静期多久', id: '7100000000000002000' });
    const plain = await post(server.origin, { query: plainQuery(), body: xml }, 'wechat-plain');
    assert.equal(plain.status, 200);
    assert.match(plain.body, /<Content><!\[CDATA\[/);
    const { query } = sealed(xml);
    query.delete('encrypt_type');
    query.delete('msg_signature');
    const downgrade = await post(server.origin, { query, body: xml });
    assert.ok([400, 403].includes(downgrade.status));
    assert.equal(downgrade.body, '');
  });
}

async function waitFor(holds, limit = 10_000) {
  const deadline = Date.now() + limit;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((done) => setImmediate(done));
  }
}
