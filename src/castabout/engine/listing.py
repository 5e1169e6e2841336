"""Lists of the episodes that a query finds: each episode once, and the best ones of more than one show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from castabout.engine.castabout import Castabout
from castabout.index import Copies
from castabout.model.answers import EpisodeLine
from castabout.query.ast import Once, Query, Without
from castabout.store import episodes

#: Of the first so many of the best, a show has at most so many.
HEAD = 10
_OF_ONE_SHOW = 2
#: Looked at in one go for these.
_WINDOW = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of a list."""

    #: Episodes.
    rows: tuple[int, ...]
    #: Episodes after which more of their podcasts would be, but come further down.
    before_more: frozenset[int] = frozenset()


def once(query: Query, copies: Copies) -> Query:
    """``query`` without the ``copies`` among what it finds."""
    return Once(query, copies.shown) if copies.number else query


def best(castabout: Castabout, query: Query, *, offset: int, limit: int) -> Listed:
    """The best, the best first, but of the first ten at most two of one show, if there are others.

    What is held back comes right after those ten: no episode is lost or comes twice.
    """
    head, before_more = _head(castabout, query)
    here = head[offset : offset + limit]
    left = limit - len(here)
    if left:
        rest = Without(query, episodes=frozenset(head)) if head else query
        here += castabout.index.best(rest, offset=max(offset - len(head), 0), limit=left)
    return Listed(here, before_more)


def in_order(lines: Mapping[int, EpisodeLine], listed: Listed) -> tuple[EpisodeLine, ...]:
    """The ``lines`` of a list, by row, in its order; those that are gone meanwhile are left out."""
    more = listed.before_more
    return tuple(
        replace(lines[row], has_more=True) if row in more else lines[row]
        for row in listed.rows
        if row in lines
    )


def _head(castabout: Castabout, query: Query) -> tuple[tuple[int, ...], frozenset[int]]:
    """The first ten, fewer if the shows are few, and those of them after which more of their show were left out."""
    found: list[int] = []
    counts: Counter[int] = Counter()
    last: dict[int, int] = {}
    before_more: set[int] = set()
    while True:
        full = frozenset(podcast for podcast, count in counts.items() if count == _OF_ONE_SHOW)
        rest = Without(query, full, frozenset(found)) if found else query
        window = castabout.index.best(rest, limit=_WINDOW)
        podcasts = episodes.podcasts_of(castabout.store, window)
        before = len(found)
        for row in window:
            podcast = podcasts.get(row)
            if podcast is None:
                continue
            if counts[podcast] == _OF_ONE_SHOW:
                before_more.add(last[podcast])
                continue
            counts[podcast] += 1
            last[podcast] = row
            found.append(row)
            if len(found) == HEAD:
                return tuple(found), frozenset(before_more)
        # What the store does not know any more would be found for ever.
        if len(window) < _WINDOW or len(found) == before:
            return tuple(found), frozenset(before_more)
