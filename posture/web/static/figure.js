// A person as a few lines, from the points that the monitor tells; mirrored, as in a looking-glass.
const SVG = "http://www.w3.org/2000/svg";

export function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export function drawFigure(place, figure, mark) {
  place.setAttribute("aria-label", figure ? "Your head and shoulders as a line drawing" : "Nobody is seen");
  if (!figure) {
    const words = document.createElement("p");
    words.className = "soft";
    words.textContent = "Nobody is seen.";
    place.replaceChildren(words);
    return;
  }
  const [width, height] = figure.size_px;
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, class: `s-${mark}`, "aria-hidden": "true" });
  const at = (name) => figure.points_px[name] && [width - figure.points_px[name][0], figure.points_px[name][1]];
  const thick = width / 110;
  const line = (one, other, kind) => {
    if (one && other) svg.append(element("line", { x1: one[0], y1: one[1], x2: other[0], y2: other[1], class: kind, "stroke-width": thick }));
  };
  const middle = (one, other) => one && other && [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
  const ears = [at("left_ear"), at("right_ear")], eyes = [at("left_eye"), at("right_eye")];
  const shoulders = [at("acromion_left") ?? at("left_shoulder"), at("acromion_right") ?? at("right_shoulder")];

  if (shoulders[0] && shoulders[1]) {
    const down = height * 1.05;
    const [left, right] = shoulders;
    svg.append(element("path", { d: `M${left} Q${left[0] + (left[0] - right[0]) * 0.12} ${left[1]} ${left[0] + (left[0] - right[0]) * 0.16} ${down} L${right[0] - (left[0] - right[0]) * 0.16} ${down} Q${right[0] - (left[0] - right[0]) * 0.12} ${right[1]} ${right} Z`, class: "trunk" }));
  }
  const face = middle(...ears) ?? middle(...eyes) ?? at("nose");
  if (face) {
    const across = ears[0] && ears[1] ? Math.hypot(ears[0][0] - ears[1][0], ears[0][1] - ears[1][1]) : width / 8;
    const eyesMiddle = middle(...eyes);
    const tilt = eyes[0] && eyes[1] ? Math.atan2(eyes[0][1] - eyes[1][1], eyes[0][0] - eyes[1][0]) : 0;
    const lean = Math.abs(tilt) > Math.PI / 2 ? tilt - Math.sign(tilt) * Math.PI : tilt;
    const size = Math.max(across * 0.56, width / 22);
    if (shoulders[0] && shoulders[1]) {
      const base = middle(...shoulders), half = across * 0.34;
      svg.append(element("path", { d: `M${face[0] - half} ${face[1]} L${face[0] + half} ${face[1]} L${base[0] + half * 1.25} ${base[1] + across * 0.12} L${base[0] - half * 1.25} ${base[1] + across * 0.12} Z`, class: "trunk" }));
    }
    svg.append(element("ellipse", { cx: face[0], cy: face[1], rx: size, ry: size * 1.38, class: "head", "stroke-width": thick, transform: `rotate(${(lean * 180) / Math.PI} ${face})` }));
    for (const eye of eyes) if (eye) svg.append(element("circle", { cx: eye[0], cy: eye[1], r: thick * 0.9, class: "eye" }));
    if (eyesMiddle && at("nose")) line(eyesMiddle, at("nose"), "nose");
    line(at("mouth_left"), at("mouth_right"), "nose");
  }
  line(shoulders[0], shoulders[1], "shoulders");
  line(at("c7"), at("above_c7"), "plumb");
  line(at("c7"), at("tragus"), "measured");
  for (const point of [...shoulders, at("c7"), at("tragus")]) {
    if (point) svg.append(element("circle", { cx: point[0], cy: point[1], r: thick * 1.3, class: "joint" }));
  }
  place.replaceChildren(svg);
}
