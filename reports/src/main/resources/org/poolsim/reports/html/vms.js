// The table of VMs: numbers of all, but only the rows in view are in the document.
const vms = {data: null, order: [], sort: {by: '', down: true}, query: '', chip: 'all', open: -1, plots: [], all: false};

const UNITS = {
  s: 1, ms: 1e-3, us: 1e-6, 'µs': 1e-6, min: 60, h: 3600, '%': 0.01, b: 1, kib: 1024, mib: 1 << 20, gib: 1 << 30, tib: Math.pow(2, 40),
  k: 1e3, m: 1e6, g: 1e9, '': 1,
};

/** Reads a filter: conditions such as boot > 90s, and words that the name or a host must contain. */
function parseQuery(query, figures) {
  const conditions = [], problems = [];
  const rest = query.replace(/([\w.]+)\s*(<=|>=|<|>|=)\s*([\d.]+)\s*([a-zµ%]*)/gi, (all, key, sign, number, unit) => {
    const k = figures.findIndex(figure => figure.key.toLowerCase() === key.toLowerCase());
    const factor = UNITS[unit.toLowerCase()];
    if (k < 0) problems.push('no figure “' + key + '”; there are ' + figures.map(figure => figure.key).join(', '));
    else if (factor === undefined) problems.push('no unit “' + unit + '”');
    else conditions.push({k, sign, limit: Number(number) * factor});
    return ' ';
  });
  return {conditions, problems, words: rest.toLowerCase().split(/[\s,&·]+/).filter(word => word && word !== 'and')};
}

function holds(value, sign, limit) {
  if (typeof value !== 'number') return false;
  return sign === '<' ? value < limit : sign === '>' ? value > limit : sign === '<=' ? value <= limit : sign === '>=' ? value >= limit : Math.abs(value - limit) <= 1e-3 * Math.abs(limit);
}

function hostsOf(i) {
  const on = vms.data.on[i];
  return (Array.isArray(on) ? on : [on]).map(host => vms.data.hosts[host]).join(' → ');
}

function overLimit(i) {
  return vms.data.figures.some(figure => figure.limit !== undefined && figure.values[i] > figure.limit);
}

function arrangeVms() {
  const {data, sort} = vms, {conditions, problems, words} = parseQuery(vms.query, data.figures);
  const wanted = vms.chip === 'over' ? vms.over : vms.chip === 'restarted' ? vms.restarted : null;
  const order = [];
  for (let i = 0; i < data.names.length; i++) {
    if (wanted && !wanted.has(i)) continue;
    if (!conditions.every(({k, sign, limit}) => holds(data.figures[k].values[i], sign, limit))) continue;
    if (words.length) {
      const text = (data.names[i] + ' ' + hostsOf(i)).toLowerCase();
      if (!words.every(word => text.includes(word))) continue;
    }
    order.push(i);
  }
  const figure = data.figures.find(f => f.key === sort.by), turn = sort.down ? -1 : 1;
  if (figure) {
    const known = value => typeof value === 'number';
    order.sort((a, b) => {
      const x = figure.values[a], y = figure.values[b];
      if (known(x) !== known(y)) return known(x) ? -1 : 1;
      return known(x) && x !== y ? (x - y) * turn : a - b;
    });
  } else if (sort.by === 'name' || sort.by === 'host') {
    const of = sort.by === 'name' ? i => data.names[i] : hostsOf;
    order.sort((a, b) => byName(of(a), of(b)) * turn || a - b);
  }
  vms.order = order;
  vms.problems = problems;
}

function rowHeight() {
  return window.innerWidth < 720 ? 40 : 28;
}

const DETAIL_HEIGHT = 176;


function headVms() {
  const {data, sort, table} = vms, columns = [['name', 'VM', ''], ['host', 'Host', ''], ...data.figures.map(f => [f.key, f.title, 'num'])];
  const row = make('tr');
  columns.forEach(([key, title, kind]) => {
    const here = sort.by === key;
    const cell = make('th', {scope: 'col', className: kind, 'aria-sort': here ? (sort.down ? 'descending' : 'ascending') : 'none'});
    const button = make('button', {type: 'button', textContent: title + (here ? (sort.down ? ' ▾' : ' ▴') : '')});
    button.dataset.sort = key;
    cell.append(button);
    row.append(cell);
  });
  if (data.series.length && data.kept) row.append(make('th', {scope: 'col', textContent: data.series[0].title + ', ' + duration(clock.end)}));
  const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.sort : '';
  table.tHead.replaceChildren(row);
  if (focused) {
    const again = [...row.querySelectorAll('button')].find(button => button.dataset.sort === focused);
    if (again) again.focus();
  }
}

function sparkOf(i) {
  const kept = vms.kept.get(i);
  return kept ? kept.spark || kept.open[0] : null;
}

function drawSpark(canvas, series) {
  const width = canvas.clientWidth || 150, height = 22, ctx = canvasFor(canvas, width, height), {n, w, mean} = decode(series);
  const top = Math.max(1e-9, vms.data.series[0].unit === 'FRACTION' ? 1 : Math.max(...mean));
  ctx.strokeStyle = colours.s1;
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  let down = false;
  for (let i = 0; i < n; i++) {
    if (mean[i] === null) {
      down = false;
      continue;
    }
    const x = (i + 0.5) * w / clock.end * width, y = height - 2 - mean[i] / top * (height - 4);
    if (down) ctx.lineTo(x, y);
    else ctx.moveTo(x, y);
    down = true;
  }
  ctx.stroke();
}

function vmRow(position) {
  const {data} = vms, i = vms.order[position];
  const row = make('tr', {'aria-rowindex': String(position + 2)});
  const opens = vms.kept.has(i) && vms.kept.get(i).open;
  const name = opens ? make('button', {type: 'button', textContent: data.names[i], 'aria-expanded': String(vms.open === i)}) : data.names[i];
  if (opens) name.dataset.open = i;
  row.append(make('th', {scope: 'row', title: data.names[i]}, name), make('td', {textContent: hostsOf(i) || NOT_APPLICABLE, title: hostsOf(i)}));
  data.figures.forEach(figure => {
    const value = figure.values[i];
    row.append(make('td', {
      className: 'num' + (figure.limit !== undefined && value > figure.limit ? ' over' : ''),
      textContent: value === '' ? NOT_APPLICABLE : text(value, figure.unit),
    }));
  });
  if (data.series.length && data.kept) {
    const series = sparkOf(i);
    if (series) {
      const canvas = make('canvas', {className: 'spark', 'aria-hidden': 'true'});
      row.append(make('td', {}, canvas));
      canvas.sparkSeries = series;
    } else {
      row.append(make('td', {}, make('small', {textContent: 'in series.parquet'})));
    }
  }
  return row;
}

function closeVm() {
  vms.plots.forEach(plot => plot.destroy());
  vms.plots = [];
}

function detailRow() {
  const cell = make('td', {colSpan: vms.data.figures.length + 3});
  const row = make('tr', {className: 'opened'}, cell);
  row.style.height = DETAIL_HEIGHT + 'px';
  const grid = make('div');
  Object.assign(grid.style, {display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))', gap: '0 18px'});
  cell.append(grid);
  const open = vms.kept.get(vms.open).open;
  vms.data.series.forEach((name, k) => {
    const figure = make('figure', {'aria-label': name.title});
    grid.append(figure);
    vms.pending = vms.pending || [];
    vms.pending.push(() => {
      vms.plots.push(drawPlot(figure, {title: name.title, unit: name.unit, top: name.unit === 'FRACTION' ? 1 : undefined, lines: [{label: vms.data.names[vms.open], style: 'LINE', series: open[k]}]}, {vm: true, height: 84}));
    });
  });
  return row;
}

function drawVms() {
  const {scroll, table, order} = vms, height = rowHeight();
  const opened = order.indexOf(vms.open), extra = opened < 0 ? 0 : DETAIL_HEIGHT;
  const view = Math.max(scroll.clientHeight, 452);
  const first = vms.all ? 0 : Math.max(0, Math.min(order.length - 1, Math.floor((scroll.scrollTop - extra) / height) - 4));
  const last = vms.all ? Math.min(50, order.length) : Math.min(order.length, Math.ceil((scroll.scrollTop + view) / height) + 4);
  closeVm();
  const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.open : undefined;
  const rows = [], before = first * height + (opened >= 0 && opened < first ? extra : 0);
  const space = pixels => {
    const row = make('tr', {className: 'space', 'aria-hidden': 'true'}, make('td', {colSpan: vms.data.figures.length + 3}));
    row.style.height = pixels + 'px';
    return row;
  };
  if (before) rows.push(space(before));
  for (let position = Math.max(0, first); position < last; position++) {
    rows.push(vmRow(position));
    if (position === opened) rows.push(detailRow());
  }
  const after = vms.all ? 0 : (order.length - last) * height + (opened >= last ? extra : 0);
  if (after) rows.push(space(after));
  table.tBodies[0].replaceChildren(...rows);
  table.setAttribute('aria-rowcount', String(order.length + 1));
  table.querySelectorAll('canvas.spark').forEach(canvas => drawSpark(canvas, canvas.sparkSeries));
  (vms.pending || []).forEach(draw => draw());
  vms.pending = [];
  vms.drawn = [first, last];
  if (focused !== undefined) {
    const again = table.querySelector('[data-open="' + focused + '"]');
    if (again) again.focus({preventScroll: true});
  }
  const top = Math.floor(scroll.scrollTop / height) + 1, seen = Math.min(order.length, Math.floor((scroll.scrollTop + scroll.clientHeight - 32 - (opened >= 0 && opened < last ? extra : 0)) / height));
  const total = vms.data.names.length, part = order.length < total ? order.length + ' of ' + total + ' VMs · ' : '';
  vms.says.textContent = vms.problems.length ? vms.problems.join('; ')
    : order.length ? part + 'Rows ' + top + '–' + Math.max(top, seen) + ' of ' + order.length + (order.length > seen ? ' · the rest is drawn as you scroll' : '') : 'No VM fits.';
}

function refreshVms(toTop) {
  arrangeVms();
  headVms();
  if (toTop) vms.scroll.scrollTop = 0;
  drawVms();
  clock.changed();
}

function chips() {
  const box = document.getElementById('vm-chips');
  const kinds = [['all', 'All', vms.data.names.length], ['over', 'Over a limit', vms.over.size], ['restarted', 'Restarted by HA', vms.restarted.size]];
  box.replaceChildren(...kinds.filter(([key, , count]) => key === 'all' || count).map(([key, label, count]) => {
    const button = make('button', {type: 'button', textContent: label + ' ' + count, 'aria-pressed': String(vms.chip === key)});
    button.addEventListener('click', () => {
      vms.chip = key;
      box.querySelectorAll('button').forEach(other => other.setAttribute('aria-pressed', String(other === button)));
      refreshVms(true);
    });
    return button;
  }));
}

function startVms(view) {
  const data = sectionData('vms');
  if (!data) return;
  vms.data = data;
  data.figures.forEach(figure => {
    figure.values = figure.values.map(value => value === null ? NaN : value);
  });
  vms.kept = new Map((data.kept || []).map(kept => [kept.i, kept]));
  vms.restarted = new Set(data.restarted);
  vms.over = new Set();
  for (let i = 0; i < data.names.length; i++) {
    if (overLimit(i)) vms.over.add(i);
  }
  vms.sort.by = view.sort === undefined ? data.sortedBy : view.sort.replace('-', '');
  vms.sort.down = view.sort === undefined || view.sort.startsWith('-');
  vms.query = view.q || '';
  vms.chip = view.show || 'all';
  vms.table = document.getElementById('vm-table');
  vms.scroll = document.getElementById('vm-scroll');
  vms.says = document.getElementById('vm-says');
  vms.table.append(make('thead'), make('tbody'));
  vms.table.tHead.addEventListener('click', event => {
    const key = event.target.dataset.sort;
    if (!key) return;
    vms.sort = {by: key, down: vms.sort.by === key ? !vms.sort.down : key !== 'name' && key !== 'host'};
    refreshVms(true);
  });
  vms.table.tBodies[0].addEventListener('click', event => {
    const i = event.target.dataset.open;
    if (i === undefined) return;
    vms.open = vms.open === Number(i) ? -1 : Number(i);
    drawVms();
  });
  const filter = document.getElementById('vm-filter');
  filter.value = vms.query;
  filter.addEventListener('input', () => {
    vms.query = filter.value;
    refreshVms(true);
  });
  let waiting = false;
  vms.scroll.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      drawVms();
    });
  });
  chips();
  refreshVms(false);
}
