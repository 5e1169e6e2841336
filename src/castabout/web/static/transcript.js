// The transcript in step with the sound, and search inside it. After episode.js.
import { asked, button, deck, hear, heard, isHere, player, say, setNudge } from "./episode.js";
import { track } from "./times.js";

let script = null;
let pieces = [];
let times = [];
let lightPiece = null;
//: As in web/urls.py.
const LEAD_OF_ESTIMATE = 10;
let following = false;

// Brings an element to where one reads, unless it is there; smoothly only over a short way.
function reveal(element) {
  const { top, bottom } = element.getBoundingClientRect();
  if (top >= deck.getBoundingClientRect().bottom && bottom <= innerHeight * 0.85) return false;
  const isTall = bottom - top > innerHeight / 2;
  const isFar = top < -innerHeight || top > 2 * innerHeight;
  element.scrollIntoView({ block: isTall ? "start" : "center", behavior: isFar ? "instant" : "auto" });
  return isFar;
}

// Lines get their true height only as they come into view, which moves what is wanted away again.
function revealForSure(element, frames = 6) {
  if (!reveal(element) && frames === 6) return;
  if (frames) requestAnimationFrame(() => revealForSure(element, frames - 1));
}

function follow(on) {
  following = on;
  button("follow")?.setAttribute("aria-pressed", String(on));
  if (on) revealForSure(script.querySelector("[aria-current]") ?? script);
}

function light(seconds) {
  const piece = lightPiece(seconds);
  if (piece && following) revealForSure(piece);
}

// The words of the second `asked`, marked until others are asked for.
function showAsked() {
  const shown = script.querySelector(".asked");
  if (asked === null || !pieces.length) {
    if (shown) revealForSure(shown);
    return;
  }
  shown?.classList.remove("asked");
  light(asked + 0.999);
  const piece = script.querySelector("[aria-current]");
  if (!piece) return;
  piece.classList.add("asked");
  // While it plays elsewhere in the episode, these are the words that one came for.
  follow(!isHere());
  revealForSure(piece);
}

// Of all times only one is a stop of the Tab key; the arrows go from one to the next.
function goToTime(link) {
  for (const other of times) if (!other.tabIndex) other.tabIndex = -1;
  link.tabIndex = 0;
  link.focus();
}

function pressTime(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = times.indexOf(event.target);
  if (!step || at < 0) return;
  event.preventDefault();
  goToTime(times[at + step] ?? times[at]);
}

function clickLine(event) {
  const piece = event.target.closest("[data-s]");
  if (!piece || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const isLink = piece.matches("a");
  if (!isLink && !getSelection().isCollapsed) return; // Somebody selects words to copy them.
  event.preventDefault();
  const seconds = Number(piece.dataset.s);
  const choosing = button("by-line");
  if (choosing?.getAttribute("aria-pressed") === "true") {
    choosing.setAttribute("aria-pressed", "false");
    setNudge(player.currentTime - seconds);
    return;
  }
  // What is only about right begins a little earlier.
  hear("about" in piece.dataset ? Math.max(seconds - LEAD_OF_ESTIMATE, 0) : seconds);
  follow(true);
}

function setUpSteps(signal) {
  const step = () => isHere() && light(heard() + 0.05);
  for (const event of ["timeupdate", "episode"]) player.addEventListener(event, step, { signal });
  deck.addEventListener("nudged", step);
  script.addEventListener("click", clickLine);
  script.addEventListener("keydown", pressTime);
  script.classList.add("live");
  for (const link of times.slice(1)) link.tabIndex = -1;
  button("follow").addEventListener("click", () => follow(!following));
  button("by-line")?.addEventListener("click", (event) => {
    const chooses = event.currentTarget.getAttribute("aria-pressed") === "true";
    event.currentTarget.setAttribute("aria-pressed", String(!chooses));
    say(chooses ? "" : "Choose the line in the transcript that you hear.");
  });
  for (const kind of ["wheel", "touchmove"]) addEventListener(kind, () => follow(false), { passive: true, signal });
  const leaves = ["PageUp", "PageDown", "Home", "End"];
  addEventListener("keydown", ({ key }) => leaves.includes(key) && follow(false), { signal });
  step();
}

// Search: without case and accents, over the borders of pieces and paragraphs.
const MOST_PLACES = 2000;
let folded = null;
let places = [];
let place = -1;

const plainOf = new Map();

function fold(character) {
  let plain = plainOf.get(character);
  if (plain === undefined) {
    plain = /\s/.test(character) ? " " : character.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    plainOf.set(character, plain);
  }
  return plain;
}

// The whole text, folded, with single blanks, and for each of its characters which node and character it is from.
function foldAll() {
  const [nodes, from, at, parts] = [[], [], [], []];
  let last = " ";
  const add = (plain, index) => {
    if (!plain || (plain === " " && last === " ")) return;
    parts.push(plain);
    last = plain;
    for (let count = 0; count < plain.length; count += 1) { from.push(nodes.length - 1); at.push(index); }
  };
  const walker = document.createTreeWalker(script, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.matches("p, p > [data-s], p > .asked, p mark")) continue;
    nodes.push(node);
    for (let index = 0; index < node.data.length; index += 1) add(fold(node.data[index]), index);
    add(" ", node.data.length - 1);
  }
  return { text: parts.join(""), nodes, from, at };
}

function findPlaces(query) {
  folded ??= foldAll();
  const wanted = [...query].map(fold).join("").replace(/\s+/g, " ").trim();
  const found = [];
  for (let start = wanted ? folded.text.indexOf(wanted) : -1; start >= 0 && found.length < MOST_PLACES;) {
    const range = document.createRange();
    const last = start + wanted.length - 1;
    range.setStart(folded.nodes[folded.from[start]], folded.at[start]);
    range.setEnd(folded.nodes[folded.from[last]], folded.at[last] + 1);
    found.push(range);
    start = folded.text.indexOf(wanted, last + 1);
  }
  return found;
}

function showPlace(number) {
  place = places.length ? (number + places.length) % places.length : -1;
  const many = places.length === MOST_PLACES ? `${MOST_PLACES} and more` : places.length;
  button("count").textContent = place < 0 ? (button("within").value.trim() ? "Not said" : "") : `${place + 1} of ${many}`;
  if (globalThis.CSS?.highlights) {
    CSS.highlights.set("found", new Highlight(...places));
    CSS.highlights.set("here", new Highlight(...places.slice(place, place + 1)));
  }
  if (place < 0) return;
  follow(false);
  revealForSure(places[place].startContainer.parentElement);
}

function setUpSearch() {
  const box = button("within");
  let typed = 0;
  box.addEventListener("input", () => {
    clearTimeout(typed);
    typed = setTimeout(() => { places = findPlaces(box.value); showPlace(0); }, 120);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.blur();
    if (event.key !== "Enter" || !event.shiftKey || event.isComposing) return;
    event.preventDefault();
    showPlace(place - 1);
  });
  box.form.addEventListener("submit", (event) => { event.preventDefault(); showPlace(place + 1); });
  button("previous").addEventListener("click", () => showPlace(place - 1));
  for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;
}

export default function setUp(signal) {
  script = document.querySelector(".script");
  pieces = [...script.querySelectorAll("p [data-s]")];
  times = [...script.querySelectorAll("a.time")];
  lightPiece = track(pieces);
  following = false;
  folded = null;
  places = [];
  // The page came with a mark of its own, for those without script.
  for (const piece of script.querySelectorAll("[aria-current]")) piece.removeAttribute("aria-current");
  if (player && pieces.length) setUpSteps(signal);
  deck.addEventListener("asked", showAsked);
  showAsked();
  setUpSearch();
  signal.addEventListener("abort", () => globalThis.CSS?.highlights?.clear());
}
