"""The bytes of a transcript to values, whatever format they are in and whatever they are said to be."""

from __future__ import annotations

from castabout.model.transcript import Cue, ParsedTranscript, Transcript
from castabout.parse.encoding import decode
from castabout.parse.transcript import limits
from castabout.parse.transcript.html import read_html
from castabout.parse.transcript.json import read_json
from castabout.parse.transcript.plain import read_plain
from castabout.parse.transcript.problems import Problems
from castabout.parse.transcript.sniff import Format, format_by_label, format_of, why_no_transcript
from castabout.parse.transcript.srt import read_srt
from castabout.parse.transcript.tidy import tidy
from castabout.parse.transcript.vtt import read_vtt

_NEVER_A_PAGE = (Format.JSON, Format.VTT, Format.SRT)


def parse_transcript(data: bytes, *, type: str | None = None) -> ParsedTranscript:
    """Everything that is said in a transcript, and what could not be read as it stands.

    ``type`` is the MIME type that its publisher gave, a hint at best. Never
    raises: bytes that are no transcript give one without cues, and the
    problem that says what they are instead.
    """
    problems = Problems()
    if len(data) > limits.BYTES:
        problems.add(f"{len(data) / 1e6:,.0f} MB; only the first {limits.BYTES // 1_000_000} MB are read")
        data = _cut(data)
    text, guess = decode(data)
    instead = why_no_transcript(data, text)
    if instead is not None:
        problems.add(instead if instead == "empty" else f"{instead}, not a transcript")
        return ParsedTranscript(Transcript(), problems.all())
    if guess is not None:
        problems.add(guess)
    label = format_by_label(type)
    format = format_of(text, label)
    if label not in (None, Format.PLAIN, format):
        problems.add(f"said to be {label.value}, is {format.value}")
    is_prose = format in (Format.HTML, Format.PLAIN)
    if is_prose and len(text) > limits.PROSE_CHARACTERS:
        problems.add(f"only the first {limits.PROSE_CHARACTERS:,} characters are read")
        text = text[: limits.PROSE_CHARACTERS]
    cues, language = _read(text, format, problems)
    said = tidy(cues, problems, carries=format in (Format.SRT, Format.VTT), is_prose=is_prose)
    if format is Format.HTML and label in _NEVER_A_PAGE and not any(map(_is_told, said)):
        # What a server shows instead of a file: that it is gone, or a form to log in.
        problems.add("a page, not a transcript")
        return ParsedTranscript(Transcript(), problems.all())
    if not said:
        problems.add("nothing is said in it")
    return ParsedTranscript(Transcript(said, language), problems.all())


def _read(text: str, format: Format, problems: Problems) -> tuple[list[Cue], str | None]:
    match format:
        case Format.JSON:
            return read_json(text, problems)
        case Format.VTT:
            return read_vtt(text, problems)
        case Format.SRT:
            return read_srt(text, problems), None
        case Format.HTML:
            return read_html(text)
        case Format.PLAIN:
            return read_plain(text), None


def _is_told(cue: Cue) -> bool:
    """Whether it is known when or by whom it is said."""
    return cue.start is not None or cue.speaker is not None


def _cut(data: bytes) -> bytes:
    """The first bytes of ``data``, not ending within a letter of UTF-8."""
    end = limits.BYTES
    while end > limits.BYTES - 4 and data[end] & 0xC0 == 0x80:
        end -= 1
    return data[:end]
