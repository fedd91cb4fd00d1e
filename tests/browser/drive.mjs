// Opens the page of `history` in Chromium as readers do, and says what does not hold: drive.mjs PAGE PICTURES
// PAGE holds the history of history_server.cpp. Screenshots go to the directory PICTURES.
import { chromium } from 'playwright-core';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [pageFile, pictures] = process.argv.slice(2);
const address = pathToFileURL(path.resolve(pageFile)).href;
mkdirSync(pictures, { recursive: true });

const desktop = { width: 1280, height: 900 };
const phone = { width: 375, height: 812 };
const allRuns = 25000;

let checks = 0;
let failures = 0;
function check(holds, what) {
  ++checks;
  if (holds) return;
  ++failures;
  console.log(`FAILED: ${what}`);
}
function equal(actual, expected, what) {
  check(actual === expected, `${what}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
}

const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = candidates.find((candidate) => candidate && existsSync(candidate));
// The sandbox cannot be had as root nor in most containers; the page is our own.
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

// A page that reports every request but its own, and every complaint of the browser.
async function open({ viewport = desktop, colorScheme = 'light', javaScriptEnabled = true, hasTouch = false } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, javaScriptEnabled, hasTouch });
  const page = await context.newPage();
  const trouble = [];
  page.on('request', (request) => { if (request.url() !== address) trouble.push(`request: ${request.url().slice(0, 100)}`); });
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) trouble.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => trouble.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => { trouble.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(address);
  return { page, trouble, close: () => context.close() };
}

const cells = (page, column) => page.$$eval(`#runs tbody .c-${column}`, (all) => all.map((one) => one.textContent.trim()));
const shownText = (page) => page.textContent('#shown');
const isSorted = (values, descending) =>
  values.every((value, i) => i === 0 || (descending ? values[i - 1] >= value : values[i - 1] <= value));
const fitsWidth = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

// How fast it opens: measured after a first time, which is the browser's own start.
async function speed() {
  await (await open()).close();
  const times = [];
  for (let i = 0; i < 3; ++i) {
    const { page, close } = await open();
    times.push(await page.evaluate(() => new Promise((resolve) => {
      const answer = (paint) => {
        const [navigation] = performance.getEntriesByType('navigation');
        resolve({ paint, loaded: navigation.domContentLoadedEventEnd });
      };
      const [entry] = performance.getEntriesByName('first-contentful-paint');
      if (entry) return answer(entry.startTime);
      new PerformanceObserver((list) => answer(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true });
    })));
    await close();
  }
  times.sort((a, b) => Math.max(a.paint, a.loaded) - Math.max(b.paint, b.loaded));
  const { paint, loaded } = times[1];
  console.log(`${allRuns} runs: first paint after ${Math.round(paint)} ms, DOMContentLoaded after ${Math.round(loaded)} ms`);
}

async function contents() {
  const { page, trouble, close } = await open();
  check(/^25,000 runs, 10\.\d% failed$/.test((await page.textContent('h1')).trim()), 'the headline has the total and the rate');
  equal(await shownText(page), '25,000 runs', 'the count of runs');
  equal((await cells(page, 'id')).length, 100, 'rows on the first page');
  equal(await page.evaluate(() => window.broken), undefined, 'a name that is script does not run');
  const names = await cells(page, 'workflow');
  check(names.includes('</script><script>window.broken = 1</script>'), 'a name that ends the script stays text');
  check(names.includes('<img src=x onerror="window.broken = 1">'), 'a name that is an element stays text');
  check(names.includes('{{rows}} {{&data}} @SCRIPT@'), 'a name that is a place of the template stays text');
  check((await page.$$('main img, main script')).length === 0, 'no element was made of a name');
  const text = await page.evaluate(() => document.documentElement.textContent);
  check(!/[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text), 'no control and no mark of direction');
  check(names.every((name) => name.length <= 201), 'a name of 10,000 letters is cut');
  check(await fitsWidth(page), 'nothing scrolls sideways on a desktop');

  equal(await page.$eval('svg.bars', (svg) => svg.getAttribute('role')), 'img', 'the chart is a picture to a screen reader');
  for (const id of (await page.getAttribute('svg.bars', 'aria-labelledby')).split(' ')) {
    check((await page.textContent(`#${id}`)).length > 10, `the chart has its ${id}`);
  }
  const buckets = await page.$$('svg.bars .bucket');
  check(buckets.length > 20 && buckets.length <= 120, `${buckets.length} columns in the chart`);
  const counted = await page.$$eval('.numbers tbody tr', (rows) =>
    rows.reduce((sum, row) => sum + Number(row.cells[1].textContent.replace(/,/g, '')), 0));
  equal(counted, allRuns, 'the runs in the numbers of the chart');
  const rates = await page.$$eval('#workflow-rates .rate span', (all) => all.map((one) => parseFloat(one.textContent) || 0));
  check(rates.length === 20 && isSorted(rates, true), 'workflows stand worst first');
  const unnamed = await page.$$eval('button, input, select', (all) => all.filter((one) =>
    !one.textContent.trim() && !(one.labels && one.labels.length) && !one.getAttribute('aria-label')).length);
  equal(unnamed, 0, 'controls without a name');
  equal(trouble.join('; '), '', 'trouble on the page');
  await close();
}

async function sorting() {
  const { page, trouble, close } = await open();
  for (const key of ['status', 'created', 'workflow', 'application', 'id']) {
    const head = page.locator(`#runs th[data-key=${key}]`);
    const seen = new Set();
    for (let click = 0; click < 2; ++click) {
      await head.locator('button').click();
      const order = await head.getAttribute('aria-sort');
      seen.add(order);
      equal(await page.locator('#runs th[aria-sort]').count(), 1, `columns that say they are sorted, by ${key}`);
      const values = await cells(page, key);
      if (key === 'created' || key === 'id') check(isSorted(values, order === 'descending'), `${order} by ${key}`);
    }
    equal([...seen].sort().join(), 'ascending,descending', `orders of ${key}`);
  }
  equal(trouble.join('; '), '', 'trouble while sorting');
  await close();
}

async function filtering() {
  const { page, trouble, close } = await open();
  await page.click('.chip[data-outcome=failed]');
  equal(await page.getAttribute('.chip[data-outcome=failed]', 'aria-pressed'), 'true', 'the pressed filter');
  const failed = (await page.textContent('.chip[data-outcome=failed] .chip-count')).trim();
  equal(await shownText(page), `${failed} of 25,000 runs`, 'the count of failed runs');
  check((await cells(page, 'status')).every((status) => /FAILED|ERRORED|TIMED_OUT/.test(status)), 'only failed runs');

  await page.fill('#search', 'hostile8');
  equal((await cells(page, 'id')).join(), 'hostile8', 'a search by id');
  await page.click('#clear');
  equal(await shownText(page), '25,000 runs', 'the count after clearing');
  await page.fill('#search', 'no such thing anywhere');
  check(await page.isVisible('#nothing'), 'a search without a result says so');
  await page.click('#clear');

  const twins = await page.$$eval('#workflow option', (all) => all.map((one) => one.textContent).filter((text) => text.startsWith('Twin')));
  equal(twins.join(), 'Twin (twin-a),Twin (twin-b)', 'workflows of one name in the filter');
  await page.selectOption('#workflow', { label: 'Twin (twin-b)' });
  equal((await cells(page, 'id')).join(), 'run-of-twin-b', 'the runs of one of them');
  await page.click('#clear');

  await page.click('#workflow-rates tbody tr:first-child button');
  equal(await shownText(page), '1 of 25,000 runs', 'the runs of the worst workflow');
  await page.click('#clear');

  const firstIds = await cells(page, 'id');
  await page.click('#next');
  const nextIds = await cells(page, 'id');
  check(nextIds.length === 100 && !nextIds.some((id) => firstIds.includes(id)), 'the next page has other runs');
  equal((await page.textContent('#position')).trim(), '101\u2013200 of 25,000', 'the place in the table');
  await page.click('#previous');
  equal((await cells(page, 'id')).join(), firstIds.join(), 'back on the first page');
  // By keyboard alone.
  await page.focus('#runs th[data-key=id] button');
  await page.keyboard.press('Enter');
  equal(await page.getAttribute('#runs th[data-key=id]', 'aria-sort'), 'ascending', 'sorting by keyboard');
  equal(trouble.join('; '), '', 'trouble while filtering');
  await close();
}

async function withoutScripts() {
  const { page, trouble, close } = await open({ javaScriptEnabled: false, viewport: phone });
  equal((await cells(page, 'id')).length, 200, 'rows without scripts');
  equal(await shownText(page), 'The latest 200 of 25,000', 'what the rows without scripts are');
  check(!(await page.isVisible('#controls')), 'no controls that would do nothing');
  check(await page.isVisible('svg.bars .fill.failed >> nth=0'), 'the chart without scripts');
  await page.click('.numbers summary');
  check(await page.isVisible('.numbers table'), 'the numbers of the chart without scripts');
  equal(trouble.filter((one) => !one.startsWith('console')).join('; '), '', 'trouble without scripts');
  await close();
}

// Every text on the page against the ground behind it, as WCAG 2 reckons it.
const lowContrast = (page) => page.evaluate(() => {
  const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const groundOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const ratio = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const bad = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.getClientRects().length || element.closest(':disabled')) continue;
    const style = getComputedStyle(element);
    const isSvg = element instanceof SVGElement;
    const found = ratio(parse(isSvg ? style.fill : style.color), groundOf(isSvg ? element.closest('.plot, main') : element));
    if (found < 4.5) bad.add(`${element.tagName}.${element.className.baseVal ?? element.className} ${found.toFixed(2)}`);
  }
  const card = groundOf(document.querySelector('.plot') ?? document.body);
  for (const name of ['completed', 'failed', 'running', 'other']) {
    const shape = document.querySelector(`.legend .fill.${name}`);
    if (shape && ratio(parse(getComputedStyle(shape).fill), card) < 3) bad.add(`shape ${name}`);
  }
  return [...bad].join('; ');
});

async function looks() {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, viewport] of [['desktop', desktop], ['phone', phone]]) {
      const { page, trouble, close } = await open({ viewport, colorScheme, hasTouch: name === 'phone' });
      check(await fitsWidth(page), `nothing scrolls sideways: ${name}, ${colorScheme}`);
      equal(await lowContrast(page), '', `contrast: ${name}, ${colorScheme}`);
      const dark = await page.evaluate(() => parseInt(getComputedStyle(document.body).backgroundColor.match(/\d+/)[0], 10) < 80);
      equal(dark, colorScheme === 'dark', `the ${colorScheme} scheme is followed: ${name}`);
      await page.screenshot({ path: `${pictures}/${name}-${colorScheme}.png` });
      await page.locator('#controls').scrollIntoViewIfNeeded();
      await page.evaluate(() => document.getElementById('all-runs').scrollIntoView());
      await page.screenshot({ path: `${pictures}/${name}-${colorScheme}-runs.png` });
      equal(trouble.join('; '), '', `trouble: ${name}, ${colorScheme}`);
      await close();
    }
  }
  const { page, close } = await open({ viewport: { width: 320, height: 640 } });
  check(await fitsWidth(page), 'nothing scrolls sideways at 320 pixels');
  await close();
}

try {
  await speed();
  await contents();
  await sorting();
  await filtering();
  await withoutScripts();
  await looks();
} catch (error) {
  check(false, error.message);
} finally {
  await browser.close();
}
console.log(`${checks - failures} checks passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
