// A question through WeChat's encrypted webhook, with npm wechat-crypto as the platform's side.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Console } from './support/console.mjs';
import { engines, staff } from './support/server.mjs';
import { settled, stage } from './support/stage.mjs';
import { checkQuery, opened, plainQuery, post, says, sealed, textXml } from './support/wechat.mjs';

for (const engine of engines()) {
  const on = stage({ engine });

  test(`${engine}: the platform's address check is answered with its echo`, async () => {
    const good = await fetch(`${on.server.origin}/hooks/wechat/wechat?${checkQuery('5927782489442352469')}`);
    assert.equal(good.status, 200);
    assert.equal(await good.text(), '5927782489442352469');
    const wrong = await fetch(`${on.server.origin}/hooks/wechat/wechat?${checkQuery('1', { token: 'another' })}`);
    assert.equal(wrong.status, 403);
    assert.equal(await wrong.text(), '');
  });

  test(`${engine}: a question in safe mode is answered in the same response, sealed and with its articles`, async () => {
    const answer = await post(on.server.origin, sealed(textXml({ from: 'oWages', text: '老板拖欠工资不给，怎么要回来', id: '7100000000000000001' })));
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
    const answers = await Promise.all([1, 2, 3].map((n) => post(on.server.origin, sealed(xml, { nonce: `12${n}` }))));
    assert.deepEqual(answers.map((a) => a.status), [200, 200, 200]);
    assert.equal(new Set(answers.map((a) => a.body)).size, 1);
    const again = await post(on.server.origin, sealed(xml, { nonce: '999' }));
    assert.equal(again.body, answers[0].body);
    await says(on.server.origin, 'oThrice', '转人工');
    const desk = await Console.signIn(on.server.origin, staff.wangyi);
    const row = (await desk.list('queued')).find((r) => r.channel === 'wechat');
    const { body } = await desk.get(`/conversations/${row.id}`);
    assert.equal(body.messages.filter((m) => m.from === 'contact' && m.text === '工伤怎么认定').length, 1);
    assert.equal(body.messages.filter((m) => m.from === 'contact').length, 2);
    assert.equal(body.messages.filter((m) => m.from === 'bot').length, 2);
  });

  test(`${engine}: a follow is welcomed, an unknown event acknowledged, a picture answered kindly`, async () => {
    const event = (name) => `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oNew]]></FromUserName>` +
      `<CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event></xml>`;
    assert.match(opened((await post(on.server.origin, sealed(event('subscribe')))).body).content, /智能助手/);
    const unknown = await post(on.server.origin, sealed(event('some_new_event')));
    assert.equal(unknown.status, 200);
    assert.ok(['', 'success'].includes(unknown.body));
    const picture = `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oNew]]></FromUserName><CreateTime>1</CreateTime>` +
      `<MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[http://x]]></PicUrl><MediaId><![CDATA[m1]]></MediaId><MsgId>7100000000000000900</MsgId></xml>`;
    assert.match(opened((await post(on.server.origin, sealed(picture))).body).content, /转人工/);
  });

  test(`${engine}: a place or a link is no question, whatever its label says; the lawyer reads the label`, async () => {
    const xml = (type, inside, id) => `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oPlace]]></FromUserName>` +
      `<CreateTime>1</CreateTime><MsgType><![CDATA[${type}]]></MsgType>${inside}<MsgId>${id}</MsgId></xml>`;
    const place = '<Location_X>34.2</Location_X><Location_Y>108.9</Location_Y><Scale>20</Scale><Label><![CDATA[西安市雁塔区]]></Label>';
    for (const sent of [xml('location', place, '7100000000000000901'), xml('link', '<Title>老板拖欠工资怎么办</Title>', '7100000000000000902')]) {
      const { content } = opened((await post(on.server.origin, sealed(sent))).body);
      assert.match(content, /转人工/);
      assert.doesNotMatch(content, /依据|您想问的是/);
    }
    await says(on.server.origin, 'oPlace', '转人工');
    const desk = await Console.signIn(on.server.origin, staff.limin);
    const rows = (await desk.list('queued')).filter((r) => r.channel === 'wechat');
    const views = await Promise.all(rows.map(async (r) => (await desk.get(`/conversations/${r.id}`)).body));
    assert.ok(views.some((v) => v.messages.some((m) => m.from === 'contact' && m.text.endsWith('西安市雁塔区'))));
  });

  test(`${engine}: a lawyer's words leave by the customer-service interface`, async () => {
    await says(on.server.origin, 'oLawyer', '转人工');
    const desk = await Console.signIn(on.server.origin, staff.limin);
    const rows = await desk.list('queued');
    const views = await Promise.all(rows.map(async (r) => (await desk.get(`/conversations/${r.id}`)).body));
    const mine = views.find((v) => v.messages.length === 2 && v.messages[0].text === '转人工');
    assert.ok(mine, 'the conversation waits in the queue');
    const before = on.platform.sent.length;
    on.platform.fail.push({ errcode: 40001 });
    const accepted = await desk.post(`/conversations/${mine.conversation.id}/accept`);
    assert.equal(accepted.status, 200);
    const sent = await desk.post(`/conversations/${mine.conversation.id}/messages`, { cmid: 'c-1', text: '您好，我是值班律师。' });
    assert.equal(sent.status, 200);
    await on.platform.until(before + 1);
    const ours = () => on.platform.sent.find((m) => m.body.text?.content?.includes('我是值班律师'));
    const message = await settled(ours, (found) => found !== undefined);
    assert.equal(message.path, '/cgi-bin/message/custom/send');
    assert.equal(message.body.touser, 'oLawyer');
  });

  test(`${engine}: plain mode works by configuration and never by the sender's wish`, async () => {
    const xml = textXml({ from: 'oPlain', text: '离婚冷静期多久', id: '7100000000000002000' });
    const plain = await post(on.server.origin, { query: plainQuery(), body: xml }, 'wechat-plain');
    assert.equal(plain.status, 200);
    assert.match(plain.body, /<Content><!\[CDATA\[/);
    const { query } = sealed(xml);
    query.delete('encrypt_type');
    query.delete('msg_signature');
    const downgrade = await post(on.server.origin, { query, body: xml });
    assert.ok([400, 403].includes(downgrade.status));
    assert.equal(downgrade.body, '');
  });
}
