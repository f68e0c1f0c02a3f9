// Every view at three widths, light and dark; then from view to view by keyboard alone.
import { join } from 'node:path';
import { announced, axe, fail, fits, headed, open, same, view } from './browser.mjs';

const [file, pictures] = process.argv.slice(2);
const url = announced(file);
const WIDTHS = [360, 820, 1400];

const { page, close } = await open(url);
await page.setViewport({ width: 1400, height: 900 });
await view(page, url, '#/held', 'Rows that need a person');
const links = await page.$$eval('main tbody a', (all) => all.map((a) => a.getAttribute('href')));
const reason = links.find((link) => link.includes('HOSTILE')) ?? fail('the planted row is not told');
await view(page, url, reason, 'HOSTILE');
const row = await page.$eval('main tbody a', (a) => a.getAttribute('href'));
same('elements made of data', await page.$$eval('main img, main script, main b', (all) => all.length), 0);

const views = [['overview', '#/', 'Overview'], ['table', '#/table?name=SALES', 'SALES'], ['jobs', '#/jobs', 'Jobs'],
  ['held', '#/held', 'Rows that need a person'], ['rows', reason, 'HOSTILE'], ['row', row, 'A row of'],
  ['certificate', '#/certificate', 'Certificate']];
for (const scheme of ['light', 'dark']) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 900 });
    for (const [name, hash, heading] of views) {
      const where = `${name}, ${width}, ${scheme}`;
      await view(page, url, hash, heading);
      if (name === 'overview') await page.waitForSelector('svg.chart rect');
      await fits(page, where);
      await axe(page, where);
      await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`), fullPage: true });
    }
  }
}
same('elements made of data', await page.$$eval('main img, main script', (all) => all.length), 0);

// The report is served as a sandbox: no script runs in it, nor what waits in a page for an element.
await page.goto(`${url}report`, { waitUntil: 'load' });
for (const width of WIDTHS) {
  await page.setViewport({ width, height: 900 });
  if (!(await page.$('svg.chart rect'))) fail('the report shows no chart');
  await fits(page, `report, ${width}`);
  await page.screenshot({ path: join(pictures, `report-${width}.png`), fullPage: true });
}

await page.setViewport({ width: 1400, height: 900 });
await page.goto('about:blank');
await view(page, url, '#/', 'Overview');
await page.waitForSelector('main tbody a');
const focused = () => page.evaluate(() => document.activeElement.textContent);

/** Tabs until the element with that text has the focus; more than so many are too many for a person. */
async function tabTo(text) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if ((await focused()) === text) return;
  }
  fail(`${text} is not reached by keyboard`);
}
await page.evaluate(() => document.body.focus());
await page.evaluate(() => document.activeElement.blur());
await tabTo('SALES');
await page.keyboard.press('Enter');
await headed(page, 'SALES');
same('the focus after a link', await page.evaluate(() => document.activeElement.id), 'main');
await tabTo('Back to the overview');
await page.keyboard.press('Enter');
await headed(page, 'Overview');
await page.goto('about:blank');
await view(page, url, '#/', 'Overview');
for (const [link, heading] of [['Jobs', 'Jobs'], ['Rows that need a person', 'Rows that need a person'], ['Certificate', 'Certificate']]) {
  await page.focus('.skip');
  await tabTo(link);
  await page.keyboard.press('Enter');
  await headed(page, heading);
}
await page.focus('.skip');
await tabTo('Rows that need a person');
await page.keyboard.press('Enter');
await headed(page, 'Rows that need a person');
await tabTo('HOSTILE<b>');
await page.keyboard.press('Enter');
await headed(page, 'HOSTILE<b>');
await page.keyboard.press('Tab');
await close();
