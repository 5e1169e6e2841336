"""Where the podcasts of the library are read from, and how that goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from castabout.engine.castabout import Castabout
from castabout.engine.health import health_by_row
from castabout.engine.lines import UNTITLED
from castabout.fetch import is_web
from castabout.fetch.private import without_secrets
from castabout.model.health import FeedHealth
from castabout.model.library import StoredPodcast
from castabout.model.sources import Cursor, Order, Shown, Source, SourcesPage
from castabout.parse.identity import same_addresses
from castabout.query.parser import parse
from castabout.query.sought import sought
from castabout.store import podcasts, sources

LIMIT = 50
#: Of a search.
_MOST_FOUND = 100


def sources_page(
    castabout: Castabout,
    *,
    shown: Shown = "all",
    order: Order = "added",
    query: str = "",
    after: Cursor | None = None,
    limit: int = LIMIT,
) -> SourcesPage:
    """Podcasts with the health of their feeds; with a ``query`` those found by it, or at that address, best first.

    Private ones are among them. Raises `StoreError` and `SearchIndexError`.
    """
    following = None
    if query.strip():
        rows: Sequence[int] = _found(castabout, query.strip())
    else:
        places, following = sources.page(castabout.store, shown, order, after=after, limit=limit)
        rows = [place.row for place in places]
    return SourcesPage(
        shown=shown,
        order=order,
        query=query.strip(),
        counts=sources.counts(castabout.store),
        sources=_sources(castabout, rows),
        is_later=after is not None,
        next=following,
    )


def _found(castabout: Castabout, query: str) -> Sequence[int]:
    if is_web(query):
        at = podcasts.by_addresses(castabout.store, {query, *same_addresses(query)})
        return list(dict.fromkeys(one.row for one in at.values()))
    return castabout.index.podcasts(sought(parse(query)), limit=_MOST_FOUND)


def _sources(castabout: Castabout, rows: Sequence[int]) -> tuple[Source, ...]:
    stored = podcasts.by_rows(castabout.store, rows)
    newest = sources.newest_episodes(castabout.store, rows)
    health = health_by_row(castabout, rows)
    return tuple(_source(stored[row], newest.get(row), health.get(row)) for row in rows if row in stored)


def _source(stored: StoredPodcast, newest: int | None, health: FeedHealth | None) -> Source:
    return Source(
        id=stored.id,
        title=stored.podcast.title or UNTITLED,
        language=stored.podcast.language,
        address=without_secrets(stored.source),
        is_file=not is_web(stored.source),
        is_private=stored.is_private,
        episodes=stored.episodes,
        added=stored.added,
        newest=None if newest is None else datetime.fromtimestamp(newest, UTC),
        health=health,
    )
