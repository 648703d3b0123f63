// Calibrate: where it stands, as the monitor tells.
import { drawFigure } from "./figure.js";
import { follow, text } from "./live.js";

const place = document.getElementById("calibrate");
const show = (id, visible) => { document.getElementById(id).hidden = !visible; };
let was = false;

function moved(all) {
  [...document.getElementById("moved").rows].forEach((row, i) => {
    const part = all ? all[i] : 0;
    const bar = row.querySelector("rect");
    bar.setAttribute("width", Math.min(part, 1) * 100);
    bar.setAttribute("class", part > 1 ? "k-fault" : "k-good");
    row.querySelector("span").textContent = all ? `${part > 1 ? "▲ " : ""}${Math.round(part * 100)} %` : "–";
  });
}

function phase(moment) {
  const going = moment.calibrating;
  show("off", !moment.running);
  show("done", was && moment.running && !going);
  show("begin", moment.running && !going);
  show("moved", Boolean(going));
  show("moved-note", Boolean(going));
  show("refused", Boolean(going?.refused));
  drawFigure(document.getElementById("figure"), moment.running ? moment.figure : null, moment.mark);
  if (going) {
    if (going.refused) document.querySelector("#refused span").textContent = going.refused;
    text("phase", going.began ? "Hold still" : "Waiting until you are seen");
    text("countdown", going.began ? `${Math.ceil(going.left_s)} s` : "");
    moved(going.moved);
  } else if (moment.running) {
    text("phase", was ? "Calibrated. This is your neutral now." : "Ready");
    text("countdown", was ? "✓" : "");
  } else {
    text("phase", moment.headline);
    text("countdown", "");
  }
  was = was || Boolean(going);
}

follow(place.dataset.source, phase, () => text("phase", "This page has lost the dashboard"));
