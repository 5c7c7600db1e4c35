"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const objectChoice = byId("object"), spanChoice = byId("span"), filter = byId("filter");
  const plots = byId("plots"), message = byId("message");
  const PLOTS_MAX = 60;
  let known = { now: 0, objects: [] };
  let drawn = [];
  let turn = 0;

  const readHash = () => new URLSearchParams(location.hash.slice(1));
  const writeHash = () => {
    const hash = new URLSearchParams({ object: objectChoice.value, span: spanChoice.value });
    if (filter.value) hash.set("filter", filter.value);
    history.replaceState(null, "", "#" + hash);
  };
  const date = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  async function fetchJson(url) {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status + " " + (await answer.text()).trim());
    return answer.json();
  }

  async function loadObjects() {
    known = await fetchJson("/objects.json");
    byId("now").textContent = "simulated date " + date(known.now);
    const wanted = objectChoice.value || readHash().get("object");
    const groups = known.objects.map((object) => {
      const option = document.createElement("option");
      option.value = object.uuid;
      option.textContent = object.kind + " " + object.name;
      return option;
    });
    objectChoice.replaceChildren(...groups);
    if (known.objects.some((object) => object.uuid === wanted)) objectChoice.value = wanted;
  }

  function table(updates, prefix) {
    const columns = new Map();
    updates.meta.legend.forEach((entry, index) => {
      if (entry.startsWith(prefix)) columns.set(entry.slice(prefix.length), index);
    });
    const rows = updates.data.slice().reverse();
    const number = (text) => { const value = Number(text); return Number.isFinite(value) ? value : null; };
    return { times: rows.map((row) => Number(row.t)), column: (name) => columns.has(name) ? rows.map((row) => number(row.values[columns.get(name)])) : null };
  }

  async function load() {
    const mine = ++turn;
    const object = known.objects.find((one) => one.uuid === objectChoice.value);
    if (!object) { message.textContent = "There is no object."; return; }
    const span = Number(spanChoice.value);
    const query = new URLSearchParams({ start: Math.floor(known.now - span + 5), cf: "AVERAGE", json: "" });
    query.set("interval", { 600: 5, 7200: 60, 604800: 3600, 31536000: 86400 }[span]);
    query.set("vm_uuid", object.kind === "vm" ? object.uuid : "none");
    query.set("sr_uuid", object.kind === "sr" ? object.uuid : "none");
    if (object.kind === "host") { query.set("host", "true"); query.set("host_uuid", object.uuid); }
    const updates = await fetchJson("/rrd_updates?" + query);
    if (mine !== turn) return;
    draw(object, table(updates, "AVERAGE:" + object.kind + ":" + object.uuid + ":"));
  }

  function draw(object, data) {
    drawn.forEach((plot) => plot.destroy());
    drawn = [];
    plots.replaceChildren();
    const words = filter.value.toLowerCase();
    const sources = object.sources.filter((source) => source.name.toLowerCase().includes(words));
    const shown = sources.slice(0, PLOTS_MAX);
    message.textContent = data.times.length === 0 ? "No rows in this span."
      : shown.length + " of " + object.sources.length + " series, " + data.times.length + " rows";
    for (const source of shown) {
      const values = data.column(source.name);
      if (!values) continue;
      const section = document.createElement("section");
      const title = document.createElement("h2");
      title.textContent = source.name + (source.units ? " [" + source.units + "]" : "");
      const latest = document.createElement("p");
      const last = values[values.length - 1];
      latest.textContent = "latest " + (last === null || last === undefined ? "unknown" : last.toPrecision(5));
      section.append(title, latest);
      plots.append(section);
      const holder = document.createElement("div");
      holder.setAttribute("role", "img");
      holder.setAttribute("aria-label", source.name + ", " + latest.textContent);
      section.append(holder);
      const axis = { stroke: style("--quiet"), grid: { stroke: style("--line"), width: 1 }, ticks: { stroke: style("--line") } };
      drawn.push(new uPlot({
        width: section.clientWidth, height: 170,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
        cursor: { sync: { key: "poolsim" } },
        legend: { show: false },
        axes: [axis, { ...axis, size: 64 }],
        series: [{}, { label: source.name, stroke: style("--plot"), width: 1.5, spanGaps: false }],
      }, [data.times, values], holder));
    }
  }

  const failed = (error) => { message.textContent = "Could not be read: " + error.message; };
  const again = () => { writeHash(); load().catch(failed); };
  objectChoice.addEventListener("change", again);
  spanChoice.addEventListener("change", again);
  filter.addEventListener("input", again);
  byId("choice").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("resize", () => drawn.forEach((plot) =>
    plot.setSize({ width: plot.root.parentElement.clientWidth, height: 170 })));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);

  const start = readHash();
  if (start.get("span")) spanChoice.value = start.get("span");
  filter.value = start.get("filter") || "";
  loadObjects().then(again).catch(failed);
  setInterval(async () => {
    const before = known.now;
    try {
      await loadObjects();
      if (known.now !== before) await load();
    } catch (error) { failed(error); }
  }, 5000);
})();
