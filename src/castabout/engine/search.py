"""Search: the episodes and the podcasts that a query finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.lines import lines_by_row, podcast_line
from castabout.engine.listing import Listed, best, in_order, once
from castabout.model.answers import FoundPodcasts, PodcastLine, SearchPage
from castabout.query.ast import And, Not, Query, Without, needles
from castabout.query.loose import loose
from castabout.query.parser import parse
from castabout.query.sought import called, sought
from castabout.store import copies, podcasts

SORTS = ("relevance", "varied", "date")
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
    """Episodes that match ``query``, best first; of several shows (``varied``) or newest first, by ``sort``.

    Copies of an episode are one hit. Where few have all words, those with some of them come too. ``offset``
    and ``limit`` are brought within their bounds. Raises `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    plain = parse(query)
    tree = asked(castabout, sought(plain))
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    words = needles(tree)
    # Where nothing but narrowing was asked for, none is better than others.
    is_by_fit = bool(words) and sort != "date"
    episodes = castabout.index.count(tree)
    copied = castabout.index.copies(tree)
    order = (sort if sort in SORTS else SORTS[0]) if is_by_fit else "date"
    listed = _listed(castabout, once(tree, copied), order, offset=offset, limit=limit)
    rest = _rest(castabout, plain, tree) if is_by_fit and episodes < _FEW else None
    if rest and (left := limit - len(listed.rows)):
        before = episodes - copied.number
        more = castabout.index.best(rest, offset=max(offset - before, 0), limit=left)
        listed = replace(listed, rows=listed.rows + more)
    return SearchPage(
        query=query,
        sort=sort if sort in SORTS else SORTS[0],
        called=() if offset else _called(castabout, tree),
        episodes=episodes,
        copies=copied.number,
        with_some=castabout.index.count(rest) if rest else 0,
        offset=offset,
        limit=limit,
        hits=in_order(lines_by_row(castabout, listed.rows, words), listed),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def _listed(castabout: Castabout, query: Query, order: str, *, offset: int, limit: int) -> Listed:
    if order == "varied":
        return best(castabout, query, offset=offset, limit=limit)
    find = castabout.index.newest if order == "date" else castabout.index.best
    return Listed(find(query, offset=offset, limit=limit))


def _rest(castabout: Castabout, plain: Query, tree: Query) -> Query | None:
    """What has not all words of the query ``plain``, but some; nothing that ``tree`` finds a copy of."""
    looser = loose(plain)
    if looser is None:
        return None
    rest = asked(castabout, And((looser, Not(plain))))
    there = copies.groups(castabout.store, castabout.index.newest(tree, limit=_FEW))
    return Without(once(rest, castabout.index.copies(rest)), episodes=frozenset(there))


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
