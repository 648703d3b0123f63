// Now: the newest moment of the monitor, as it comes.
import { drawFigure, element } from "./figure.js";
import { follow, text } from "./live.js";

const place = document.getElementById("now");
const show = (id, visible) => { document.getElementById(id).hidden = !visible; };

function gauge(cell, one) {
  const x = (value) => Math.min(Math.max(((value - one.low) / (one.high - one.low)) * 200, 0), 200);
  const svg = element("svg", { viewBox: "0 0 200 28", "aria-hidden": "true", class: one.beyond ? "beyond" : "" });
  const near = one.neutral === null;
  const zone = (from, to) => svg.append(element("rect", { x: x(from), y: 9, width: x(to) - x(from), height: 10, class: "zone" }));
  svg.append(element("rect", { x: 0, y: 9, width: 200, height: 10, class: "track" }));
  if (near) zone(one.low, one.begins);
  else zone(one.begins, one.high);
  if (one.both) zone(one.low, -one.begins);
  const tick = (value, kind, from, to) => svg.append(element("line", { x1: x(value), x2: x(value), y1: from, y2: to, class: kind }));
  if (!near) tick(0, "neutral", 5, 23);
  for (const value of one.both ? [one.begins, -one.begins] : [one.begins]) tick(value, "limit-mark", 4, 24);
  for (const value of one.both ? [one.ends, -one.ends] : [one.ends]) tick(value, "end-mark", 9, 19);
  if (one.value !== null) {
    svg.append(element("rect", { x: x(one.value - one.sigma), y: 11, width: Math.max(x(one.value + one.sigma) - x(one.value - one.sigma), 1), height: 6, class: "sigma" }));
    svg.append(element("circle", { cx: x(one.value), cy: 14, r: 5.5, class: "value" }));
  }
  cell.replaceChildren(svg);
}

function gauges(all) {
  const body = document.getElementById("gauges");
  const there = [...body.rows].map((row) => row.dataset.fault).join();
  if (there !== all.map((one) => one.fault).join()) {
    body.replaceChildren(...all.map((one) => {
      const row = document.createElement("tr");
      row.dataset.fault = one.fault;
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = one.title;
      row.append(head);
      for (const kind of ["number reads", "number soft limit", "scale"]) row.append(Object.assign(document.createElement("td"), { className: kind }));
      return row;
    }));
  }
  all.forEach((one, i) => {
    const row = body.rows[i];
    row.className = one.beyond ? "beyond" : "";
    row.querySelector(".reads").textContent = one.reads;
    row.querySelector(".limit").textContent = one.limit;
    gauge(row.querySelector(".scale"), one);
  });
}

function now(moment) {
  document.getElementById("state").className = `card state s-${moment.mark}`;
  text("headline", moment.headline);
  text("detail", moment.detail);
  text("at", moment.at ? `as of ${moment.at}` : "");
  show("off", !moment.running);
  show("live", moment.running);
  show("wishes", moment.running);
  show("notice", Boolean(moment.notice));
  document.querySelector("#notice p").textContent = moment.notice;
  if (!moment.running) return;
  gauges(moment.gauges);
  drawFigure(document.getElementById("figure"), moment.figure, moment.mark);
  const state = { snoozed: Boolean(moment.snoozed), paused: Boolean(moment.paused) };
  const when = { speaks: !state.snoozed, snoozed: state.snoozed, open: !state.paused, paused: state.paused };
  for (const button of document.querySelectorAll("[data-when]")) button.hidden = !when[button.dataset.when];
  text("snoozed", moment.snoozed ? `No alerts ${moment.snoozed}.` : "");
}

follow(place.dataset.source, now, () => {
  document.getElementById("state").className = "card state s-off";
  text("headline", "This page has lost the dashboard");
  text("detail", "It goes on by itself when `posture dashboard` runs; after a restart, open its new link.");
});
