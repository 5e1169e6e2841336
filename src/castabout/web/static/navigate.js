// From page to page without a break in what plays: another page is fetched, and put in the place of this one.
// Only where a browser has https://html.spec.whatwg.org/multipage/nav-history-apis.html#navigation-api; whatever
// does not work is left to the browser itself. A page's own scripts (`data-page`) export what sets it up by default.
const announced = document.getElementById("announced");
//: Ends what the scripts of this page listen to.
let page = new AbortController();
//: Where the last page was found, if its address led on.
let landed = null;

const FILES = /^\/(?:api|static)\/(?!docs$)|\.(?:rss|json|opml|xml|txt|ics)$/;

function isOurs({ canIntercept, hashChange, downloadRequest, formData, navigationType, destination }) {
  if (!canIntercept || hashChange || downloadRequest !== null || formData || navigationType === "reload") return false;
  // A script that only changes the address; going back over such is a way to another page.
  if (destination.sameDocument && navigationType !== "traverse") return false;
  return !FILES.test(new URL(destination.url).pathname);
}

async function fetchPage(address, signal) {
  const answer = await fetch(address, { signal, headers: { accept: "text/html" } });
  if (!answer.headers.get("content-type")?.startsWith("text/html")) throw new Error("no page");
  if (answer.redirected) landed = answer.url;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!fresh.getElementById("player") || !fresh.querySelector("main")) throw new Error("no page of ours");
  return fresh;
}

// Whether it needs the very scripts that run here already, but for those that can be set up anew.
function runsHere(fresh) {
  const lasting = (of) => [...of.scripts].filter((script) => script.src && !script.matches("[data-page]")).map(({ src }) => src);
  return String(lasting(fresh)) === String(lasting(document));
}

const hasLoaded = (link) => new Promise((resolve, reject) => {
  link.addEventListener("load", resolve);
  link.addEventListener("error", () => reject(new Error("no style")));
});

// The new head beside the old one, its styles loaded; gives what takes away what is not in it.
async function mergeHead(fresh) {
  const others = (head) => [...head.children].filter((element) => !element.matches("script, noscript"));
  const isIn = (elements, element) => elements.some((other) => other.isEqualNode(element));
  const [was, wanted] = [others(document.head), others(fresh.head)];
  const added = wanted.filter((element) => !isIn(was, element));
  const styles = added.filter((element) => element.matches("link[rel=stylesheet]"));
  const loaded = Promise.all(styles.map(hasLoaded));
  document.head.append(...added);
  await loaded;
  return () => was.filter((element) => !isIn(wanted, element)).forEach((element) => element.remove());
}

function swapBody(fresh) {
  const stays = (element) => element.matches("[data-stays]");
  for (const element of [...document.body.children]) if (!stays(element)) element.remove();
  const first = document.querySelector("body > [data-stays]");
  // Copies: what a player was to load is settled in the document that it is made in.
  const others = [...fresh.body.children].filter((element) => !stays(element));
  first.before(...others.map((element) => document.importNode(element, true)));
}

const pageScripts = (of) => Promise.all([...of.querySelectorAll("script[data-page]")].map(({ src }) => import(src)));

function setUp(scripts) {
  page = new AbortController();
  for (const script of scripts) script.default(page.signal);
  document.dispatchEvent(new Event("page"));
}

async function show(address, signal) {
  const fresh = await fetchPage(address, signal);
  if (!runsHere(fresh)) throw new Error("another version");
  const scripts = await pageScripts(fresh);
  const clear = await mergeHead(fresh);
  if (signal.aborted) return;
  page.abort();
  swapBody(fresh);
  clear();
  document.documentElement.lang = fresh.documentElement.lang;
  document.documentElement.dir = fresh.documentElement.dir;
  setUp(scripts);
  announced.textContent = document.title;
  document.querySelector("main").focus({ preventScroll: true });
}

// Another page begins where it begins; only ways within a page are smooth.
function jump(on) {
  document.documentElement.style.scrollBehavior = on ? "auto" : "";
}

globalThis.navigation?.addEventListener("navigate", (event) => {
  if (!isOurs(event)) return;
  landed = null;
  jump(true);
  event.intercept({
    focusReset: "manual",
    handler: () => show(event.destination.url, event.signal).catch((error) => {
      if (!event.signal.aborted) location.reload();
      throw error;
    }),
  });
});
globalThis.navigation?.addEventListener("navigatesuccess", () => {
  requestAnimationFrame(() => jump(false));
  if (landed) history.replaceState(null, "", landed + location.hash);
  landed = null;
});

export const ready = pageScripts(document).then(setUp);
