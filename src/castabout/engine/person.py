"""People: the episodes that somebody is in."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from castabout.engine.castabout import Castabout
from castabout.engine.figures import popularity
from castabout.engine.lines import lines_of, podcast_line
from castabout.engine.search import LAST_OFFSET, LIMIT, MOST
from castabout.errors import NotInLibrary
from castabout.model.answers import EpisodeLine, PersonPage, PersonPodcast
from castabout.store import labels, podcasts
from castabout.store.labels import name_key

_PODCASTS = 20


def person_page(castabout: Castabout, name: str, *, offset: int = 0, limit: int = LIMIT) -> PersonPage:
    """Somebody's episodes, newest first, with the shows they are in and how many a year.

    ``offset`` and ``limit`` are brought within their bounds. Raises `NotInLibrary`, `StoreError` and
    `SearchIndexError`.
    """
    key = name_key(name)
    found = labels.episodes_with(castabout.store, key, private=castabout.shows_private)
    if not found:
        raise NotInLibrary(name, "no such person in the library")
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    hits = lines_of(castabout, [one.row for one in found[offset : offset + limit]], ())
    shows = Counter(one.podcast_row for one in found).most_common(_PODCASTS)
    stored = podcasts.by_rows(castabout.store, [row for row, _ in shows])
    years = Counter(
        datetime.fromtimestamp(one.published, UTC).year for one in found if one.published is not None
    )
    return PersonPage(
        name=_written(hits, key) or name,
        episodes=len(found),
        podcasts=tuple(
            PersonPodcast(podcast_line(stored[row]), count) for row, count in shows if row in stored
        ),
        popularity=popularity(years, castabout.index.years()),
        offset=offset,
        limit=limit,
        hits=hits,
    )


def _written(hits: tuple[EpisodeLine, ...], key: str) -> str | None:
    """The name as an episode has it."""
    return next((one.name for hit in hits for one in hit.people if name_key(one.name) == key), None)
