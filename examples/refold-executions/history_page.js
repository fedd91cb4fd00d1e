
// Sorting, filtering and paging of the table. The page's rows are there without it; with it, a hundred of all runs at a time.
(function () {
  'use strict';

  var rowsPerPage = 100;
  var table = document.getElementById('runs');
  if (!table) return;

  var data = JSON.parse(document.getElementById('data').textContent);
  var body = table.tBodies[0];
  var ID = 0, STATUS = 1, CREATED = 2, WORKFLOW = 3, APPLICATION = 4;

  function byId(id) { return document.getElementById(id); }
  var search = byId('search'), workflow = byId('workflow'), clear = byId('clear');
  var previous = byId('previous'), next = byId('next');
  var chips = Array.prototype.slice.call(byId('chips').querySelectorAll('button'));
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);

  // Names are compared once, not with every comparison of two rows.
  function ranks(pairs) {
    var order = pairs.map(function (_, i) { return i; });
    var collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
    order.sort(function (a, b) { return collator.compare(pairs[a][0], pairs[b][0]) || collator.compare(pairs[a][1], pairs[b][1]); });
    var result = new Array(pairs.length);
    order.forEach(function (index, rank) { result[index] = rank; });
    return result;
  }
  function lower(pair) { return (pair[0] + '\n' + pair[1]).toLowerCase(); }

  var workflowText = data.workflows.map(lower), applicationText = data.applications.map(lower);
  var rank = {};
  rank[STATUS] = ranks(data.statuses);
  rank[WORKFLOW] = ranks(data.workflows);
  rank[APPLICATION] = ranks(data.applications);

  var columns = { status: STATUS, created: CREATED, workflow: WORKFLOW, application: APPLICATION, id: ID };
  var state = { key: 'created', descending: true, page: 0 };
  var all = data.runs, shown = all;

  function compare(key) {
    var column = columns[key], places = rank[column];
    return function (a, b) {
      var x = a[column], y = b[column];
      if (places) { x = places[x]; y = places[y]; }
      if (x === y) return 0;
      // Runs without a date come last in either order.
      if (x === null) return state.descending ? -1 : 1;
      if (y === null) return state.descending ? 1 : -1;
      return x < y ? -1 : 1;
    };
  }

  function sort() {
    var order = compare(state.key), sign = state.descending ? -1 : 1;
    // The data come latest first, and sorting keeps that order within equals.
    shown.sort(function (a, b) { return sign * order(a, b); });
  }

  function filter() {
    var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    var wanted = chips.filter(function (chip) { return chip.getAttribute('aria-pressed') === 'true'; })
      .map(function (chip) { return chip.dataset.outcome; });
    var only = workflow.value === '' ? null : Number(workflow.value);
    shown = all.filter(function (run) {
      if (only !== null && run[WORKFLOW] !== only) return false;
      if (wanted.length && wanted.indexOf(data.statuses[run[STATUS]][1]) < 0) return false;
      return words.every(function (word) {
        return workflowText[run[WORKFLOW]].indexOf(word) >= 0 ||
          applicationText[run[APPLICATION]].indexOf(word) >= 0 || run[ID].toLowerCase().indexOf(word) >= 0;
      });
    });
    clear.hidden = !words.length && !wanted.length && only === null;
    state.page = 0;
    sort();
    draw();
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }
  function cell(className, child) {
    var made = element('td', className);
    made.setAttribute('role', 'cell');
    made.appendChild(child);
    return made;
  }
  function dateText(milliseconds) {
    return milliseconds === null ? '-' : new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
  }
  function rowOf(run) {
    var row = element('tr'), status = data.statuses[run[STATUS]];
    row.setAttribute('role', 'row');
    var pill = element('span', 'pill ' + status[1]), sign = element('span', 'sign', status[2]);
    sign.setAttribute('aria-hidden', 'true');
    pill.append(sign, ' ', element('bdi', '', status[0]));
    row.append(cell('c-status', pill), cell('c-created', document.createTextNode(dateText(run[CREATED]))),
      cell('c-workflow', element('bdi', '', data.workflows[run[WORKFLOW]][0])),
      cell('c-application', element('bdi', '', data.applications[run[APPLICATION]][0])),
      cell('c-id', document.createTextNode(run[ID] || '-')));
    return row;
  }

  function number(value) { return value.toLocaleString('en-US'); }

  function draw() {
    var pages = Math.max(1, Math.ceil(shown.length / rowsPerPage));
    var start = state.page * rowsPerPage, end = Math.min(shown.length, start + rowsPerPage);
    var rows = document.createDocumentFragment();
    for (var i = start; i < end; ++i) rows.appendChild(rowOf(shown[i]));
    body.replaceChildren(rows);
    byId('nothing').hidden = shown.length > 0;
    byId('pager').hidden = pages === 1;
    byId('position').textContent = number(start + 1) + '\u2013' + number(end) + ' of ' + number(shown.length);
    previous.disabled = state.page === 0;
    next.disabled = state.page === pages - 1;
    byId('shown').textContent = shown.length === all.length ? number(all.length) + ' runs'
      : number(shown.length) + ' of ' + number(all.length) + ' runs';
    heads.forEach(function (head) {
      if (head.dataset.key === state.key) head.setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
  }

  function turn(by) {
    state.page += by;
    draw();
    byId('all-runs').scrollIntoView();
  }

  heads.forEach(function (head) {
    var button = element('button', '', head.textContent);
    button.type = 'button';
    head.textContent = '';
    head.appendChild(button);
    head.dataset.sortable = '';
    button.addEventListener('click', function () {
      var key = head.dataset.key;
      // The first click shows what people look for: the latest date, the first letter.
      state.descending = key === state.key ? !state.descending : key === 'created';
      state.key = key;
      state.page = 0;
      filter();
    });
  });

  var names = {};
  data.workflows.forEach(function (pair) { names[pair[0]] = (names[pair[0]] || 0) + 1; });
  data.workflows.map(function (_, i) { return i; })
    .sort(function (a, b) { return rank[WORKFLOW][a] - rank[WORKFLOW][b]; })
    .forEach(function (index) {
      var pair = data.workflows[index];
      // Two workflows of one name are told apart by their ids.
      var option = element('option', '', names[pair[0]] > 1 ? pair[0] + ' (' + pair[1] + ')' : pair[0]);
      option.value = String(index);
      workflow.appendChild(option);
    });

  chips.forEach(function (chip) {
    chip.addEventListener('click', function () {
      chip.setAttribute('aria-pressed', chip.getAttribute('aria-pressed') === 'true' ? 'false' : 'true');
      filter();
    });
  });
  Array.prototype.forEach.call(byId('workflow-rates').tBodies[0].rows, function (row) {
    var name = row.querySelector('.name'), button = element('button');
    button.type = 'button';
    button.title = 'Show its runs';
    button.append(name.firstChild);
    name.appendChild(button);
    button.addEventListener('click', function () {
      workflow.value = row.dataset.index;
      filter();
      byId('all-runs').scrollIntoView();
      workflow.focus({ preventScroll: true });
    });
  });

  byId('controls').addEventListener('submit', function (event) { event.preventDefault(); });
  search.addEventListener('input', filter);
  workflow.addEventListener('change', filter);
  clear.addEventListener('click', function () {
    search.value = '';
    workflow.value = '';
    chips.forEach(function (chip) { chip.setAttribute('aria-pressed', 'false'); });
    filter();
    search.focus();
  });
  previous.addEventListener('click', function () { turn(-1); });
  next.addEventListener('click', function () { turn(1); });

  byId('controls').hidden = false;
  draw();
})();
