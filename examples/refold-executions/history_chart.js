// Makes the chart a control: a click or the arrow keys choose a column, and the choice filters the table. For the
// keyboard and for screen readers it is one slider, whose value is the column.
(function () {
  'use strict';

  const { byId, timeText, zone } = historyPage;
  const box = byId('columns');
  if (!box) return;

  const drawing = byId('bars'), reading = byId('reading'), ticks = byId('ticks');
  const buckets = Array.from(drawing.querySelectorAll('.bucket'));
  const starts = buckets.map((bucket) => Number(bucket.dataset.start));
  const width = Number(box.dataset.width) * 1000, day = 86400000;
  const numbers = Array.from(document.querySelectorAll('.numbers th[data-start]'));
  const dates = numbers.map((head) => head.textContent);
  const ticksInUtc = Array.from(ticks.childNodes);
  const hint = 'Choose a column to show only its runs; drag over several.';
  let at = -1, anchor = -1, pressed = -1, listener = null;

  // Columns of days and weeks are days of UTC whatever the reader's zone is.
  function bucketText(index) {
    if (width >= day) return dates[index];
    const start = starts[index];
    return `${timeText(start, 'minute')}\u2013${timeText(start + width, 'clock')}`;
  }
  function fullText(index) { return `${bucketText(index)}: ${buckets[index].dataset.counts}`; }

  function show(index) {
    if (at >= 0) buckets[at].classList.remove('at');
    at = index;
    if (at >= 0) buckets[at].classList.add('at');
    reading.textContent = at >= 0 ? fullText(at) : hint;
    box.setAttribute('aria-valuenow', String(Math.max(at, 0)));
    box.setAttribute('aria-valuetext', fullText(Math.max(at, 0)));
  }

  function mark(first, last) {
    buckets.forEach((bucket, i) => bucket.classList.toggle('chosen', i >= first && i <= last));
  }
  function choose(first, last) {
    if (!listener) return;
    const from = Math.min(first, last), to = Math.max(first, last);
    anchor = first;
    mark(from, to);
    listener(starts[from], starts[to] + width);
  }
  function clear() {
    anchor = -1;
    if (listener) listener(null, null);
  }

  function under(event) {
    const place = box.getBoundingClientRect();
    const index = Math.floor((event.clientX - place.left) / place.width * buckets.length);
    return Math.min(Math.max(index, 0), buckets.length - 1);
  }

  box.addEventListener('pointermove', (event) => show(under(event)));
  box.addEventListener('pointerleave', () => { if (document.activeElement !== box) show(-1); });
  box.addEventListener('pointerdown', (event) => { if (event.button === 0) pressed = under(event); });
  box.addEventListener('pointercancel', () => { pressed = -1; });
  box.addEventListener('click', (event) => {
    const index = under(event), first = pressed >= 0 ? pressed : index;
    pressed = -1;
    show(index);
    // The one column that is chosen, chosen again, is the way back.
    const chosen = drawing.querySelectorAll('.chosen');
    if (event.shiftKey && anchor >= 0) choose(anchor, index);
    else if (first === index && chosen.length === 1 && chosen[0] === buckets[index]) clear();
    else choose(first, index);
  });
  box.addEventListener('focus', () => show(at >= 0 ? at : buckets.length - 1));
  box.addEventListener('blur', () => show(-1));

  const moves = {
    ArrowLeft: () => at - 1, ArrowDown: () => at - 1, ArrowRight: () => at + 1, ArrowUp: () => at + 1,
    PageUp: () => at + 10, PageDown: () => at - 10, Home: () => 0, End: () => buckets.length - 1
  };
  box.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (moves[event.key]) {
      show(Math.min(Math.max(moves[event.key](), 0), buckets.length - 1));
    } else if (event.key === 'Enter' || event.key === ' ') {
      choose(event.shiftKey && anchor >= 0 ? anchor : at, at);
    } else if (event.key === 'Escape') {
      clear();
    } else {
      return;
    }
    event.preventDefault();
  });

  // In local time, ticks stand under the first column that begins in each stretch of a day or of hours.
  function localTicks() {
    const hour = 3600000;
    const local = starts.map((start) => start - new Date(start).getTimezoneOffset() * 60000);
    let found = [];
    for (const step of [hour / 4, hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 28 * day]) {
      if (step < width) continue;
      found = starts.map((_, i) => i).filter((i) => i > 0 &&
        Math.floor(local[i] / step) !== Math.floor(local[i - 1] / step));
      if (found.length <= 9) break;
    }
    const every = Math.ceil(found.length / 4);
    return found.map((index, i) => {
      const crossesDay = Math.floor(local[index] / day) !== Math.floor(local[index - 1] / day);
      const x = (index + 0.5) / buckets.length * 100;
      const tick = ticksInUtc[0].cloneNode(true), line = tick.querySelector('line'), text = tick.querySelector('text');
      tick.setAttribute('class', `tick ${i % every === 0 ? 'major' : 'minor'} ${x < 4 || x > 96 ? 'edge' : 'inside'}`);
      for (const [target, name] of [[line, 'x1'], [line, 'x2'], [text, 'x']]) target.setAttribute(name,
        `${x.toFixed(2)}%`);
      text.setAttribute('text-anchor', x < 14 ? 'start' : x > 86 ? 'end' : 'middle');
      text.textContent = timeText(starts[index], crossesDay ? 'day' : 'clock');
      return tick;
    });
  }

  function showZone() {
    const local = zone.local && width < day;
    numbers.forEach((head, i) => { head.textContent = bucketText(i); });
    byId('chart-zone').textContent = local ? 'local time' : 'UTC';
    const made = local && ticksInUtc.length ? localTicks() : [];
    ticks.replaceChildren(...(made.length ? made : ticksInUtc));
    show(at);
  }

  box.tabIndex = 0;
  box.setAttribute('role', 'slider');
  box.setAttribute('aria-label', 'Column of the chart');
  box.setAttribute('aria-valuemin', '0');
  box.setAttribute('aria-valuemax', String(buckets.length - 1));
  drawing.removeAttribute('role');
  drawing.setAttribute('aria-hidden', 'true');
  // The line under the chart says what a column holds, at once and by keyboard too.
  for (const bucket of buckets) bucket.querySelector('title').remove();
  reading.hidden = false;
  show(-1);
  historyPage.onZone(showZone);

  historyPage.chart = {
    // Calls `called` with the first millisecond of the chosen columns and the first behind them; with nulls when none
    // is chosen.
    onChoice: (called) => { listener = called; },
    // Marks the columns that lie in the period; null for an open end, none if both are.
    markPeriod(from, before) {
      const none = from === null && before === null;
      const inside = (start) => (from === null || start >= from) && (before === null || start + width <= before);
      buckets.forEach((bucket, i) => bucket.classList.toggle('chosen', !none && inside(starts[i])));
    },
    focus: () => box.focus()
  };
})();
