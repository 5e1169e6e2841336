// Follow, kept in place; a test notice that takes its time says so. Optional, as all scripts here.

async function press(button) {
  const isOn = button.getAttribute("aria-pressed") === "true";
  const body = new URLSearchParams({ query: button.value });
  const answer = await fetch(button.formAction, { method: "POST", headers: { accept: "application/json" }, body });
  if (!answer.ok) throw new Error(`${answer.status}`);
  button.setAttribute("aria-pressed", !isOn);
  button.setAttribute("formaction", isOn ? "/follows/add" : "/follows/remove");
  button.nextElementSibling.hidden = isOn;
}

async function submitted(event) {
  const button = event.submitter;
  if (button?.dataset.waits) {
    button.textContent = button.dataset.waits;
    button.setAttribute("aria-busy", "true");
  }
  if (!button?.matches(".follow [aria-pressed]")) return;
  event.preventDefault();
  try {
    await press(button);
  } catch { location.assign("/follows"); }
}

export default function setUp(signal) {
  document.addEventListener("submit", submitted, { signal });
}
