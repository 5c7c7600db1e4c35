// One clock and one cursor for everything that is drawn over time.
const clock = {from: 0, to: 1, end: 1, at: 0, placed: false, column: 5, members: [], events: []};

(function () {
  const data = island('clock');
  clock.to = clock.end = data.duration;
  clock.at = data.cursor === null ? data.duration / 2 : data.cursor + 60 < data.duration ? data.cursor + 60 : data.cursor;
})();

/** A member has ranged(), called when the range changed, and pointed(), called when the cursor moved. */
clock.join = member => {
  clock.members.push(member);
};

clock.leave = member => {
  clock.members = clock.members.filter(other => other !== member);
};

clock.point = at => {
  clock.at = Math.max(0, Math.min(clock.end, at));
  clock.placed = true;
  clock.members.forEach(member => member.pointed());
  clock.changed();
};

clock.zoom = (from, to) => {
  const least = 4 * clock.column;
  const middle = (from + to) / 2, half = Math.max(to - from, least) / 2;
  clock.from = Math.max(0, Math.min(middle - half, clock.end - 2 * half));
  clock.to = Math.min(clock.end, clock.from + 2 * half);
  clock.members.forEach(member => member.ranged());
  clock.members.forEach(member => member.pointed());
  clock.changed();
};

clock.reset = () => clock.zoom(0, clock.end);

clock.step = columns => {
  const column = clock.column;
  clock.point((Math.floor(clock.at / column + 1e-6) + columns) * column);
  if (clock.at < clock.from || clock.at > clock.to) {
    const width = clock.to - clock.from;
    clock.zoom(clock.at - width / 2, clock.at + width / 2);
  }
};

clock.event = direction => {
  const ordered = direction > 0 ? clock.events : [...clock.events].reverse();
  const next = ordered.find(event => (event.t - clock.at) * direction > 1e-6);
  if (next) {
    clock.point(next.t);
    say(clockText(next.t) + ' ' + next.text);
  }
};

/** Replaced by the page, which keeps the view in the URL. */
clock.changed = () => {};

let saying = 0;
/** Says something to a screen reader, once the cursor rests. */
function say(words) {
  clearTimeout(saying);
  saying = setTimeout(() => {
    document.getElementById('live').textContent = words;
  }, 500);
}

/** Lets dragging across an element zoom, and moving over it place the cursor; at(x) gives the time at a place. */
function pointing(element, at) {
  let start = null;
  const mark = make('i', {className: 'u-select'});
  mark.style.pointerEvents = 'none';
  element.addEventListener('mousemove', event => {
    const box = element.getBoundingClientRect(), x = event.clientX - box.left;
    clock.point(at(x));
    if (start !== null && Math.abs(x - start) > 4) {
      const parent = element.offsetParent || element;
      if (!mark.isConnected) parent.append(mark);
      Object.assign(mark.style, {
        left: element.offsetLeft + Math.min(x, start) + 'px', width: Math.abs(x - start) + 'px',
        top: element.offsetTop + 'px', height: box.height + 'px',
      });
    }
  });
  element.addEventListener('mousedown', event => {
    if (event.button === 0) start = event.clientX - element.getBoundingClientRect().left;
  });
  window.addEventListener('mouseup', event => {
    if (start === null) return;
    const end = event.clientX - element.getBoundingClientRect().left, begin = start;
    start = null;
    mark.remove();
    if (Math.abs(end - begin) > 4) clock.zoom(Math.max(clock.from, at(Math.min(begin, end))), Math.min(clock.to, at(Math.max(begin, end))));
  });
  element.addEventListener('dblclick', () => clock.reset());
  let pinch = null;
  element.addEventListener('touchmove', event => {
    if (event.touches.length !== 2) {
      pinch = null;
      return;
    }
    event.preventDefault();
    const left = element.getBoundingClientRect().left;
    const [a, b] = [event.touches[0].clientX - left, event.touches[1].clientX - left].sort((p, q) => p - q);
    if (b - a < 10) return;
    if (!pinch) {
      pinch = [at(a), at(b)];
    } else {
      const x0 = at(0), width = (clock.to - clock.from) / (at(100) - x0) * 100;
      const span = (pinch[1] - pinch[0]) / (b - a) * width;
      const offset = (clock.from - x0) / (clock.to - clock.from) * width;
      const from = pinch[0] - span * ((a + offset) / width);
      clock.zoom(from, from + span);
    }
  }, {passive: false});
  element.addEventListener('touchend', () => {
    pinch = null;
  });
}
