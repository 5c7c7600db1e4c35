// The page: what is drawn when, the theme, the keys, the URL, printing.
const drawn = new Map();

function viewFromUrl() {
  const view = {};
  if (location.hash.includes('=')) {
    for (const [key, value] of new URLSearchParams(location.hash.slice(1))) view[key] = value;
  }
  return view;
}

function plotOf(figure) {
  const section = figure.dataset.section, number = Number(figure.dataset.number), data = sectionData(section);
  if (figure.classList.contains('strips')) return drawStrips(figure, data.strips[number]);
  if (figure.classList.contains('curve')) return drawCurve(figure, data.latencies[number]);
  if (figure.classList.contains('heat')) return drawHeat(figure, data.latencies[number]);
  if (figure.classList.contains('picked')) {
    const picker = figure.closest('.panel').querySelector('select');
    return drawPlot(figure, data.picked[Number(picker.value)], {height: 150});
  }
  if (figure.classList.contains('stages')) return stageBars(data.stages[number]);
  const last = section !== 'timeline' || number === data.plots.length - 1;
  return drawPlot(figure, data.plots[number], {axis: last});
}

function draw(figure) {
  if (drawn.has(figure) || !figure.clientWidth) return;
  drawn.set(figure, plotOf(figure));
}

function redraw() {
  readColours();
  for (const [figure, member] of [...drawn]) {
    member.destroy();
    drawn.set(figure, plotOf(figure));
  }
  drawHostStrips();
  if (vms.data) drawVms();
}

function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function turnTheme() {
  document.documentElement.dataset.theme = dark() ? 'light' : 'dark';
  redraw();
}

/** Shows or hides the figures of a panel as a table. */
function turnTable(figure, only) {
  const next = figure.nextElementSibling;
  if (next && next.classList.contains('data-table')) {
    if (only !== 'open') next.remove();
    return;
  }
  draw(figure);
  const {head, rows, note} = drawn.get(figure).table();
  const body = make('tbody', {}, ...rows.map(row => make('tr', {}, make('th', {scope: 'row', textContent: row[0]}), ...row.slice(1).map(cell => make('td', {textContent: cell})))));
  figure.after(make('div', {className: 'data-table', tabIndex: 0, role: 'region', 'aria-label': figure.getAttribute('aria-label') + ', as a table'},
      make('table', {}, make('thead', {}, make('tr', {}, ...head.map(cell => make('th', {scope: 'col', textContent: cell})))), body),
      make('p', {className: 'says', textContent: note})));
}

function tableButtons() {
  document.querySelectorAll('.panel-head .trust').forEach(trust => {
    const figures = [...trust.closest('.panel').querySelectorAll('figure')];
    if (!figures.length) return;
    const button = make('button', {type: 'button', textContent: 'table', 'aria-expanded': 'false', 'aria-label': 'table of ' + trust.closest('.panel').getAttribute('aria-labelledby')});
    button.removeAttribute('aria-label');
    button.addEventListener('click', () => {
      figures.forEach(figure => turnTable(figure));
      button.setAttribute('aria-expanded', String(button.getAttribute('aria-expanded') === 'false'));
    });
    trust.append(trust.textContent ? ' · ' : '', button);
  });
}

function pointedFigure() {
  const active = document.activeElement;
  return active && active.matches('figure[data-section]') ? active : null;
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches('input, select, textarea');
  if (typing) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const dialog = document.getElementById('keys');
  if (dialog.open) return;
  const figure = pointedFigure(), inTable = event.target.closest && event.target.closest('.vm-scroll, .data-table, pre');
  if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !inTable) {
    clock.step((event.key === 'ArrowLeft' ? -1 : 1) * (event.shiftKey ? 10 : 1));
    if (figure && drawn.has(figure)) say(drawn.get(figure).words());
  } else if (event.key === 'e' || event.key === 'E') {
    clock.event(event.shiftKey ? -1 : 1);
  } else if (event.key === 'Escape') {
    clock.reset();
  } else if (event.key === '/') {
    const filter = document.getElementById('vm-filter');
    if (filter) filter.focus();
  } else if (event.key === 't' || event.key === 'T') {
    const target = figure || document.querySelector('#timeline figure');
    if (target) turnTable(target);
  } else if (event.key === 'd' || event.key === 'D') {
    turnTheme();
  } else if (event.key === '?') {
    dialog.showModal();
  } else {
    return;
  }
  event.preventDefault();
}

let writing = 0;
function keepUrl() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    const view = new URLSearchParams();
    if (clock.from > 0 || clock.to < clock.end) view.set('t', Math.round(clock.from) + '-' + Math.round(clock.to));
    if (clock.placed) view.set('at', String(Math.round(clock.at)));
    if (vms.data) {
      if (vms.query) view.set('q', vms.query);
      if (vms.chip !== 'all') view.set('show', vms.chip);
      if (vms.sort.by !== vms.data.sortedBy || !vms.sort.down) view.set('sort', (vms.sort.down ? '-' : '') + vms.sort.by);
    }
    const hash = view.toString();
    if (hash || location.hash.includes('=')) history.replaceState(null, '', '#' + hash);
  }, 250);
}

function navigation() {
  const links = [...document.querySelectorAll('.top nav a')];
  const follow = () => {
    let here = links[0];
    links.forEach(link => {
      const target = document.getElementById(link.getAttribute('href').slice(1));
      if (target && target.getBoundingClientRect().top < 140) here = link;
    });
    if (window.innerHeight + window.scrollY >= document.body.scrollHeight - 2 && window.scrollY > 0) here = links[links.length - 1];
    links.forEach(link => {
      link.classList.toggle('here', link === here);
      if (link === here) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
  };
  document.addEventListener('scroll', follow, {passive: true});
  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute('href').slice(1));
    if (!target) return;
    event.preventDefault();
    if (target.matches('details')) target.open = true;
    target.scrollIntoView();
    if (link.matches('.skip')) {
      target.tabIndex = -1;
      target.focus();
    }
  });
  follow();
}

function printing() {
  let theme, opened;
  window.addEventListener('beforeprint', () => {
    theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = 'light';
    opened = [...document.querySelectorAll('details:not([open])')];
    opened.forEach(details => {
      details.open = true;
    });
    document.querySelector('main').style.width = '180mm';
    vms.all = true;
    document.querySelectorAll('figure[data-section]').forEach(draw);
    pixelRatio(2);
    redraw();
  });
  window.addEventListener('afterprint', () => {
    pixelRatio(0);
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    opened.forEach(details => {
      details.open = false;
    });
    document.querySelector('main').style.width = '';
    vms.all = false;
    redraw();
  });
}

function start() {
  document.documentElement.classList.remove('no-js');
  readColours();
  const view = viewFromUrl();
  const timeline = sectionData('timeline');
  if (timeline) {
    clock.events = timeline.events;
    timeline.plots.forEach(plot => plot.lines.forEach(line => {
      clock.column = Math.min(clock.column === 5 ? Infinity : clock.column, line.series.w);
    }));
  }
  const range = /^(\d+)-(\d+)$/.exec(view.t || '');
  if (range) clock.zoom(Number(range[1]), Number(range[2]));
  if (/^\d+$/.test(view.at || '')) clock.point(Number(view.at));
  const near = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => draw(entry.target)), {rootMargin: '600px'});
  document.querySelectorAll('figure[data-section]').forEach(figure => near.observe(figure));
  const lane = document.querySelector('.event-lane'), cursorAt = document.getElementById('cursor-at');
  if (lane) {
    const showEvents = () => drawEvents(lane);
    const showCursor = () => {
      cursorAt.textContent = 'Cursor at ' + clockText(clock.at);
    };
    clock.join({ranged: showEvents, pointed: showCursor});
    showEvents();
    showCursor();
  }
  drawHostStrips();
  filterHosts();
  startVms(view);
  tableButtons();
  document.querySelectorAll('select[data-picks]').forEach(select => select.addEventListener('change', () => {
    const figure = select.closest('.panel').querySelector('figure');
    drawn.get(figure).destroy();
    drawn.set(figure, plotOf(figure));
  }));
  let resizing = 0, width = window.innerWidth;
  window.addEventListener('resize', () => {
    cancelAnimationFrame(resizing);
    resizing = requestAnimationFrame(() => {
      drawn.forEach(member => member.size());
      if (lane) drawEvents(lane);
      drawHostStrips();
      if (vms.data && width !== window.innerWidth) drawVms();
      width = window.innerWidth;
    });
  });
  document.querySelectorAll('details').forEach(details => details.addEventListener('toggle', () => {
    if (details.open) details.querySelectorAll('figure[data-section]').forEach(draw);
  }));
  document.getElementById('theme').addEventListener('click', turnTheme);
  document.getElementById('help').addEventListener('click', () => document.getElementById('keys').showModal());
  document.addEventListener('keydown', keys);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (!document.documentElement.dataset.theme) redraw();
  });
  navigation();
  printing();
  clock.changed = keepUrl;
  if (matchMedia('(forced-colors: active)').matches) document.querySelectorAll('figure[data-section]').forEach(figure => turnTable(figure, 'open'));
}

start();
