"""Moments: where in episodes it is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.hidden import hidden_rows
from castabout.engine.lines import lines_by_row
from castabout.engine.said import EACH, told
from castabout.engine.search import LAST_OFFSET, LIMIT, MOST, SORTS
from castabout.errors import NotInLibrary
from castabout.index import EVERYWHERE, Index, MomentHits, Within
from castabout.model.answers import MomentsPage, Unnarrowed
from castabout.query.ast import Query, needles
from castabout.query.loose import loose, word_count
from castabout.query.parser import parse
from castabout.query.words import without_limits
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

    @property
    def is_impossible(self) -> bool:
        """Whether no day is since the one day and until the other."""
        return self.since is not None and self.until is not None and self.since > self.until


ANY = Wanted()


def moments_page(
    castabout: Castabout,
    query: str,
    wanted: Wanted = ANY,
    *,
    sort: str = "relevance",
    offset: int = 0,
    limit: int = LIMIT,
) -> MomentsPage:
    """Moments at which ``query`` is said, by episode, best first or, with ``sort="date"``, newest first.

    ``offset`` and ``limit`` count episodes, and are brought within their bounds. Where few have all words,
    those with some of them come too. Raises `NotInLibrary` for an episode or a podcast that is not there,
    `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    tree = asked(castabout, parse(query))
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    each = EACH_OF_ONE if wanted.episode else EACH
    within = _within(castabout, wanted)
    found, is_loose = found_moments(
        castabout.index,
        tree,
        within,
        newest_first=sort == "date",
        offset=offset,
        limit=limit,
        each=each,
    )
    lines = lines_by_row(castabout, [group.row for group in found.groups], needles(tree))
    said = told(castabout, found.groups, lines, needles(tree))
    return MomentsPage(
        query=query,
        sort=sort if sort in SORTS else SORTS[0],
        is_loose=is_loose,
        moments=found.moments,
        episodes=found.episodes,
        offset=offset,
        limit=limit,
        hits=tuple(replace(lines[row], moments=moments) for row, moments in said.items()),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
        unnarrowed=None if found.moments else _unnarrowed(castabout, query, within),
    )


def _unnarrowed(castabout: Castabout, query: str, within: Within) -> Unnarrowed | None:
    """What there is without what narrows ``query``, if that leaves anything."""
    tree = parse(query)
    bare = without_limits(tree)
    if within == EVERYWHERE and bare == tree:
        return None
    found = castabout.index.moments(asked(castabout, bare), limit=1).moments
    return Unnarrowed(str(bare), found) if found else None


def found_moments(
    index: Index,
    query: Query,
    within: Within,
    *,
    newest_first: bool = False,
    offset: int = 0,
    limit: int,
    each: int,
) -> tuple[MomentHits, bool]:
    """What ``index`` finds; where few have all words, also what has some, and whether that is so."""
    find = partial(
        index.moments, within=within, newest_first=newest_first, offset=offset, limit=limit, each=each
    )
    found = find(query)
    if found.episodes is None or found.episodes >= (_FEW if word_count(query) > _FEW_WORDS else 1):
        return found, False
    looser = loose(query)
    if looser is None:
        return found, False
    return find(looser), True


def _within(castabout: Castabout, wanted: Wanted) -> Within:
    return Within(
        episodes=None if wanted.episode is None else frozenset([_episode(castabout, wanted.episode)]),
        podcasts=None if wanted.podcast is None else frozenset([_podcast(castabout, wanted.podcast)]),
        speaker=wanted.speaker or None,
        since=wanted.since,
        until=wanted.until,
        language=primary_language(wanted.language),
    )


def _episode(castabout: Castabout, id: str) -> int:
    stored = episodes.by_id(castabout.store, id)
    if stored and stored.podcast_row not in hidden_rows(castabout):
        return stored.row
    raise NotInLibrary(id, "no such episode in the library")


def _podcast(castabout: Castabout, id: str) -> int:
    stored = podcasts.by_id(castabout.store, id)
    if stored and stored.row not in hidden_rows(castabout):
        return stored.row
    raise NotInLibrary(id, "no such podcast in the library")
