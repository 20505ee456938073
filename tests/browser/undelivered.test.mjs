// The lawyers' list of what did not arrive: with its count, its rows, its failures and its happy end.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Console } from '../system/support/console.mjs';
import { Platform } from '../system/support/platform.mjs';
import { Server, staff } from '../system/support/server.mjs';
import { post, sealed, textXml } from '../system/support/wechat.mjs';
import { axeViolations, clipped, launch, open } from './support/browser.mjs';

const shots = process.env.YUANDA_SHOTS;
let server;
let platform;
let browser;
before(async () => {
  platform = await Platform.start();
  server = await Server.create({ platform: platform.origin });
  browser = await launch();
  if (shots) mkdirSync(shots, { recursive: true });
});
after(async () => {
  await browser?.close();
  await server?.destroy();
  await platform?.stop();
});

const id = (name) => `[data-testid="${name}"]`;
const shot = (page, name) => (shots ? page.screenshot({ path: `${shots}/${name}.png` }) : undefined);

test('a lawyer sees what did not arrive, opens it, and takes it off once the contact was told', async () => {
  for (const [n, from] of ['oOne', 'oTwo'].entries())
    await post(server.origin, sealed(textXml({ from, text: '转人工', id: `710000000000000${n}100` })));
  const api = await Console.signIn(server.origin, staff.limin);
  const rows = await api.list('queued');
  assert.equal(rows.length, 2);
  for (const [n, row] of rows.entries()) {
    await api.post(`/conversations/${row.id}/accept`);
    await platform.until(n + 1);
  }
  for (const [n, errcode] of [45015, 40003].entries()) {
    platform.fail.push({ errcode });
    await api.post(`/conversations/${rows[n].id}/messages`, { cmid: `u-${n}`, text: '您好，我是值班律师。' });
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await api.get('/undelivered')).body.messages.length === n + 1) break;
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  const { page, problems } = await open(browser, { width: 1440, height: 900 });
  await page.goto(`${server.origin}/console`);
  await page.fill(id('login-name'), staff.wangyi.login);
  await page.fill(id('login-password'), staff.wangyi.password);
  await page.click(id('login-submit'));
  await page.waitForSelector(id('list-undelivered'));
  assert.match(await page.innerText(id('list-undelivered')), /未送达\s*2/);
  await page.click(id('list-undelivered'));
  await page.waitForSelector(id('undelivered-row'));
  const texts = await page.locator(id('undelivered-row')).allInnerTexts();
  assert.equal(texts.length, 2);
  assert.match(texts[0], /微信[\s\S]*没发出去[\s\S]*请电话联系/);
  assert.match(texts[1], /等对方再发消息就会送出/);
  await page.click(`${id('undelivered-row')} >> nth=0`);
  await page.waitForSelector(`${id('message')}[data-from="lawyer"]`);
  await shot(page, 'console-undelivered');
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(await clipped(page), []);

  await page.route('**/api/v1/undelivered*', (route) => route.fulfill({ status: 503, body: '{}' }));
  await page.click(id('list-queued'));
  await page.click(id('list-undelivered'));
  await page.waitForSelector('text=没有取到');
  await page.unroute('**/api/v1/undelivered*');
  await page.click('button:has-text("重试")');
  await page.waitForSelector(id('undelivered-row'));

  await page.click(`${id('undelivered-settle')} >> nth=0`);
  await page.waitForFunction((rows) => document.querySelectorAll(rows).length === 1, id('undelivered-row'));
  await page.click(`${id('undelivered-settle')} >> nth=0`);
  await page.waitForSelector('text=消息都送到了。');
  assert.equal((await api.get('/desk')).body.counts.undelivered, 0);
  await page.setViewportSize({ width: 390, height: 844 });
  assert.deepEqual(await clipped(page), []);
  assert.deepEqual(problems.filter((p) => !/status of (401|503)/.test(p)), []);
});
