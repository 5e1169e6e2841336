"""A transcript as it is read: in parts by chapter, lines by speaker, and pieces that light up. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from castabout.model.transcript import Chapter, Cue, StoredSpoken

#: Beyond this a page is too heavy for a phone; it is more than ten hours of talk.
MOST_PIECES = 20_000
MOST_CHARACTERS = 1_500_000

#: A line is broken after the sentence that brings it to so many characters, and anyway at the larger number.
_LONG_LINE = 240
_LONGEST_LINE = 480
#: Seconds of silence that break a line.
_SILENCE = 4.0
#: A piece lasts about a second at least, even where every word has a time of its own.
_SHORTEST_PIECE = 1.0
_SHORT_PIECE = 40
_SENTENCE_ENDS = tuple(".?!…。？！؟।")
_CLOSING = " \"'”’»)"
#: Chapters are placed by hand and words by ear: they may be so many seconds apart.
_SLACK = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are lit together."""

    text: str
    #: Seconds; ``None`` if it is not known when they are said.
    start: float | None
    #: The first piece of this second carries its address.
    is_first: bool = False
    #: The address of the page asks for it.
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, by one speaker."""

    pieces: tuple[Piece, ...]
    #: Of the first piece; ``None`` also where the line before has the same.
    start: float | None
    #: Where another one begins to speak.
    speaker: str | None

    @property
    def is_asked(self) -> bool:
        """Whether the address of the page asks for words of it."""
        return any(piece.is_asked for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Part:
    """What is said in a chapter."""

    lines: tuple[Line, ...]
    #: ``None`` before the first, and where there are none.
    chapter: Chapter | None = None


@dataclass(frozen=True, slots=True)
class TranscriptView:
    """A transcript, ready to be shown."""

    parts: tuple[Part, ...]
    is_timed: bool
    #: BCP 47.
    language: str | None
    origin: str | None
    #: It goes on after what is shown.
    is_cut: bool
    #: The last second of which something is known to be said.
    end: int | None


def transcript_view(stored: StoredSpoken | None, asked: int | None = None) -> TranscriptView | None:
    """The transcript of an episode, if it has one; the words said at ``asked`` seconds are marked."""
    transcript = stored.spoken.transcript if stored else None
    if stored is None or transcript is None or not transcript.cues:
        return None
    cues, is_cut = _within_limits(transcript.cues)
    pieces = _pieces(cues, asked)
    ends = [time for cue in cues for time in (cue.start, cue.end) if time is not None]
    return TranscriptView(
        parts=tuple(_parts(pieces, stored.spoken.chapters if transcript.is_timed else ())),
        is_timed=transcript.is_timed,
        language=transcript.language or stored.language,
        origin=stored.origin,
        is_cut=is_cut,
        end=int(max(ends)) if ends and not is_cut else None,
    )


def _within_limits(cues: tuple[Cue, ...]) -> tuple[list[Cue], bool]:
    joined: list[Cue] = []
    characters = 0
    for cue in cues:
        characters += len(cue.text)
        if len(joined) > MOST_PIECES or characters > MOST_CHARACTERS:
            return joined, True
        if joined and _is_scrap(joined[-1], cue):
            last = joined[-1]
            joined[-1] = Cue(f"{last.text} {cue.text}", last.start, cue.end, last.speaker)
        else:
            joined.append(cue)
    return joined, False


def _is_scrap(last: Cue, cue: Cue) -> bool:
    return (
        last.start is not None
        and cue.start is not None
        and cue.start - last.start < _SHORTEST_PIECE
        and cue.speaker == last.speaker
        and len(last.text) + len(cue.text) < _SHORT_PIECE
    )


def _pieces(cues: Sequence[Cue], asked: int | None) -> list[tuple[Cue, Piece]]:
    marked = _at(cues, asked)
    pieces = []
    second: int | None = None
    for number, cue in enumerate(cues):
        is_first = cue.start is not None and int(cue.start) != second
        if cue.start is not None:
            second = int(cue.start)
        pieces.append((cue, Piece(cue.text, cue.start, is_first, number == marked)))
    return pieces


def _at(cues: Sequence[Cue], asked: int | None) -> int | None:
    """Which cue is being said in the second ``asked``: the first of the last ones that begin until then."""
    found: int | None = None
    if asked is None:
        return found
    for number, cue in enumerate(cues):
        if cue.start is None:
            continue
        if int(cue.start) > asked:
            break
        if found is None or cue.start != cues[found].start:
            found = number
    return found


def _parts(pieces: Iterable[tuple[Cue, Piece]], chapters: Sequence[Chapter]) -> Iterator[Part]:
    group: list[tuple[Cue, Piece]] = []
    chapter: Chapter | None = None
    coming = list(reversed(chapters))
    for cue, piece in pieces:
        entered = None
        while coming and cue.start is not None and coming[-1].start <= cue.start + _SLACK:
            entered = coming.pop()
        if entered:
            if group:
                yield Part(tuple(_lines(group)), chapter)
            group, chapter = [], entered
        group.append((cue, piece))
    if group:
        yield Part(tuple(_lines(group)), chapter)


def _lines(pieces: Iterable[tuple[Cue, Piece]]) -> Iterator[Line]:
    line: list[tuple[Cue, Piece]] = []
    speaker: str | None = None
    start: float | None = None
    for cue, piece in pieces:
        if line and _is_broken(line, cue):
            yield _line(line, speaker, start)
            speaker, start = line[0][0].speaker, line[0][0].start
            line = []
        line.append((cue, piece))
    yield _line(line, speaker, start)


def _line(line: list[tuple[Cue, Piece]], last_speaker: str | None, last_start: float | None) -> Line:
    first = line[0][0]
    return Line(
        pieces=tuple(piece for _, piece in line),
        start=None if first.start == last_start else first.start,
        speaker=None if first.speaker == last_speaker else first.speaker,
    )


def _is_broken(line: list[tuple[Cue, Piece]], cue: Cue) -> bool:
    last = line[-1][0]
    if cue.speaker != last.speaker:
        return True
    if cue.start is not None and last.end is not None and cue.start - last.end >= _SILENCE:
        return True
    characters = sum(len(said.text) for said, _ in line)
    is_sentence = last.text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
    is_paragraph = is_sentence and cue.start is not None and cue.start == last.start
    return is_paragraph or characters >= _LONGEST_LINE or (is_sentence and characters >= _LONG_LINE)
