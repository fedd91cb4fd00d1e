// Provides what the scripts of the page share: the data, the choice of UTC or local time, and small helpers. Joined
// with history_chart.js and history_runs.js into one script. The page works without it: it has the charts and the
// latest runs as HTML.
const historyPage = (function () {
  'use strict';

  const data = JSON.parse(document.getElementById('data').textContent);
  const listeners = [];
  const zone = { local: false };

  const byId = (id) => document.getElementById(id);
  const two = (number) => String(number).padStart(2, '0');
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

  // Milliseconds shifted so that the UTC fields of the Date are those of the chosen zone.
  function shifted(milliseconds) {
    const offset = zone.local ? new Date(milliseconds).getTimezoneOffset() : 0;
    return new Date(milliseconds - offset * 60000);
  }

  const forms = {
    date: (time) => `${time.getUTCFullYear()}-${two(time.getUTCMonth() + 1)}-${two(time.getUTCDate())}`,
    clock: (time) => `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`,
    day: (time) => `${time.getUTCDate()} ${months[time.getUTCMonth()]}`,
    minute: (time) => `${forms.date(time)} ${forms.clock(time)}`,
    second: (time) => `${forms.minute(time)}:${two(time.getUTCSeconds())}`,
    input: (time) => `${forms.date(time)}T${forms.clock(time)}:${two(time.getUTCSeconds())}`
  };

  // The time in the chosen zone. Forms are those of the program's time_text.hpp, and `input` for a field of the form.
  function timeText(milliseconds, form) {
    return milliseconds === null ? '-' : forms[form](shifted(milliseconds));
  }

  // The milliseconds of a field's text in the chosen zone; null if there is none.
  function timeOf(text) {
    const milliseconds = text ? Date.parse(zone.local ? text : text + 'Z') : NaN;
    return Number.isNaN(milliseconds) ? null : milliseconds;
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function localName() {
    try {
      return new Intl.DateTimeFormat().resolvedOptions().timeZone || '';
    } catch (error) {
      return '';
    }
  }

  function showTimes() {
    for (const time of document.querySelectorAll('time[data-form]')) {
      const milliseconds = Date.parse(time.dateTime);
      if (!Number.isNaN(milliseconds)) time.textContent = timeText(milliseconds, time.dataset.form);
    }
    for (const name of document.querySelectorAll('[data-zone]')) name.textContent = zone.local ? 'local time' : 'UTC';
    for (const listener of listeners) listener();
  }

  const zones = byId('zones');
  zones.hidden = false;
  byId('zone-name').textContent = localName() ? `(${localName()})` : '';
  zones.addEventListener('change', (event) => {
    zone.local = event.target.value === 'local';
    showTimes();
  });

  return {
    data, zone, byId, timeText, timeOf, element,
    number: (value) => value.toLocaleString('en-US'),
    runsText: (count) => `${count.toLocaleString('en-US')} ${count === 1 ? 'run' : 'runs'}`,
    // Calls `listener` whenever the choice between UTC and local time changes.
    onZone: (listener) => listeners.push(listener)
  };
})();
