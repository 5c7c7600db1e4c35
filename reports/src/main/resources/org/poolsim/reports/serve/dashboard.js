"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const objectChoice = byId("object"), spanChoice = byId("span"), filter = byId("filter");
  const plots = byId("plots"), message = byId("message");
  const PLOTS_MAX = 60;
  const LIVE_MILLIS = 2000;
  const INTERVALS = { 600: 5, 7200: 60, 604800: 3600, 31536000: 86400 };
  let state = null;
  let objects = [];
  let drawn = new Map();
  let turn = 0;

  const readHash = () => new URLSearchParams(location.hash.slice(1));
  const writeHash = () => {
    const hash = new URLSearchParams({ object: objectChoice.value, span: spanChoice.value });
    if (filter.value) hash.set("filter", filter.value);
    history.replaceState(null, "", "#" + hash);
  };
  const date = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  async function fetchJson(url) {
    // From the origin: a page that was opened with user:password@ in its address resolves to one that fetch refuses.
    const answer = await fetch(new URL(url, location.origin), { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status + " " + (await answer.text()).trim());
    return answer.json();
  }

  // Numbers for people

  const NONE = "\u2013";
  function scaled(value, base, units) {
    let unit = 0;
    while (Math.abs(value) >= base * 0.9995 && unit < units.length - 1) { value /= base; unit++; }
    return value.toLocaleString("en", { maximumSignificantDigits: 3 }) + " " + units[unit];
  }
  const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  const DECIMAL = ["", "k", "M", "G", "T"];
  function words(value, units) {
    if (value === null || value === undefined) return NONE;
    switch (units) {
      case "(fraction)": return (value * 100).toLocaleString("en", { maximumFractionDigits: 1 }) + " %";
      case "B": return scaled(value, 1024, BINARY);
      case "KiB": return scaled(value * 1024, 1024, BINARY);
      case "B/s": return scaled(value, 1000, DECIMAL.map((prefix) => prefix + "B/s"));
      case "count": return value.toLocaleString("en", { maximumSignificantDigits: 4 });
      default: return value.toLocaleString("en", { maximumSignificantDigits: 4 }) + (units ? " " + units : "");
    }
  }

  // How far it is, hosts, VMs, events

  function sparkline(values) {
    const NS = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(NS, "svg");
    const make = (name, attributes) => {
      const made = document.createElementNS(NS, name);
      for (const key in attributes) made.setAttribute(key, attributes[key]);
      svg.append(made);
    };
    svg.setAttribute("viewBox", "0 0 60 20");
    svg.setAttribute("preserveAspectRatio", "none");
    const known = values.filter((value) => value !== null);
    const high = known.length ? Math.max(...known) : 0;
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", known.length ? "last hour, at most " + words(high, "(fraction)") : "no data");
    make("line", { x1: 0, y1: 19.5, x2: 60, y2: 19.5 });
    let run = [];
    const flush = () => {
      if (run.length === 1) run.push((Number(run[0].split(",")[0]) + 0.5) + "," + run[0].split(",")[1]);
      if (run.length) make("polyline", { points: run.join(" ") });
      run = [];
    };
    values.forEach((value, index) => {
      if (value === null) { flush(); return; }
      run.push(index + "," + (19 - 18 * Math.min(1, Math.max(0, value))).toFixed(2));
    });
    flush();
    return svg;
  }

  function cell(content, className) {
    const made = element("td", undefined, className);
    made.append(content);
    return made;
  }

  function nameCell(entry) {
    const button = element("button", entry.name);
    button.type = "button";
    button.dataset.uuid = entry.uuid;
    return cell(button);
  }

  /** Rows are made once and filled again, so that the focus stays where it is. */
  function fill(table, entries, cells) {
    const body = table.tBodies[0];
    const focused = body.contains(document.activeElement) ? document.activeElement.dataset.uuid : null;
    body.replaceChildren(...entries.map((entry) => {
      const row = element("tr", undefined, entry.up === false ? "down" : "");
      row.append(nameCell(entry), ...cells(entry));
      return row;
    }));
    if (entries.length === 0) {
      const none = element("td", "none", "text");
      none.colSpan = table.tHead.rows[0].cells.length;
      const row = element("tr");
      row.append(none);
      body.append(row);
    }
    if (focused) body.querySelector("button[data-uuid='" + focused + "']")?.focus({ preventScroll: true });
  }

  function showState() {
    byId("name").textContent = state.name || "poolsim";
    document.title = (state.name ? state.name + " \u00b7 " : "") + "poolsim";
    const span = state.end - state.start;
    const done = span > 0 ? Math.min(1, Math.max(0, (state.now - state.start) / span)) : 1;
    byId("now").textContent = date(state.now) + " simulated, "
      + (state.finished ? "at its end" : Math.floor(done * 100) + " % done");
    byId("progress").hidden = state.finished;
    byId("progress").value = done;
    byId("report").hidden = !state.report;
    byId("hosts-title").textContent = "Hosts" + (state.hosts.length < state.hosts_total ? ", the " + state.hosts.length + " busiest of " + state.hosts_total : "");
    fill(byId("hosts"), state.hosts, (host) => [
      cell(host.up ? words(host.cpu, "(fraction)") : "down"),
      cell(sparkline(host.minutes), "wide"),
      cell(host.up && host.memory_total ? words((host.memory_total - host.memory_free) / host.memory_total, "(fraction)") : NONE),
      cell(host.up ? words(host.rx, "B/s") : NONE, "wide"),
      cell(host.up ? words(host.tx, "B/s") : NONE, "wide"),
      cell(String(host.vms)),
    ]);
    byId("vms-title").textContent = "Busiest VMs" + (state.vms_running > state.vms.length ? ", " + state.vms.length : "") + " of " + state.vms_running + " running";
    fill(byId("vms"), state.vms, (vm) => [
      cell(words(vm.cpu, "(fraction)")),
      cell(sparkline(vm.minutes)),
      cell(vm.host || NONE, "wide"),
    ]);
    byId("events-title").textContent = "Events" + (state.events_total > state.events.length ? ", the last " + state.events.length + " of " + state.events_total : "");
    const list = byId("events");
    list.replaceChildren(...state.events.map((event) => {
      const item = element("li", undefined, event.kind);
      item.append(element("time", date(event.at)), element("span", (event.kind === "alarm" ? "alarm, priority " + event.priority + ": " : "") + event.text));
      return item;
    }));
    if (state.events.length === 0) list.append(element("li", "none so far"));
  }

  // Series

  async function loadObjects() {
    objects = (await fetchJson("/objects.json")).objects;
    const wanted = objectChoice.value || readHash().get("object");
    objectChoice.replaceChildren(...objects.map((object) => {
      const option = element("option", object.kind + " " + object.name + (object.present ? "" : " (not there now)"));
      option.value = object.uuid;
      return option;
    }));
    if (objects.some((object) => object.uuid === wanted)) objectChoice.value = wanted;
  }

  async function load() {
    const mine = ++turn;
    const uuid = objectChoice.value;
    if (!uuid) { message.textContent = "There is no object."; return; }
    const span = Number(spanChoice.value);
    const interval = INTERVALS[span];
    const query = new URLSearchParams({ uuid, interval, start: Math.floor(state.now - span + interval) });
    const answer = await fetchJson("/series.json?" + query);
    if (mine === turn) draw(uuid + " " + span, answer);
  }

  function table(updates) {
    const columns = new Map();
    updates.meta.legend.forEach((entry, index) => columns.set(entry.split(":").slice(3).join(":"), index));
    // What lies before the run is no gap.
    const rows = updates.data.filter((row) => Number(row.t) > state.start).reverse();
    const number = (text) => { const value = Number(text); return Number.isFinite(value) ? value : null; };
    return { times: rows.map((row) => Number(row.t)), column: (name) => columns.has(name) ? rows.map((row) => number(row.values[columns.get(name)])) : null };
  }

  /** Plots stay where they are while only their data change. */
  function draw(key, answer) {
    const data = table(answer.updates);
    const part = filter.value.toLowerCase();
    const sources = answer.sources.filter((source) => source.name.toLowerCase().includes(part));
    const shown = sources.slice(0, PLOTS_MAX);
    message.textContent = data.times.length === 0 ? "No rows in this span."
      : shown.length + " of " + answer.sources.length + " series, " + data.times.length + " rows";
    const before = drawn;
    drawn = new Map();
    for (const source of shown) {
      const values = data.column(source.name);
      if (!values) continue;
      const id = key + " " + source.name;
      const plot = before.get(id) || panel(source);
      before.delete(id);
      drawn.set(id, plot);
      const last = values.length ? values[values.length - 1] : null;
      plot.latest.textContent = (state.finished ? "at the end " : "now ") + (last === null ? "unknown" : words(last, source.units));
      plot.holder.setAttribute("aria-label", source.name + ", " + plot.latest.textContent);
      if (plot.chart) plot.chart.setData([data.times, values]);
      plot.pending = plot.chart ? null : [data.times, values];
    }
    before.forEach((plot) => { plot.chart?.destroy(); plot.section.remove(); });
    const sections = [...drawn.values()].map((plot) => plot.section);
    if (sections.some((section, index) => plots.children[index] !== section)) plots.replaceChildren(...sections);
    drawn.forEach((plot) => { if (plot.pending) chart(plot); });
  }

  function panel(source) {
    const section = element("section");
    const title = element("h3", source.name);
    if (source.text) title.title = source.text;
    const latest = element("p");
    const holder = element("div");
    holder.setAttribute("role", "img");
    section.append(title, latest, holder);
    return { source, section, latest, holder, chart: null, pending: null };
  }

  /** Of sizes, the ticks are at powers of two. */
  const POWERS = Array.from({ length: 60 }, (none, power) => 2 ** power);
  const DAY = "\n{YYYY}-{MM}-{DD}";
  const TIMES = [
    [86400 * 28, "{YYYY}-{MM}", null, null, null, null, null, null, 1],
    [86400, "{MM}-{DD}", "\n{YYYY}", null, null, null, null, null, 1],
    [60, "{HH}:{mm}", DAY, null, DAY, null, null, null, 1],
    [1, "{HH}:{mm}:{ss}", DAY, null, DAY, null, null, null, 1],
  ];

  function chart(plot) {
    const axis = { stroke: style("--quiet"), grid: { stroke: style("--line"), width: 1 }, ticks: { stroke: style("--line") } };
    const fraction = plot.source.units === "(fraction)";
    plot.chart = new uPlot({
      width: plot.section.clientWidth, height: 170,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      cursor: { sync: { key: "poolsim" }, y: false },
      legend: { show: false },
      // Around a single row the axis would span years.
      scales: { x: { range: (self, low, high) => self.data[0].length === 1 ? [low - 300, low + 300] : [low, high] }, y: { range: (self, low, high) => {
        if (low === null || low === undefined) return [0, 1];
        const bottom = low >= 0 ? 0 : low;
        return [bottom, fraction && high <= 1 ? 1 : high > bottom ? high * 1.05 : bottom + 1];
      } } },
      axes: [{ ...axis, values: TIMES }, {
        ...axis,
        ...(plot.source.units === "B" || plot.source.units === "KiB" ? { incrs: POWERS } : {}),
        values: (self, ticks) => ticks.map((tick) => words(tick, plot.source.units)),
        size: (self, labels) => 16 + 7 * Math.max(4, ...(labels || []).map((label) => label.length)),
      }],
      series: [{}, { label: plot.source.name, stroke: style("--plot"), width: 1.5, spanGaps: false }],
    }, plot.pending, plot.holder);
    plot.pending = null;
  }

  function redraw() {
    drawn.forEach((plot) => { plot.chart?.destroy(); plot.section.remove(); });
    drawn = new Map();
    return load();
  }

  // What people do, and time

  const failed = (error) => { message.textContent = "Could not be read: " + error.message; };
  const again = () => { writeHash(); load().catch(failed); };
  objectChoice.addEventListener("change", again);
  spanChoice.addEventListener("change", again);
  filter.addEventListener("input", again);
  byId("choice").addEventListener("submit", (event) => event.preventDefault());
  document.querySelectorAll("table").forEach((each) => each.addEventListener("click", (event) => {
    const uuid = event.target.dataset.uuid;
    if (!uuid) return;
    objectChoice.value = uuid;
    again();
    byId("series").scrollIntoView({ block: "start" });
    objectChoice.focus({ preventScroll: true });
  }));
  window.addEventListener("resize", () => drawn.forEach((plot) =>
    plot.chart?.setSize({ width: plot.section.clientWidth, height: 170 })));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw().catch(failed));

  async function look() {
    const before = state;
    state = await fetchJson("/state.json");
    showState();
    if (!before || before.objects !== state.objects) await loadObjects();
    if (!before) writeHash();
    if (!before || before.now !== state.now) await load();
  }

  async function go() {
    try {
      await look();
    } catch (error) { failed(error); }
    if (!state || !state.finished || !state.report) setTimeout(go, LIVE_MILLIS);
  }

  const start = readHash();
  if (INTERVALS[start.get("span")]) spanChoice.value = start.get("span");
  filter.value = start.get("filter") || "";
  go();
})();
