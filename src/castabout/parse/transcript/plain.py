"""Plain text: ``Name: what is said``, with times before it, behind the name, or on lines of their own.

Each paragraph is a cue. Where nothing says when or by whom it is said, that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from castabout.model.transcript import Cue
from castabout.parse.transcript.speakers import is_name, likely_names
from castabout.parse.transcript.stamp import STAMP, parse_stamp
from castabout.parse.transcript.timing import split_lines

_BOLD = r"(?:\*\*|__)?"
_IN_BRACKETS = rf"\\?[\[(]\s?({STAMP})(?:\s?(?:-{{1,3}}>?|[–—])\s?({STAMP}))?\s?\\?[\])]"
_LEADING = re.compile(rf"\s*(?:{_BOLD}{_IN_BRACKETS}{_BOLD}|({STAMP})(?=[\s–—-]|$))(?:\s*[-–—|])?\s*")
_NAME = r"([^\W\d_][^\n:：\[\]<>*\\]{0,48}?)"
_STAMPED = rf"(?:[\s|,–—-]{{0,3}}(?:{_IN_BRACKETS}|({STAMP})))"
_LABEL = re.compile(
    rf"\s*(?:>>+\s*)?{_BOLD}{_NAME}{_BOLD}{_STAMPED}?\s*(?::{_BOLD}(?=\s|$|\*|\\?\[)|：){_BOLD}\s*"
)
#: A name and a time, and nothing else on the line.
_HEADING = re.compile(rf"\s*{_BOLD}{_NAME}{_BOLD}{_STAMPED}{_BOLD}\s*$")
_BEHIND_LABEL = re.compile(rf"(?:{_IN_BRACKETS}|({STAMP})$)\s*")
_MARKDOWN_LABEL = re.compile(r"^\s*(?:\*\*|__)[^*_\n]{1,60}:", re.M)
_MARKDOWN_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
#: Of the lines that are not blank, at least this share begins with a time, if times do so without brackets.
_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: float | None = None
    end: float | None = None
    name: str | None = None
    #: Its time has no brackets: that may be any time of the day.
    is_bare: bool = False


def read_plain(text: str) -> list[Cue]:
    """The paragraphs of ``text`` as cues; those of one speech share what is known of it."""
    is_markdown = _MARKDOWN_LABEL.search(text) is not None
    lines = split_lines(text)
    likely = [_read_line(line, None) for line in lines if line.strip()]
    first = next((line for line in likely if line.text or line.name), None)
    names = likely_names((line.name, line is first) for line in likely if line.name)
    has_times = _are_times([line.start for line in likely if line.is_bare], len(likely))
    cues: list[Cue] = []
    speech = _Line("")
    has_spoken = False
    paragraph: list[str] = []
    for line in (*(_read_line(line, names, has_bare_times=has_times) for line in lines), None):
        begins = line is not None and (line.name is not None or line.start is not None)
        if paragraph and (line is None or begins or not line.text):
            joined = " ".join(paragraph)
            if is_markdown:
                joined = _MARKDOWN_ESCAPE.sub(r"\1", joined)
            cues.append(Cue(joined, speech.start, speech.end, speech.name))
            paragraph = []
        if line is None:
            break
        if begins:
            # A time on a line of its own is that of who is named next.
            start = speech.start if line.start is None and not has_spoken else line.start
            speech = replace(line, name=line.name or speech.name, start=start)
            has_spoken = False
        if line.text:
            has_spoken = True
            paragraph.append(line.text)
    return cues


def _are_times(times: Sequence[float | None], lines: int) -> bool:
    """Whether ``times`` without brackets tell when something is said: there are many, and they grow."""
    known = [time for time in times if time is not None]
    grow = sum(before <= time for before, time in pairwise(known))
    return len(known) > 1 and len(known) >= _SHARE * lines and grow >= 0.9 * (len(known) - 1)


def _read_line(line: str, names: Container[str] | None, *, has_bare_times: bool = True) -> _Line:
    """What ``line`` says, when and by whom; without ``names`` anything that may be a name is one."""
    rest = line.strip()
    start: float | None = None
    end: float | None = None
    name: str | None = None
    is_bare = False
    leading = _LEADING.match(rest)
    if leading is not None and (leading[1] or has_bare_times):
        start, end, is_bare = _times(leading[1], leading[2], leading[3])
        rest = rest[leading.end() :]
    label = _LABEL.match(rest) or _HEADING.match(rest)
    if label is not None and (label[4] is None or has_bare_times) and _is_one_of(names, label[1]):
        name, rest = label[1], rest[label.end() :]
        if label[2] or label[4]:
            start, end, is_bare = _times(label[2], label[3], label[4])
        elif start is None and (behind := _BEHIND_LABEL.match(rest)) is not None:
            start, end, _ = _times(behind[1], behind[2], behind[3])
            rest = rest[behind.end() :]
    return _Line(rest, start, end, name, is_bare)


def _is_one_of(names: Container[str] | None, name: str) -> bool:
    return is_name(name) if names is None else name in names


def _times(start: str | None, end: str | None, bare: str | None) -> tuple[float | None, float | None, bool]:
    return parse_stamp(start or bare or ""), parse_stamp(end or ""), bare is not None
