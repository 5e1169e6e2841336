// What runs on every page: the player, and the way from page to page. Every page is complete without it.
import "./bar.js";
import "./panels.js";
import "./session.js";
import "./keys.js";
import "./plays.js";
import { ready } from "./navigate.js";
import { showState } from "./bar.js";
import { recover } from "./player.js";

document.addEventListener("page", showState);
await ready;
await recover();
