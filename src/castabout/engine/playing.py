"""What a player asks for: an episode, and what comes after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from castabout.engine.castabout import Castabout
from castabout.engine.hidden import hidden_rows
from castabout.engine.later import all_lists, clean_name
from castabout.engine.library import named_episode
from castabout.engine.lines import UNTITLED
from castabout.errors import NoSuchList
from castabout.fetch import without_credentials
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.lists import LISTEN_LATER
from castabout.model.playing import Playable, Position, Queue
from castabout.model.transcript import Chapter
from castabout.store import episodes, lists, podcasts, positions, spoken

#: Episodes of a queue.
LIMIT = 20


def playable(castabout: Castabout, owner: str | None, episode: str) -> Playable:
    """An episode, with how far ``owner`` heard it. Raises `NotInLibrary` and `StoreError`."""
    stored = named_episode(castabout, episode)
    podcast = podcasts.by_rows(castabout.store, [stored.podcast_row])[stored.podcast_row]
    said = spoken.of_episodes(castabout.store, [stored.row]).get(stored.row)
    kept = positions.of_episodes(castabout.store, owner, [stored.row]) if owner else {}
    return _playable(stored, podcast, kept.get(stored.row), said.spoken.chapters if said else ())


def queue(castabout: Castabout, owner: str, name: str = "", *, after: str = "") -> Queue:
    """What of a list comes after an episode and was not heard to its end; all of it if that is not in it.

    Raises `NoSuchList` and `StoreError`.
    """
    wanted = clean_name(name)
    found = next(
        (one for one in all_lists(castabout, owner) if one.name.casefold() == wanted.casefold()), None
    )
    if found is None:
        if wanted != LISTEN_LATER:
            raise NoSuchList(name)
        return Queue(LISTEN_LATER, False, ())
    rows = lists.rows(castabout.store, found.row, hidden=hidden_rows(castabout))
    current = episodes.by_id(castabout.store, after) if after else None
    is_within = current is not None and current.row in rows
    rest = rows[rows.index(current.row) + 1 :] if current and is_within else rows
    return Queue(found.name, is_within, _unheard(castabout, owner, rest))


def _unheard(castabout: Castabout, owner: str, rows: Sequence[int]) -> tuple[Playable, ...]:
    kept = positions.of_episodes(castabout.store, owner, rows)
    chosen = [row for row in rows if row not in kept or not kept[row].is_finished][:LIMIT]
    stored = episodes.by_rows(castabout.store, chosen)
    shows = podcasts.by_rows(castabout.store, {one.podcast_row for one in stored.values()})
    return tuple(
        _playable(stored[row], shows[stored[row].podcast_row], kept.get(row))
        for row in chosen
        if row in stored and stored[row].episode.enclosures
    )


def _playable(
    stored: StoredEpisode,
    podcast: StoredPodcast,
    position: Position | None,
    chapters: Iterable[Chapter] = (),
) -> Playable:
    episode = stored.episode
    file = episode.enclosures[0] if episode.enclosures else None
    image = episode.image or podcast.podcast.image
    return Playable(
        id=stored.id,
        title=episode.title or UNTITLED,
        podcast_id=podcast.id,
        podcast_title=podcast.podcast.title or UNTITLED,
        url=file.url if file else None,
        type=file.type if file else None,
        image=image and without_credentials(image),
        duration=episode.duration,
        chapters=tuple(chapters),
        position=position,
    )
