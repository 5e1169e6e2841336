// The two lists over the bar: chapters, and what is played next.
import { bar } from "./bar.js";
import { current, nudgeOf, play, seek, sound, start, time } from "./player.js";
import { queue } from "./queue.js";
import { clock, track } from "./times.js";

const chapters = document.getElementById("player-chapters");
const next = document.getElementById("player-queue");
const opener = (panel) => bar.querySelector(`[popovertarget="${panel.id}"]`);
let light = () => {};

// A line to be pressed: when, or how long, and what.
function line(title, aside, act) {
  const li = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const words = Object.assign(document.createElement("span"), { textContent: title, dir: "auto" });
  button.append(words, " ", Object.assign(document.createElement("small"), { textContent: aside }));
  button.addEventListener("click", act);
  li.append(button);
  return li;
}

function showChapters() {
  const episode = current();
  const found = episode?.chapters ?? [];
  opener(chapters).hidden = !found.length;
  opener(next).hidden = !episode?.listener;
  const lines = found.map((chapter) => line(chapter.title, clock(chapter.start_seconds), () => {
    seek(chapter.start_seconds + nudgeOf(episode.id));
    play();
  }));
  lines.forEach((li, place) => { li.firstChild.dataset.s = found[place].start_seconds; });
  chapters.querySelector("ol").replaceChildren(...lines);
  const lit = track(lines.map((li) => li.firstChild));
  light = () => current() && lit(time() - nudgeOf(current().id) + 0.05);
  light();
}

async function showQueue() {
  const { list, episodes } = await queue();
  const lines = episodes.map((one) => line(one.title, one.podcast.title, () => {
    start(one.id, { of: list });
    next.hidePopover();
  }));
  next.querySelector("ol").replaceChildren(...lines);
  next.querySelector("h2").textContent = lines.length ? `Up next from ${list}` : "Nothing is up next";
  next.querySelector("a").href = list ? `/later?${new URLSearchParams({ list })}` : "/later";
}

sound.addEventListener("episode", showChapters);
sound.addEventListener("timeupdate", () => light());
sound.addEventListener("nudged", () => light());
next.addEventListener("toggle", (event) => event.newState === "open" && showQueue());
for (const panel of [chapters, next]) {
  if (!panel.showPopover) opener(panel).remove(); // A browser that is too old for it.
  document.addEventListener("page", () => panel.hidePopover?.());
  sound.addEventListener("episode", () => panel.hidePopover?.());
}
