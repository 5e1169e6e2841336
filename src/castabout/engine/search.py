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
#: Where fewer episodes have all words, those with some of them come after these.
_FEW = 10
#: The best of them: with common words among what was typed there would be no end.
_MOST_LOOSE = 100
#: Podcasts beside the episodes.
_MOST_CALLED = 3


def search_page(
    castabout: Castabout, typed: str, *, sort: str = "relevance", offset: int = 0, limit: int = LIMIT
) -> SearchPage:
    """Episodes that match what was ``typed``, best first or, with ``sort="date"``, newest first.

    Where few have all words, the best of those with some of them come after these. ``offset`` and ``limit``
    are brought within their bounds. Raises `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    query = asked(castabout, parse(typed))
    tree = sought(query)
    words = needles(tree)
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    episodes = castabout.index.count(tree)
    # Where nothing but narrowing was asked for, none is better than others.
    is_by_fit = bool(words) and sort != "date"
    find = castabout.index.best if is_by_fit else castabout.index.newest
    rows = find(tree, offset=offset, limit=limit)
    rest = _rest(query, tree) if is_by_fit and episodes < _FEW else None
    with_some = min(castabout.index.count(rest), _MOST_LOOSE) if rest else 0
    after = max(offset - episodes, 0)
    if rest and len(rows) < limit and after < with_some:
        rows += castabout.index.best(rest, offset=after, limit=min(limit - len(rows), with_some - after))
    return SearchPage(
        query=typed,
        sort=sort if sort in SORTS else SORTS[0],
        called=() if offset else _called(castabout, tree),
        episodes=episodes,
        with_some=with_some,
        offset=offset,
        limit=limit,
        hits=lines_of(castabout, rows, words),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def _rest(query: Query, tree: Query) -> Query | None:
    """What has not all words of ``query``, as ``tree`` finds it, but some."""
    looser = loose(query)
    return And((looser, Not(tree))) if looser else None


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
