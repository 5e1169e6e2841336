"""A transcript as it is read: in parts by chapter, lines by speaker, and pieces that light up. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from castabout.model.answers import Highlighted
from castabout.model.transcript import Chapter, Cue, StoredSpoken
from castabout.query.ast import needles
from castabout.query.parser import parse
from castabout.text.language import primary_language
from castabout.text.matching import find
from castabout.web.urls import AskedCue

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
#: Characters after which a paragraph is parted, so that what is asked for in it can be led to.
_FAR = 300
#: How many colours there are for those who speak.
_TONES = 6


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
    #: What is asked for begins with it, within a paragraph that has more before it.
    is_within: bool = False
    #: As of a cue.
    is_estimated: bool = False
    #: ``text``, with what is to be marked in it.
    marked: Highlighted | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, by one speaker."""

    pieces: tuple[Piece, ...]
    #: Of the first piece; ``None`` also where the line before has the same.
    start: float | None
    #: Where another one begins to speak.
    speaker: str | None
    #: The number of its speaker's colour.
    tone: int = 0

    @property
    def is_asked(self) -> bool:
        """Whether the address of the page asks for words of it."""
        return any(piece.is_asked for piece in self.pieces)

    @property
    def is_asked_within(self) -> bool:
        """Whether that begins amid its words, so that these are led to and not the paragraph."""
        return any(piece.is_within for piece in self.pieces)

    @property
    def is_estimated(self) -> bool:
        """Whether ``start`` is only about right."""
        return self.pieces[0].is_estimated


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


def transcript_view(
    stored: StoredSpoken | None, asked: int | None = None, cue: AskedCue | None = None
) -> TranscriptView | None:
    """The transcript of an episode, if it has one; the words said at ``asked`` seconds, or ``cue``, are marked."""
    transcript = stored.spoken.transcript if stored else None
    if stored is None or transcript is None or not transcript.cues:
        return None
    cues, firsts, is_cut = _within_limits(transcript.cues)
    language = transcript.language or stored.language
    if cue and cue.number < len(transcript.cues):
        number = bisect_right(firsts, cue.number) - 1
        pieces = _pieces(cues, None)
        pieces[number : number + 1] = _asked(*pieces[number], cue, language)
    else:
        pieces = _pieces(cues, _at(cues, asked))
    ends = [time for cue in cues for time in (cue.start, cue.end) if time is not None]
    return TranscriptView(
        parts=tuple(_parts(pieces, stored.spoken.chapters if transcript.is_timed else (), _tones(cues))),
        is_timed=transcript.is_timed,
        language=language,
        origin=stored.origin,
        is_cut=is_cut,
        end=int(max(ends)) if ends and not is_cut else None,
    )


def _tones(cues: Iterable[Cue]) -> dict[str | None, int]:
    """The colours of those who speak: different ones, as far as there are enough."""
    names = dict.fromkeys(cue.speaker for cue in cues if cue.speaker)
    return {name: number % _TONES for number, name in enumerate(names)}


def _within_limits(cues: tuple[Cue, ...]) -> tuple[list[Cue], list[int], bool]:
    """``cues`` as they are shown, the number that the first of each was, and whether there are more."""
    joined: list[Cue] = []
    firsts: list[int] = []
    characters = 0
    for number, cue in enumerate(cues):
        characters += len(cue.text)
        if len(joined) > MOST_PIECES or characters > MOST_CHARACTERS:
            return joined, firsts, True
        if joined and _is_scrap(joined[-1], cue):
            last = joined[-1]
            joined[-1] = Cue(f"{last.text} {cue.text}", last.start, cue.end, last.speaker)
        else:
            joined.append(cue)
            firsts.append(number)
    return joined, firsts, False


def _is_scrap(last: Cue, cue: Cue) -> bool:
    return (
        last.start is not None
        and cue.start is not None
        and cue.start - last.start < _SHORTEST_PIECE
        and cue.speaker == last.speaker
        and len(last.text) + len(cue.text) < _SHORT_PIECE
    )


def _asked(cue: Cue, piece: Piece, asked: AskedCue, language: str | None) -> Iterator[tuple[Cue, Piece]]:
    """``piece`` with what is asked for marked; parted if that is far from its beginning."""
    at = asked.at if _FAR < asked.at < len(cue.text) and cue.text[asked.at - 1].isspace() else 0
    if at:
        yield cue, replace(piece, text=cue.text[:at].rstrip())
    text = cue.text[at:]
    spans = find(text, needles(parse(asked.query)), primary_language(language))
    yield cue, replace(piece, text=text, is_asked=True, is_within=at > 0, marked=Highlighted(text, spans))


def _pieces(cues: Sequence[Cue], marked: int | None) -> list[tuple[Cue, Piece]]:
    pieces = []
    second: int | None = None
    for number, cue in enumerate(cues):
        is_first = cue.start is not None and int(cue.start) != second
        if cue.start is not None:
            second = int(cue.start)
        piece = Piece(cue.text, cue.start, is_first, is_asked=number == marked, is_estimated=cue.is_estimated)
        pieces.append((cue, piece))
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


def _parts(
    pieces: Iterable[tuple[Cue, Piece]], chapters: Sequence[Chapter], tones: Mapping[str | None, int]
) -> Iterator[Part]:
    group: list[tuple[Cue, Piece]] = []
    chapter: Chapter | None = None
    coming = list(reversed(chapters))
    for cue, piece in pieces:
        entered = None
        while coming and cue.start is not None and coming[-1].start <= cue.start + _SLACK:
            entered = coming.pop()
        if entered:
            if group:
                yield Part(tuple(_lines(group, tones)), chapter)
            group, chapter = [], entered
        group.append((cue, piece))
    if group:
        yield Part(tuple(_lines(group, tones)), chapter)


def _lines(pieces: Iterable[tuple[Cue, Piece]], tones: Mapping[str | None, int]) -> Iterator[Line]:
    line: list[tuple[Cue, Piece]] = []
    speaker: str | None = None
    start: float | None = None
    for cue, piece in pieces:
        if line and _is_broken(line, cue):
            yield _line(line, speaker, start, tones)
            speaker, start = line[0][0].speaker, line[0][0].start
            line = []
        line.append((cue, piece))
    yield _line(line, speaker, start, tones)


def _line(
    line: list[tuple[Cue, Piece]],
    last_speaker: str | None,
    last_start: float | None,
    tones: Mapping[str | None, int],
) -> Line:
    first = line[0][0]
    return Line(
        pieces=tuple(piece for _, piece in line),
        start=None if first.start == last_start else first.start,
        speaker=None if first.speaker == last_speaker else first.speaker,
        tone=tones.get(first.speaker, 0),
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
