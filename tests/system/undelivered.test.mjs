// What a channel does not take must reach a person: the list of the undelivered, and the legal notice of 法律援助法 43.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Console } from './support/console.mjs';
import { answerTo, submitted } from './support/intake.mjs';
import { engines, staff } from './support/server.mjs';
import { settled, stage } from './support/stage.mjs';
import { says } from './support/wechat.mjs';

for (const engine of engines()) {
  const on = stage({ engine });

  test(`${engine}: words the platform refuses are listed for a person until somebody has rung`, async () => {
    await says(on.server.origin, 'oRefused', '转人工');
    const desk = await Console.signIn(on.server.origin, staff.limin);
    const row = await desk.accept('wechat');
    await on.platform.until(1);
    on.platform.fail.push({ errcode: 40003 });
    await desk.post(`/conversations/${row.id}/messages`, { cmid: 'u-1', text: '您好，我是值班律师。' });
    const { messages } = await settled(async () => (await desk.get('/undelivered')).body, (b) => b.messages.length === 1);
    assert.equal(messages[0].conversation, row.id);
    assert.equal(messages[0].delivery, 'failed');
    assert.equal(messages[0].from, 'lawyer');
    assert.equal((await desk.get('/desk')).body.counts.undelivered, 1);
    assert.equal((await desk.post(`/undelivered/${messages[0].message}/settle`)).status, 204);
    assert.equal((await desk.get('/undelivered')).body.messages.length, 0);
  });

  test(`${engine}: the list of missing papers is on its way with the move, and the page says it did not arrive`, async () => {
    const applies = (text) => says(on.server.origin, 'oApplies', text);
    let said = await applies('我要申请法律援助');
    for (let step = 0; step < 20 && !submitted(said); step += 1) said = await applies(answerTo(said));
    const centre = await Console.signIn(on.server.origin, staff.chen);
    const [application] = (await centre.get('/applications?state=submitted')).body.applications;
    on.platform.fail.push({ errcode: 45015 }); // the contact has not written for too long
    const asked = await centre.post(`/applications/${application.id}/supplement`, { missing: ['身份证复印件', '工资条'] });
    assert.equal(asked.status, 200);
    assert.equal(asked.body.application.state, 'supplement');
    const events = () => centre.get(`/applications/${application.id}`).then(({ body }) => body.events);
    const told = (await settled(events, (all) => all.at(-1).notice?.state === 'held')).at(-1);
    assert.deepEqual(told.missing, ['身份证复印件', '工资条']);

    await applies('进度'); // writing opens the window: the list is the first answer
    await settled(events, (all) => all.at(-1).notice?.state === 'sent');
    assert.ok(on.platform.sent.some((m) => m.body.text?.content?.includes('2. 工资条')));
    assert.equal((await centre.post(`/applications/${application.id}/review`)).status, 200);
    const after = await events();
    assert.deepEqual(after.find((e) => e.to === 'supplement').missing, ['身份证复印件', '工资条']);
  });
}
