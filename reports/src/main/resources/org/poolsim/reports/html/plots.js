// Line plots over the clock, drawn by uPlot; the readings at the cursor stand beside them.
const LEFT = 52;
const RIGHT = 18;
const HUES = ['s1', 's2', 's3', 's4'];

/** The lines of a plot on one grid of columns: uPlot's data, and how each line is drawn. */
function arrange(plot) {
  const decoded = plot.lines.map(line => decode(line.series));
  const w = Math.min(...decoded.map(d => d.w));
  const n = Math.max(...decoded.map(d => Math.round(d.n * d.w / w)));
  const x = Array.from({length: n}, (_, i) => i * w);
  const on = (values, d) => d.w === w && values.length === n ? values : x.map(t => {
    const value = values[Math.floor(t / d.w + 1e-6)];
    return value === undefined ? null : value;
  });
  return {w, x, means: decoded.map(d => on(d.mean, d)), mins: decoded.map(d => on(d.min, d)), maxs: decoded.map(d => on(d.max, d)), bands: decoded.map(d => d.min !== d.mean)};
}

function highestOf(plot, arranged) {
  let highest = 0;
  const rows = plot.lines[0].style === 'STACK' ? [arranged.x.map((_, i) => arranged.means.reduce((sum, row) => sum + (row[i] || 0), 0))] : arranged.maxs;
  rows.forEach(row => row.forEach(value => {
    if (value !== null && value > highest) highest = value;
  }));
  return highest;
}

/** A stroke that is orange above the limit and the line's own colour below. */
function limited(colour, limit) {
  return u => {
    if (limit === undefined || !u.bbox || !u.bbox.height) return colour;
    const {top, height} = u.bbox;
    const part = Math.max(0, Math.min(1, (u.valToPos(limit, 'y', true) - top) / height));
    const gradient = u.ctx.createLinearGradient(0, top, 0, top + height);
    gradient.addColorStop(0, colours.over);
    gradient.addColorStop(part, colours.over);
    gradient.addColorStop(part, colour);
    gradient.addColorStop(1, colour);
    return gradient;
  };
}

/** Long times are rounded, rates of bytes and bits leave their "/s" to the readings: the gutter is narrow. */
function axisText(value, unit) {
  if (unit === 'SECONDS' && value >= 180) return value < 7200 ? Math.round(value / 60) + ' min' : Math.round(value / 3600) + ' h';
  const words = text(value, unit);
  return unit === 'BYTES_PER_SECOND' || unit === 'BITS_PER_SECOND' ? words.replace('/s', '') : words;
}

function drawPlot(figure, plot, options) {
  const arranged = arrange(plot), {x, w, means, mins, maxs, bands} = arranged;
  if (!options.vm) clock.column = Math.min(clock.column === 5 ? w : clock.column, w);
  const top = highestOf(plot, arranged), nice = plot.top ? {top: plot.top, step: 0} : niceTop(Math.max(top, plot.limit === undefined ? 0 : plot.limit * 1.15), plot.unit);
  const ySplits = [];
  if (plot.top) ySplits.push(0, plot.top / 2, plot.limit !== undefined ? plot.limit : plot.top);
  else for (let v = 0; v <= nice.top * 1.0001; v += nice.step) ySplits.push(v);
  const stacked = plot.lines[0].style === 'STACK';
  const series = [{}], data = [x], uBands = [], inked = [];
  const stackHues = ['s3', 's2', 's1', 'grid'];
  let hue = 0;
  if (stacked) {
    const sums = [];
    means.forEach((row, k) => sums.push(row.map((value, i) => value === null ? null : value + (k ? sums[k - 1][i] || 0 : 0))));
    for (let k = sums.length - 1; k >= 0; k--) {
      data.push(sums[k]);
      series.push({stroke: colours[stackHues[k % 4]], fill: colours[stackHues[k % 4]], width: 0, points: {show: false}});
    }
  } else {
    plot.lines.forEach((line, k) => {
      if (line.style === 'BAND_FLOOR') {
        data.push(means[k]);
        series.push({stroke: 'transparent', width: 0, points: {show: false}});
        uBands.push({series: [inked[inked.length - 1].index, series.length - 1], fill: colours.fill});
        return;
      }
      const name = HUES[hue++ % 4], colour = colours[name];
      const floored = plot.lines[k + 1] && plot.lines[k + 1].style === 'BAND_FLOOR';
      if (bands[k] && !floored) {
        data.push(maxs[k], mins[k]);
        series.push({stroke: 'transparent', width: 0, points: {show: false}}, {stroke: 'transparent', width: 0, points: {show: false}});
        uBands.push({series: [series.length - 2, series.length - 1], fill: colours.fill});
      }
      data.push(means[k]);
      series.push({
        stroke: limited(colour, plot.limit), width: 1.5, points: {show: false},
        dash: hue > 4 ? [5, 3] : undefined,
        fill: line.style === 'AREA' ? colours.fill : undefined,
      });
      inked.push({index: series.length - 1, colour});
    });
  }
  // A column is drawn from where it begins; the last one also where it ends.
  const end = options.vm ? x.length * w : Math.min(clock.end, x.length * w);
  data.forEach((row, i) => {
    data[i] = i ? [...row, row.length ? row[row.length - 1] : null] : [...row, end];
  });
  const axisShown = options.axis !== false;
  const box = make('div', {className: 'chart'});
  const reading = buildReading(figure, plot, stacked);
  figure.prepend(box, reading.element);
  const width = () => Math.max(160, box.clientWidth);
  const pointColour = (u, i) => {
    const found = inked.find(line => line.index === i);
    return found ? found.colour : 'transparent';
  };
  let u = null;
  const member = {
    ranged() {
      u.setScale('x', {min: clock.from, max: clock.to});
    },
    pointed() {
      const inside = clock.at >= clock.from && clock.at <= clock.to;
      if (u && u.status) {
        const left = (clock.at - clock.from) / (clock.to - clock.from) * u.over.clientWidth;
        u.setCursor({left: inside ? left : -10, top: inside ? 5 : -10}, false);
      }
      reading.show(Math.floor(clock.at / w + 1e-6), means, mins);
    },
    size() {
      if (width() !== u.width) {
        u.setSize({width: width(), height: u.height});
        member.pointed();
      }
    },
    destroy() {
      clock.leave(member);
      u.destroy();
      box.remove();
      reading.element.remove();
    },
    words: () => plot.title + ' at ' + clockText(clock.at) + ': ' + reading.words(),
    table: () => plotTable(plot, arranged),
  };
  u = new uPlot({
    width: width(), height: (options.height || 112) + (axisShown ? 20 : 0),
    padding: [9, RIGHT, axisShown ? 0 : 4, 0],
    legend: {show: false},
    cursor: {
      y: false,
      drag: {x: false, y: false, setScale: false},
      points: {size: (_, i) => inked.some(line => line.index === i) ? 6 : 0, fill: pointColour, stroke: pointColour, width: 0},
      bind: {mouseleave: () => null, dblclick: () => null, mousedown: () => null, mouseup: () => null, mousemove: () => null},
    },
    scales: {x: {time: false, range: () => [clock.from, clock.to]}, y: {range: () => [0, nice.top]}},
    axes: [
      {
        stroke: colours.muted, font: FONT, size: axisShown ? 20 : 0, gap: 4, ticks: {show: false}, grid: {stroke: colours.grid, width: 1},
        splits: () => clockSplits(clock.from, clock.to, width() < 420 ? 4 : 6).splits,
        values: (_, splits) => axisShown ? splits.map(t => t > clock.to - (clock.to - clock.from) * 0.02 ? '' : axisClock(t, clockSplits(clock.from, clock.to, width() < 420 ? 4 : 6).spacing)) : splits.map(() => ''),
      },
      {
        stroke: colours.muted, font: FONT, size: LEFT, gap: 6, ticks: {show: false}, grid: {stroke: colours.grid, width: 1},
        splits: () => ySplits, values: (_, splits) => splits.map(v => axisText(v, plot.unit)),
      },
    ],
    series, bands: uBands,
    hooks: {draw: [drawing => drawMarks(drawing, plot, options), drawing => axisShown && drawLastTime(drawing, width() < 420 ? 4 : 6)], ready: [() => member.pointed()], setScale: [() => member.pointed()]},
  }, data, box);
  pointing(u.over, left => u.posToVal(left, 'x'));
  clock.join(member);
  member.pointed();
  return member;
}

/** The label at the right end of the clock stands left of it, for the gutter is narrow. */
function drawLastTime(u, most) {
  const {splits, spacing} = clockSplits(clock.from, clock.to, most), last = splits[splits.length - 1];
  if (!(last > clock.to - (clock.to - clock.from) * 0.02)) return;
  const {ctx, bbox} = u, ratio = devicePixelRatio;
  ctx.save();
  ctx.font = 11 * ratio + 'px ' + FONT.slice(5);
  ctx.fillStyle = colours.muted;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'top';
  ctx.fillText(axisClock(last, spacing), bbox.left + bbox.width + 14 * ratio, bbox.top + bbox.height + 4 * ratio);
  ctx.restore();
}

function drawMarks(u, plot, options) {
  const ctx = u.ctx, {left, top, width, height} = u.bbox;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  if (!options.vm) {
    ctx.strokeStyle = colours.s4;
    ctx.globalAlpha = 0.55;
    ctx.lineWidth = devicePixelRatio;
    clock.events.filter(event => event.kind !== 'STARTS' && event.kind !== 'MIGRATION').slice(0, 60).forEach(event => {
      const at = Math.round(u.valToPos(event.t, 'x', true)) + 0.5;
      ctx.beginPath();
      ctx.moveTo(at, top);
      ctx.lineTo(at, top + height);
      ctx.stroke();
    });
    ctx.globalAlpha = 1;
  }
  if (plot.limit !== undefined) {
    const at = u.valToPos(plot.limit, 'y', true);
    ctx.strokeStyle = colours.over;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(left, at);
    ctx.lineTo(left + width, at);
    ctx.stroke();
  }
  ctx.restore();
}

function buildReading(figure, plot, stacked) {
  const element = make('div', {className: 'reading'}, make('h4', {textContent: plot.title}));
  const outputs = [];
  let hue = 0;
  const row = (key, label, value) => {
    const output = make('output', {textContent: value || ''});
    element.append(make('div', {}, make('i', {className: 'key ' + key}), make('span', {textContent: label}), output));
    return output;
  };
  plot.lines.forEach((line, k) => {
    const key = stacked ? 'st' + (k % 4 + 1) : line.style === 'BAND_FLOOR' ? 'area' : 'k' + (hue++ % 4 + 1);
    outputs.push(row(key, line.label));
  });
  if (plot.limit !== undefined) row('over', plot.limitLabel, text(plot.limit, plot.unit));
  return {
    element,
    show(i, means) {
      outputs.forEach((output, k) => {
        const value = means[k][i];
        output.textContent = text(value, plot.unit);
        const over = plot.limit !== undefined && value !== null && value > plot.limit;
        output.classList.toggle('over', over);
      });
    },
    words: () => plot.lines.map((line, k) => line.label + ' ' + outputs[k].textContent).join(', '),
  };
}

/** At most 200 rows: the mean over merged columns. */
function plotTable(plot, {x, w, means}) {
  const factor = Math.ceil(x.length / 200), rows = [];
  for (let i = 0; i < x.length; i += factor) {
    rows.push([clockText(x[i]), ...means.map(values => {
      const known = values.slice(i, i + factor).filter(value => value !== null);
      return known.length ? text(known.reduce((a, b) => a + b, 0) / known.length, plot.unit) : UNKNOWN;
    })]);
  }
  return {head: ['From', ...plot.lines.map(line => line.label)], rows, note: 'Means over ' + duration(w * factor) + '; all steps are in series.parquet.'};
}

/** The event lane above the timeline: bursts below, then the rest, labels where there is room. */
function drawEvents(lane) {
  const width = lane.clientWidth - LEFT - RIGHT, place = t => LEFT + (t - clock.from) / (clock.to - clock.from) * width;
  const context = document.createElement('canvas').getContext('2d');
  context.font = FONT;
  const seen = clock.events.filter(event => event.t >= clock.from && event.t <= clock.to);
  const bursts = seen.filter(event => event.kind === 'STARTS').slice(0, 20);
  const order = ['FAULT', 'HA', 'ALERT', 'OTHER', 'MIGRATION'];
  const others = seen.filter(event => event.kind !== 'STARTS').sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.t - b.t).slice(0, 60);
  const levels = [[], [], []];
  const items = [];
  others.forEach(event => {
    const label = clockText(event.t) + ' ' + event.text, at = place(event.t), length = context.measureText(label).width * 1.1 + 12;
    for (const [level, taken] of levels.entries()) {
      const crossed = levels.slice(0, level).flat().some(([, , x]) => x > at && x < at + length + 4);
      for (const [from, to, side] of [[at - length, at, 'right'], [at, at + length, 'left']].sort((a, b) => (side2(a, others, event) - side2(b, others, event)))) {
        if (!crossed && from >= 0 && to <= lane.clientWidth && taken.every(([a, b]) => to < a || from > b)) {
          taken.push([from, to, at]);
          items.push({event, at, level, side, label});
          return;
        }
      }
    }
    items.push({event, at, level: 2, side: ''});
  });
  const rows = levels.reduce((most, taken, i) => taken.length ? i + 1 : most, 0);
  const burstTop = rows * 17 + (rows ? 2 : 0), height = burstTop + (bursts.length ? 22 : 4);
  lane.replaceChildren();
  lane.style.height = height + 'px';
  items.forEach(({event, at, level, side}) => {
    const tick = make('i');
    Object.assign(tick.style, {left: at + 'px', top: level * 17 + 'px', height: height - level * 17 + 'px'});
    lane.append(tick);
    if (!side) return;
    const label = make('span', {}, make('b', {textContent: clockText(event.t)}), ' ' + event.text);
    Object.assign(label.style, side === 'left' ? {left: at + 5 + 'px'} : {right: lane.clientWidth - at + 5 + 'px'}, {top: level * 17 + 'px'});
    lane.append(label);
  });
  let free = 0;
  bursts.forEach(event => {
    const at = place(event.t);
    if (at < free) return;
    const label = make('span', {className: 'burst', textContent: event.text});
    Object.assign(label.style, {left: at + 'px', top: burstTop + 'px'});
    lane.append(label);
    free = at + context.measureText(event.text).width + 24;
  });
}

/** The first of two close events speaks to its left, all others to their right. */
function side2([, , side], others, event) {
  const followed = others.some(other => other.t > event.t && other.t - event.t < (clock.to - clock.from) / 4);
  const leads = others.every(other => other === event || other.t > event.t);
  return (side === 'right') === (followed && leads) ? 0 : 1;
}
