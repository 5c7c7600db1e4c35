// The percentile curve (by number of nines, so that the tail has room) and the heat map of latencies.
const nines = percentile => -Math.log10(1 - percentile / 100);

function drawCurve(figure, latency) {
  const box = make('div', {className: 'chart'});
  figure.prepend(box);
  const points = latency.curve.filter(([, value]) => value > 0);
  if (!points.length) return noCurve(box, latency);
  const x = points.map(([p]) => nines(p)), y = points.map(([, value]) => value);
  // The calm period's curve at the same percentiles.
  const calm = latency.calm ? points.map(([p]) => latency.calm[latency.percentiles.indexOf(p)] || null) : null;
  const low = Math.pow(10, Math.floor(Math.log10(Math.min(...y, ...(calm || []).filter(value => value)))));
  const high = Math.pow(10, Math.ceil(Math.log10(Math.max(...y, latency.limit || 0) * 1.001)));
  const marks = [0, 50, 90, 99, 99.9, 99.99].filter(p => nines(p) <= x[x.length - 1] + 1e-6);
  const width = () => Math.max(160, box.clientWidth);
  const at = points.find(([p]) => p >= latency.limitPercentile);
  const u = new uPlot({
    width: width(), height: 230, padding: [9, 28, 0, 0], legend: {show: false},
    cursor: {show: false},
    scales: {x: {time: false, range: () => [0, x[x.length - 1]]}, y: {distr: 3, range: () => [low, high]}},
    axes: [
      {stroke: colours.muted, font: FONT, size: 22, gap: 4, ticks: {show: false}, grid: {stroke: colours.grid, width: 1}, splits: () => marks.map(nines), values: () => marks.map(p => p === 50 && width() < 380 ? '' : p + ' %')},
      {
        stroke: colours.muted, font: FONT, size: LEFT, gap: 6, ticks: {show: false}, grid: {stroke: colours.grid, width: 1},
        splits: () => {
          const splits = [];
          for (let v = low; v <= high * 1.01; v *= 10) splits.push(v);
          return splits;
        },
        values: (_, splits) => splits.map(v => axisText(v, 'SECONDS')), filter: (_, splits) => splits,
      },
    ],
    series: [{}, {stroke: colours.s1, width: 1.7, points: {show: points.length === 1}}, ...(calm ? [{stroke: colours.s4, width: 1.5, dash: [5, 4], points: {show: false}}] : [])],
    hooks: {
      draw: [plot => {
        drawMarks(plot, {limit: latency.limit}, {vm: true});
        if (latency.limit === undefined) return;
        const {ctx} = plot, ratio = devicePixelRatio;
        ctx.save();
        ctx.font = 11 * ratio + 'px ' + FONT.slice(5);
        ctx.fillStyle = colours.over;
        ctx.textAlign = 'left';
        ctx.textBaseline = 'alphabetic';
        const words = 'objective: ' + (latency.limitPercentile ? 'p' + latency.limitPercentile + ' ' : '') + 'below ' + text(latency.limit, 'SECONDS');
        ctx.fillText(words, plot.bbox.left + 6 * ratio, plot.valToPos(latency.limit, 'y', true) - 6 * ratio);
        if (at) {
          ctx.beginPath();
          ctx.arc(plot.valToPos(nines(at[0]), 'x', true), plot.valToPos(at[1], 'y', true), 4.5 * ratio, 0, 7);
          ctx.fillStyle = colours.card;
          ctx.strokeStyle = colours.s1;
          ctx.lineWidth = 2 * ratio;
          ctx.fill();
          ctx.stroke();
        }
        ctx.restore();
      }],
    },
  }, calm ? [x, y, calm] : [x, y], box);
  return {
    size() {
      if (width() !== u.width) u.setSize({width: width(), height: u.height});
    },
    destroy() {
      u.destroy();
      box.remove();
    },
    words: () => latency.title + ': ' + [50, 90, 99].map(p => 'p' + p + ' ' + text((latency.curve.find(([q]) => q === p) || [])[1], 'SECONDS')).join(', '),
    table: () => ({
      head: ['Percentile', 'Latency', ...(calm ? ['Calm period'] : [])],
      rows: latency.curve.map(([p, value]) => [p + ' %', text(value, 'SECONDS'), ...(calm ? [text(latency.calm[latency.percentiles.indexOf(p)], 'SECONDS')] : [])]),
      note: calm ? 'The calm period to 3 %.' : '',
    }),
  };
}

/** A logarithmic axis has no place for 0: words, where there would be an empty chart. */
function noCurve(box, latency) {
  const words = latency.curve.length ? 'All are 0 s.' : 'There are none.';
  box.append(make('p', {className: 'aside', textContent: words}));
  return {
    size() {},
    destroy() {
      box.remove();
    },
    words: () => latency.title + ': ' + words,
    table: () => ({head: ['Percentile', 'Latency'], rows: latency.curve.map(([p, value]) => [p + ' %', text(value, 'SECONDS')]), note: ''}),
  };
}

/** The bars of where a read's time goes are drawn without script; this gives their figures. */
function stageBars(stages) {
  const total = row => row.seconds.reduce((a, b) => a + b, 0);
  return {
    size() {},
    destroy() {},
    words: () => stages.rows.map(row => row.label + ': ' + text(total(row), 'SECONDS') + ', of it ' + stages.names.map((name, i) => [name, row.seconds[i]]).filter(([, value]) => value >= 0.1 * total(row)).map(([name, value]) => name + ' ' + percent(value / total(row))).join(', ')).join('; '),
    table: () => ({
      head: ['', ...stages.names, 'All', 'Reads'],
      rows: stages.rows.map(row => [row.label, ...row.seconds.map(value => text(value, 'SECONDS')), text(total(row), 'SECONDS'), text(row.count, 'COUNT')]),
      note: 'Means.',
    }),
  };
}

function drawHeat(figure, latency) {
  const canvas = make('canvas', {'aria-hidden': 'true'});
  figure.prepend(canvas);
  const rows = latency.rows.length - 1 + latency.above;
  const counts = latency.counts.map(column => column.split(',').map(word => word ? parseInt(word, 36) : 0));
  const most = Math.log1p(Math.max(1, ...counts.map(column => Math.max(...column))));
  let width = 0;
  const height = 230;
  const at = x => clock.from + (x - LEFT) / (width - LEFT - RIGHT) * (clock.to - clock.from);
  const draw = () => {
    width = figure.clientWidth;
    canvas.style.height = height + 22 + 'px';
    const ctx = canvasFor(canvas, width, height + 22), palette = shades();
    const plotWidth = width - LEFT - RIGHT, top = 8, rowHeight = (height - top) / rows, place = t => LEFT + (t - clock.from) / (clock.to - clock.from) * plotWidth;
    const low = Math.log2(latency.rows[0]), octaves = Math.log2(latency.rows[latency.rows.length - 1]) - low, body = rowHeight * (rows - latency.above);
    const level = seconds => height - (Math.log2(seconds) - low) / octaves * body;
    ctx.save();
    ctx.beginPath();
    ctx.rect(LEFT, 0, plotWidth, height);
    ctx.clip();
    counts.forEach((column, i) => {
      const left = Math.floor(place(i * latency.w)), right = Math.floor(place((i + 1) * latency.w));
      if (right < LEFT || left > width) return;
      column.forEach((count, row) => {
        if (!count) return;
        ctx.fillStyle = palette[1 + Math.round(Math.log1p(count) / most * 31)];
        const inside = row < latency.rows.length - 1;
        const y0 = inside ? level(latency.rows[row + 1]) : top, y1 = inside ? level(latency.rows[row]) : top + rowHeight;
        ctx.fillRect(left, Math.floor(y0), Math.max(1, right - left), Math.max(1, Math.floor(y1) - Math.floor(y0)));
      });
    });
    if (latency.limit !== undefined) {
      ctx.strokeStyle = colours.over;
      ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(LEFT, level(latency.limit));
      ctx.lineTo(width - RIGHT, level(latency.limit));
      ctx.stroke();
    }
    ctx.restore();
    ctx.font = FONT;
    ctx.fillStyle = colours.muted;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'right';
    for (let power = Math.ceil(Math.log10(latency.rows[0])); Math.pow(10, power) <= latency.rows[latency.rows.length - 1]; power++) {
      [1, 3].forEach(m => {
        const seconds = m * Math.pow(10, power);
        if (seconds <= latency.rows[latency.rows.length - 1] && (m === 1 || octaves < 14)) ctx.fillText(axisText(seconds, 'SECONDS'), LEFT - 6, level(seconds));
      });
    }
    if (latency.above) ctx.fillText('above', LEFT - 6, top + rowHeight / 2);
    const {splits, spacing} = clockSplits(clock.from, clock.to, 4);
    splits.forEach(t => {
      const part = (t - clock.from) / (clock.to - clock.from);
      ctx.textAlign = part < 0.03 ? 'left' : part > 0.97 ? 'right' : 'center';
      ctx.fillText(axisClock(t, spacing), place(t), height + 12);
    });
  };
  pointing(canvas, at);
  const member = {
    ranged: draw,
    pointed() {},
    size() {
      if (figure.clientWidth !== width) draw();
    },
    destroy() {
      clock.leave(member);
      canvas.remove();
    },
    words: () => latency.title + ' over time',
    table: () => {
      const factor = Math.ceil(counts.length / 200), lines = [];
      for (let i = 0; i < counts.length; i += factor) {
        const merged = new Array(rows).fill(0);
        counts.slice(i, i + factor).forEach(column => column.forEach((count, row) => {
          merged[row] += count;
        }));
        const total = merged.reduce((a, b) => a + b, 0), upper = share => {
          let passed = 0;
          const row = merged.findIndex(count => (passed += count) >= share * total);
          return total ? row >= latency.rows.length - 1 ? 'above range' : 'below ' + text(latency.rows[row + 1], 'SECONDS') : NOT_APPLICABLE;
        };
        lines.push([clockText(i * latency.w), text(total, 'COUNT'), upper(0.5), upper(0.99)]);
      }
      return {head: ['From', 'Count', 'p50', 'p99'], rows: lines, note: 'Percentiles to the row of the heat map.'};
    },
  };
  draw();
  clock.join(member);
  return member;
}
