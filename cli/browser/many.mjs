// 10,000 chunks and a million rows that need a person: every view is a page of bounded length, and comes.
import { announced, axe, headed, open, same, view } from './browser.mjs';

const url = announced(process.argv[2]);
const { page, close } = await open(url);
await page.setViewport({ width: 360, height: 800 });
await view(page, url, '#/', 'Overview');
await page.waitForFunction(() => document.querySelector('.figures').textContent.includes('1,000,0'), { timeout: 60_000 });
await view(page, url, '#/table?name=SALES', 'SALES');
same('chunks on a page', await page.$$eval('main table', ([chunks]) => chunks.tBodies[0].rows.length) <= 100, true);
for (let i = 0; i < 3; i++) {
  const first = await page.$eval('main tbody th', (th) => th.textContent);
  await page.evaluate(() => [...document.querySelectorAll('main a')].find((a) => a.textContent === 'Next chunks').click());
  await page.waitForFunction((before) => document.querySelector('main tbody th')?.textContent !== before, {}, first);
}
await axe(page, 'many chunks');
await view(page, url, '#/held', 'Rows that need a person');
await page.evaluate(() => [...document.querySelectorAll('main tbody a')].find((a) => a.textContent === 'CODE_3').click());
await headed(page, 'CODE_3');
same('rows on a page', await page.$$eval('main tbody tr', (all) => all.length), 100);
const first = await page.$eval('main tbody th', (th) => th.textContent);
await page.evaluate(() => [...document.querySelectorAll('main a')].find((a) => a.textContent === 'Next rows').click());
await page.waitForFunction((before) => document.querySelector('main tbody th')?.textContent !== before, {}, first);
await axe(page, 'many rows');
await close();
