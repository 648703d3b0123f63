// The guided session: shows each moment that the program sends, and tells it what is pressed.

const root = document.getElementById("session");
if (root) {
  const part = (id) => document.getElementById(id);
  const base = root.dataset.root;
  const mayHear = "speechSynthesis" in window;
  let spoken = 0;

  const setText = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  const show = (now) => {
    if (now.number && root.dataset.number !== String(now.number)) {
      root.dataset.number = now.number;
      for (const section of root.querySelectorAll("[data-exercise]")) {
        section.hidden = section.dataset.exercise !== String(now.number);
      }
    }
    setText(part("headline"), now.headline ?? "Getting ready");
    setText(part("clock"), now.left_s == null ? "" : `${Math.ceil(now.left_s)} s`);
    const filled = now.left_s != null && now.lasts_s ? 1 - now.left_s / now.lasts_s : now.reach ?? 0;
    part("fill").setAttribute("width", String(100 * Math.min(1, Math.max(0, filled))));
    const counts = now.wanted && (now.phase === "doing" || now.phase === "rest");
    setText(part("count"), counts ? `${now.done} of ${now.wanted}` : "");
    setText(part("note"), now.problem || now.note || "");
    part("comfort").hidden = !now.asks_comfort;
    part("comfort-label").hidden = now.phase === "feedback";
    part("go").hidden = now.phase !== "ready";
    part("pause").hidden = now.phase === "feedback";
    part("pause").dataset.command = now.paused ? "resume" : "pause";
    setText(part("pause"), now.paused ? "Go on" : "Pause");
    const over = now.phase === "done" || !now.running;
    if (over) setText(part("headline"), now.problem ? "The session has ended" : "Done");
    part("controls").hidden = over;
    part("over").hidden = !over;
    if (over) part("comfort").hidden = true;
    speak(now.words);
  };

  const speak = ([number, text]) => {
    const isNew = number !== spoken;
    spoken = number;
    if (!isNew || !text || !part("aloud").checked) return;
    speechSynthesis.cancel();
    speechSynthesis.speak(new SpeechSynthesisUtterance(text));
  };

  const tell = (command) =>
    fetch(`${base}/session/do`, { method: "POST", body: new URLSearchParams({ command }) });

  root.addEventListener("click", (event) => {
    const command = event.target.dataset?.command;
    if (command) tell(command);
  });
  if (!mayHear) part("aloud").parentElement.hidden = true;

  const events = new EventSource(`${base}/session/events`);
  events.onmessage = (event) => {
    const now = JSON.parse(event.data);
    show(now);
    if (!now.running) events.close();
  };
  events.onerror = () => {
    setText(part("note"), "The program does not answer. Is it still running?");
  };
}
