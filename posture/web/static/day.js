// The day's two charts: a timeline of states and faults, and one measured curve; zoomed together.
import { axisFont, css, fill, font, keepFitting, kindSwatch, legend, mark, markSwatch, rem } from "./charts.js";

const place = document.getElementById("charts");
const cursor = document.getElementById("cursor");
const readout = document.getElementById("readout");
const STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10800];
const LEAST = 300;
let day, timeline, curve, chosen, whole, shown, at;

if (place) {
  const answer = await fetch(place.dataset.source);
  if (answer.ok) begin(await answer.json());
}

function begin(content) {
  day = content;
  const hour = 3600;
  const first = day.spans[0][0], last = Math.max(...day.spans.map((span) => span[1]));
  const offset = offsetAt(first);
  whole = [Math.floor((first + offset) / hour) * hour - offset, Math.ceil((last + offset) / hour) * hour - offset];
  shown = whole;
  at = first;
  place.hidden = false;
  const which = document.getElementById("which");
  for (const one of day.curves) which.add(new Option(one.title, one.id));
  which.onchange = () => { chosen = day.curves.find((one) => one.id === which.value); drawCurve(); };
  chosen = day.curves[0];
  draw();
  keepFitting(document.getElementById("timeline"), () => [timeline, curve], draw);
  for (const button of place.querySelectorAll("[data-do]")) button.onclick = () => act(button.dataset.do);
  cursor.addEventListener("keydown", keys);
  say();
}

function draw() {
  timeline?.destroy();
  drawTimeline();
  drawCurve();
  const there = new Set(day.spans.map((span) => span[2]));
  legend(document.getElementById("kinds"), [
    ...Object.entries(day.kinds).filter(([kind]) => there.has(kind)).map(([kind, words]) => [kindSwatch(kind), words]),
    ...["alert", "reminder", "break", "exercise"].filter((kind) => day.marks.some((one) => one[1] === kind))
      .map((kind) => [markSwatch(kind), { alert: "alert", reminder: "break reminder", break: "break", exercise: "exercise" }[kind]]),
  ]);
}

// ── Time ──
function offsetAt(time) {
  let found = day.offsets[0]?.[1] ?? 0;
  for (const [from, offset] of day.offsets) if (time >= from) found = offset;
  return found;
}

function clock(time) {
  return new Date((time + offsetAt(time)) * 1000).toISOString().slice(11, 16);
}

function splits(chart, _axis, low, high) {
  const room = chart.bbox.width / devicePixelRatio / (4.2 * rem());
  const step = STEPS.find((one) => (high - low) / one <= room) ?? 14400;
  const offset = offsetAt(low), found = [];
  for (let time = Math.ceil((low + offset) / step) * step - offset; time <= high; time += step) found.push(time);
  return found;
}

function timeAxis() {
  return {
    splits, values: (_, times) => times.map(clock), font: axisFont(), stroke: css("--soft"), size: 2.2 * rem(),
    grid: { stroke: css("--line"), width: 1 }, ticks: { stroke: css("--line"), width: 1 },
  };
}

function options(height, more) {
  return {
    width: document.getElementById("timeline").clientWidth, height,
    padding: [6, 1.4 * rem(), 0, 0],
    legend: { show: false },
    scales: { x: { time: false, range: () => shown }, ...more.scales },
    cursor: {
      sync: { key: "day" }, y: false, points: { show: false },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => { zoom(...whole); return null; } },
    },
    ...more.rest,
    axes: [timeAxis(), more.axis],
    hooks: {
      ...more.hooks,
      setSelect: [(chart) => {
        if (chart.select.width > 4) zoom(chart.posToVal(chart.select.left, "x"), chart.posToVal(chart.select.left + chart.select.width, "x"));
        chart.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
      }],
      setCursor: [(chart) => {
        if (chart.cursor.event && chart.cursor.left >= 0) { at = chart.posToVal(chart.cursor.left, "x"); say(); }
      }],
    },
  };
}

// ── Timeline ──
function drawTimeline() {
  const lane = 2.3 * rem();
  const height = lane * (day.lanes.length + 2) + 2.2 * rem() + 8;
  timeline = new uPlot(options(height, {
    axis: { size: 2.9 * rem(), show: true, values: () => [], splits: () => [], grid: { show: false }, ticks: { show: false } },
    scales: { y: { range: [0, 1] } },
    rest: { series: [{}, { show: true, stroke: "transparent", points: { show: false } }] },
    hooks: { draw: [(chart) => lanes(chart, lane * devicePixelRatio)] },
  }), [whole, [0, 0]], document.getElementById("timeline"));
}

function lanes(chart, lane) {
  const c = chart.ctx, { left, top, width } = chart.bbox;
  c.save();
  c.beginPath();
  c.rect(left, top, width, chart.bbox.height);
  c.clip();
  c.font = font();
  c.textAlign = "left";
  c.textBaseline = "top";
  const bar = lane * 0.46, text = lane * 0.47;
  const rows = [["What was seen", null], ...day.lanes.map((one) => [one.title, one.id])];
  rows.forEach(([title, fault], row) => {
    const y = top + row * lane;
    c.fillStyle = css("--soft");
    c.fillText(title, left + 2, y + 2 * devicePixelRatio);
    c.fillStyle = css("--line");
    c.fillRect(left, y + text + bar, width, 1);
    for (const [from, to, kind, faults] of day.spans) {
      if (to < shown[0] || from > shown[1] || (fault && !faults.includes(fault))) continue;
      const x = chart.valToPos(from, "x", true);
      c.fillStyle = fill(c, fault ? "fault" : kind);
      c.fillRect(x, y + text, Math.max(chart.valToPos(to, "x", true) - x, 1), bar);
    }
  });
  const y = top + rows.length * lane;
  c.fillStyle = css("--soft");
  c.fillText("Said and done", left + 2, y + 2 * devicePixelRatio);
  for (const [time, kind] of day.marks) {
    if (time >= shown[0] && time <= shown[1]) mark(c, kind, chart.valToPos(time, "x", true), y + text + bar / 2, 0.36 * rem() * devicePixelRatio);
  }
  c.restore();
}

// ── Curve ──
function drawCurve() {
  curve?.destroy();
  const [times, means, lows, highs] = [[], [], [], []];
  day.minutes.forEach((time, i) => {
    if (i && time - day.minutes[i - 1] > 90) { times.push(day.minutes[i - 1] + 60); means.push(null); lows.push(null); highs.push(null); }
    const mean = chosen.means[i], sigma = chosen.sigmas[i] ?? 0;
    times.push(time + 30);
    means.push(mean);
    lows.push(mean === null ? null : mean - sigma);
    highs.push(mean === null ? null : mean + sigma);
  });
  const line = css("--curve");
  const seen = [...lows, ...highs].filter((value) => value !== null);
  const marks = [chosen.begins, chosen.ends].filter((value) => value !== null);
  const low = Math.min(...seen, ...marks, chosen.id === "distance" ? 40 : 0), high = Math.max(...seen, ...marks);
  const spare = (high - low) * 0.08 || 1;
  curve = new uPlot(options(15 * rem(), {
    axis: {
      size: 2.9 * rem(), font: axisFont(), stroke: css("--soft"), grid: { stroke: css("--line"), width: 1 }, ticks: { show: false },
      values: (_, values) => values.map((value) => `${value}${chosen.unit === "°" ? "°" : ""}`.replace("-", "−")),
    },
    scales: { y: { range: [low - spare, high + spare] } },
    rest: {
      series: [{}, { stroke: line, width: 2, points: { show: false } }, { stroke: "transparent", points: { show: false } }, { stroke: "transparent", points: { show: false } }],
      bands: [{ series: [3, 2], fill: css("--band") }],
    },
    hooks: { draw: [limits] },
  }), [times, means, lows, highs], document.getElementById("curve"));
  legend(document.getElementById("curve-legend"), [
    [(c, size) => { c.fillStyle = line; c.fillRect(0, size * 0.42, size, size * 0.16); }, `${chosen.title}, mean of a minute (${chosen.unit})`],
    [(c, size) => { c.fillStyle = css("--band"); c.fillRect(0, size * 0.2, size, size * 0.6); }, "uncertainty (68 %)"],
    ...(chosen.begins === null ? [] : [
      [(c, size) => dashes(c, 0, size / 2, size, "--fault", []), "limit: begins"],
      [(c, size) => dashes(c, 0, size / 2, size, "--soft", [3, 3]), "limit: ends"],
    ]),
  ]);
}

function dashes(c, x, y, width, colour, pattern) {
  c.save();
  c.strokeStyle = css(colour);
  c.lineWidth = 1.6 * devicePixelRatio;
  c.setLineDash(pattern.map((part) => part * devicePixelRatio));
  c.beginPath();
  c.moveTo(x, y);
  c.lineTo(x + width, y);
  c.stroke();
  c.restore();
}

function label(c, words, right, y, colour) {
  c.save();
  c.font = font();
  c.textAlign = "right";
  c.textBaseline = "middle";
  const room = 3 * devicePixelRatio, width = c.measureText(words).width, height = 0.95 * rem() * devicePixelRatio;
  c.globalAlpha = 0.85;
  c.fillStyle = css("--card");
  c.fillRect(right - width - 3 * room, y - height - room, width + 2 * room, height);
  c.globalAlpha = 1;
  c.fillStyle = css(colour);
  c.fillText(words, right - 2 * room, y - height / 2 - room);
  c.restore();
}

function limits(chart) {
  const { left, width } = chart.bbox, c = chart.ctx;
  for (const [value, colour, pattern, words] of [[chosen.begins, "--fault", [], "begins"], [chosen.ends, "--soft", [4, 4], "ends"]]) {
    if (value === null) continue;
    const y = chart.valToPos(value, "y", true);
    dashes(c, left, y, width, colour, pattern);
    label(c, `${words} ${value}${chosen.unit === "°" ? "°" : " cm"}`, left + width, y, colour);
  }
}

// ── Moving about ──
function zoom(from, to) {
  const width = Math.min(Math.max(to - from, LEAST), whole[1] - whole[0]);
  from = Math.min(Math.max(from, whole[0]), whole[1] - width);
  shown = [from, from + width];
  for (const chart of [timeline, curve]) chart.setScale("x", { min: shown[0], max: shown[1] });
  // The charts take the new scale at the end of this turn.
  requestAnimationFrame(point);
}

function act(what) {
  const width = shown[1] - shown[0];
  const middle = at > shown[0] && at < shown[1] ? at : (shown[0] + shown[1]) / 2;
  if (what === "in") zoom(middle - width / 4, middle + width / 4);
  if (what === "out") zoom(middle - width, middle + width);
  if (what === "left") zoom(shown[0] - width / 2, shown[1] - width / 2);
  if (what === "right") zoom(shown[0] + width / 2, shown[1] + width / 2);
  if (what === "all") zoom(...whole);
}

function keys(event) {
  const moves = { ArrowLeft: -60, ArrowRight: 60, ArrowDown: -60, ArrowUp: 60, PageDown: -900, PageUp: 900 };
  const zooms = { "+": "in", "=": "in", "-": "out", 0: "all" };
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in moves) at = Math.min(Math.max(at + moves[event.key], whole[0]), whole[1]);
  else if (event.key === "Home") at = whole[0];
  else if (event.key === "End") at = whole[1];
  else if (event.key in zooms) act(zooms[event.key]);
  else return;
  event.preventDefault();
  if (at < shown[0] || at > shown[1]) zoom(at - (shown[1] - shown[0]) / 2, at + (shown[1] - shown[0]) / 2);
  point();
  say();
}

function point() {
  for (const chart of [timeline, curve]) chart.setCursor({ left: chart.valToPos(at, "x"), top: 0 }, false);
}

function say() {
  const span = day.spans.find(([from, to]) => from <= at && at < to);
  const parts = [clock(at)];
  if (!span) parts.push("the monitor did not run");
  else {
    const faults = span[3].map((fault) => day.lanes.find((one) => one.id === fault).title);
    parts.push(faults.length ? faults.join(" and ") : day.kinds[span[2]]);
    const minute = day.minutes.indexOf(Math.floor(at / 60) * 60);
    if (minute >= 0 && chosen.means[minute] !== null) {
      const unit = chosen.unit === "°" ? "°" : " cm";
      parts.push(`${chosen.title.toLowerCase()} ${chosen.means[minute].toFixed(1).replace("-", "−")}${unit} ± ${chosen.sigmas[minute].toFixed(1)}`);
    }
  }
  const near = day.marks.find(([time]) => Math.abs(time - at) <= Math.max(30, (shown[1] - shown[0]) / 200));
  if (near) parts.push(near[2]);
  readout.textContent = parts.join(" · ");
  cursor.setAttribute("aria-valuenow", Math.round((at - whole[0]) / 60));
  cursor.setAttribute("aria-valuemax", Math.round((whole[1] - whole[0]) / 60));
  cursor.setAttribute("aria-valuetext", parts.join(", "));
}
