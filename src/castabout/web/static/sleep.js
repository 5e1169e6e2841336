// The sleep timer: pauses after minutes, or lets nothing follow the episode.
import { recall, remember } from "./kept.js";
import { sound } from "./player.js";
import { say } from "./said.js";

const choice = document.querySelector("#player [name=sleep]");
const left = choice.querySelector("[value=left]");
//: "end", or when to pause in milliseconds since 1970; null: never.
let until = null;
let waking;

function set(value) {
  until = value;
  remember("sleep", value);
  clearInterval(waking);
  if (typeof value === "number") waking = setInterval(look, 1000);
  show();
}

function show() {
  const minutes = typeof until === "number" ? Math.ceil((until - Date.now()) / 60_000) : 0;
  left.textContent = `Sleep: ${minutes} min`;
  choice.value = until === null ? "" : until === "end" ? "end" : "left";
  choice.classList.toggle("set", until !== null);
}

function look() {
  if (Date.now() < until) return show();
  set(null);
  if (sound.paused) return;
  sound.pause();
  say("Good night: paused by the sleep timer.");
}

// Whether nothing may follow the episode that ended; that is said once.
export function endsHere() {
  if (until !== "end") return false;
  set(null);
  say("Good night: this was the end of the episode.");
  return true;
}

choice.addEventListener("change", () => {
  const minutes = Number(choice.value);
  if (choice.value === "end") set("end");
  else set(minutes ? Date.now() + minutes * 60_000 : null);
});
const before = recall("sleep");
set(typeof before === "number" && before < Date.now() ? null : before);
