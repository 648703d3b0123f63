// The stream of moments that the Now and the Calibrate page share.

export function follow(source, show, lost) {
  let events;
  const open = () => {
    events = new EventSource(source);
    events.onmessage = (message) => show(JSON.parse(message.data));
    events.onerror = lost;
  };
  // A page that nobody looks at asks nothing.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) events?.close();
    else open();
  });
  if (!document.hidden) open();
}

export function text(id, words) {
  const place = document.getElementById(id);
  // A status that is written again is read out again.
  if (place.textContent !== words) place.textContent = words;
}
