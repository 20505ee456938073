import { Server, staff } from '../system/support/server.mjs';
import { axeViolations, clipped, launch, open } from './support/browser.mjs';
const out = '/tmp/cshots';
const server = await Server.create();
const browser = await launch();
const id = (n) => `[data-testid="${n}"]`;
async function ask(page, text) { await page.fill(id('composer-input'), text); await page.click(id('composer-send')); }
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
async function shot(page, name) {
  await page.waitForTimeout(350);
  await page.screenshot({ path: `${out}/${name}.png` });
  const [axe, clip, side] = [await axeViolations(page), await clipped(page), await sideways(page)];
  console.log(name, 'axe', axe.length ? axe : 'ok', 'clipped', clip.length ? clip : 'ok', side > 0 ? `SIDEWAYS ${side}` : '');
}
try {
for (const [label, width, height] of process.env.ONLY ? JSON.parse(process.env.ONLY) : [['360', 360, 740], ['320', 320, 640], ['desk', 1366, 768]]) {
  for (const elder of [false, true]) {
    const tag = `${label}${elder ? '-elder' : ''}`;
    const { page, context, problems } = await open(browser, { width, height });
    await page.goto(server.origin);
    await page.waitForSelector(id('topic-chip'));
    if (elder) await page.click(id('elder-toggle'));
    await shot(page, `${tag}-1home`);
    await page.evaluate(() => { const h = document.querySelector('.home'); h.scrollTop = h.scrollHeight; });
    await shot(page, `${tag}-1home-end`);
    await ask(page, '老板拖欠工资不给，怎么要回来');
    await page.waitForSelector(id('answer-card'));
    await shot(page, `${tag}-2answer`);
    await page.evaluate(() => { const h = document.querySelector('.thread'); h.scrollTop = h.scrollHeight; });
    await shot(page, `${tag}-2answer-end`);
    await page.click(`${id('citation')} >> nth=0`);
    await page.waitForSelector(`${id('article-sheet')} .meta`);
    await shot(page, `${tag}-3article`);
    await page.keyboard.press('Escape');
    await ask(page, '工地摔伤了');
    await page.waitForFunction((s) => document.querySelectorAll(s).length > 1, id('answer-card'));
    await shot(page, `${tag}-4second`);
    await page.click(id('ask-human'));
    await page.waitForSelector(id('status-bar'));
    await shot(page, `${tag}-5queued`);
    await page.click(`${id('apply')} >> nth=0`);
    await page.waitForTimeout(800);
    await shot(page, `${tag}-6apply`);
    await context.setOffline(true);
    await ask(page, '我在没有网的地方写的这句话');
    await page.waitForSelector(id('offline-bar'));
    await shot(page, `${tag}-7offline`);
    await context.setOffline(false);
    await page.waitForSelector('[data-state]', { state: 'detached' });
    await page.route('**/api/chat/messages', (r) => r.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ error: { code: 'unavailable', message: '现在没存上，请再点一次发送。急事请拨12348。', request_id: 'r-7f3a21' } }) }));
    await context.close();
    const again = await open(browser, { width, height });
    if (elder) await again.context.addInitScript(() => localStorage.setItem('yuanda.elder', '1'));
    await again.page.route('**/api/chat/messages', (r) => r.request().method() === 'POST' ? r.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ error: { code: 'unavailable', message: '现在没存上，请再点一次发送。急事请拨12348。', request_id: 'r-7f3a21' } }) }) : r.continue());
    await again.page.route('**/api/chat/ticket', (r) => r.abort());
    await again.page.goto(server.origin);
    await ask(again.page, '老板不给钱');
    await again.page.waitForSelector('.err');
    await shot(again.page, `${tag}-8error`);
    await again.page.unroute('**/api/chat/messages');
    await again.page.goto(`${server.origin}/chat/nope`);
    await again.page.waitForSelector(id('missing-inbox'));
    await shot(again.page, `${tag}-9missing`);
    await again.page.route('**/api/chat/inbox/*', (r) => r.abort());
    await again.page.goto(`${server.origin}/chat/web`);
    await again.page.evaluate(() => { for (const k of Object.keys(localStorage)) if (!k.includes('elder')) localStorage.removeItem(k); });
    await again.page.goto(server.origin);
    await again.page.waitForSelector('.err');
    await shot(again.page, `${tag}-10homeerror`);
    await again.page.click(id('end-clear'));
    await again.page.waitForSelector('.bye');
    await shot(again.page, `${tag}-11bye`);
    await again.context.close();
  }
}
} finally { await browser.close(); await server.destroy(); }
