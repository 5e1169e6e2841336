// What the player has to say, seen above it and heard by those who do not see; with a button, if there is something to do.
const said = document.querySelector("#player .said");
let saying;

export function say(words, does = null, act = null) {
  clearTimeout(saying);
  said.textContent = words;
  if (act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: does });
    button.addEventListener("click", () => { act(); said.replaceChildren(); });
    said.append(" ", button);
  }
  saying = setTimeout(() => said.matches(":hover, :focus-within") || said.replaceChildren(), 20_000);
}
