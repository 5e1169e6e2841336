// How far episodes were heard: here at once, and for whoever has lists on the server, where the newest word counts.
import { recall, remember } from "./kept.js";

//: Episodes that this browser remembers.
const MOST = 300;
//: Milliseconds between two words to the server while it plays.
const EVERY = 10_000;
let lastSent = 0;

const asNumbers = ({ seconds, is_finished: finished, when }) => ({ seconds, finished, when: Date.parse(when) });

function store(id, position) {
  const all = recall("positions", {});
  delete all[id];
  const names = Object.keys(all);
  for (const old of names.slice(0, Math.max(names.length + 1 - MOST, 0))) delete all[old];
  remember("positions", { ...all, [id]: position });
}

// The newest position of an episode, as the server gave it, that anybody knows; null if there is none.
export function newest(episode) {
  const here = recall("positions", {})[episode.id] ?? null;
  const there = episode.position && asNumbers(episode.position);
  return here && there ? (there.when >= here.when ? there : here) : here ?? there;
}

// Keeps where it is now; `atOnce` is for when it pauses, ends or goes.
export function keep(episode, seconds, { finished = false, atOnce = false } = {}) {
  // Later than what is known to be kept, even where the clock of this device is slow.
  const known = episode.position ? Date.parse(episode.position.when) : 0;
  const told = { seconds, finished, when: Math.max(Date.now(), known + 1) };
  store(episode.id, told);
  if (!episode.listener || (!atOnce && told.when - lastSent < EVERY)) return;
  lastSent = told.when;
  send(episode, told);
}

async function send(episode, told) {
  const body = JSON.stringify({ ...told, when: new Date(told.when).toISOString() });
  const headers = { "content-type": "application/json" };
  try {
    const address = `/api/v1/positions/${encodeURIComponent(episode.id)}`;
    const answer = await fetch(address, { method: "PUT", headers, body, keepalive: true });
    if (!answer.ok) return;
    episode.position = await answer.json();
    // By the clock of the server from now on, unless it went on here meanwhile.
    const here = recall("positions", {})[episode.id];
    if (here?.when === told.when) store(episode.id, asNumbers(episode.position));
  } catch { /* The next word reaches it. */ }
}
