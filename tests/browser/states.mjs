// Checks the page in each state: texts, shapes, rates, print, and axe-core's rules.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { cells, check, desktop, equal, fitsWidth, open, phone } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const states = ['empty', 'one', 'failed', 'none-failed', 'compared'];

async function texts(pages) {
  const expected = {
    empty: ['No runs', 'Look further back'], one: ['1 run, failed', 'only run of this period'],
    failed: ['25 runs, all failed', 'None of them succeeded'], 'none-failed': ['25 runs, none failed', ''],
    compared: ['3,202 runs, 11.2% failed', 'than in the period before: ']
  };
  for (const state of states) {
    const { page, problems, close } = await open(`${pages}/${state}.html`);
    equal((await page.textContent('h1')).trim(), expected[state][0], `the headline of ${state}`);
    check((await page.textContent('main')).includes(expected[state][1]), `the text of ${state}`);
    check((await page.textContent('footer code')).startsWith('refold-executions history --start-date 2026-06-09'),
      `${state} names the command that made it`);
    equal(problems.join('; '), '', `problems on ${state}`);
    await close();
  }
}

// Injects axe-core, which the page's content security policy forbids: only these checks bypass the policy.
async function accessibility(pages) {
  for (const state of states) {
    for (const colorScheme of ['light', 'dark']) {
      for (const [name, viewport] of [['desktop', desktop], ['phone', phone]]) {
        const { page, close } = await open(`${pages}/${state}.html`, { viewport, colorScheme,
          hasTouch: name === 'phone', bypassCSP: true });
        if (state === 'compared') {
          await page.focus('#columns');
          await page.keyboard.press('Enter');
          await page.click('.chip >> nth=1');
        }
        await page.evaluate(axe);
        const found = await page.evaluate(() => globalThis.axe.run());
        const list = found.violations.map((one) => `${one.id} at ${one.nodes[0].target}`);
        equal(list.join('; '), '', `violations that axe-core finds: ${state}, ${name}, ${colorScheme}`);
        check(found.passes.length > 15, 'axe-core checked the page');
        check(await fitsWidth(page), `no horizontal scrolling: ${state}, ${name}`);
        await close();
      }
    }
  }
}

// Checks that neighbours in a column are distinct: completed and failed by their colours, all others by a gap in the
// background's colour.
async function drawing(pages) {
  for (const colorScheme of ['light', 'dark']) {
    for (const viewport of [desktop, phone, { width: 320, height: 640 }]) {
      const where = `${colorScheme}, ${viewport.width} pixels`;
      const { page, close } = await open(`${pages}/compared.html`, { viewport, colorScheme });
      const bad = await page.evaluate(() => {
        const found = [];
        const channels = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number);
        const luminance = (colour) => {
          const [r, g, b] = channels(colour).map((value) => value / 255 <= 0.04045 ? value / 255 / 12.92
            : ((value / 255 + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ratio = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) +
          0.05);
        const style = (selector) => getComputedStyle(document.querySelector(selector));
        const colours = { card: style('.plot').backgroundColor, stopped: style('.hatch-line').fill };
        for (const name of ['completed', 'failed', 'running']) colours[name] = style(`.legend .fill.${name}`).fill;
        for (const name of ['completed', 'failed', 'running', 'stopped']) {
          if (ratio(colours[name],
            colours.card) < 3) found.push(`${name} on the background ${ratio(colours[name], colours.card).toFixed(2)}`);
        }
        if (ratio(colours.completed,
          colours.failed) < 3) found.push(
          `completed beside failed ${ratio(colours.completed, colours.failed).toFixed(2)}`);
        for (const bucket of document.querySelectorAll('.bucket')) {
          const shapes = Array.from(bucket.querySelectorAll('.fill'));
          for (let i = 1; i < shapes.length; ++i) {
            const below = shapes[i - 1].y.baseVal.value, above = shapes[i].y.baseVal.value +
              shapes[i].height.baseVal.value;
            if (below - above < 1) found.push(`gap of ${below - above}`);
          }
        }
        // Ticks are under the middle of a column, and their labels stay inside the card and do not overlap.
        const card = document.querySelector('.plot').getBoundingClientRect();
        let end = -Infinity;
        const middles = Array.from(document.querySelectorAll('.bucket .hit'), (hit) => {
          const place = hit.getBoundingClientRect();
          return place.left + place.width / 2;
        });
        const labels = Array.from(document.querySelectorAll('.tick')).filter((tick) =>
          getComputedStyle(tick).display !== 'none');
        if (labels.length < 3) found.push(`${labels.length} ticks`);
        for (const tick of labels) {
          const line = tick.querySelector('line').getBoundingClientRect(),
            text = tick.querySelector('text').getBoundingClientRect();
          if (!middles.some((middle) => Math.abs(middle - line.left) < 1)) found.push('a tick between columns');
          if (text.left < card.left || text.right > card.right) found.push('a label outside the card');
          if (text.left < end) found.push('labels that overlap');
          const offset = Math.abs((text.left + text.right) / 2 - (line.left + line.right) / 2);
          if (innerWidth > 640 && !tick.classList.contains('edge') && offset > 1) found.push('a label beside its tick');
          end = text.right;
        }
        for (const text of document.querySelectorAll('.scale text')) {
          if (text.getBoundingClientRect().left < card.left) found.push('a number outside the card');
        }
        let scaleEnd = -Infinity;
        for (const text of document.querySelectorAll('#workflow-rates .rate-scale text')) {
          const place = text.getBoundingClientRect();
          if (!place.width) continue;
          if (place.left < scaleEnd) found.push('numbers of the rate scale that overlap');
          scaleEnd = place.right;
        }
        const bar = (name) => Array.from(document.querySelectorAll('#workflow-rates tbody tr'))
          .find((row) => row.querySelector('.name').textContent === name)?.querySelector('.fill').getBoundingClientRect(
            ).width;
        if (!(bar('Twelve') - bar('Eight') >= 5)) found.push(`bars of 8 % and 12 %: ${bar('Eight')}, ${bar('Twelve')}`);
        return [...new Set(found)].join('; ');
      });
      equal(bad, '', `the chart and the rates: ${where}`);
      await close();
    }
  }
  const { page, close } = await open(`${pages}/compared.html`, { viewport: phone, hasTouch: true });
  const box = await page.locator('.failures li >> nth=0').boundingBox();
  check(box.y + box.height < phone.height * 0.7, `the latest failure is near the top of a phone: ${box.y}`);
  await close();
}

async function print(pages, pictures) {
  for (const [state, outcome, rows] of [['compared', 'failed', 357], ['failed', '', 25]]) {
    const { page, problems, close } = await open(`${pages}/${state}.html`, { colorScheme: 'dark' });
    if (outcome) await page.click(`.chip[data-outcome=${outcome}]`);
    const before = (await cells(page, 'id')).length;
    await page.evaluate(() => window.addEventListener('beforeprint', () => {
      window.printedRows = document.querySelectorAll('#runs tbody tr').length;
    }));
    await page.pdf({ path: `${pictures}/${state}.pdf`, format: 'A4' });
    equal(await page.evaluate(() => window.printedRows), rows, `rows in print of ${state}`);
    equal((await cells(page, 'id')).length, before, `rows after print of ${state}`);
    await page.emulateMedia({ media: 'print' });
    const cut = await page.$$eval('#runs td, .rates .name', (all) => all.filter((one) =>
      one.scrollWidth > one.clientWidth + 1).length);
    equal(cut, 0, `truncated texts in print of ${state}`);
    check(!(await page.isVisible('#controls')), 'no controls in print');
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    equal(background, 'rgb(255, 255, 255)', 'the background in print');
    equal(problems.join('; '), '', `problems in print of ${state}`);
    await close();
  }
}

// Checks the print events without a printer, because laying out 200,000 rows would take a browser minutes.
async function longPrint(pages) {
  const { page, close } = await open(`${pages}/large.html`);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  equal(await page.$$eval('#runs tbody tr', (rows) => rows.length), 5000, 'rows in print of 200,000 runs');
  equal(await page.textContent('#printed'), 'The first 5,000 of 200,000 runs: narrow the filters to print the others.',
    'the note about runs left out of print');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  equal(await page.$$eval('#runs tbody tr', (rows) => rows.length), 200, 'rows after print of 200,000 runs');
  check(!(await page.isVisible('#printed')), 'no note about print on the screen');
  await close();
}

async function takePictures(pages, pictures) {
  for (const state of states) {
    const { page, close } = await open(`${pages}/${state}.html`);
    await page.screenshot({ path: `${pictures}/${state}.png` });
    await close();
  }
}

// Checks that colour and word agree in the comparison, and that tables begin on one line on a desktop.
async function comparison(pages) {
  const { page, close } = await open(`${pages}/compared.html`);
  const rows = await page.$$eval('.compare tbody tr', (all) => all.map((row) => ({ kind: row.className,
    change: row.querySelector('.change').textContent })));
  check(rows.some((row) => row.kind === 'worse') && rows.some((row) => row.change.includes('chance')),
    'the comparison has clear and unclear changes');
  equal(rows.filter((row) => (row.kind === 'worse') !== row.change.endsWith('worse')).length, 0,
    'rows whose colour and word differ');
  const [totals, workflows] = await Promise.all(['totals', 'workflows'].map((key) =>
    page.locator(`#compare-${key}`).boundingBox()));
  equal(totals.y, workflows.y, 'the top of the workflows beside that of the totals');
  check((await page.textContent('.errors')).includes('Request failed with status code 429'), 'the page says why');
  await close();
}

export async function checkStates(pages, pictures) {
  await texts(pages);
  await accessibility(pages);
  await drawing(pages);
  await comparison(pages);
  await print(pages, pictures);
  await longPrint(pages);
  await takePictures(pages, pictures);
}
