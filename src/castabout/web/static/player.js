// The player of an episode: begins at the time that is asked for, follows the links of times, and moves all times
// where ads moved the words. Optional: the page is complete without it.
"use strict";

const deck = document.querySelector(".deck");
const player = deck.querySelector("audio, video");
const file = player && player.src.split("#")[0];
const kept = "castabout:nudge:" + deck.dataset.episode;
const button = (id) => document.getElementById(id);

//: How many seconds later in the file than published everything is.
let nudge = 0;
//: Seconds that the address asks for.
let asked = null;
//: Where playback pauses, in the file.
let stopAt = null;
let copyLabel = null;

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

function clock(seconds) {
  const [whole, two] = [Math.floor(seconds), (number) => String(number).padStart(2, "0")];
  const [hour, minute, second] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hour ? `${hour}:${two(minute)}:${two(second)}` : `${minute}:${two(second)}`;
}

// To those who do not see what happened.
function say(words) {
  button("said").textContent = words;
}

// The time, as published, of what is heard.
function heard() {
  return player.currentTime - nudge;
}

// `seconds` and `end` as published. Nothing is fetched until somebody wants to hear it.
function goTo(seconds, end = null) {
  const at = Math.max(seconds + nudge, 0);
  stopAt = end === null ? null : end + nudge;
  if (player.readyState) player.currentTime = at;
  else player.src = `${file}#t=${Math.round(at * 100) / 100}`;
}

function hear(seconds, end = null) {
  goTo(seconds, end);
  history.replaceState(null, "", "?t=" + Math.floor(seconds));
  player.play().catch(() => {}); // The player itself says what it cannot play.
}

function startAsAsked() {
  const { asked: start, end, lead } = deck.dataset;
  const range = location.hash.startsWith("#t=")
    ? timeRange(decodeURIComponent(location.hash.slice(3)))
    : start && { start: Number(start), end: end ? Number(end) : null };
  if (!range) return;
  asked = range.start;
  if (player) goTo(Math.max(range.start - Number(lead), 0), range.end);
  deck.dispatchEvent(new Event("asked"));
}

function setNudge(seconds) {
  nudge = Math.max(-36000, Math.min(36000, Math.round(seconds * 10) / 10));
  try {
    if (nudge) localStorage.setItem(kept, nudge);
    else localStorage.removeItem(kept);
  } catch { /* A browser that keeps nothing: it holds for this visit. */ }
  showNudge();
  say(nudge ? `Times moved by ${nudge} seconds.` : "Times as published.");
  if (!player.readyState && asked !== null) goTo(Math.max(asked - Number(deck.dataset.lead), 0));
  deck.dispatchEvent(new Event("nudged"));
}

function showNudge() {
  const shift = button("shift");
  shift.hidden = !nudge;
  const size = Math.abs(nudge);
  shift.textContent = (nudge < 0 ? "−" : "+") + (size < 60 ? `${size} s` : clock(size));
}

function compareLengths() {
  const [length, told, said] = [player.duration, Number(deck.dataset.duration), Number(deck.dataset.said)];
  if (!Number.isFinite(length) || !button("off")) return;
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
  const seconds = player.readyState ? Math.max(Math.floor(heard()), 0) : asked || 0;
  const link = `${location.origin}${location.pathname}?t=${seconds}`;
  const words = await copy(link).then(() => `Copied: ${clock(seconds)}`, () => link);
  const label = button("copy");
  copyLabel ??= [...label.childNodes];
  label.textContent = words;
  say(words);
  setTimeout(() => label.replaceChildren(...copyLabel), 2500);
}

// Lights those of `elements` (in order of their times) whose time it is; gives a function of the time.
function track(elements) {
  const starts = Float64Array.from(elements, (element) => element.dataset.s);
  let lit = [0, 0];
  return (seconds) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= seconds) low = middle + 1;
      else high = middle;
    }
    let first = low;
    while (first && starts[first - 1] === starts[low - 1]) first -= 1;
    if (first === lit[0] && low === lit[1]) return null;
    for (const element of elements.slice(...lit)) element.removeAttribute("aria-current");
    for (const element of elements.slice(first, low)) element.setAttribute("aria-current", "true");
    lit = [first, low];
    return elements[first];
  };
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, button, summary, audio, video, [contenteditable]")) return;
  if (event.key === " ") {
    if (player.paused) player.play().catch(() => {});
    else player.pause();
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    if (!player.readyState) return;
    player.currentTime = Math.max(player.currentTime + (event.key === "ArrowLeft" ? -5 : 5), 0);
  } else return;
  event.preventDefault();
}

function setUpPlayer() {
  const lightChapter = track([...document.querySelectorAll("#chapters + .times .time")]);
  const light = () => (player.readyState || !player.paused) && lightChapter(heard() + 0.05);
  player.addEventListener("timeupdate", light);
  deck.addEventListener("nudged", light);
  player.addEventListener("timeupdate", () => {
    if (stopAt === null || player.currentTime < stopAt) return;
    stopAt = null;
    player.pause();
  });
  player.addEventListener("seeking", () => { if (player.currentTime > stopAt) stopAt = null; });
  player.addEventListener("loadedmetadata", compareLengths);
  document.addEventListener("keydown", press);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.time");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    hear(Number(link.dataset.s), link.dataset.e ? Number(link.dataset.e) : null);
  });
  button("copy").addEventListener("click", copyLink);
  deck.querySelector(".tools").hidden = false;
}

function setUpNudge() {
  try { nudge = Number(localStorage.getItem(kept)) || 0; } catch { /* As above. */ }
  showNudge();
  const panel = button("nudge");
  button("off").addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    button("off").setAttribute("aria-expanded", String(!panel.hidden));
  });
  panel.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) setNudge(nudge + Number(step.dataset.step));
  });
  button("unshift").addEventListener("click", () => setNudge(0));
}

if (player) setUpPlayer();
if (player && button("off")) setUpNudge();
addEventListener("hashchange", startAsAsked);
startAsAsked();
