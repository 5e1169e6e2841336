"""What is said at a moment: the words of who says what was asked for, then of who speaks after that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from castabout.engine.castabout import Castabout
from castabout.engine.passages import cues_at, passage_at
from castabout.index import EpisodeMoments, Within
from castabout.model.answers import EpisodeLine, Moment, Moments, Span, Turn
from castabout.model.passage import Kind, Passage
from castabout.model.transcript import Cue
from castabout.query.ast import Query, needles
from castabout.store import spoken
from castabout.text.extract import densest, extract, extract_start
from castabout.text.joined import joined, separator
from castabout.text.language import primary_language
from castabout.text.matching import Needle, find

#: Shown of an episode among others.
EACH = 3
#: Characters of what is said at a moment, by all who speak.
_TEXT = 300
#: Another one's turn is shown if so many characters of it may be.
_LEAST = 30
#: Words are said together that are within so many.
_CLOSE = 200


def moments_of(
    castabout: Castabout, query: Query, lines: Mapping[int, EpisodeLine], *, each: int = EACH
) -> dict[int, Moments]:
    """Moments at which ``query`` is said in these episodes, by row; episodes without any are left out."""
    if not lines:
        return {}
    within = Within(episodes=frozenset(lines))
    found = castabout.index.moments(query, within, limit=len(lines), each=each)
    return told(castabout, found.groups, lines, needles(query))


def told(
    castabout: Castabout,
    groups: Sequence[EpisodeMoments],
    lines: Mapping[int, EpisodeLine],
    needles: Sequence[Needle],
) -> dict[int, Moments]:
    """What the index found, in words, by row in the same order."""
    wanted = {group.row: {n for place in group.places for n in cues_at(place)} for group in groups}
    excerpts = spoken.excerpts(castabout.store, wanted)
    found: dict[int, Moments] = {}
    for group in groups:
        if group.row in excerpts and group.row in lines:
            of = excerpts[group.row]
            language = primary_language(of.language or lines[group.row].language)
            passages = (passage_at(place, of) for place in group.places)
            best = tuple(moment(passage, needles, language) for passage in passages if passage)
            found[group.row] = Moments(best, group.total)
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A turn: consecutive cues of a passage by one speaker, and what is found in them."""

    #: The number of its first cue in the passage.
    first: int
    cues: tuple[Cue, ...]
    text: str
    spans: tuple[Span, ...] = ()

    def cue_at(self, place: int) -> tuple[int, int]:
        """Which of its cues the character ``place`` stands in, and where in that."""
        for number, (cue, following) in enumerate(pairwise(self.cues)):
            length = len(cue.text) + len(separator(cue.text, following.text))
            if place < length:
                return number, place
            place -= length
        return len(self.cues) - 1, place


def moment(passage: Passage, needles: Sequence[Needle], language: str | None = None) -> Moment:
    """The moment in ``passage`` at which ``needles`` are said."""
    parts, at, place = _found(passage, needles, language)
    number, character = parts[at].cue_at(place)
    turns: list[Turn] = []
    start, room = extract_start(parts[at].text, place, _TEXT), _TEXT
    for part in parts[at:]:
        text = extract(part.text, part.spans, start, room)
        first, last = part.cues[part.cue_at(start)[0]], part.cues[part.cue_at(start + len(text.text) - 1)[0]]
        turns.append(Turn(first.speaker, first.start, last.end, first.is_estimated, text))
        start, room = 0, room - len(text.text)
        if text.cut_after or room < _LEAST:
            break
    said = parts[at].cues[number]
    is_speech = passage.place.kind is Kind.SPEECH
    return Moment(
        kind=passage.place.kind,
        start=said.start,
        is_estimated=said.is_estimated,
        turns=tuple(turns),
        cue=passage.place.first + parts[at].first + number if is_speech else None,
        at=passage.place.at + character,
    )


def _found(passage: Passage, needles: Sequence[Needle], language: str | None) -> tuple[list[_Part], int, int]:
    """The turns of ``passage``; in which of them, and at which character, is what was asked for."""
    own = passage.own
    text = joined(cue.text for cue in own)
    spans = find(text, needles, language)
    best = densest(text, spans, _CLOSE)
    parts: list[_Part] = []
    found: tuple[int, int] | None = None
    begins, last = 0, ""
    for part in _turns(passage.cues):
        if part.cues[0] in own:
            begins += len(separator(last, part.text)) if last else 0
            ends, last = begins + len(part.text), part.text
            if found is None and (best is None or best.start < ends):
                found = len(parts), best.start - begins if best else 0
            parts.append(replace(part, spans=tuple(_cut(spans, begins, ends))))
            begins = ends
        else:
            parts.append(part)
    return parts, *(found or (0, 0))


def _turns(cues: Sequence[Cue]) -> Iterator[_Part]:
    for _, numbered in groupby(enumerate(cues), key=lambda one: one[1].speaker):
        numbers, of = zip(*numbered, strict=True)
        yield _Part(numbers[0], of, joined(cue.text for cue in of))


def _cut(spans: Sequence[Span], begins: int, ends: int) -> Iterator[Span]:
    for span in spans:
        if span.start < ends and span.end > begins:
            yield Span(max(span.start, begins) - begins, min(span.end, ends) - begins)
