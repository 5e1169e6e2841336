"""Search: the episodes and the podcasts that a query finds."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.lines import lines_of, podcast_line
from castabout.engine.spelling import did_you_mean
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
#: Podcasts beside the episodes.
_MOST_CALLED = 3


def search_page(
    castabout: Castabout, query: str, *, sort: str = "relevance", offset: int = 0, limit: int = LIMIT
) -> SearchPage:
    """Episodes that match ``query``, best first or, with ``sort="date"``, newest first.

    Where few have all words, those with some of them come too. ``offset`` and ``limit`` are brought within
    their bounds. Raises `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    plain = parse(query)
    tree = asked(castabout, sought(plain))
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    words = needles(tree)
    # Where nothing but narrowing was asked for, none is better than others.
    is_by_fit = bool(words) and sort != "date"
    episodes = castabout.index.count(tree)
    find = castabout.index.best if is_by_fit else castabout.index.newest
    rows = find(tree, offset=offset, limit=limit)
    rest = _rest(castabout, plain) if is_by_fit and episodes < _FEW else None
    if rest and len(rows) < limit:
        rows += find(rest, offset=max(offset - episodes, 0), limit=limit - len(rows))
    hits = lines_of(castabout, rows, words)
    names = () if offset else _called(castabout, tree)
    return SearchPage(
        query=query,
        sort=sort if sort in SORTS else SORTS[0],
        called=names,
        episodes=episodes,
        with_some=castabout.index.count(rest) if rest else 0,
        offset=offset,
        limit=limit,
        hits=hits,
        did_you_mean=None if offset or names else did_you_mean(castabout, query, found=episodes),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def _rest(castabout: Castabout, plain: Query) -> Query | None:
    """What has not all words of the query ``plain``, but some."""
    looser = loose(plain)
    return asked(castabout, And((looser, Not(plain)))) if looser else None


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
