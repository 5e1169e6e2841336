"""The bytes of a file beside an episode to what is said in it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from castabout.errors import one_line
from castabout.model.feed import Problem
from castabout.model.transcript import ParsedTranscript, Spoken
from castabout.parse.chapters import in_order, parse_chapters
from castabout.parse.encoding import decode
from castabout.parse.spoken.markdown import parse_markdown
from castabout.parse.transcript import limits
from castabout.parse.transcript.read import parse_transcript
from castabout.parse.transcript.sniff import why_no_transcript
from castabout.text.numbers import count_words

_MARKDOWN = (".md", ".markdown")


def read_transcript(data: bytes, *, name: str, type: str | None = None) -> tuple[Spoken | None, str | None]:
    """What is said in a transcript, None if nothing is, and what is wrong with it, if anything.

    ``name`` is its address or path, ``type`` the MIME type that its publisher
    gave: Markdown is known by them alone.
    """
    parsed = _markdown(data) if _is_markdown(name, type) else None
    parsed = parsed or parse_transcript(data, type=type)
    return Spoken(parsed.transcript) if parsed.transcript.cues else None, _words(parsed.problems)


def read_chapters(data: bytes, *, duration: float | None) -> tuple[Spoken | None, str | None]:
    """The same of a file of JSON chapters of an episode of ``duration`` seconds."""
    parsed = parse_chapters(data)
    chapters = in_order(parsed.chapters, duration)
    problem = _words(parsed.problems) or (None if chapters else "no chapters in it")
    return Spoken(None, chapters) if chapters else None, problem


def _is_markdown(name: str, type: str | None) -> bool:
    if (type or "").partition(";")[0].strip().lower() in ("text/markdown", "text/x-markdown"):
        return True
    try:
        path = urlsplit(name).path
    except ValueError:
        return False
    return PurePosixPath(path).suffix.lower() in _MARKDOWN


def _markdown(data: bytes) -> ParsedTranscript | None:
    """None if it is something else, or nothing is said in it."""
    data = data[: limits.BYTES]
    text = decode(data)[0]
    if why_no_transcript(data, text):
        return None
    parsed = parse_markdown(text)
    return parsed if parsed.transcript.cues else None


def _words(problems: Sequence[Problem]) -> str | None:
    if not problems:
        return None
    first = problems[0]
    where = "" if first.where in ("transcript", "chapters") else f"{first.where}: "
    more = f", and {count_words(len(problems) - 1, 'more problem')}" if len(problems) > 1 else ""
    return one_line(f"{where}{first.what}{more}")
