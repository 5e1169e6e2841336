// The keys of the player, wherever no field has the focus: /help/search lists them.
import { current, skip, sound, toggle } from "./player.js";

const FIELDS = "input, textarea, select, video, [contenteditable]";
const ARROWS = { ArrowLeft: -5, ArrowRight: 5 };
const LETTERS = { j: -10, l: 30 };

// On the page of an episode its button is meant as long as nothing is in the bar.
function playOrPause() {
  const here = document.querySelector(".deck .play");
  if (current()) toggle();
  else if (here) here.click();
  else return false;
  return true;
}

function press(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
  if (target.closest(FIELDS)) return;
  // What has the focus is pressed by the space bar itself.
  if (key === " " && target.closest("button, summary")) return;
  if (key === " " || key === "k") {
    if (!playOrPause()) return;
  } else if (current() && (key in LETTERS || (key in ARROWS && sound.readyState))) skip(LETTERS[key] ?? ARROWS[key]);
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", press);
