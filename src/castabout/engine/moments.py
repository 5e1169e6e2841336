"""Moments: where in episodes it is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.lines import lines_by_row
from castabout.engine.said import EACH, told
from castabout.engine.search import LAST_OFFSET, LIMIT, MOST
from castabout.errors import NotInLibrary
from castabout.index import Index, MomentHits, Within
from castabout.model.answers import MomentsPage
from castabout.query.ast import Query, needles
from castabout.query.loose import loose, word_count
from castabout.query.parser import parse
from castabout.store import episodes, podcasts
from castabout.text.language import primary_language

#: Shown of an episode by itself.
EACH_OF_ONE = 200
#: With fewer episodes than this, those with some of the words are found too; of few words all are wanted,
#: unless nothing has them.
_FEW = 10
_FEW_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which moments are wanted; ``None`` is all. The command line takes it as its options.

    Parameters
    ----------
    speaker
        Moments of those alone who are so named; a part of the name will do.
    podcast
        Moments of this podcast alone, by its id.
    episode
        All moments of this episode, by its id.
    since
        Moments of episodes published since this day alone.
    until
        Moments of episodes published until this day alone.
    language
        Moments in this language alone, e.g. de; regions make no difference.
    """

    speaker: str | None = None
    podcast: str | None = None
    episode: str | None = None
    since: date | None = None
    until: date | None = None
    language: str | None = None


ANY = Wanted()


def moments_page(
    castabout: Castabout, query: str, wanted: Wanted = ANY, *, offset: int = 0, limit: int = LIMIT
) -> MomentsPage:
    """Moments at which ``query`` is said, by episode; ``offset`` and ``limit`` count episodes.

    They are brought within their bounds. Where few have all words, those with some of them come too.
    Raises `NotInLibrary` for an episode or a podcast that is not there, `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    tree = asked(castabout, parse(query))
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    each = EACH_OF_ONE if wanted.episode else EACH
    within = _within(castabout, wanted)
    found, is_loose = found_moments(castabout.index, tree, within, offset=offset, limit=limit, each=each)
    lines = lines_by_row(castabout, [group.row for group in found.groups], needles(tree))
    said = told(castabout, found.groups, lines, needles(tree))
    return MomentsPage(
        query=query,
        is_loose=is_loose,
        moments=found.moments,
        episodes=found.episodes,
        offset=offset,
        limit=limit,
        hits=tuple(replace(lines[row], moments=moments) for row, moments in said.items()),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def found_moments(
    index: Index, query: Query, within: Within, *, offset: int = 0, limit: int, each: int
) -> tuple[MomentHits, bool]:
    """What ``index`` finds; where few have all words, also what has some, and whether that is so."""
    found = index.moments(query, within, offset=offset, limit=limit, each=each)
    if found.episodes is None or found.episodes >= (_FEW if word_count(query) > _FEW_WORDS else 1):
        return found, False
    looser = loose(query)
    if looser is None:
        return found, False
    return index.moments(looser, within, offset=offset, limit=limit, each=each), True


def _within(castabout: Castabout, wanted: Wanted) -> Within:
    return Within(
        episodes=None if wanted.episode is None else frozenset([_episode(castabout, wanted.episode)]),
        podcasts=None if wanted.podcast is None else frozenset([_podcast(castabout, wanted.podcast)]),
        speaker=wanted.speaker,
        since=wanted.since,
        until=wanted.until,
        language=primary_language(wanted.language),
    )


def _episode(castabout: Castabout, id: str) -> int:
    if stored := episodes.by_id(castabout.store, id):
        return stored.row
    raise NotInLibrary(id, "no such episode in the library")


def _podcast(castabout: Castabout, id: str) -> int:
    if stored := podcasts.by_id(castabout.store, id):
        return stored.row
    raise NotInLibrary(id, "no such podcast in the library")
