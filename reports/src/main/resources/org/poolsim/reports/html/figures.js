// Figures for people, by the rules of the Java side: three significant digits, a space before the unit.
const UNKNOWN = '?';
const NOT_APPLICABLE = '–';

function digits(value) {
  if (value === 0) return '0';
  return Number(value.toPrecision(3)).toLocaleString('en-US', {maximumSignificantDigits: 3, useGrouping: false});
}

function scaled(value, base, turn, names, suffix) {
  let prefix = 0;
  while (value >= turn && prefix < names.length - 1) {
    value /= base;
    prefix++;
  }
  return (digits(value) + ' ' + names[prefix] + suffix).trim();
}

const SI = ['', 'k', 'M', 'G', 'T', 'P'];
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

function pair(big, bigUnit, small, smallUnit) {
  return small === 0 ? big + ' ' + bigUnit : big + ' ' + bigUnit + ' ' + small + ' ' + smallUnit;
}

function duration(seconds) {
  if (seconds < 60) return seconds < 1 ? secondsText(seconds) : digits(seconds) + ' s';
  const whole = Math.round(seconds);
  if (whole < 3600) return pair(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(seconds / 3600);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function secondsText(value) {
  if (value === 0) return '0 s';
  if (value < 1e-4) return digits(value * 1e6) + ' µs';
  if (value < 1) {
    const milliseconds = digits(value * 1e3);
    return milliseconds === '1000' ? '1 s' : milliseconds + ' ms';
  }
  return value < 180 ? digits(value) + ' s' : duration(value);
}

function percent(fraction) {
  const value = fraction * 100;
  if (value === 0) return '0 %';
  if (value < 0.1) return '< 0.1 %';
  const decimal = value.toFixed(1);
  if (value < 10 && decimal.length === 3) return decimal.replace('.0', '') + ' %';
  return value.toFixed(0) + ' %';
}

function text(value, unit) {
  if (value === null || value === undefined || Number.isNaN(value)) return UNKNOWN;
  if (value < 0) return '\u2212' + text(-value, unit);
  switch (unit) {
    case 'SECONDS': return secondsText(value);
    case 'FRACTION': return percent(value);
    case 'BYTES': return scaled(value, 1024, 999.5, BINARY, '');
    case 'BYTES_PER_SECOND': return scaled(value, 1024, 999.5, BINARY, '/s');
    case 'PER_SECOND': return scaled(value, 1000, 999.5, SI, '/s');
    case 'BITS_PER_SECOND': return scaled(value, 1000, 999.5, SI, 'bit/s');
    default:
      return Number.isInteger(value) && value < 10000 ? String(value) : scaled(value, 1000, 999.5, SI, '');
  }
}

function two(number) {
  return String(number).padStart(2, '0');
}

function clockText(seconds) {
  const s = Math.floor(seconds + 1e-6);
  if (s >= 86400) return Math.floor(s / 86400) + 'd ' + two(Math.floor(s / 3600) % 24) + ':' + two(Math.floor(s / 60) % 60);
  return Math.floor(s / 3600) + ':' + two(Math.floor(s / 60) % 60) + ':' + two(s % 60);
}

function axisClock(seconds, spacing) {
  if (spacing % 60 !== 0 || seconds >= 86400) return clockText(seconds);
  const minutes = Math.floor(seconds / 60 + 1e-6);
  return Math.floor(minutes / 60) + ':' + two(minutes % 60);
}

const SPACINGS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];

function clockSplits(from, to, most) {
  const spacing = SPACINGS.find(s => (to - from) / s <= most) || 604800 * Math.ceil((to - from) / most / 604800);
  const splits = [];
  for (let at = Math.ceil(from / spacing - 1e-9) * spacing; at <= to + 1e-6; at += spacing) splits.push(at);
  return {splits, spacing};
}

/** The top of an axis from zero, and the distance of its marks. */
function niceTop(highest, unit) {
  if (!(highest > 0)) return {top: 1, step: 1};
  const binary = unit === 'BYTES' || unit === 'BYTES_PER_SECOND';
  const base = binary ? Math.pow(1024, Math.floor(Math.log2(highest * 1.3) / 10)) : 1;
  const rough = highest / base / 3;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  let step = [1, 2, 2.5, 5, 10].find(s => s * power >= rough * 0.999) * power;
  if (unit === 'COUNT') step = Math.max(highest > 2 ? 1 : step, step);
  step *= base;
  return {top: Math.ceil(highest / step - 1e-9) * step, step};
}

/** Orders names as people do: host-2 before host-10. */
function byName(a, b) {
  const as = a.split(/(\d+)/), bs = b.split(/(\d+)/);
  for (let i = 0; i < Math.min(as.length, bs.length); i++) {
    const d = i % 2 ? as[i] - bs[i] : as[i] < bs[i] ? -1 : as[i] > bs[i] ? 1 : 0;
    if (d) return d;
  }
  return as.length - bs.length;
}
