// The buttons of a page that play: an episode, or the moment at which something was said.
import { is, start, toggle } from "./player.js";

const number = (text) => (text === undefined ? null : Number(text));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-play]");
  if (!button) return;
  const { play: id, at, end } = button.dataset;
  if (at === undefined && is(id)) return toggle();
  // What an address asks for counts once; a moment is that moment each time.
  if (button.matches(".play")) {
    delete button.dataset.at;
    delete button.dataset.end;
  }
  start(id, { at: number(at), end: number(end), of: button.closest("[data-list]")?.dataset.list });
});
