// The page of an errand, kept up to date until it is done. Without this the page loads itself again.
const PAUSE = 1_000;
const PARTS = ["far", "state", "outcomes"];

async function look(signal) {
  const answer = await fetch(location.href, { signal });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("errand");
  const shown = document.getElementById("errand");
  for (const id of PARTS) {
    const [fresh, old] = [now.querySelector(`#${id}`), shown.querySelector(`#${id}`)];
    if (fresh.outerHTML === old.outerHTML) continue;
    // What is said aloud, and the bar, stay the same elements. What has the focus is left alone.
    if (id === "far") for (const name of ["max", "value"]) fresh.hasAttribute(name) && old.setAttribute(name, fresh.getAttribute(name));
    else if (id === "state") old.textContent = fresh.textContent.trim();
    else if (!old.contains(document.activeElement) || now.dataset.state === "done") old.replaceChildren(...fresh.childNodes);
  }
  shown.dataset.state = now.dataset.state;
  return now.dataset.state === "done";
}

async function watch(signal) {
  if (signal.aborted) return;
  try {
    if (await look(signal)) return;
  } catch { /* the server may be busy, or gone: the next look tells */ }
  setTimeout(watch, PAUSE, signal);
}

export default function setUp(signal) {
  setTimeout(watch, PAUSE, signal);
}
