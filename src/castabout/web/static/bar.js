// The bar of the player: shows what `sound` does, and lets it be changed.
import { current, duration, is, nudgeOf, play, seek, setSpeed, skip, sound, speed, time, toggle, close, wasAt } from "./player.js";
import { say } from "./said.js";
import { clock } from "./times.js";

export const bar = document.getElementById("player");
const find = (selector) => bar.querySelector(selector);
const way = find(".way input");
const speeds = find("[name=speed]");
const more = find("[data-do=more]");
//: The position is being chosen: it is not moved meanwhile.
let isChosen = false;

export const episodePath = (id) => `/episodes/${encodeURIComponent(id)}`;

function showEpisode() {
  const episode = current();
  bar.hidden = !episode;
  bar.classList.toggle("empty", !episode);
  if (!episode) return showState();
  Object.assign(find(".title"), { textContent: episode.title, href: episodePath(episode.id) });
  Object.assign(find(".show"), {
    textContent: episode.podcast.title,
    href: `/podcasts/${encodeURIComponent(episode.podcast.id)}`,
  });
  const cover = find(".cover");
  cover.hidden = !episode.image;
  cover.replaceChildren();
  if (episode.image) {
    const picture = { src: episode.image, alt: "", referrerPolicy: "no-referrer", decoding: "async" };
    cover.append(Object.assign(new Image(), picture));
  }
  showTime();
  showState();
  const was = wasAt();
  if (was) say(`You had heard up to ${clock(was)}.`, "Go on there", () => seek(was));
}

export function chapterAt(seconds) {
  const episode = current();
  const at = seconds - nudgeOf(episode.id) + 0.05;
  return episode.chapters.findLast((chapter) => chapter.start_seconds <= at);
}

function showTime() {
  if (!current()) return;
  const [at, whole] = [time(), duration()];
  const chapter = chapterAt(at)?.title ?? "";
  if (find(".chapter").textContent !== chapter) find(".chapter").textContent = chapter;
  find(".whole").textContent = whole ? clock(whole) : "";
  way.disabled = !whole;
  if (isChosen) return;
  way.max = Math.max(Math.floor(whole ?? 1), 1);
  way.value = at;
  showChosen(at);
}

function showChosen(at) {
  const whole = duration();
  find(".past").textContent = clock(at);
  way.setAttribute("aria-valuetext", whole ? `${clock(at)} of ${clock(whole)}` : clock(at));
  way.style.setProperty("--heard", `${whole ? (100 * at) / whole : 0}%`);
}

// On the bar, and on the buttons of the page.
export function showState() {
  const isOn = !sound.paused;
  const button = find("[data-do=toggle]");
  button.setAttribute("aria-label", isOn ? "Pause" : "Play");
  bar.classList.toggle("on", isOn);
  bar.classList.toggle("waits", isOn && sound.readyState < HTMLMediaElement.HAVE_FUTURE_DATA);
  for (const other of document.querySelectorAll(".play")) {
    // One that leads to another time of it plays from there.
    const isThis = isOn && is(other.dataset.play) && !("at" in other.dataset);
    other.classList.toggle("on", isThis);
    const does = isThis ? "Pause" : "Play";
    other.textContent = does;
    other.setAttribute("aria-label", other.getAttribute("aria-label").replace(/^\w+/, does));
  }
}

// What else is fixed to the lower edge stays above it: see player.css.
new ResizeObserver(() => {
  document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
}).observe(bar);

const DOES = {
  back: () => skip(-10),
  toggle,
  on: () => skip(30),
  close,
  more: () => {
    const isOpen = bar.classList.toggle("open");
    more.setAttribute("aria-expanded", String(isOpen));
  },
};
bar.addEventListener("click", (event) => DOES[event.target.closest("[data-do]")?.dataset.do]?.());

way.addEventListener("input", () => {
  isChosen = true;
  showChosen(Number(way.value));
});
way.addEventListener("change", () => {
  isChosen = false;
  seek(Number(way.value));
});
speeds.addEventListener("change", () => setSpeed(Number(speeds.value)));
speeds.value = String(speed());

sound.addEventListener("episode", showEpisode);
for (const event of ["play", "pause", "playing", "waiting", "emptied", "canplay", "seeked"]) sound.addEventListener(event, showState);
for (const event of ["timeupdate", "durationchange", "nudged", "seeked"]) sound.addEventListener(event, showTime);
sound.addEventListener("blocked", () => say("Paused where the page was loaded anew.", "Go on", play));
const complain = (words) => {
  bar.hidden = false;
  bar.classList.toggle("empty", !current());
  say(words);
};
sound.addEventListener("missing", () => complain("This episode has no recording that can be played."));
sound.addEventListener("unreached", () => complain("The library cannot be reached: try again in a moment."));
