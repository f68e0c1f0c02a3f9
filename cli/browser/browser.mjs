// A browser that fails at whatever a person would not see: errors, requests to elsewhere, what axe finds.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import puppeteer from 'puppeteer-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function fail(text) {
  throw new Error(text);
}

export const same = (what, is, should) => JSON.stringify(is) === JSON.stringify(should)
  || fail(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);

/** Where the console said that it is. */
export const announced = (file) => JSON.parse(readFileSync(file, 'utf8')).url;

/** A page at a console; whoever closes it learns what went wrong on it. */
export async function open(url, expected = []) {
  const browser = await puppeteer.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const page = await browser.newPage();
  const wrong = [];
  page.on('console', (said) => {
    if (['error', 'warn'].includes(said.type()) && !expected.some((text) => said.text().includes(text))) wrong.push(`console: ${said.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) wrong.push(`asked elsewhere: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  const close = async () => {
    const hacked = await page.evaluate(() => window.hacked);
    await browser.close();
    if (hacked) wrong.push('data were run as a script');
    if (wrong.length > 0) fail(wrong.join('\n'));
  };
  return { page, close };
}

/** Goes to a view and waits for its heading. */
export async function view(page, url, hash, heading) {
  await page.goto(`${url}${hash}`);
  await headed(page, heading);
}

/** Waits until the heading is that. */
export const headed = (page, heading) => page.waitForFunction(
  (text) => document.querySelector('h1')?.textContent.includes(text), { timeout: 60_000 }, heading);

/** What axe finds on the page as it is. */
export async function axe(page, where) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run());
  const told = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 5).map((n) => `${n.html} ${n.failureSummary}`).join('\n  ')}`);
  if (told.length > 0) fail(`axe, ${where}:\n${told.join('\n')}`);
}

/** Whether nothing has to be pushed aside to be seen. */
export async function fits(page, where) {
  const [content, window_] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  if (content > window_) fail(`${where} is ${content} wide in a window of ${window_}`);
}
