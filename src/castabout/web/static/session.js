// What the keys of a keyboard, the lock screen and headphones show and do: https://www.w3.org/TR/mediasession/
import { chapterAt } from "./bar.js";
import { current, duration, nudgeOf, play, seek, skip, sound, time } from "./player.js";
import { playNext } from "./queue.js";

const session = navigator.mediaSession;

function showEpisode() {
  const episode = current();
  session.metadata = episode && new MediaMetadata({
    title: episode.title,
    artist: episode.podcast.title,
    album: episode.podcast.title,
    artwork: episode.image ? [{ src: episode.image }] : [],
  });
  if (!episode) session.playbackState = "none";
}

function showPosition() {
  const whole = duration();
  if (!current() || !whole) return session.setPositionState();
  const at = Math.min(Math.max(time(), 0), whole);
  session.setPositionState({ duration: whole, playbackRate: sound.playbackRate || 1, position: at });
}

// To the chapter before, or to the beginning of this one if that is more than three seconds ago.
function previous() {
  const before = chapterAt(Math.max(time() - 3, 0));
  seek(before ? before.start_seconds + nudgeOf(current().id) : 0);
}

async function next() {
  const { chapters, id } = current();
  const at = time() - nudgeOf(id);
  const chapter = chapters.find(({ start_seconds: start }) => start > at + 0.05);
  if (chapter) seek(chapter.start_seconds + nudgeOf(id));
  else await playNext();
}

const actions = {
  play,
  pause: () => sound.pause(),
  stop: () => sound.pause(),
  seekbackward: ({ seekOffset }) => skip(-(seekOffset || 10)),
  seekforward: ({ seekOffset }) => skip(seekOffset || 30),
  seekto: ({ seekTime }) => seek(seekTime),
  previoustrack: previous,
  nexttrack: next,
};

if (session) {
  for (const [action, act] of Object.entries(actions)) {
    try {
      session.setActionHandler(action, (details) => current() && act(details));
    } catch { /* A browser that has no such key. */ }
  }
  sound.addEventListener("episode", showEpisode);
  sound.addEventListener("play", () => { session.playbackState = "playing"; });
  sound.addEventListener("pause", () => { session.playbackState = "paused"; });
  const changes = ["episode", "play", "pause", "seeked", "ratechange", "durationchange"];
  for (const event of changes) sound.addEventListener(event, showPosition);
}
