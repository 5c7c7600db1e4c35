// The data islands and the packed series in them.
function island(id) {
  const element = document.getElementById('data-' + id);
  return element ? JSON.parse(element.textContent) : null;
}

const islands = {};
function sectionData(id) {
  if (!(id in islands)) islands[id] = island(id);
  return islands[id];
}

/** Returns {w, n, mean, min, max, unknown}; a value that is not known is null. */
function decode(series) {
  if (series.decoded) return series.decoded;
  const n = series.n, mean = new Array(n).fill(null), unknown = new Uint8Array(n);
  let min = mean, max = mean;
  if ('c' in series) {
    mean.fill(series.c);
  } else {
    const bytes = atob(series.d), parts = (1 << series.q) - 1, unit = (series.hi - series.lo) / parts;
    let at = 0;
    const next = () => {
      let value = 0, shift = 0, byte;
      do {
        byte = bytes.charCodeAt(at++);
        value |= (byte & 127) << shift;
        shift += 7;
      } while (byte > 127);
      return value;
    };
    if (series.b) {
      min = new Array(n).fill(null);
      max = new Array(n).fill(null);
    }
    let part = 0;
    for (let i = 0; i < n; i++) {
      const zigzag = next();
      part += (zigzag >>> 1) ^ -(zigzag & 1);
      if (part === 0) continue;
      mean[i] = series.lo + (part - 1) * unit;
      if (series.b) {
        min[i] = mean[i] - next() * unit;
        max[i] = mean[i] + next() * unit;
      }
    }
    for (let i = 0, flag = 0; i < n && at < bytes.length; flag ^= 1) {
      for (let length = next(); length > 0; length--) unknown[i++] = flag;
    }
  }
  series.decoded = {w: series.w, n, mean, min, max, unknown};
  return series.decoded;
}

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties || {})) {
    if (key in element && key !== 'role') element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

let colours = {};
function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['card', 'line', 'grid', 'text', 'second', 'muted', 's1', 's2', 's3', 's4', 'over', 'low', 'high', 'fill']) {
    colours[name] = style.getPropertyValue('--' + name).trim();
  }
}

const FONT = '11px ' + (getComputedStyle(document.body).fontFamily || 'sans-serif');
