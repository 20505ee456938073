// The whole life in real Chromium with two browser contexts: a citizen on a phone, a lawyer at a desk.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { answerTo, submitted } from '../system/support/intake.mjs';
import { Server, staff } from '../system/support/server.mjs';
import { axeViolations, clipped, launch, open } from './support/browser.mjs';

const shots = process.env.YUANDA_SHOTS;
let server;
let browser;
before(async () => {
  server = await Server.create();
  browser = await launch();
  if (shots) mkdirSync(shots, { recursive: true });
});
after(async () => {
  await browser?.close();
  await server?.destroy();
});

const id = (name) => `[data-testid="${name}"]`;
const shot = (page, name) => (shots ? page.screenshot({ path: `${shots}/${name}.png` }) : undefined);

async function signIn(page, who) {
  await page.goto(`${server.origin}/console`);
  await page.fill(`${id('login-name')} input, input${id('login-name')}`, who.login);
  await page.fill(`${id('login-password')} input, input${id('login-password')}`, who.password);
  await page.click(id('login-submit'));
}

async function ask(page, text) {
  await page.fill(`${id('composer-input')}`, text);
  await page.click(id('composer-send'));
}

test('a citizen asks, reads the answer with its article, and the page is accessible', async () => {
  const { page, problems } = await open(browser, { width: 390, height: 844 });
  await page.goto(server.origin);
  await page.waitForSelector(id('topic-chip'));
  assert.deepEqual(await axeViolations(page), []);
  await shot(page, 'citizen-home');
  await ask(page, '老板拖欠工资不给，怎么要回来');
  await page.waitForSelector(id('answer-card'));
  await shot(page, 'citizen-answer');
  await page.click(`${id('citation')} >> nth=0`);
  await page.waitForSelector(id('article-sheet'));
  const sheet = await page.textContent(id('article-sheet'));
  assert.match(sheet, /现行有效/);
  assert.match(sheet, /中华人民共和国/);
  assert.deepEqual(await axeViolations(page), []);
  await shot(page, 'citizen-article');
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('article-sheet'), { state: 'detached' });
  assert.deepEqual(await clipped(page), []);
  await page.click(id('elder-toggle'));
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(await clipped(page), []);
  await shot(page, 'citizen-elder');
  assert.deepEqual(problems, []);
});

test('a citizen asks for a human; a lawyer in a second browser answers; each message is seen once', async () => {
  const citizen = await open(browser, { width: 390, height: 844 });
  const lawyer = await open(browser, { width: 1440, height: 900 });
  await signIn(lawyer.page, staff.wangyi);
  await lawyer.page.waitForSelector(id('list-queued'));
  assert.deepEqual(await axeViolations(lawyer.page), []);
  await citizen.page.goto(server.origin);
  await ask(citizen.page, '工地摔伤了包工头不管');
  await citizen.page.waitForSelector(`${id('message')}[data-from="bot"]`);
  await citizen.page.click(id('ask-human'));
  await citizen.page.waitForSelector(id('status-bar'));
  await shot(citizen.page, 'citizen-queued');
  await lawyer.page.click(id('list-queued'));
  await lawyer.page.click(`${id('row')} >> nth=0`);
  await lawyer.page.waitForSelector(id('accept'));
  await shot(lawyer.page, 'console-queued');
  await lawyer.page.click(id('accept'));
  await lawyer.page.waitForSelector(id('reply-input'));
  const composer = `textarea${id('reply-input')}, ${id('reply-input')} textarea`;
  await lawyer.page.fill(composer, '您好，我是值班律师王毅。您受伤那天是给谁干活？');
  await lawyer.page.click(id('reply-send'));
  await citizen.page.waitForSelector(`${id('message')}[data-from="lawyer"]`);
  await ask(citizen.page, '给包工头老李');
  await lawyer.page.waitForFunction(() => document.body.innerText.includes('给包工头老李'));
  assert.equal(await citizen.page.locator(`${id('message')}[data-from="lawyer"]`).count(), 1);
  await shot(citizen.page, 'citizen-lawyer');
  await shot(lawyer.page, 'console-conversation');
  assert.deepEqual(await axeViolations(lawyer.page), []);
  const { port } = new URL(server.origin);
  await server.restart({ port });
  await citizen.page.waitForFunction((bar) => !document.querySelector(bar), id('offline-bar'), { timeout: 40_000 });
  await ask(citizen.page, '就在新城工地');
  await lawyer.page.waitForFunction(() => document.body.innerText.includes('就在新城工地'), undefined, { timeout: 40_000 });
  const said = await citizen.page.locator(id('message')).allTextContents();
  for (const words of ['工地摔伤了包工头不管', '我是值班律师王毅', '给包工头老李', '就在新城工地'])
    assert.equal(said.filter((text) => text.includes(words)).length, 1, words);
  assert.deepEqual(citizen.problems.filter((p) => !/WebSocket|ERR_CONNECTION|Failed to (load|fetch)/.test(p)), []);
});

test('the centre sees a filed application with its clock running', async () => {
  const { page, problems } = await open(browser, { width: 390, height: 844 });
  await page.goto(server.origin);
  await page.waitForSelector(id('apply'));
  await page.click(id('apply'));
  const botMessages = page.locator(`${id('message')}[data-from="bot"]`);
  let text = '';
  for (let step = 1; step < 20 && !submitted(text); step += 1) {
    await botMessages.nth(step - 1).waitFor();
    text = await botMessages.nth(step - 1).innerText();
    if (step === 3) await shot(page, 'citizen-intake');
    if (!submitted(text)) await ask(page, answerTo(text));
  }
  assert.match(text, /不等于/);
  assert.deepEqual(await axeViolations(page), []);
  await shot(page, 'citizen-submitted');
  assert.deepEqual(problems, []);
  const desk = await open(browser, { width: 1440, height: 900 });
  await signIn(desk.page, staff.chen);
  await desk.page.click(id('nav-applications'));
  await desk.page.waitForSelector(id('app-row'));
  await shot(desk.page, 'console-applications');
  assert.match(await desk.page.innerText(id('app-row')), /已收到/);
  assert.deepEqual(await axeViolations(desk.page), []);
  await desk.page.click(`${id('app-row')} a`);
  await desk.page.waitForSelector(id('app-clock'));
  await shot(desk.page, 'console-application');
  assert.match(await desk.page.innerText(id('app-clock')), /剩|天/);
  assert.deepEqual(await axeViolations(desk.page), []);
  await desk.page.click(id('app-review'));
  await desk.page.waitForFunction(() => document.body.innerText.includes('审查中'));
  // The one 401 is the console asking, before anybody signed in, whether a session still holds.
  assert.deepEqual(desk.problems.filter((p) => !/status of 401/.test(p)), []);
});
