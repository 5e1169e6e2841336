// Names are offered as one types: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. Boxes work without it.
"use strict";

function suggestAll() {
  for (const box of document.querySelectorAll("input[data-suggest]")) suggest(box);
}

suggestAll();
// Another page was put in the place of this one: see navigate.js.
document.addEventListener("page", suggestAll);

function suggest(box) {
  if (box.role === "combobox") return;
  const list = document.createElement("ul");
  const said = document.createElement("span");
  let asked = null;
  let typed = box.value;

  list.id = `${box.id}-names`;
  list.className = "names";
  list.role = "listbox";
  list.ariaLabel = "Suggestions";
  list.hidden = true;
  said.className = "hidden";
  said.role = "status";
  box.role = "combobox";
  box.ariaAutoComplete = "list";
  box.ariaExpanded = "false";
  box.setAttribute("aria-controls", list.id);
  box.after(list, said);

  const options = () => [...list.children];
  const chosen = () => options().find((option) => option.ariaSelected === "true");

  function close() {
    asked?.abort();
    list.hidden = true;
    list.replaceChildren();
    box.ariaExpanded = "false";
    box.removeAttribute("aria-activedescendant");
  }

  function mark(option) {
    for (const each of options()) each.ariaSelected = String(each === option);
    box.value = option ? option.dataset.name : typed;
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  function move(by) {
    const places = [null, ...options()];
    mark(places.at((places.indexOf(chosen() ?? null) + by) % places.length));
  }

  function follow(option) {
    if (option.dataset.kind === "topic") {
      box.value = option.dataset.name;
      close();
      box.form.requestSubmit();
    } else location.assign(option.dataset.page);
  }

  function show(names) {
    list.replaceChildren(...names.map(({ kind, name, episodes, page }, place) => {
      const option = document.createElement("li");
      const title = document.createElement("span");
      const about = document.createElement("small");
      title.dir = "auto";
      title.textContent = name;
      const count = `${episodes.toLocaleString("en")} ${episodes === 1 ? "episode" : "episodes"}`;
      about.textContent = `${kind}, ${kind === "topic" ? "a tag of " : ""}${count}`;
      option.id = `${list.id}-${place}`;
      option.role = "option";
      option.ariaSelected = "false";
      Object.assign(option.dataset, { kind, name, page });
      option.append(title, " ", about);
      return option;
    }));
    list.hidden = !names.length;
    box.ariaExpanded = String(!list.hidden);
    box.removeAttribute("aria-activedescendant");
    const count = names.length === 1 ? "1 suggestion" : `${names.length} suggestions`;
    said.textContent = names.length ? `${count}, up and down to choose` : "No suggestions";
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    typed = box.value;
    if (!typed.trim()) return close();
    try {
      const address = `/api/v1/suggest?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch (error) {
      // Typed on meanwhile, or the server is away: then there is nothing to offer.
      if (error.name !== "AbortError") close();
    }
  }

  box.addEventListener("input", ask);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown") isOpen ? move(1) : ask();
    else if (event.key === "ArrowUp" && isOpen) move(-1);
    else if (event.key === "Escape" && isOpen) {
      mark(null);
      close();
    } else if (event.key === "Enter" && isOpen && chosen()) follow(chosen());
    else return;
    event.preventDefault();
  });
  // Before the box loses the focus, and the list goes.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option && event.button === 0) follow(option);
  });
}
