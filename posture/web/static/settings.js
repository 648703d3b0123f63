// While one types: what the values would have meant last week.
const form = document.querySelector("form.settings");
const button = document.getElementById("try");
const PAUSE_MS = 700;
let timer, asked;

function say(answer) {
  document.getElementById("tried").textContent = answer.sentence;
  for (const place of document.querySelectorAll(".would")) {
    const words = answer.by_fault[place.dataset.fault] ?? "";
    place.textContent = words;
    place.hidden = !words;
  }
}

async function ask() {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(button.formAction, {
      method: "POST", body: new URLSearchParams(new FormData(form)), signal: asked.signal,
      headers: { accept: "application/json" },
    });
    say(await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") say({ sentence: "This page has lost the dashboard.", by_fault: {} });
  }
}

if (button) {
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE_MS); });
  button.addEventListener("click", (event) => { event.preventDefault(); ask(); });
}
