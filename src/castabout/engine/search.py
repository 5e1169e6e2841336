"""Search: the episodes and the podcasts that a query finds."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.lines import lines_of, podcast_line
from castabout.model.answers import FoundPodcasts, PodcastLine, SearchPage
from castabout.query.ast import And, Not, Query, needles
from castabout.query.loose import loose
from castabout.query.parser import parse
from castabout.query.sought import called, sought
from castabout.store import podcasts

SORTS = ("relevance", "date")
LIMIT = 20
#: Nobody reads further, and paging costs what lies before the page.
LAST_OFFSET = 10_000
MOST = 100
#: With fewer episodes than this, those with some of the words are found too.
_FEW = 10
#: The best of them: with common words among what was typed there would be no end.
_MOST_LOOSE = 100
#: Podcasts beside the episodes.
_MOST_CALLED = 3


def search_page(
    castabout: Castabout, typed: str, *, sort: str = "relevance", offset: int = 0, limit: int = LIMIT
) -> SearchPage:
    """Episodes that match what was ``typed``, best first or, with ``sort="date"``, newest first.

    Where few have all words, those with some of them come after the best.
    ``offset`` and ``limit`` are brought within their bounds. Raises `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    query = asked(castabout, parse(typed))
    tree = sought(query)
    words = needles(tree)
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    count = castabout.index.count(tree)
    # Where nothing but narrowing was asked for, none is better than others.
    is_by_date = sort == "date" or not words
    find = castabout.index.newest if is_by_date else castabout.index.best
    rows = find(tree, offset=offset, limit=limit)
    further = loose(query) if count < _FEW and not is_by_date else None
    if further:
        rest = And((further, Not(tree)))
        more = min(castabout.index.count(rest), _MOST_LOOSE)
        after = max(offset - count, 0)
        if after < more:
            rows += castabout.index.best(rest, offset=after, limit=min(limit, more - after))
        count += more
    return SearchPage(
        query=typed,
        sort=sort if sort in SORTS else SORTS[0],
        called=() if offset else _called(castabout, tree),
        is_loose=further is not None,
        episodes=count,
        offset=offset,
        limit=limit,
        hits=lines_of(castabout, rows[:limit], words),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def find_podcasts(castabout: Castabout, query: str, *, offset: int = 0, limit: int = LIMIT) -> FoundPodcasts:
    """Podcasts that match ``query`` by what is said of them, best first; bounds and errors as `search_page`."""
    began = perf_counter()
    tree = asked(castabout, sought(parse(query)))
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    return FoundPodcasts(
        query=query,
        podcasts=castabout.index.podcast_count(tree),
        offset=offset,
        limit=limit,
        hits=_lines(castabout, castabout.index.podcasts(tree, offset=offset, limit=limit)),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def _called(castabout: Castabout, tree: Query) -> tuple[PodcastLine, ...]:
    """The podcasts that are called as ``tree`` says, those with most episodes first."""
    name = called(tree)
    if name is None:
        return ()
    lines = _lines(castabout, castabout.index.podcasts(name, limit=MOST))
    return tuple(sorted(lines, key=lambda line: -line.episodes_total)[:_MOST_CALLED])


def _lines(castabout: Castabout, rows: Sequence[int]) -> tuple[PodcastLine, ...]:
    stored = podcasts.by_rows(castabout.store, rows)
    return tuple(podcast_line(stored[row]) for row in rows if row in stored)
