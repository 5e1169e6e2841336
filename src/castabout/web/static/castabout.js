// Optional: every page is complete without it.
"use strict";

// "/" goes to the search box, of the transcript if there is one.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, audio, video, [contenteditable]")) return;
  const box = document.querySelector("[data-slash]") ?? document.querySelector("input[type=search]");
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

// A picture that cannot be had makes way for the initial behind it.
function dropBroken(image) {
  if (image.matches(".cover img")) image.remove();
}
addEventListener("error", (event) => event.target instanceof HTMLImageElement && dropBroken(event.target), true);
for (const image of document.images) if (image.complete && !image.naturalWidth) dropBroken(image);
