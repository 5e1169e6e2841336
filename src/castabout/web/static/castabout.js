// Optional: every page is complete without it.
"use strict";

// "/" goes to the search box, of the transcript if there is one.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.documentElement.hasAttribute("data-no-letters")) return; // See keys.js.
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

// Listen later: kept in place, said aloud, undone at once. Without this the form does it and comes back.
let telling;

function tell(words, undo) {
  const told = document.getElementById("told");
  clearTimeout(telling);
  told.textContent = words;
  if (undo) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: "Undo" });
    button.addEventListener("click", undo, { once: true });
    told.append(" ", button);
  }
  telling = setTimeout(() => told.matches(":hover, :focus-within") || told.replaceChildren(), 20_000);
}

async function send(address, episode) {
  const headers = { accept: "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams({ episode }) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

const failed = () => tell("That did not work. Load the page again and try once more.");

function show(episode, list, isIn) {
  for (const button of document.querySelectorAll(`.later[value="${CSS.escape(episode)}"]`)) {
    if (button.dataset.list !== list) continue;
    button.setAttribute("aria-pressed", isIn);
    const [was, is] = isIn ? ["/add", "/remove"] : ["/remove", "/add"];
    button.setAttribute("formaction", button.getAttribute("formaction").replace(was, is));
  }
}

async function toggle(button, place) {
  const isIn = button.getAttribute("aria-pressed") === "true";
  const { list } = button.dataset;
  const address = new URL(button.formAction);
  if (!isIn && place) address.searchParams.set("place", place);
  try {
    const now = await send(address, button.value);
    show(button.value, list, !isIn);
    tell(isIn ? `Removed from ${list}.` : `Added to ${list}.`, () => {
      toggle(button, now.place);
      button.focus();
    });
  } catch { failed(); }
}

document.addEventListener("submit", (event) => {
  if (!event.submitter?.matches(".later")) return;
  event.preventDefault();
  toggle(event.submitter);
});
