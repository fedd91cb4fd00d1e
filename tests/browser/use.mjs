// Checks the page's controls: filters, the chart, the keyboard alone, UTC and local time, full names.
import { cells, check, equal, open, phone, shownText } from './browser.mjs';

const focused = (page) => page.evaluate(() => {
  const one = document.activeElement;
  return one === document.body || !one ? 'nothing' : one.id || one.className || one.tagName;
});
const number = (text) => Number(text.replace(/\D/g, ''));
const shownRuns = async (page) => number((await shownText(page)).split(' of ')[0]);
const columnRuns = (page, index) => page.$$eval('.numbers tbody tr', (rows, at) =>
  Number(rows[at].cells[1].textContent.replace(/,/g, '')), index);

async function filters(pages) {
  const { page, problems, close } = await open(`${pages}/compared.html`);
  const whole = await shownText(page);
  for (const [id, column, label] of [['status', 'status', 'ERRORED'], ['application', 'application', 'Application 3'],
    ['account', 'account', 'account-2'], ['workflow', 'workflow', 'Eight']]) {
    await page.selectOption(`#${id}`, { label });
    const values = await cells(page, column);
    check(values.length > 0 && values.every((value) => value.includes(label)), `only runs of the ${id} ${label}`);
    await page.fill('#search', label.toLowerCase());
    equal((await cells(page, column)).length, values.length, `the search finds the ${id} too`);
    await page.click('#clear');
    equal(await focused(page), 'search', `the focus after clearing the ${id}`);
    equal(await shownText(page), whole, `all runs after clearing the ${id}`);
  }
  await page.fill('#from', '2026-06-12T00:00');
  await page.fill('#before', '2026-06-13T00:00');
  await page.focus('#search');
  const days = new Set((await cells(page, 'created')).map((text) => text.slice(0, 10)));
  equal([...days].join(), '2026-06-12', 'the days of a period of one day');
  check(await page.$$eval('.bucket.chosen', (all) => all.length) === 8, 'the chart marks the period');
  await page.fill('#search', 'nothing has this');
  await page.click('#clear-nothing');
  equal(await focused(page), 'search', 'the focus after clearing an empty result');
  equal(problems.join('; '), '', 'problems while filtering');
  await close();
}

async function chart(pages) {
  const { page, problems, close } = await open(`${pages}/compared.html`);
  await page.locator('#columns').scrollIntoViewIfNeeded();
  const place = await page.locator('#columns').boundingBox();
  const count = await page.$$eval('.bucket', (all) => all.length);
  const x = (index) => place.x + (index + 0.5) * place.width / count;
  await page.mouse.move(x(10), place.y + 100);
  check((await page.textContent('#reading')).includes(' completed'),
    'the line under the chart describes the column');
  await page.mouse.click(x(10), place.y + 100);
  equal(await shownRuns(page), await columnRuns(page, 10), 'a click on a column shows its runs');
  await page.mouse.click(x(10), place.y + 100);
  check(!(await page.isVisible('#narrowed')), 'a second click shows all runs');
  await page.mouse.move(x(5), place.y + 100);
  await page.mouse.down();
  await page.mouse.move(x(7), place.y + 100);
  await page.mouse.up();
  const three = await columnRuns(page, 5) + await columnRuns(page, 6) + await columnRuns(page, 7);
  equal(await shownRuns(page), three, 'dragging over three columns shows their runs');
  await page.click('#whole-period');
  equal(await focused(page), 'columns', 'the focus after going back to the whole period');
  equal(problems.join('; '), '', 'problems with the chart');
  await close();
}

async function keyboard(pages) {
  const { page, problems, close } = await open(`${pages}/compared.html`);
  const press = (key) => page.keyboard.press(key);
  // The Tab key reaches every control in the order of the page, each with a visible focus mark.
  const stops = [];
  for (let i = 0; i < 150; ++i) {
    await press('Tab');
    const stop = await focused(page);
    if (stop === 'nothing') break;
    const style = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    if (style === 'none') check(false, `${stop} has a visible focus`);
    stops.push(stop);
  }
  for (const stop of ['columns', 'search', 'status', 'from', 'more']) check(stops.includes(stop),
    `Tab reaches ${stop}`);
  equal(await page.$$eval('#runs tbody [tabindex="0"]', (all) => all.length), 1, 'rows that the Tab key reaches');

  await page.focus('#columns');
  await press('Home');
  for (let i = 0; i < 3; ++i) await press('ArrowRight');
  await press('Enter');
  equal(await shownRuns(page), await columnRuns(page, 3), 'Enter on a column shows its runs');
  await press('ArrowRight');
  await press('Shift+Enter');
  equal(await shownRuns(page), await columnRuns(page, 3) + await columnRuns(page, 4),
    'Shift+Enter shows the runs of both columns');
  equal(await focused(page), 'columns', 'the focus stays on the chart');
  await press('Escape');
  check(!(await page.isVisible('#narrowed')), 'Escape shows all runs');

  await page.focus('#more');
  await press('Enter');
  equal(await page.evaluate(() => document.activeElement.sectionRowIndex), 200, 'the focus goes to the first new row');
  await press('ArrowDown');
  equal(await page.evaluate(() => document.activeElement.sectionRowIndex), 201, 'an arrow key moves to the next row');
  await press('Home');
  equal(await page.evaluate(() => document.activeElement.sectionRowIndex), 0, 'Home moves to the first row');
  for (let i = 0; i < 20 && await page.isVisible('#more'); ++i) {
    await page.focus('#more');
    await press('Enter');
    check(await focused(page) !== 'nothing', 'the focus is not lost when the last rows are shown');
  }
  await page.focus('#runs th[data-key=id] button');
  await press('Enter');
  check(await page.evaluate(() => document.activeElement.closest('th') !== null),
    'the focus stays on the column header');
  await page.focus('#all-failures');
  await press('Enter');
  equal(await focused(page), 'all-runs', 'the focus goes to the table with the failed runs');
  check((await cells(page, 'status')).every((status) => /FAILED|ERRORED|TIMED_OUT/.test(status)), 'only failed runs');
  await page.focus('#workflow-rates tbody button');
  await press('Enter');
  equal(await focused(page), 'all-runs', 'the focus goes to the table with the runs of a workflow');
  await page.focus('#clear');
  await press('Enter');
  equal(await focused(page), 'search', 'the focus after the clear button disappears');
  equal(problems.join('; '), '', 'problems with the keyboard');
  await close();
}

async function names(pages) {
  const { page, close } = await open(`${pages}/compared.html`);
  const long = 'A workflow whose name is much longer than the column that it stands in, by far';
  await page.fill('#search', 'by far');
  const cell = page.locator('#runs tbody tr:first-child .c-workflow');
  check(await cell.evaluate((one) => one.scrollWidth > one.clientWidth), 'a long name is truncated in its column');
  await cell.hover();
  equal(await cell.getAttribute('title'), long, 'the full name on hover');
  await page.focus('#runs tbody tr:first-child');
  check(await cell.evaluate((one) => one.scrollWidth <= one.clientWidth), 'the full name on focus');
  const button = page.locator('#workflow-rates button', { hasText: long });
  check(await button.evaluate((one) => one.scrollWidth > one.clientWidth), 'a long name is truncated among the rates');
  await button.hover();
  equal(await button.getAttribute('title'), long, 'the full name among the rates on hover');
  await button.focus();
  check(await button.evaluate((one) => one.scrollWidth <= one.clientWidth),
    'the full name among the rates on focus');
  await close();
  const touch = await open(`${pages}/compared.html`, { viewport: phone, hasTouch: true });
  const cut = await touch.page.$$eval('#runs td, .rates .name', (all) => all.filter((one) =>
    one.scrollWidth > one.clientWidth).length);
  equal(cut, 0, 'truncated names on a phone');
  await touch.close();
}

async function zones(pages) {
  const { page, problems, close } = await open(`${pages}/compared.html`, { timezoneId: 'Asia/Kolkata' });
  const first = (await cells(page, 'created'))[0];
  equal(first, '2026-06-16 13:19:59', 'the latest run in UTC');
  const head = await page.textContent('#runs th[data-key=created]');
  check(head.includes('UTC'), 'the column header says UTC');
  await page.check('input[value=local]');
  equal((await cells(page, 'created'))[0], '2026-06-16 18:49:59', 'the latest run in local time');
  check((await page.textContent('.lede')).startsWith('2026-06-09 18:50 to 2026-06-16 18:50 local time'),
    'the period in local time');
  check((await page.textContent('#runs th[data-key=created]')).includes('local time'),
    'the column header says local time');
  equal(await page.textContent('#chart-zone'), 'local time', 'the chart says local time');
  await page.fill('#from', '2026-06-16T18:00');
  await page.focus('#search');
  check((await cells(page, 'created')).every((time) => time >= '2026-06-16 18:00:00'),
    'the filter reads dates as local time');
  await page.check('input[value=utc]');
  equal(await page.inputValue('#from'), '2026-06-16T12:30', 'the filter date in UTC');
  equal((await cells(page, 'created'))[0], first, 'the latest run in UTC again');
  equal(problems.join('; '), '', 'problems with time zones');
  await close();
}

export async function checkUse(pages) {
  await filters(pages);
  await chart(pages);
  await keyboard(pages);
  await names(pages);
  await zones(pages);
}
