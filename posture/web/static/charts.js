// What all charts share: colours and patterns, so that nothing is told by colour alone.

export const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
export const font = (size = 0.75) => `${size * rem() * devicePixelRatio}px system-ui, sans-serif`;
export const axisFont = () => `${0.75 * rem()}px system-ui, sans-serif`;

// Base colour, colour of the pattern, pattern.
const KINDS = {
  good: ["--good", null, null],
  fault: ["--fault", "--on-fault", "diagonal"],
  unsure: ["--card", "--unsure", "dots"],
  turned_away: ["--card", "--unsure", "upright"],
  absent: ["--absent", null, null],
  paused: ["--card", "--unsure", "level"],
  camera_lost: ["--card", "--urgent", "crossed"],
  asleep: ["--card", "--absent", "level"],
};

const tiles = new Map();

export function forgetColours() {
  tiles.clear();
}

export function fill(context, kind) {
  const ratio = devicePixelRatio;
  if (!tiles.has(kind)) tiles.set(kind, tile(KINDS[kind] ?? KINDS.unsure, ratio));
  return context.createPattern(tiles.get(kind), "repeat");
}

function tile([base, ink, pattern], ratio) {
  const size = Math.round(6 * ratio);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const c = canvas.getContext("2d");
  c.fillStyle = css(base);
  c.fillRect(0, 0, size, size);
  if (!pattern) return canvas;
  c.strokeStyle = c.fillStyle = css(ink);
  c.lineWidth = 1.4 * ratio;
  c.beginPath();
  if (pattern === "diagonal" || pattern === "crossed") {
    for (const at of [-size, 0, size]) { c.moveTo(at, size); c.lineTo(at + size, 0); }
  }
  if (pattern === "crossed") {
    for (const at of [-size, 0, size]) { c.moveTo(at, 0); c.lineTo(at + size, size); }
  }
  if (pattern === "upright") { c.moveTo(size / 2, 0); c.lineTo(size / 2, size); }
  if (pattern === "level") { c.moveTo(0, size / 2); c.lineTo(size, size / 2); }
  if (pattern === "dots") { c.arc(size / 2, size / 2, size / 5, 0, 7); c.fill(); } else c.stroke();
  return canvas;
}

// Marks differ in shape: triangle, circle, square, diamond.
export function mark(context, kind, x, y, size) {
  context.beginPath();
  if (kind === "alert") {
    context.moveTo(x, y - size); context.lineTo(x + size, y + size * 0.8); context.lineTo(x - size, y + size * 0.8);
  } else if (kind === "exercise") {
    context.arc(x, y, size * 0.85, 0, 7);
  } else if (kind === "break") {
    context.rect(x - size * 0.75, y - size * 0.75, size * 1.5, size * 1.5);
  } else {
    context.moveTo(x, y - size); context.lineTo(x + size, y); context.lineTo(x, y + size); context.lineTo(x - size, y);
  }
  context.closePath();
  context.fillStyle = css({ alert: "--fault", exercise: "--good", break: "--soft", reminder: "--card" }[kind]);
  context.strokeStyle = css("--ink");
  context.lineWidth = 1.2 * devicePixelRatio;
  context.fill();
  context.stroke();
}

export function swatch(draw) {
  const canvas = document.createElement("canvas");
  const ratio = devicePixelRatio;
  const size = 1.1 * rem();
  canvas.width = canvas.height = Math.round(size * ratio);
  canvas.style.width = canvas.style.height = `${size}px`;
  canvas.setAttribute("aria-hidden", "true");
  draw(canvas.getContext("2d"), canvas.width);
  return canvas;
}

export function legend(list, entries) {
  list.replaceChildren(...entries.map(([draw, words]) => {
    const item = document.createElement("li");
    item.append(swatch(draw), ` ${words}`);
    return item;
  }));
}

export function kindSwatch(kind) {
  return (context, size) => {
    context.fillStyle = fill(context, kind);
    context.fillRect(0, 0, size, size);
    context.strokeStyle = css("--soft");
    context.strokeRect(0.5, 0.5, size - 1, size - 1);
  };
}

export function markSwatch(kind) {
  return (context, size) => mark(context, kind, size / 2, size / 2, size / 2.6);
}

// A chart is as wide as its place, and redrawn when colours or text size change.
export function keepFitting(place, charts, redraw) {
  new ResizeObserver(() => {
    const width = place.clientWidth;
    for (const chart of charts()) if (chart.width !== width) chart.setSize({ width, height: chart.height });
  }).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { forgetColours(); redraw(); });
}
