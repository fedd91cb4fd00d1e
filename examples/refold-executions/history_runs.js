// Implements the table of runs: search, filters, sorting, and showing more rows in growing steps, so that the page
// opens fast and the end of a long list is a few clicks away. Printing shows all runs that match, up to a number that a
// browser can lay out.
(function () {
  'use strict';

  const { data, byId, element, timeText, timeOf, number, runsText } = historyPage;
  const table = byId('runs');
  if (!table) return;

  const ID = 0, STATUS = 1, CREATED = 2, WORKFLOW = 3, APPLICATION = 4, ACCOUNT = 5;
  const firstStep = 200, longestStep = 5000, maxPrinted = 5000;
  const body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
  const search = byId('search'), from = byId('from'), before = byId('before'), clear = byId('clear');
  const chips = Array.from(byId('chips').querySelectorAll('button'));
  const selects = [['status', STATUS, data.statuses], ['workflow', WORKFLOW, data.workflows],
    ['application', APPLICATION, data.applications], ['account', ACCOUNT, data.accounts]]
    .filter(([id]) => byId(id)).map(([id, column, values]) => ({ id, column, values, field: byId(id) }));
  const columns = { status: STATUS, created: CREATED, workflow: WORKFLOW, application: APPLICATION, account: ACCOUNT,
    id: ID };
  const all = data.runs;
  const state = { key: 'created', descending: !data.oldestFirst, from: null, before: null };
  // The runs that match, in order, and how many of them are rows.
  let shown = all, drawn = body.rows.length;

  // Names are compared once, not with every comparison of two rows.
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  function ranksOf(values) {
    const order = values.map((_, i) => i);
    order.sort((a, b) => collator.compare(values[a][0], values[b][0]) || collator.compare(values[a][1], values[b][1]));
    const ranks = new Array(values.length);
    order.forEach((index, rank) => { ranks[index] = rank; });
    return ranks;
  }
  const ranks = [];
  ranks[STATUS] = ranksOf(data.statuses);
  ranks[WORKFLOW] = ranksOf(data.workflows);
  ranks[APPLICATION] = ranksOf(data.applications);
  ranks[ACCOUNT] = ranksOf(data.accounts);

  function sort() {
    // The data come sorted by date.
    if (state.key === 'created' && state.descending === !data.oldestFirst) return;
    const column = columns[state.key], places = ranks[column], sign = state.descending ? -1 : 1;
    shown.sort((a, b) => {
      const x = places ? places[a[column]] : a[column], y = places ? places[b[column]] : b[column];
      if (x === y) return 0;
      // Runs without a date come last in either order.
      if (x === null) return 1;
      if (y === null) return -1;
      return x < y ? -sign : sign;
    });
  }

  // For each word, which statuses, workflows, applications and accounts have it: looked up once for each, not for each
  // run.
  function searchOf(words) {
    return words.map((word) => {
      const has = (values) => values.map((value) => value.join('\n').toLowerCase().includes(word));
      const tables = [[STATUS, has(data.statuses.map((status) => [status[0]]))], [WORKFLOW, has(data.workflows)],
        [APPLICATION, has(data.applications)], [ACCOUNT, has(data.accounts)]];
      return (run) => tables.some(([column, found]) => found[run[column]]) || run[ID].toLowerCase().includes(word);
    });
  }

  const isPressed = (chip) => chip.getAttribute('aria-pressed') === 'true';

  function matching() {
    const tests = searchOf(search.value.toLowerCase().split(/\s+/).filter(Boolean));
    for (const { field, column } of selects) {
      const only = Number(field.value);
      if (field.value !== '') tests.push((run) => run[column] === only);
    }
    const outcomes = chips.filter(isPressed).map((chip) => chip.dataset.outcome);
    if (outcomes.length) {
      const wanted = data.statuses.map((status) => outcomes.includes(status[1]));
      tests.push((run) => wanted[run[STATUS]]);
    }
    if (state.from !== null) tests.push((run) => run[CREATED] !== null && run[CREATED] >= state.from);
    if (state.before !== null) tests.push((run) => run[CREATED] !== null && run[CREATED] < state.before);
    clear.hidden = tests.length === 0;
    return all.filter((run) => tests.every((test) => test(run)));
  }

  function cell(name, child) {
    const made = element('td', `c-${name}`);
    made.setAttribute('role', 'cell');
    made.append(child);
    return made;
  }
  function rowOf(run) {
    const row = element('tr'), [status, outcome, signText] = data.statuses[run[STATUS]];
    row.setAttribute('role', 'row');
    const pill = element('span', `pill ${outcome}`), sign = element('span', 'sign', signText);
    sign.setAttribute('aria-hidden', 'true');
    pill.append(sign, ' ', element('bdi', '', status));
    row.append(cell('status', pill), cell('created', timeText(run[CREATED], 'second')),
      cell('workflow', element('bdi', '', data.workflows[run[WORKFLOW]][0])),
      cell('application', element('bdi', '', data.applications[run[APPLICATION]][0])));
    if (byId('account')) row.append(cell('account', element('bdi', '', data.accounts[run[ACCOUNT]][0])));
    row.append(cell('id', run[ID] || '-'));
    return row;
  }

  function drawTo(count) {
    const rows = document.createDocumentFragment();
    for (const end = Math.min(count, shown.length); drawn < end; ++drawn) rows.append(rowOf(shown[drawn]));
    body.append(rows);
    showPosition();
  }
  const nextStep = () => Math.min(Math.max(drawn, firstStep), longestStep, shown.length - drawn);
  function showPosition() {
    byId('more-row').hidden = drawn >= shown.length;
    byId('position').textContent = `${number(drawn)} of ${number(shown.length)} shown`;
    byId('more').textContent = `Show ${number(nextStep())} more`;
  }

  // The filters in words, for the status line and for print.
  function filtersInWords() {
    const words = [];
    const outcomes = chips.filter(isPressed).map((chip) => chip.dataset.outcome);
    if (outcomes.length) words.push(outcomes.join(' or '));
    for (const { id, field } of selects) {
      if (field.value !== '') words.push(`${id} ${field.selectedOptions[0].textContent}`);
    }
    if (state.from !== null) words.push(`from ${timeText(state.from, 'second')}`);
    if (state.before !== null) words.push(`before ${timeText(state.before, 'second')}`);
    if (search.value.trim()) words.push(`with \u201c${search.value.trim()}\u201d`);
    return words.join(', ');
  }

  // Above the table: the filters, and on paper what was left out.
  function showPrinted(onPaper) {
    const words = filtersInWords(), texts = words ? [`Only ${words}.`] : [];
    if (onPaper && shown.length > maxPrinted) {
      texts.push(
        `The first ${number(maxPrinted)} of ${runsText(shown.length)}: narrow the filters to print the others.`);
    }
    byId('printed').textContent = texts.join(' ');
    byId('printed').hidden = texts.length === 0;
  }

  function draw() {
    drawn = 0;
    body.replaceChildren();
    drawTo(firstStep);
    if (body.rows.length) body.rows[0].tabIndex = 0;
    byId('nothing').hidden = shown.length > 0;
    const words = filtersInWords();
    byId('shown').textContent = words ? `${number(shown.length)} of ${runsText(all.length)}` : runsText(all.length);
    showPrinted(false);
    for (const head of heads) {
      if (head.dataset.key === state.key) head.setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    }
    showNarrowed();
  }
  function update() {
    shown = matching();
    sort();
    draw();
  }

  // Dates: the fields and the chart are two ways to set the same period.
  function showNarrowed() {
    const narrowed = byId('narrowed');
    if (!narrowed) return;
    narrowed.hidden = state.from === null && state.before === null;
    byId('narrowed-text').textContent = `The table shows ${runsText(shown.length)} of this period.`;
    historyPage.chart.markPeriod(state.from, state.before);
  }
  function setPeriod(start, end) {
    state.from = start;
    state.before = end;
    showPeriod();
    update();
  }
  function showPeriod() {
    from.value = state.from === null ? '' : timeText(state.from, 'input');
    before.value = state.before === null ? '' : timeText(state.before, 'input');
  }
  function clearAll() {
    search.value = '';
    for (const { field } of selects) field.value = '';
    for (const chip of chips) chip.setAttribute('aria-pressed', 'false');
    setPeriod(null, null);
    search.focus();
  }
  function goToRuns() {
    byId('all-runs').focus({ preventScroll: true });
    byId('all-runs').scrollIntoView();
  }

  // One row is a stop of the Tab key; the arrow keys go on from there. The row with the focus shows its texts in full.
  function focusRow(row) {
    for (const other of body.querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
    row.tabIndex = 0;
    row.focus();
  }
  body.addEventListener('keydown', (event) => {
    const row = event.target.closest('tr'), rows = body.rows;
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = row.sectionRowIndex, last = rows.length - 1;
    const target = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - 10, PageDown: at + 10, Home: 0,
      End: last }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    focusRow(rows[Math.min(Math.max(target, 0), last)]);
  });

  // A name that is cut shows in full when it is pointed at.
  document.addEventListener('mouseover', (event) => {
    const place = event.target.closest && event.target.closest('.runs td, .rates .name, .rates .name button');
    if (!place) return;
    if (place.scrollWidth > place.clientWidth) place.title = place.textContent;
    else place.removeAttribute('title');
  });

  for (const head of heads) {
    const button = element('button'), label = element('span');
    button.type = 'button';
    label.append(...head.childNodes);
    button.append(label);
    head.append(button);
    head.dataset.sortable = '';
    button.addEventListener('click', () => {
      const key = head.dataset.key;
      // The first click shows what people look for: the latest date, the first letter.
      state.descending = key === state.key ? !state.descending : key === 'created';
      state.key = key;
      update();
    });
  }

  for (const { column, values, field } of selects) {
    const count = {};
    for (const [name] of values) count[name] = (count[name] || 0) + 1;
    const order = values.map((_, i) => i).sort((a, b) => ranks[column][a] - ranks[column][b]);
    for (const index of order) {
      const [name, id] = values[index];
      // Two of one name are told apart by their ids.
      const option = element('option', '', column !== STATUS && count[name] > 1 ? `${name} (${id})` : name);
      option.value = String(index);
      field.append(option);
    }
    field.addEventListener('change', update);
  }

  for (const chip of chips) {
    chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(!isPressed(chip)));
      update();
    });
  }

  for (const id of ['workflow', 'application', 'account'].filter((kind) => byId(`${kind}-rates`))) {
    for (const row of byId(`${id}-rates`).tBodies[0].rows) {
      const name = row.querySelector('.name'), button = element('button', 'link');
      button.type = 'button';
      button.append(name.firstChild);
      name.append(button);
      button.addEventListener('click', () => {
        byId(id).value = row.dataset.index;
        update();
        goToRuns();
      });
    }
  }

  const allFailures = byId('all-failures');
  if (allFailures) {
    allFailures.hidden = false;
    allFailures.addEventListener('click', () => {
      for (const chip of chips) chip.setAttribute('aria-pressed', String(chip.dataset.outcome === 'failed'));
      update();
      goToRuns();
    });
  }

  let typing = 0;
  search.addEventListener('input', () => {
    clearTimeout(typing);
    // A long list is searched when the typing pauses.
    if (all.length > 50000) typing = setTimeout(update, 150);
    else update();
  });
  for (const [field, name] of [[from, 'from'], [before, 'before']]) {
    field.addEventListener('change', () => {
      state[name] = timeOf(field.value);
      update();
    });
  }
  byId('controls').addEventListener('submit', (event) => event.preventDefault());
  clear.addEventListener('click', clearAll);
  byId('clear-nothing').addEventListener('click', clearAll);
  byId('more').addEventListener('click', () => {
    const next = drawn;
    drawTo(drawn + nextStep());
    // To the first of the new rows: the button has moved away behind them, or is gone.
    for (const row of body.querySelectorAll('[tabindex="0"]')) row.tabIndex = -1;
    body.rows[next].tabIndex = 0;
    body.rows[next].focus({ preventScroll: true });
    body.rows[next].scrollIntoView({ block: 'nearest' });
  });
  if (historyPage.chart) {
    historyPage.chart.onChoice(setPeriod);
    byId('to-runs').addEventListener('click', goToRuns);
    byId('whole-period').addEventListener('click', () => {
      historyPage.chart.focus();
      setPeriod(null, null);
    });
  }
  historyPage.onZone(() => {
    showPeriod();
    Array.from(body.rows).forEach((row, i) => { row.querySelector('.c-created').textContent =
      timeText(shown[i][CREATED], 'second'); });
    showPrinted(false);
  });
  let screenRows = 0;
  window.addEventListener('beforeprint', () => {
    screenRows = drawn;
    drawTo(Math.max(drawn, maxPrinted));
    showPrinted(true);
  });
  window.addEventListener('afterprint', () => {
    body.replaceChildren(...Array.from(body.rows).slice(0, screenRows));
    drawn = screenRows;
    showPosition();
    showPrinted(false);
  });

  byId('controls').hidden = false;
  if (all.length) body.rows[0].tabIndex = 0;
  byId('shown').textContent = runsText(all.length);
  // The template puts whitespace between its rows.
  for (const child of Array.from(body.childNodes)) if (child.nodeType !== 1) child.remove();
  showPosition();
})();
