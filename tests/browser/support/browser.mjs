// Debian's Chromium under playwright-core, with checks every page must pass.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function launch() {
  if (!execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim())
    throw new Error('no Chinese font: install fonts-noto-cjk (bin/setup does)');
  return chromium.launch({
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

/** A fresh context of that size; `problems` collects console errors, page errors and requests that leave loopback. */
export async function open(browser, viewport) {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(http|ws)/.test(protocol) && hostname !== '127.0.0.1') problems.push(`left loopback: ${request.url()}`);
  });
  return { context, page, problems };
}

/** Until nothing moves any more: a dialog that is still fading in has too little contrast, and no place of its own. */
export const still = (page) => page.evaluate(() => Promise.allSettled(document.getAnimations()
  .filter((a) => Number.isFinite(a.effect.getComputedTiming().endTime)).map((a) => a.finished)));

/** Violations of WCAG 2.2 A and AA, as "rule: element". */
export async function axeViolations(page) {
  // The page's policy forbids inline script; the driver's evaluation is not bound by it.
  await page.evaluate(axeSource);
  await still(page);
  return page.evaluate(async () => {
    const result = await window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
    return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}`));
  });
}

/** Buttons and chips whose label does not fit: axe does not see clipped text. */
export function clipped(page) {
  return page.evaluate(() => [...document.querySelectorAll('button, [role="button"], header')]
    .filter((e) => e.offsetParent !== null && e.scrollWidth > e.clientWidth + 1)
    .map((e) => e.textContent.trim().slice(0, 30)));
}
