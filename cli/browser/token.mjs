// Who comes without the token is asked for it; the wrong one is refused, the right one lets in.
import { readFileSync } from 'node:fs';
import { announced, axe, headed, open, same } from './browser.mjs';

const [file, token] = process.argv.slice(2);
const url = announced(file);
const { page, close } = await open(url, ['401']);
await page.goto(url);
await headed(page, 'Token');
await axe(page, 'token');
await page.type('#token', 'not the token');
await page.keyboard.press('Enter');
await page.waitForFunction(() => document.querySelector('main [role=alert]').textContent !== '');
await page.$eval('#token', (input) => { input.value = ''; });
await page.type('#token', readFileSync(token, 'utf8').trim());
await page.keyboard.press('Enter');
await headed(page, 'Overview');
await page.reload();
await headed(page, 'Overview');
same('what scripts see of the token', await page.evaluate(() => document.cookie), '');
await close();
