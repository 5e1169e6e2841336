"""Search: the episodes and the podcasts that a query finds."""

from __future__ import annotations

from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.lines import lines_of, podcast_line
from castabout.model.answers import FoundPodcasts, SearchPage
from castabout.query.ast import needles
from castabout.query.parser import parse
from castabout.query.sought import called, sought
from castabout.store import podcasts

SORTS = ("relevance", "date")
LIMIT = 20
#: Nobody reads further, and paging costs what lies before the page.
LAST_OFFSET = 10_000
MOST = 100


def search_page(
    castabout: Castabout, query: str, *, sort: str = "relevance", offset: int = 0, limit: int = LIMIT
) -> SearchPage:
    """Episodes that match ``query``, best first or, with ``sort="date"``, newest first.

    ``offset`` and ``limit`` are brought within their bounds. Raises `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    tree = asked(castabout, sought(parse(query)))
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    words = needles(tree)
    # Where nothing but narrowing was asked for, none is better than others.
    find = castabout.index.best if words and sort != "date" else castabout.index.newest
    rows = find(tree, offset=offset, limit=limit)
    hits = lines_of(castabout, rows, words)
    return SearchPage(
        query=query,
        sort=sort if sort in SORTS else SORTS[0],
        episodes=castabout.index.count(tree),
        offset=offset,
        limit=limit,
        hits=hits,
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def find_podcasts(castabout: Castabout, query: str, *, offset: int = 0, limit: int = LIMIT) -> FoundPodcasts:
    """Podcasts that match ``query`` by what is said of them, best first; bounds and errors as `search_page`."""
    began = perf_counter()
    tree = asked(castabout, sought(parse(query)))
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    rows = castabout.index.podcasts(tree, offset=offset, limit=limit)
    stored = podcasts.by_rows(castabout.store, rows)
    return FoundPodcasts(
        query=query,
        podcasts=castabout.index.podcast_count(tree),
        offset=offset,
        limit=limit,
        hits=tuple(podcast_line(stored[row]) for row in rows if row in stored),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )
