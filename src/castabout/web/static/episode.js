// The page of an episode: begins at the time that is asked for, follows the links of times, and moves all times
// where ads moved the words. The sound is that of the bar (player.js), a picture has a player of its own here.
import { is, nudgeOf, setNudge as keepNudge, sound, start, time } from "./player.js";
import { clock, track } from "./times.js";

export const button = (id) => document.getElementById(id);

export let deck = null;
//: What plays this episode.
export let player = null;
//: Seconds that the address asks for.
export let asked = null;
let video = null;
let stopAt = null;
let copyLabel = null;

const id = () => deck.dataset.episode;
const nudge = () => nudgeOf(id());

// Whether this episode is what `player` has.
export const isHere = () => (video ? video.readyState > 0 : is(id()));

// The time, as published, of what is heard.
export const heard = () => (video ? video.currentTime : time()) - nudge();

// As `time_range` in web/urls.py: "83", "1:02:03", "10,40", "1m23s". https://www.w3.org/TR/media-frags/#naming-time
function timeRange(text) {
  const seconds = (time) => {
    const parts = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:\.\d+)?s?$/.exec(time) ||
      (time && /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s)?$/.exec(time)) || null;
    return parts && Number(parts[1] || 0) * 3600 + Number(parts[2] || 0) * 60 + Number(parts[3] || 0);
  };
  const [first, last] = text.replace(/^npt:/, "").split(",");
  const start = first === "" && last ? 0 : seconds(first);
  const end = last ? seconds(last) : null;
  return start === null ? null : { start, end: end > start ? end : null };
}

// To those who do not see what happened.
export function say(words) {
  button("said").textContent = words;
}

// `seconds` and `end` as published.
export function hear(seconds, end = null) {
  history.replaceState(null, "", "?t=" + Math.floor(seconds));
  if (!video) return start(id(), { at: seconds, end });
  showFrom(seconds, end);
  video.play().catch(() => {}); // It says itself what it cannot play.
}

function showFrom(seconds, end) {
  const at = Math.max(seconds + nudge(), 0);
  stopAt = end === null ? null : end + nudge();
  if (video.readyState) video.currentTime = at;
  else video.src = `${video.src.split("#")[0]}#t=${Math.round(at * 100) / 100}`;
}

function startAsAsked() {
  const { asked: first, end, lead } = deck.dataset;
  const range = location.hash.startsWith("#t=")
    ? timeRange(decodeURIComponent(location.hash.slice(3)))
    : first && { start: Number(first), end: end ? Number(end) : null };
  if (!range) return;
  asked = range.start;
  const from = Math.max(range.start - Number(lead), 0);
  const play = deck.querySelector(".play");
  if (video) showFrom(from, range.end);
  else if (play) {
    play.dataset.at = from;
    if (range.end) play.dataset.end = range.end;
    else delete play.dataset.end;
  }
  deck.dispatchEvent(new Event("asked"));
}

export function setNudge(seconds) {
  const moved = Math.max(-36000, Math.min(36000, Math.round(seconds * 10) / 10));
  keepNudge(id(), moved);
  showNudge();
  say(moved ? `Times moved by ${moved} seconds.` : "Times as published.");
  if (video && !video.readyState && asked !== null) showFrom(Math.max(asked - Number(deck.dataset.lead), 0), null);
  deck.dispatchEvent(new Event("nudged"));
}

function showNudge() {
  const shift = button("shift");
  const moved = nudge();
  const size = Math.abs(moved);
  shift.hidden = !moved;
  shift.textContent = (moved < 0 ? "−" : "+") + (size < 60 ? `${size} s` : clock(size));
}

function compareLengths() {
  const [length, told, said] = [player.duration, Number(deck.dataset.duration), Number(deck.dataset.said)];
  if (!isHere() || !Number.isFinite(length) || !button("off")) return;
  let words = "";
  if (told && Math.abs(length - told) > 5) {
    words = `The file is ${clock(Math.abs(length - told))} ${length > told ? "longer" : "shorter"} than its feed says`;
    if (length > told) words += ", perhaps by ads put into it";
  } else if (said > length + 5) {
    words = `The file ends ${clock(said - length)} before its transcript`;
  }
  button("differs").textContent = words && words + ": times may be off.";
}

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = Object.assign(document.createElement("textarea"), { value: text, className: "hidden" });
  document.body.append(box);
  box.select();
  document.execCommand("copy"); // Where the page came over plain http there is nothing else.
  box.remove();
}

async function copyLink() {
  const seconds = isHere() ? Math.max(Math.floor(heard()), 0) : asked || 0;
  const link = `${location.origin}${location.pathname}?t=${seconds}`;
  const words = await copy(link).then(() => `Copied: ${clock(seconds)}`, () => link);
  const label = button("copy");
  copyLabel ??= [...label.childNodes];
  label.textContent = words;
  say(words);
  setTimeout(() => label.replaceChildren(...copyLabel), 2500);
}

function setUpTimes(signal) {
  const lightChapter = track([...document.querySelectorAll("#chapters + .times .time")]);
  const light = () => isHere() && lightChapter(heard() + 0.05);
  for (const event of ["timeupdate", "episode", "nudged"]) player.addEventListener(event, light, { signal });
  deck.addEventListener("nudged", light);
  player.addEventListener("loadedmetadata", compareLengths, { signal });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.time");
    if (!link?.dataset.s || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    hear(Number(link.dataset.s), link.dataset.e ? Number(link.dataset.e) : null);
  }, { signal });
  button("copy").addEventListener("click", copyLink);
  deck.querySelector(".tools").hidden = false;
  if (player.readyState) compareLengths();
  light();
}

function setUpVideo(signal) {
  video.addEventListener("timeupdate", () => {
    if (stopAt === null || video.currentTime < stopAt) return;
    stopAt = null;
    video.pause();
  });
  video.addEventListener("seeking", () => { if (video.currentTime > stopAt) stopAt = null; });
  // Who goes on to another page goes on hearing it.
  signal.addEventListener("abort", () => {
    if (!video.paused) start(id(), { at: heard() });
  });
}

function setUpNudge() {
  showNudge();
  const panel = button("nudge");
  button("off").addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    button("off").setAttribute("aria-expanded", String(!panel.hidden));
  });
  panel.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) setNudge(nudge() + Number(step.dataset.step));
  });
  button("unshift").addEventListener("click", () => setNudge(0));
}

export default function setUp(signal) {
  deck = document.querySelector(".deck");
  video = deck.querySelector("video");
  player = video ?? (deck.querySelector(".play") ? sound : null);
  asked = stopAt = copyLabel = null;
  if (video) setUpVideo(signal);
  if (player) setUpTimes(signal);
  if (player && button("off")) setUpNudge();
  addEventListener("hashchange", startAsAsked, { signal });
  startAsAsked();
}
