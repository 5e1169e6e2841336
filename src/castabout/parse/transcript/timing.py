"""Lines with times, ``00:01 --> 00:02``, and the lines of text between them: SRT and WebVTT alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from castabout.model.transcript import Cue
from castabout.parse.transcript.problems import Problems
from castabout.parse.transcript.stamp import parse_stamp

_ARROW = re.compile(r"(?:-{1,3}|[–—])>")
#: The second time of a line; settings may follow.
_END = re.compile(r"\s*(-?\d[\d:.,;]{0,20}(?:\s?[:.,;]\s?\d{1,9}){0,4})")
#: Times were meant here.
_MEANT = re.compile(r"\s*-?\d[^\s>]*:[^\s>]*\s*-->\s*-?\d")
_TIMING = re.compile(r"(?:^|[\r\n])[ \t]*-?\d[\d:.,; ]{0,30}(?:-{1,3}|[–—])>[ \t]*-?\d")

Times = tuple[float | None, float | None]


def has_timing(text: str) -> bool:
    """Whether there is a line with two times in ``text``."""
    return _TIMING.search(text) is not None


def split_lines(text: str) -> list[str]:
    """``text`` at its ends of lines, whatever system it is from."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_timing(line: str) -> Times | None:
    """Start and end, each ``None`` if it cannot be read; ``None`` for a line of text."""
    # Nearly all lines are text; many have tags.
    arrow = _ARROW.search(line) if "->" in line or "–>" in line or "—>" in line else None
    if arrow is None:
        return None
    start = parse_stamp(line[: arrow.start()])
    second = _END.match(line, arrow.end())
    end = parse_stamp(second[1]) if second else None
    if start is not None and end is not None:
        return start, end
    is_proper = arrow[0] == "-->"
    if is_proper and (start is not None or end is not None or _MEANT.match(line)):
        return start, end
    return None


def read_cues(lines: Sequence[str], problems: Problems, *, named: bool) -> Iterator[Cue]:
    """The cues that ``lines`` hold, their text as it stands.

    ``named``: any line alone before one with times is the cue's name, not
    only a number. Blank lines inside a cue do not end it, and between cues
    there need be none. Text before the first times is a cue without.
    """
    times: Times | None = None
    number = 0
    # Whether cues have numbers, as the first one shows.
    numbered = True
    texts: list[str] = []
    for line in lines:
        found = read_timing(line)
        if found is None:
            texts.append(line)
            continue
        number += 1
        dropped = _drop_name(texts, number if numbered else None, named=named, is_first=times is None)
        numbered = dropped if times is None else numbered
        yield from _cue(texts, times, problems)
        if None in found:
            problems.add("its time cannot be read", f"cue {number}")
        times, texts = found, []
    yield from _cue(texts, times, problems)


def _cue(texts: Sequence[str], times: Times | None, problems: Problems) -> Iterator[Cue]:
    text = "\n".join(texts).strip()
    if times is None and text:
        problems.add("text before the first cue; kept without a time")
    if text:
        start, end = times or (None, None)
        yield Cue(text, start, end if start is not None else None)


def _drop_name(texts: list[str], number: int | None, *, named: bool, is_first: bool) -> bool:
    """Take the name of the next cue from the end of ``texts``, which stand before its times.

    ``number`` is the one that it should have, if they have any.
    """
    last = len(texts) - 1
    while last >= 0 and not texts[last].strip():
        last -= 1
    if last < 0:
        return False
    name = texts[last].strip()
    is_number = name.isdecimal() and len(name) < 10
    is_alone = not texts[last - 1].strip() if last > 0 else is_first
    is_next_to_it = last == len(texts) - 1
    # Numbers begin with 1, or with 0; where cues were left out they do not count on.
    counts_on = number is not None and is_number and int(name) in (number - 1, number)
    if (is_alone and is_next_to_it and (named or is_number)) or counts_on:
        del texts[last:]
        return True
    return False
