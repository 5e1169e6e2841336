// Optional: every page is complete without it.
"use strict";

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, audio, video, [contenteditable]")) return;
  const box = document.querySelector("input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// One player at a time.
document.addEventListener("play", (event) => {
  for (const player of document.querySelectorAll("audio, video")) {
    if (player !== event.target) player.pause();
  }
}, true);

// "#t=" in our own address starts the player there, as "?t=" does without script.
function startAtFragment() {
  const player = document.querySelector("[data-start]");
  const time = /^#t=(?:npt:)?(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:[.,].*)?$/.exec(location.hash);
  if (!player || !time) return;
  const seconds = Number(time[1] || 0) * 3600 + Number(time[2] || 0) * 60 + Number(time[3]);
  player.src = player.src.split("#")[0] + "#t=" + seconds;
}
addEventListener("hashchange", startAtFragment);
startAtFragment();

// A picture that cannot be had makes way for the initial behind it.
function dropBroken(image) {
  if (image.matches(".cover img")) image.remove();
}
addEventListener("error", (event) => event.target instanceof HTMLImageElement && dropBroken(event.target), true);
for (const image of document.images) if (image.complete && !image.naturalWidth) dropBroken(image);
