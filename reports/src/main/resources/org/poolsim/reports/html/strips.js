// Heat strips: a row per entity, time across, a shade per column, orange at and above the threshold.
function mixed(from, to, part) {
  const parse = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
  const a = parse(from), b = parse(to);
  return 'rgb(' + a.map((v, i) => Math.round(v + (b[i] - v) * part)).join(',') + ')';
}

function shades() {
  return Array.from({length: 33}, (_, i) => mixed(colours.low, colours.high, i / 32));
}

function canvasFor(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const ctx = canvas.getContext('2d');
  ctx.scale(ratio, ratio);
  return ctx;
}

/** Draws one strip; each pixel shows the highest mean of the columns below it. */
function drawStrip(ctx, series, absent, threshold, palette, x, y, width, height, from, to) {
  const {w, n, mean} = decode(series), perPixel = (to - from) / width;
  ctx.fillStyle = colours.grid;
  ctx.fillRect(x, y, width, height);
  let run = 0, last = null;
  const flush = end => {
    if (last) {
      ctx.fillStyle = last;
      ctx.fillRect(x + run, y, end - run, height);
    }
  };
  for (let px = 0; px < width; px++) {
    const first = Math.floor((from + px * perPixel) / w + 1e-6), end = Math.max(first + 1, Math.floor((from + (px + 1) * perPixel) / w + 1e-6));
    let value = null;
    for (let i = first; i < Math.min(n, end); i++) {
      if (mean[i] !== null && (value === null || mean[i] > value)) value = mean[i];
    }
    const colour = value === null ? null : value >= threshold ? colours.over : palette[Math.max(0, Math.min(32, Math.round(value / threshold * 32)))];
    if (colour !== last) {
      flush(px);
      run = px;
      last = colour;
    }
  }
  flush(width);
  for (let i = 0; absent && i < absent.length; i += 2) hatch(ctx, x, y, width, height, from, to, absent[i], absent[i + 1]);
}

function hatch(ctx, x, y, width, height, from, to, start, end) {
  const left = x + Math.max(0, (start - from) / (to - from) * width), right = x + Math.min(width, (end - from) / (to - from) * width);
  if (right <= left) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, y, right - left, height);
  ctx.clip();
  ctx.fillStyle = colours.card;
  ctx.fillRect(left, y, right - left, height);
  ctx.strokeStyle = colours.s4;
  ctx.globalAlpha = 0.6;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let at = left - height - (left - height) % 4; at < right; at += 4) {
    ctx.moveTo(at, y + height);
    ctx.lineTo(at + height, y);
  }
  ctx.stroke();
  ctx.restore();
}

function drawStrips(figure, groups) {
  const canvas = make('canvas', {'aria-hidden': 'true'}), cursor = make('i', {className: 'strip-cursor'});
  const legend = make('div', {className: 'legend'}), says = make('output');
  const threshold = groups[0].threshold, rows = groups.flatMap(group => group.rows);
  legend.append(make('span', {}, '0 %', make('i', {className: 'ramp'}), percent(Math.max(0, threshold - 0.01))), make('span', {}, make('i'), percent(threshold) + ' and above'));
  if (rows.some(row => row.absent)) legend.append(make('span', {}, make('i', {className: 'gone'}), 'host absent'));
  legend.append(says);
  figure.prepend(canvas, cursor, legend);
  Object.assign(cursor.style, {position: 'absolute', top: '0', width: '1px', background: colours.text, pointerEvents: 'none'});
  let gutter = 0, width = 0, lines = [];
  const at = x => clock.from + (x - gutter) / (width - gutter - 8) * (clock.to - clock.from);
  const draw = () => {
    width = figure.clientWidth;
    const many = Math.max(...groups.map(group => group.rows.length)) > 24, rowHeight = many ? 4 : 16, pitch = many ? 4 : 18;
    const probe = canvas.getContext('2d');
    probe.font = '12px ' + FONT.slice(5);
    gutter = many ? LEFT : Math.round(Math.min(width < 500 ? 92 : 150, 14 + Math.max(LEFT - 14, ...rows.map(row => probe.measureText(row.name).width))));
    lines = [];
    let y = 0;
    groups.forEach(group => {
      if (group.label) y += y ? 26 : 18;
      group.rows.forEach(row => {
        lines.push({row, y, group});
        y += pitch;
      });
    });
    const height = y + 18, ctx = canvasFor(canvas, width, height), palette = shades();
    canvas.style.height = height + 'px';
    cursor.style.height = y + 'px';
    ctx.textBaseline = 'middle';
    groups.forEach(group => {
      if (group.label) {
        ctx.font = FONT;
        ctx.fillStyle = colours.muted;
        ctx.fillText(group.label, gutter, lines.find(line => line.group === group).y - 9);
      }
    });
    lines.forEach(({row, y: top, group}) => {
      drawStrip(ctx, row.series, row.absent, group.threshold, palette, gutter, top, Math.max(1, width - gutter - 8), rowHeight, clock.from, clock.to);
      if (!many) {
        ctx.font = '12px ' + FONT.slice(5);
        ctx.fillStyle = colours.second;
        ctx.fillText(fitted(ctx, row.name, gutter - 8), 0, top + 8);
      }
    });
    ctx.font = FONT;
    ctx.fillStyle = colours.muted;
    const {splits, spacing} = clockSplits(clock.from, clock.to, width < 420 ? 4 : 6);
    splits.forEach(t => {
      const part = (t - clock.from) / (clock.to - clock.from);
      ctx.textAlign = part < 0.03 ? 'left' : part > 0.97 ? 'right' : 'center';
      ctx.fillText(axisClock(t, spacing), gutter + part * (width - gutter - 8), y + 10);
    });
  };
  let hovered = 0;
  const valueOf = line => {
    const d = decode(line.row.series), value = d.mean[Math.floor(clock.at / d.w + 1e-6)];
    return (line.group.label ? line.group.label + ', ' : '') + line.row.name + ' at ' + clockText(clock.at) + ': ' + (value === null || value === undefined ? 'no data' : percent(value));
  };
  canvas.addEventListener('mousemove', event => {
    const y = event.clientY - canvas.getBoundingClientRect().top;
    hovered = Math.max(0, lines.findIndex(line => y >= line.y && y < line.y + 18));
  });
  pointing(canvas, at);
  const member = {
    ranged: draw,
    pointed() {
      const part = (clock.at - clock.from) / (clock.to - clock.from);
      cursor.style.display = part < 0 || part > 1 ? 'none' : 'block';
      cursor.style.left = gutter + part * (width - gutter - 8) + 'px';
      if (lines[hovered]) says.textContent = valueOf(lines[hovered]);
    },
    size() {
      if (figure.clientWidth !== width) {
        draw();
        member.pointed();
      }
    },
    destroy() {
      clock.leave(member);
      canvas.remove();
      cursor.remove();
      legend.remove();
    },
    words: () => lines.slice(0, 8).map(valueOf).join('; '),
    table: () => ({
      head: ['', ...(rows[0].host ? ['Host'] : []), 'Mean', '95th percentile', 'Highest', 'Time at ' + percent(threshold) + ' or above'],
      rows: lines.slice(0, 200).map(({row, group}) => [
        (group.label ? group.label + ', ' : '') + row.name, ...(row.host ? [row.host] : []), ...stripFigures(row.series, group.threshold),
      ]),
      note: 'Of the columns drawn.',
    }),
  };
  draw();
  clock.join(member);
  member.pointed();
  return member;
}

function stripFigures(series, threshold) {
  const d = decode(series), known = d.mean.filter(value => value !== null).sort((a, b) => a - b);
  if (!known.length) return [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN];
  const rank = Math.max(1, Math.ceil(0.95 * known.length));
  const over = known.filter(value => value >= threshold).length * d.w;
  return [percent(known.reduce((a, b) => a + b, 0) / known.length), percent(known[rank - 1]), percent(known[known.length - 1]), over ? duration(over) : '0'];
}

function fitted(ctx, words, width) {
  if (ctx.measureText(words).width <= width) return words;
  let end = words.length - 1;
  while (end > 1 && ctx.measureText(words.slice(0, end) + '…').width > width) end--;
  return words.slice(0, end) + '…';
}

/** The strips in the host table; they show the whole run at any zoom. */
function drawHostStrips() {
  const data = sectionData('pool');
  if (!data) return;
  const palette = shades();
  document.querySelectorAll('canvas.host-strip').forEach(canvas => {
    const host = data.hosts[canvas.dataset.host], width = canvas.clientWidth;
    if (!width) return;
    drawStrip(canvasFor(canvas, width, 16), host.strip, host.absent, data.threshold, palette, 0, 0, width, 16, 0, clock.end);
  });
}

/** With very many hosts the table holds the worst; the filter brings up any other. */
function filterHosts() {
  const input = document.getElementById('host-filter'), table = document.getElementById('hosts');
  if (!input) return;
  const data = sectionData('pool'), body = table.tBodies[0], usual = [...body.rows], says = document.getElementById('host-filter-says'), usualWords = says.textContent;
  const columns = table.tHead.rows[0].cells.length - 4;
  input.addEventListener('input', () => {
    const word = input.value.trim().toLowerCase();
    if (!word) {
      body.replaceChildren(...usual);
      says.textContent = usualWords;
    } else {
      const found = data.hosts.map((host, i) => ({host, i})).filter(({host}) => host.name.toLowerCase().includes(word));
      body.replaceChildren(...found.slice(0, 50).map(({host, i}) => make('tr', {},
          make('th', {scope: 'row'}, host.name, ' ', make('small', {textContent: host.note})),
          make('td', {className: 'strip'}, make('canvas', {className: 'host-strip', 'data-host': String(i)})),
          ...host.p95.slice(0, columns + 1).map(value => make('td', {className: 'share'}, make('span', {className: 'figure', textContent: value === null ? NOT_APPLICABLE : percent(value)}))),
          make('td', {className: 'right', textContent: String(host.vms)}))));
      says.textContent = found.length + ' of ' + data.hosts.length + ' hosts' + (found.length > 50 ? ', the worst 50 shown' : '');
    }
    drawHostStrips();
  });
}
