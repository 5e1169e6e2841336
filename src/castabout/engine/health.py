"""How the feeds fare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from castabout.engine.castabout import Castabout
from castabout.engine.lines import UNTITLED
from castabout.model.crawl import FeedState
from castabout.model.health import FailingFeed, FeedHealth, FileHealth
from castabout.model.library import StoredPodcast
from castabout.store import episodes, feeds, health, podcasts, spoken

_PAGE = 500


def health_of(castabout: Castabout, row: int) -> FeedHealth | None:
    """How fetching the feed of the podcast ``row`` goes; ``None`` for one that was read from a file."""
    return health_by_row(castabout, [row]).get(row)


def health_by_row(castabout: Castabout, rows: Iterable[int]) -> dict[int, FeedHealth]:
    """The same of many podcasts, by row; those that were read from files are left out."""
    now = castabout.clock()
    return {row: _health(feed.state, now) for row, feed in feeds.by_rows(castabout.store, rows).items()}


def failing_podcasts(castabout: Castabout) -> Iterator[StoredPodcast]:
    """The podcasts whose feeds could not be read the last time, or are gone, in the store's order."""
    after = 0
    while rows := health.failing(castabout.store, after=after, limit=_PAGE):
        found = podcasts.by_rows(castabout.store, rows)
        yield from (found[row] for row in rows if row in found)
        after = rows[-1]


def failing_feeds(castabout: Castabout) -> Iterator[FailingFeed]:
    """The feeds that could not be read the last time, or are gone, with the reason of each."""
    for stored in failing_podcasts(castabout):
        found = health_of(castabout, stored.row)
        if found:
            url = None if stored.is_private else stored.source
            yield FailingFeed(stored.podcast.title or UNTITLED, url, found)


def faulty_files(castabout: Castabout) -> Iterator[FileHealth]:
    """The files with transcripts or chapters that could not be read, or not in full, in the store's order."""
    after = (0, "")
    now = castabout.clock()
    while found := spoken.faulty_files(castabout.store, after=after, limit=_PAGE):
        of = episodes.by_rows(castabout.store, [file.row for file in found])
        owners = podcasts.by_rows(castabout.store, {one.podcast_row for one in of.values()})
        for file in found:
            if one := of.get(file.row):
                yield FileHealth(
                    podcast=owners[one.podcast_row].podcast.title or UNTITLED,
                    episode=one.episode.title or UNTITLED,
                    is_chapters=file.origin == spoken.CHAPTERS,
                    is_read=file.is_read,
                    error=file.error,
                    next_try=_time(file.due),
                    now=now,
                )
        after = (found[-1].row, found[-1].origin)


def _health(state: FeedState, now: datetime) -> FeedHealth:
    return FeedHealth(
        last_good=_time(state.last_good),
        last_error=state.last_error,
        is_part=state.last_error is not None and not state.failures,
        next_try=_time(state.next_fetch),
        is_gone=state.is_gone,
        is_paused=state.next_fetch is None and not state.is_gone,
        last_fetch=_time(state.last_fetch),
        failures=state.failures,
        now=now,
    )


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
