// Sharing by whatever the device offers, else by copying the link. Without this a mail is begun.
function listen(link, signal) {
  const words = link.firstChild;
  const said = words.data;
  const aloud = Object.assign(document.createElement("span"), { className: "hidden", role: "status" });
  link.after(aloud);
  link.addEventListener("click", async (event) => {
    const { share: title, address } = link.dataset;
    const url = new URL(address, location.href).href;
    if (navigator.share) {
      event.preventDefault();
      // Whoever thinks better of it closes what the device shows, which is no fault.
      await navigator.share({ title, url }).catch(() => {});
    } else if (navigator.clipboard) {
      event.preventDefault();
      await navigator.clipboard.writeText(url);
      words.data = aloud.textContent = "Link copied";
      setTimeout(() => { words.data = said; aloud.textContent = ""; }, 4_000);
    }
  }, { signal });
}

export default function setUp(signal) {
  for (const link of document.querySelectorAll("[data-share]")) listen(link, signal);
}
