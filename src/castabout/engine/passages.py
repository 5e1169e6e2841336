"""What is said in an episode as passages, the unit that moments are searched in. Pure.

A passage is consecutive cues of about a minute. It never runs across the
beginning of a chapter, nor across a long silence, nor from what has no time
into what has one; from half a minute on it ends where the speaker changes,
and from three quarters on where a sentence does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from castabout.model.passage import Excerpts, Kind, Passage, Place
from castabout.model.podcasting20 import Soundbite
from castabout.model.transcript import Chapter, Cue, Spoken
from castabout.text.joined import is_unspaced

#: Seconds. A passage is at most so long, but for a single cue that lasts longer.
LONGEST = 75.0
_END_OF_SENTENCE_FROM = 45.0
_CHANGE_OF_SPEAKER_FROM = 30.0
#: Seconds in which nobody speaks, however slowly what was said before that is said.
_SILENCE = 30.0
#: How fast people speak, in characters a second, where no clock tells; of letters that are syllables or more.
_CHARACTERS = 15.0
_PAIRED_CHARACTERS = 5.0
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "।", '."', '?"', '!"', ".”", "?”", "!”")
#: Where a long cue may be cut, the best first.
_CUTS = (". ", "? ", "! ", "。", "？", "！", "؟ ", "। ", "; ", ", ", " ")


def passages(spoken: Spoken) -> Iterator[Passage]:
    """All passages of an episode in order of time; then the titles of its chapters, then of its soundbites."""
    cues = spoken.transcript.cues if spoken.transcript else ()
    for place in _speech(cues, spoken.chapters):
        yield _of_speech(place, cues[place.first : place.first + place.count + 1])
    for first, chapter in enumerate(spoken.chapters):
        if chapter.title:
            yield _of_chapter(Place(Kind.CHAPTER, first), chapter)
    for first, bite in enumerate(spoken.soundbites):
        if bite.title:
            yield _of_soundbite(Place(Kind.SOUNDBITE, first), bite)


def cues_at(place: Place) -> Sequence[int]:
    """The numbers of the cues that `passage_at` needs, one beyond the last included."""
    return range(place.first, place.first + place.count + 1) if place.kind is Kind.SPEECH else ()


def passage_at(place: Place, excerpts: Excerpts) -> Passage | None:
    """The passage at ``place``; ``None`` if there is none, as when it is from before the last change."""
    match place.kind:
        case Kind.SPEECH:
            cues = [excerpts.cues[number] for number in cues_at(place) if number in excerpts.cues]
            return _of_speech(place, cues) if len(cues) >= place.count else None
        case Kind.CHAPTER:
            chapters = excerpts.chapters[place.first : place.first + 1]
            return _of_chapter(place, chapters[0]) if chapters else None
        case Kind.SOUNDBITE:
            bites = excerpts.soundbites[place.first : place.first + 1]
            return _of_soundbite(place, bites[0]) if bites else None


def _of_speech(place: Place, cues: Sequence[Cue]) -> Passage:
    """``cues`` are its own and the next, if there is one, whose start ends what is not ended."""
    ended = [_ended(cue, following) for cue, following in pairwise(cues)]
    own = (*ended, *cues[-1:])[: place.count]
    if place.length is not None:
        own = (replace(own[0], text=own[0].text[place.at : place.at + place.length].strip()),)
    return Passage(place, own)


def _ended(cue: Cue, following: Cue) -> Cue:
    if cue.end is None and cue.start is not None and (following.start or 0) > cue.start:
        return replace(cue, end=following.start)
    return cue


def _of_chapter(place: Place, chapter: Chapter) -> Passage:
    return Passage(place, (Cue(chapter.title, chapter.start, chapter.end),))


def _of_soundbite(place: Place, bite: Soundbite) -> Passage:
    return Passage(place, (Cue(bite.title or "", bite.start, bite.start + bite.duration),))


def _speech(cues: Sequence[Cue], chapters: Sequence[Chapter]) -> Iterator[Place]:
    starts = [chapter.start for chapter in chapters]
    first, length, chapter = 0, 0.0, 0
    for number, (cue, lasts) in enumerate(_lengths(cues)):
        here = chapter if cue.start is None else bisect_right(starts, cue.start)
        if number > first and (
            here != chapter or length + lasts > LONGEST or _may_end(cues[number - 1], cue, length)
        ):
            yield Place(Kind.SPEECH, first, number - first)
            first, length = number, 0.0
        chapter = here
        if lasts > LONGEST:
            yield from _pieces(number, cue.text, lasts)
            first, length = number + 1, 0.0
        else:
            length += lasts
    if first < len(cues):
        yield Place(Kind.SPEECH, first, len(cues) - first)


def _may_end(last: Cue, following: Cue, length: float) -> bool:
    if following.start is not None and (last.start is None or _is_far(last, last.start, following.start)):
        return True
    if length >= _END_OF_SENTENCE_FROM and last.text.endswith(_SENTENCE_ENDS):
        return True
    return length >= _CHANGE_OF_SPEAKER_FROM and last.speaker != following.speaker


def _is_far(last: Cue, start: float, following: float) -> bool:
    said = max(last.end or 0.0, start + 2 * _spoken(last))
    return following - said > _SILENCE


def _spoken(cue: Cue) -> float:
    """How many seconds it takes to say."""
    return len(cue.text) / (_PAIRED_CHARACTERS if is_unspaced(cue.text[:1]) else _CHARACTERS)


def _lengths(cues: Sequence[Cue]) -> Iterator[tuple[Cue, float]]:
    """Each cue and how many seconds it lasts, silence after it included."""
    for cue, following in zip_longest(cues, cues[1:]):
        spoken = _spoken(cue)
        until = following.start if following else cue.end
        # Whatever the clock says, nobody says so much, or so little, in that time.
        lasts = spoken if cue.start is None or until is None else until - cue.start
        yield cue, min(max(lasts, spoken / 2), spoken * 2 + _END_OF_SENTENCE_FROM)


def _pieces(number: int, text: str, lasts: float) -> Iterator[Place]:
    """A long cue in parts of about a minute; each has the time of the whole, since nothing tells its own."""
    size = len(text) // (int(lasts // 60) + 1) + 1
    at = 0
    while at < len(text):
        end = _cut(text, at, size)
        if not text[at:end].isspace():
            yield Place(Kind.SPEECH, number, 1, at, end - at)
        at = end


def _cut(text: str, at: int, size: int) -> int:
    """Where the part of ``text`` from ``at`` ends, of about ``size`` characters."""
    latest = at + size + size // 4
    if latest >= len(text):
        return len(text)
    for mark in _CUTS:
        found = text.rfind(mark, at + size // 2, latest)
        if found >= 0:
            return found + len(mark)
    return at + size
