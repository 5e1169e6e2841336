"""Moments: where in episodes it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.lines import lines_by_row
from castabout.engine.passages import cues_at, passage_at
from castabout.engine.search import LAST_OFFSET, LIMIT, MOST
from castabout.errors import NotInLibrary
from castabout.index import EpisodeMoments, Index, MomentHits, Within
from castabout.model.answers import EpisodeLine, Moment, Moments, MomentsPage
from castabout.model.passage import Passage
from castabout.model.transcript import Cue
from castabout.query.ast import Query, needles
from castabout.query.loose import loose, word_count
from castabout.query.parser import parse
from castabout.store import episodes, podcasts, spoken
from castabout.text.extract import densest, summary
from castabout.text.joined import joined, separator
from castabout.text.language import primary_language
from castabout.text.matching import Needle, find

#: Shown of an episode among others, and of one by itself.
EACH = 3
EACH_OF_ONE = 200
#: Characters of what is said around a moment.
_TEXT = 300
#: Words are said together that are within so many.
_CLOSE = 200
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
    said = _moments(castabout, found.groups, lines, needles(tree))
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


def moments_of(castabout: Castabout, query: Query, lines: Mapping[int, EpisodeLine]) -> Mapping[int, Moments]:
    """Moments at which ``query`` is said in these episodes, by row; episodes without any are left out."""
    if not lines:
        return {}
    found = castabout.index.moments(query, Within(episodes=frozenset(lines)), limit=len(lines), each=EACH)
    return _moments(castabout, found.groups, lines, needles(query))


def moment(passage: Passage, needles: Sequence[Needle], language: str | None = None) -> Moment:
    """The moment in ``passage`` at which ``needles`` are said."""
    text = joined(cue.text for cue in passage.cues)
    spans = find(text, needles, language)
    best = densest(text, spans, _CLOSE)
    cue = _cue_at(passage.cues, best.start) if best else passage.cues[0]
    return Moment(
        kind=passage.place.kind,
        start=cue.start,
        end=cue.end,
        speaker=cue.speaker,
        text=summary(text, spans, _TEXT, best=best),
    )


def _cue_at(cues: Sequence[Cue], place: int) -> Cue:
    """The one in which the character ``place`` of all of their text stands."""
    begins = 0
    for cue, following in pairwise(cues):
        begins += len(cue.text) + len(separator(cue.text, following.text))
        if place < begins:
            return cue
    return cues[-1]


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


def _moments(
    castabout: Castabout,
    groups: Sequence[EpisodeMoments],
    lines: Mapping[int, EpisodeLine],
    needles: Sequence[Needle],
) -> dict[int, Moments]:
    wanted = {group.row: {n for place in group.places for n in cues_at(place)} for group in groups}
    told = spoken.excerpts(castabout.store, wanted)
    found: dict[int, Moments] = {}
    for group in groups:
        if group.row in told and group.row in lines:
            excerpts = told[group.row]
            language = primary_language(excerpts.language or lines[group.row].language)
            passages = (passage_at(place, excerpts) for place in group.places)
            best = tuple(moment(passage, needles, language) for passage in passages if passage)
            found[group.row] = Moments(best, group.total)
    return found
