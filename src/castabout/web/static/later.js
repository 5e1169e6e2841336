// The page of a list: moved, put away and removed in place. `send`, `tell` and `failed` are of castabout.js.
let ol = null;

const title = (li) => li.querySelector("h2").textContent;
const items = () => [...ol.children];
const first = () => Number(ol.dataset.first);

// Where a browser can, what is moved goes on playing and keeps the focus.
function put(li, before) {
  const button = document.activeElement;
  if (ol.moveBefore && li.isConnected) ol.moveBefore(li, before);
  else ol.insertBefore(li, before);
  if (li.contains(button)) button.focus();
}

function arrange(li, place) {
  const others = items().filter((other) => other !== li);
  const at = place - first();
  // It left for another page.
  if (at < 0 || at > others.length) return location.replace(location.pathname + location.search);
  put(li, others[at] ?? null);
}

async function move(li, button) {
  const now = await send(button.formAction, button.value);
  arrange(li, now.place);
  tell(`${title(li)} is number ${now.place} of ${now.episodes}.`);
}

async function take(li, button) {
  const words = { archive: "Archived", remove: "Removed", add: "Put back" }[button.dataset.do];
  const next = li.nextElementSibling ?? li.previousElementSibling;
  const now = await send(button.formAction, button.value);
  const before = li.nextElementSibling;
  li.remove();
  next?.querySelector(`[data-do="${button.dataset.do}"]`).focus();
  const back = new URL(button.formAction);
  back.pathname = button.dataset.do === "add" ? "/later/archive" : "/later/add";
  if (button.dataset.do !== "add") back.searchParams.set("place", now.place);
  tell(`${words}: ${title(li)}.`, async () => {
    try {
      await send(back, button.value);
      put(li, before?.isConnected ? before : null);
      button.focus();
      tell(`${title(li)} is back.`);
    } catch { failed(); }
  });
}

// By its handle, with a finger or a mouse.
const EDGE = 60;
let dragged = null;
let was = 0;

function setUpDragging() {
  ol.addEventListener("pointerdown", (event) => {
    if (!event.target.matches(".handle") || event.button) return;
    event.preventDefault();
    dragged = event.target.closest("li");
    was = items().indexOf(dragged);
    ol.setPointerCapture(event.pointerId);
    dragged.classList.add("dragged");
  });
  ol.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    if (event.clientY < EDGE) scrollBy(0, -EDGE / 4);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
    const middle = (li) => { const box = li.getBoundingClientRect(); return box.top + box.height / 2; };
    const before = items().find((li) => li !== dragged && event.clientY < middle(li)) ?? null;
    if (before !== dragged.nextElementSibling) put(dragged, before);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    ol.addEventListener(end, async () => {
      const li = dragged;
      dragged = null;
      li?.classList.remove("dragged");
      const at = li ? items().indexOf(li) : was;
      if (at === was) return;
      const to = new URL(li.querySelector("[data-do=move]").formAction);
      to.searchParams.set("place", first() + at);
      try {
        const now = await send(to, li.dataset.episode);
        tell(`${title(li)} is number ${now.place} of ${now.episodes}.`);
      } catch { failed(); }
    });
  }
}

async function submit(event) {
  const button = event.submitter;
  const li = button?.closest(".kept > li");
  if (!li || !button.dataset.do) return;
  event.preventDefault();
  try {
    await (["up", "down", "move"].includes(button.dataset.do) ? move : take)(li, button);
  } catch { failed(); }
}

export default function setUp(signal) {
  ol = document.querySelector(".kept");
  const address = document.getElementById("address");
  for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;
  document.getElementById("copy")?.addEventListener("click", async () => {
    address.select();
    await navigator.clipboard.writeText(address.value);
    tell("The address is copied.");
  });
  document.addEventListener("submit", submit, { signal });
  if (ol) setUpDragging();
}
