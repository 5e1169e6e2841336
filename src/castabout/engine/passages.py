"""What is said in an episode as passages, the unit that moments are searched in. Pure.

A passage is consecutive cues of about a minute. It never runs across the
beginning of a chapter; from half a minute on it ends where the speaker
changes, and from three quarters on where a sentence does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from castabout.model.passage import Kind, Passage
from castabout.model.transcript import Chapter, Cue, Spoken
from castabout.text.joined import is_unspaced

#: Seconds. A passage is at most so long, but for a single cue that lasts longer.
LONGEST = 75.0
_END_OF_SENTENCE_FROM = 45.0
_CHANGE_OF_SPEAKER_FROM = 30.0
#: How fast people speak, in characters a second, where no clock tells; of letters that are syllables or more.
_CHARACTERS = 15.0
_PAIRED_CHARACTERS = 5.0
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "।", '."', '?"', '!"', ".”", "?”", "!”")
#: Where a long cue may be cut, the best first.
_CUTS = (". ", "? ", "! ", "。", "？", "！", "؟ ", "। ", "; ", ", ", " ")


def passages(spoken: Spoken) -> tuple[Passage, ...]:
    """All passages of an episode in order of time; then the titles of its chapters, then of its soundbites.

    The same ``spoken`` always gives the same passages: an index names them by their place.
    """
    cues = spoken.transcript.cues if spoken.transcript else ()
    return (
        *(Passage(Kind.SPEECH, tuple(group)) for group in _groups(cues, spoken.chapters)),
        *(
            Passage(Kind.CHAPTER, (Cue(chapter.title, chapter.start, chapter.end),))
            for chapter in spoken.chapters
            if chapter.title
        ),
        *(
            Passage(Kind.SOUNDBITE, (Cue(bite.title, bite.start, bite.start + bite.duration),))
            for bite in spoken.soundbites
            if bite.title
        ),
    )


def _groups(cues: Sequence[Cue], chapters: Sequence[Chapter]) -> Iterator[list[Cue]]:
    starts = [chapter.start for chapter in chapters]
    group: list[Cue] = []
    length = 0.0
    chapter = 0
    for cue, lasts in _lengths(cues):
        here = chapter if cue.start is None else bisect_right(starts, cue.start)
        if group and (here != chapter or length + lasts > LONGEST or _may_end(group[-1], cue, length)):
            yield group
            group, length = [], 0.0
        chapter = here
        for piece, part in _pieces(cue, lasts):
            if group and length + part > LONGEST:
                yield group
                group, length = [], 0.0
            group.append(piece)
            length += part
    if group:
        yield group


def _may_end(last: Cue, following: Cue, length: float) -> bool:
    if length >= _END_OF_SENTENCE_FROM and last.text.endswith(_SENTENCE_ENDS):
        return True
    return length >= _CHANGE_OF_SPEAKER_FROM and last.speaker != following.speaker


def _lengths(cues: Sequence[Cue]) -> Iterator[tuple[Cue, float]]:
    """Each cue, ended by the next if by nothing else, and how many seconds it lasts, silence after it included."""
    for at, cue in enumerate(cues):
        spoken = len(cue.text) / (_PAIRED_CHARACTERS if is_unspaced(cue.text[:1]) else _CHARACTERS)
        until = cues[at + 1].start if at + 1 < len(cues) else cue.end
        # Whatever the clock says, nobody says so much, or so little, in that time.
        lasts = spoken if cue.start is None or until is None else until - cue.start
        is_open = cue.end is None and cue.start is not None and until is not None and until > cue.start
        yield (
            replace(cue, end=until) if is_open else cue,
            min(max(lasts, spoken / 2), spoken * 2 + _END_OF_SENTENCE_FROM),
        )


def _pieces(cue: Cue, lasts: float) -> Iterator[tuple[Cue, float]]:
    """``cue`` in parts of about a minute; each has the time of the whole, since nothing tells its own."""
    if lasts <= LONGEST:
        yield cue, lasts
        return
    text = cue.text
    count = int(lasts // 60) + 1
    size = len(text) // count + 1
    at = 0
    while at < len(text):
        end = _cut(text, at, size)
        if piece := text[at:end].strip():
            yield replace(cue, text=piece), lasts * (end - at) / len(text)
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
