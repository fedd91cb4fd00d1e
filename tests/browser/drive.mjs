// Opens the pages of `history` in Chromium as readers do, and reports failed checks: drive.mjs PAGE PAGES PICTURES.
// PAGE shows the history of history_server.cpp; the directory PAGES holds the pages of history_pages.cpp. Writes
// screenshots to PICTURES.
import { mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { cells, check, desktop, equal, finish, fitsWidth, isSorted, open as openFile, phone,
  shownText } from './browser.mjs';
import { checkUse } from './use.mjs';
import { checkStates } from './states.mjs';

const [pageFile, pages, pictures] = process.argv.slice(2);
mkdirSync(pictures, { recursive: true });
const allRuns = 25000;
const open = (options) => openFile(pageFile, options);

// Measures how fast a page opens, after a first time that warms up the browser. Checks the processor time of the page's
// thread, which is valid on a busy machine too. Checks the elapsed time only if the machine has an idle processor.
async function speed(file, runs, limit) {
  await (await openFile(file)).close();
  let best = null;
  for (let i = 0; i < 3; ++i) {
    const { page, close } = await openFile(file, { measured: true });
    const measured = await page.evaluate(() => new Promise((resolve) => {
      const answer = (paint) => {
        const [navigation] = performance.getEntriesByType('navigation');
        resolve({ paint, ready: navigation.domContentLoadedEventEnd });
      };
      const [entry] = performance.getEntriesByName('first-contentful-paint');
      if (entry) return answer(entry.startTime);
      new PerformanceObserver((list) => answer(list.getEntries()[0].startTime)).observe({ type: 'paint',
        buffered: true });
    }));
    measured.worked = await page.workedMilliseconds();
    if (!best || measured.ready < best.ready) best = measured;
    await close();
  }
  const { paint, ready, worked } = best;
  console.log(`${runs} runs: ${Math.round(worked)} ms of processor time; ` +
    `first paint after ${Math.round(paint)} ms, ready after ${Math.round(ready)} ms`);
  check(worked < limit, `${runs} runs take less than ${limit} ms of processor time`);
  if (loadavg()[0] < cpus().length) check(Math.max(paint, ready) < limit, `${runs} runs open within ${limit} ms`);
}

async function contents() {
  const { page, problems, close } = await open();
  check(/^25,000 runs, 10\.\d% failed$/.test((await page.textContent('h1')).trim()),
    'the headline has the total and the rate');
  equal(await shownText(page), '25,000 runs', 'the count of runs');
  equal((await cells(page, 'id')).length, 200, 'rows at first');
  equal(await page.evaluate(() => window.broken), undefined, 'a name with a script does not run');
  const names = await cells(page, 'workflow');
  check(names.includes('</script><script>window.broken = 1</script>'), 'a name that ends the script stays text');
  check(names.includes('<img src=x onerror="window.broken = 1">'), 'a name that is an element stays text');
  check(names.includes('{{rows}} {{&data}} @SCRIPT@'), 'a name with a template placeholder stays text');
  check((await page.$$('main img, main script')).length === 0, 'no name became an element');
  const text = await page.evaluate(() => document.documentElement.textContent);
  check(!/[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text),
    'no control characters and no bidirectional controls');
  check(names.every((name) => name.length <= 201), 'a name of 10,000 letters is cut');
  check(await fitsWidth(page), 'no horizontal scrolling on a desktop');

  equal(await page.getAttribute('#columns', 'role'), 'slider', 'the chart is a slider over its columns');
  check((await page.getAttribute('#columns', 'aria-valuetext')).length > 20, 'the slider describes its column');
  const buckets = await page.$$('svg.bars .bucket');
  check(buckets.length > 20 && buckets.length <= 120, `${buckets.length} columns in the chart`);
  const counted = await page.$$eval('.numbers tbody tr', (rows) =>
    rows.reduce((sum, row) => sum + Number(row.cells[1].textContent.replace(/,/g, '')), 0));
  equal(counted, allRuns, 'the runs in the numbers of the chart');
  const rates = await page.$$eval('#workflow-rates .rate span', (all) => all.map((one) => parseFloat(one.textContent) ||
    0));
  check(rates.length === 20 && isSorted(rates, true), 'workflows are sorted worst first');
  const unnamed = await page.$$eval('button, input, select', (all) => all.filter((one) =>
    !one.textContent.trim() && !(one.labels && one.labels.length) && !one.getAttribute('aria-label')).length);
  equal(unnamed, 0, 'controls without a name');
  equal(problems.join('; '), '', 'problems on the page');
  await close();
}

async function sorting() {
  const { page, problems, close } = await open();
  for (const key of ['status', 'created', 'workflow', 'application', 'id']) {
    const head = page.locator(`#runs th[data-key=${key}]`);
    const seen = new Set();
    for (let click = 0; click < 2; ++click) {
      await head.locator('button').click();
      const order = await head.getAttribute('aria-sort');
      seen.add(order);
      equal(await page.locator('#runs th[aria-sort]').count(), 1, `columns with aria-sort, by ${key}`);
      const values = await cells(page, key);
      if (key === 'created' || key === 'id') check(isSorted(values, order === 'descending'), `${order} by ${key}`);
    }
    equal([...seen].sort().join(), 'ascending,descending', `orders of ${key}`);
  }
  equal(problems.join('; '), '', 'problems while sorting');
  await close();
}

async function filtering() {
  const { page, problems, close } = await open();
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

  const twins = await page.$$eval('#workflow option', (all) => all.map((one) => one.textContent).filter((text) =>
    text.startsWith('Twin')));
  equal(twins.join(), 'Twin (twin-a),Twin (twin-b)', 'workflows of one name in the filter');
  await page.selectOption('#workflow', { label: 'Twin (twin-b)' });
  equal((await cells(page, 'id')).join(), 'run-of-twin-b', 'the runs of one of the two workflows');
  await page.click('#clear');

  await page.click('#workflow-rates tbody tr:first-child button');
  equal(await shownText(page), '1 of 25,000 runs', 'the runs of the worst workflow');
  await page.click('#clear');

  const firstIds = await cells(page, 'id');
  equal(await page.textContent('#more'), 'Show 200 more', 'the next step');
  await page.click('#more');
  const moreIds = await cells(page, 'id');
  check(moreIds.length === 400 && new Set(moreIds).size === 400, 'the added rows do not repeat a run');
  equal(moreIds.slice(0, 200).join(), firstIds.join(), 'the rows above stay');
  equal((await page.textContent('#position')).trim(), '400 of 25,000 shown', 'the position in the table');
  let presses = 1;
  for (; await page.isVisible('#more') && presses < 30; ++presses) await page.click('#more');
  check(presses <= 12, `all 25,000 runs are shown after ${presses} presses`);
  equal((await page.$$('#runs tbody tr')).length, allRuns, 'all rows in the end');
  // With the keyboard alone.
  await page.focus('#runs th[data-key=id] button');
  await page.keyboard.press('Enter');
  equal(await page.getAttribute('#runs th[data-key=id]', 'aria-sort'), 'ascending', 'sorting by keyboard');
  equal(problems.join('; '), '', 'problems while filtering');
  await close();
}

async function withoutScripts() {
  const { page, problems, close } = await open({ javaScriptEnabled: false, viewport: phone });
  equal((await cells(page, 'id')).length, 200, 'rows without scripts');
  equal(await shownText(page), 'The latest 200 of 25,000 runs', 'the description of the rows without scripts');
  check(!(await page.isVisible('#controls')), 'no controls without scripts');
  check(await page.isVisible('svg.bars .fill.failed >> nth=0'), 'the chart without scripts');
  equal(await page.$eval('svg.bars', (svg) => svg.getAttribute('role')), 'img',
    'the chart is a picture to a screen reader');
  for (const id of (await page.getAttribute('svg.bars', 'aria-labelledby')).split(' ')) {
    check((await page.textContent(`#${id}`)).length > 10, `the chart has its ${id}`);
  }
  await page.click('.numbers summary');
  check(await page.isVisible('.numbers table'), 'the numbers of the chart without scripts');
  equal(problems.filter((one) => !one.startsWith('console')).join('; '), '', 'problems without scripts');
  await close();
}

// Computes the contrast of every text with its background, as WCAG 2 defines it.
const lowContrast = (page) => page.evaluate(() => {
  const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const backgroundOf = (element) => {
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
    if (!walker.currentNode.textContent.trim() || !element.getClientRects().length ||
      element.closest(':disabled')) continue;
    const style = getComputedStyle(element);
    const isSvg = element instanceof SVGElement;
    const found = ratio(parse(isSvg ? style.fill : style.color), backgroundOf(isSvg ? element.closest('.plot, main')
      : element));
    if (found < 4.5) bad.add(
      `${element.tagName}.${element.className.baseVal ?? element.className} ${found.toFixed(2)}`);
  }
  const card = backgroundOf(document.querySelector('.plot') ?? document.body);
  for (const name of ['completed', 'failed', 'running', 'other']) {
    const shape = document.querySelector(`.legend .fill.${name}`);
    if (shape && ratio(parse(getComputedStyle(shape).fill), card) < 3) bad.add(`shape ${name}`);
  }
  return [...bad].join('; ');
});

async function appearance() {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, viewport] of [['desktop', desktop], ['phone', phone]]) {
      const { page, problems, close } = await open({ viewport, colorScheme, hasTouch: name === 'phone' });
      check(await fitsWidth(page), `no horizontal scrolling: ${name}, ${colorScheme}`);
      equal(await lowContrast(page), '', `contrast: ${name}, ${colorScheme}`);
      const dark = await page.evaluate(() => parseInt(getComputedStyle(document.body).backgroundColor.match(/\d+/)[0],
        10) < 80);
      equal(dark, colorScheme === 'dark', `the ${colorScheme} scheme is followed: ${name}`);
      await page.screenshot({ path: `${pictures}/${name}-${colorScheme}.png` });
      await page.locator('#controls').scrollIntoViewIfNeeded();
      await page.evaluate(() => document.getElementById('all-runs').scrollIntoView());
      await page.screenshot({ path: `${pictures}/${name}-${colorScheme}-runs.png` });
      equal(problems.join('; '), '', `problems: ${name}, ${colorScheme}`);
      await close();
    }
  }
  const { page, close } = await open({ viewport: { width: 320, height: 640 } });
  check(await fitsWidth(page), 'no horizontal scrolling at 320 pixels');
  await close();
}

try {
  await speed(pageFile, allRuns, 1000);
  await speed(`${pages}/large.html`, 200000, 2000);
  await contents();
  await sorting();
  await filtering();
  await withoutScripts();
  await appearance();
  await checkUse(pages);
  await checkStates(pages, pictures);
} catch (error) {
  check(false, error.stack);
} finally {
  await finish();
}
