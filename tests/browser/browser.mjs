// Shared by the checks of the page: the browser, pages that report problems, and the count of passed checks. Used by
// drive.mjs and by the files of checks.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 375, height: 812 };

let checks = 0;
let failures = 0;
export function check(holds, what) {
  ++checks;
  if (holds) return;
  ++failures;
  console.log(`FAILED: ${what}`);
}
export function equal(actual, expected, what) {
  check(actual === expected, `${what}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
}

const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = candidates.find((candidate) => candidate && existsSync(candidate));
// The sandbox is not available to root and in most containers, and the page is trusted.
export const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync']
});

// Opens a page and collects its problems: every request except its own, and the browser's errors and warnings.
export async function open(file, options = {}) {
  const { viewport = desktop, colorScheme = 'light', javaScriptEnabled = true, hasTouch = false, bypassCSP = false,
    timezoneId, measured = false } = options;
  const address = pathToFileURL(path.resolve(file)).href;
  const context = await browser.newContext({ viewport, colorScheme, javaScriptEnabled, hasTouch, isMobile: hasTouch,
    bypassCSP, timezoneId });
  const page = await context.newPage();
  if (measured) {
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    page.workedMilliseconds = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find((metric) => metric.name === 'ThreadTime').value * 1000;
    };
  }
  const problems = [];
  page.on('request', (request) => {
    if (request.url() !== address) problems.push(`request: ${request.url().slice(0, 100)}`); });
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) problems.push(
    `console: ${message.text()}`); });
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => { problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(address);
  return { page, problems, close: () => context.close() };
}

export const cells = (page, column) => page.$$eval(`#runs tbody .c-${column}`, (all) => all.map((one) =>
  one.textContent.trim()));
export const shownText = (page) => page.textContent('#shown');
export const isSorted = (values, descending) =>
  values.every((value, i) => i === 0 || (descending ? values[i - 1] >= value : values[i - 1] <= value));
export const fitsWidth = (page) => page.evaluate(() =>
  document.documentElement.scrollWidth <= document.documentElement.clientWidth);

// Prints the result and sets the exit code.
export async function finish() {
  await browser.close();
  console.log(`${checks - failures} checks passed, ${failures} failed`);
  process.exitCode = failures === 0 ? 0 : 1;
}
