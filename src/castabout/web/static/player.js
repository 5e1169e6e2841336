// The one sound of all pages: what is loaded, where it is, how fast. It shows nothing: see bar.js.
// Events of its own on `sound`: "episode" (another one, or none), "nudged", "blocked", and "missing", "unreached" for
// one that is not to be had.
import { isPlaying, recall, remember, wasPlaying } from "./kept.js";
import { keep, newest } from "./positions.js";

export const sound = document.querySelector("#player audio");

//: As /api/v1/player gives it.
let episode = null;
//: The list from which comes what is played next.
let list = "";
//: Seconds in the file at which it begins once it is loaded.
let from = 0;
//: Where playback pauses, in the file.
let stopAt = null;
//: Where somebody was before a jump to another place of the episode, in the file.
let left = null;
let turn = 0;

const tell = (name) => sound.dispatchEvent(new Event(name));

export const current = () => episode;
export const currentList = () => list;
export const is = (id) => episode?.id === id;
export const time = () => (sound.readyState ? sound.currentTime : from);
export const duration = () => (Number.isFinite(sound.duration) ? sound.duration : episode?.duration_seconds ?? null);
export const wasAt = () => left;

// Seconds that everything in a file is later than published, by ads that were put into it.
export function nudgeOf(id) {
  return Number(recall(`nudge:${id}`, 0)) || 0;
}

export function setNudge(id, seconds) {
  remember(`nudge:${id}`, seconds || null);
  tell("nudged");
}

function setSource(seconds) {
  from = Math.max(seconds, 0);
  sound.src = episode.audio_url.split("#")[0] + (from ? `#t=${Math.round(from * 100) / 100}` : "");
  sound.defaultPlaybackRate = sound.playbackRate = speed();
}

export async function ask(path) {
  const answer = await fetch(path, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

// What is to be known of an episode. What this browser remembers of one user is not another one's.
async function details(id) {
  const found = await ask(`/api/v1/player/episodes/${encodeURIComponent(id)}`);
  const before = recall("listener");
  if (before && before !== found.listener) for (const name of ["positions", "player"]) remember(name, null);
  if (before !== found.listener) remember("listener", found.listener);
  return found;
}

// Loads an episode at `at`, as published, or where it was left; gives nothing if another one is wanted by then.
async function load(id, at, of, isWanted = () => true) {
  const mine = turn += 1;
  const found = await details(id).catch(() => null);
  if (mine !== turn || !isWanted()) return null;
  if (!found?.audio_url) return found ? "missing" : "unreached";
  keepNow();
  episode = found;
  list = of;
  const was = newest(found);
  const known = was && !was.finished ? was.seconds : 0;
  const start = at === null ? known : Math.max(at + nudgeOf(id), 0);
  left = at !== null && Math.abs(known - start) > 30 && known > 30 ? known : null;
  stopAt = null;
  setSource(start);
  remember("player", { id, list });
  tell("episode");
  return "loaded";
}

// Plays an episode: `at` and `end` as published; without them where it was left, to its end.
export async function start(id, { at = null, end = null, of = "" } = {}) {
  // Some browsers let only what was touched during a press make a sound.
  if (!sound.src) sound.load();
  if (!is(id)) {
    const became = await load(id, at, of);
    if (became !== "loaded") return became && tell(became);
  } else if (at !== null) seek(at + nudgeOf(id));
  stopAt = end === null ? null : end + nudgeOf(id);
  play();
}

export function play() {
  if (!episode) return;
  if (sound.error) setSource(time());
  sound.play().catch((error) => error.name === "NotAllowedError" && tell("blocked"));
}

export function toggle() {
  if (sound.paused) play();
  else sound.pause();
}

// `seconds` in the file. Nothing is fetched until somebody wants to hear it.
export function seek(seconds) {
  const to = Math.min(Math.max(seconds, 0), duration() ?? Infinity);
  left = null;
  if (sound.readyState) sound.currentTime = to;
  else {
    const goesOn = !sound.paused;
    setSource(to);
    if (goesOn) play();
    tell("timeupdate");
  }
}

export const skip = (by) => episode && seek(time() + by);

export const speed = () => Number(recall("speed", 1)) || 1;

export function setSpeed(rate) {
  remember("speed", rate);
  sound.defaultPlaybackRate = sound.playbackRate = rate;
}

export function close() {
  turn += 1;
  sound.pause();
  keepNow();
  episode = null;
  from = 0;
  remember("player", null);
  isPlaying(false);
  sound.removeAttribute("src");
  sound.load();
  tell("episode");
}

function keepNow() {
  if (episode && sound.readyState && !sound.ended) keep(episode, sound.currentTime, { atOnce: true });
}

// What was heard elsewhere since counts, as long as nothing plays here.
async function catchUp() {
  if (!episode || !sound.paused) return;
  const found = await details(episode.id).catch(() => null);
  if (!found || !is(found.id) || !sound.paused) return;
  const was = newest(Object.assign(episode, { position: found.position }));
  if (was && !was.finished && Math.abs(was.seconds - time()) > 1) seek(was.seconds);
}

// The page was loaded anew: everything is as it was; what was playing tries to go on.
export async function recover() {
  const was = recall("player");
  if (!was) return;
  const isStill = () => recall("player") !== null;
  if (await load(was.id, null, was.list ?? "", isStill) !== "loaded") remember("player", null);
  else if (wasPlaying()) play();
}

let lastKept = 0;
sound.addEventListener("timeupdate", () => {
  if (!episode || !sound.readyState || sound.paused) return;
  if (stopAt !== null && sound.currentTime >= stopAt) {
    stopAt = null;
    sound.pause();
  }
  if (Math.abs(sound.currentTime - lastKept) < 1) return;
  lastKept = sound.currentTime;
  keep(episode, lastKept);
});
sound.addEventListener("seeking", () => { if (stopAt !== null && sound.currentTime > stopAt) stopAt = null; });
sound.addEventListener("seeked", () => sound.paused && keepNow());
sound.addEventListener("pause", () => {
  isPlaying(false);
  keepNow();
});
sound.addEventListener("ended", () => episode && keep(episode, sound.duration, { finished: true, atOnce: true }));
addEventListener("pagehide", () => {
  const goesOn = !sound.paused;
  keepNow();
  isPlaying(goesOn);
});
document.addEventListener("visibilitychange", () => (document.hidden ? keepNow() : catchUp()));

// One tab at a time.
const tabs = globalThis.BroadcastChannel && new BroadcastChannel("castabout");
sound.addEventListener("play", () => {
  isPlaying(true);
  tabs?.postMessage("playing");
});
if (tabs) tabs.onmessage = () => sound.pause();
