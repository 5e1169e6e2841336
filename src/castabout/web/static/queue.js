// What is played after an episode: the next of the list that it is in, else of Listen Later.
import { ask, current, currentList, sound, start } from "./player.js";
import { say } from "./said.js";
import { endsHere } from "./sleep.js";

const NOTHING = { list: "", is_within: false, episodes: [] };

export async function queue() {
  const episode = current();
  if (!episode?.listener) return NOTHING;
  const values = new URLSearchParams({ list: currentList(), after: episode.id });
  return ask(`/api/v1/player/queue?${values}`).catch(() => NOTHING);
}

export async function playNext() {
  const { list, episodes: [next] } = await queue();
  if (next) await start(next.id, { of: list });
  return next;
}

sound.addEventListener("ended", async () => {
  if (endsHere()) return;
  const next = await playNext();
  if (next) say(`Next from your list: ${next.title}.`);
});

// A file that cannot be had: the next one of the list, if it was in it.
sound.addEventListener("error", async () => {
  const episode = current();
  if (!episode) return;
  const isLost = sound.error.code === MediaError.MEDIA_ERR_NETWORK || !navigator.onLine;
  if (isLost) return say("The connection to the publisher broke off. Press play to try again.");
  const cause = `“${episode.title}” cannot be played: its file is missing, or of a kind this browser does not know.`;
  say(cause);
  const { list, is_within: isWithin, episodes: [next] } = await queue();
  if (!isWithin || !next || current() !== episode) return;
  await start(next.id, { of: list });
  say(`${cause} Now: ${next.title}.`);
});
