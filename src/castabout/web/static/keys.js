// The keys of the player, wherever no field has the focus: /help/search lists them, and there letters are turned off
// (https://www.w3.org/TR/WCAG22/#character-key-shortcuts).
import { recall, remember } from "./kept.js";
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
  if (target.closest(FIELDS) || (key !== " " && key.length === 1 && !hasLetters())) return;
  // What has the focus is pressed by the space bar itself.
  if (key === " " && target.closest("button, summary")) return;
  if (key === " " || key === "k") {
    if (!playOrPause()) return;
  } else if (current() && (key in LETTERS || (key in ARROWS && sound.readyState))) skip(LETTERS[key] ?? ARROWS[key]);
  else return;
  event.preventDefault();
}

const hasLetters = () => recall("keys", true);

// For the key of castabout.js too.
function setLetters(on) {
  remember("keys", on);
  document.documentElement.toggleAttribute("data-no-letters", !on);
}

document.documentElement.toggleAttribute("data-no-letters", !hasLetters());
document.addEventListener("keydown", press);
document.addEventListener("page", () => {
  const box = document.getElementById("single-keys");
  if (!box) return;
  box.closest("p").hidden = false;
  box.checked = hasLetters();
  box.addEventListener("change", () => setLetters(box.checked));
});
