// What this browser remembers from page to page. One that keeps nothing forgets it with the page.
const PREFIX = "castabout:";

export function recall(name, otherwise = null) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch { /* It holds for this page. */ }
}

// The same for this tab alone: whether it was playing when the page went.
export function wasPlaying() {
  try { return sessionStorage.getItem(PREFIX + "playing") !== null; } catch { return false; }
}

export function isPlaying(on) {
  try {
    if (on) sessionStorage.setItem(PREFIX + "playing", "yes");
    else sessionStorage.removeItem(PREFIX + "playing");
  } catch { /* As above. */ }
}
