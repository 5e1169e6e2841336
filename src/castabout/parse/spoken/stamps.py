"""Times of a recording in running text, such as ``12:34``; not those of a clock, of verses or of scores."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

#: What makes ``3:15`` a time of day. Letters that may begin a title count only where nothing follows.
_CLOCK = (
    r"[^\S\n]?(?i:[ap]\.?m\b|uhr\b|h\b|hrs?\b|o['’]clock)"
    r"|[^\S\n]?(?:UTC|GMT|[A-Z]{1,2}[SD]T|CET|[EPCM]T(?=[^\S\n]*(?:$|[^\w\s])))\b"
)
#: ``1:02:03``, ``62:03``, ``00:01:02.50``; ``3:2`` is a score, ``3:16-18`` are verses.
_DIGITS = (
    r"\d{1,3}:[0-5]\d(?::[^\S\n]?[0-5]?\d(?:[.:]\d{1,3})?)?"
    rf"(?![\w:]|\.\d|[-–]\d{{1,3}}(?![\d:])|{_CLOCK})"
)
_TIME = rf"(?<![\w:./,–-]){_DIGITS}"
#: What stands between two times and the second of them, in a range.
UNTIL = rf"[^\S\n]{{0,4}}(?:-->|[-–—]|to)[^\S\n]{{0,4}}{_DIGITS}"
#: A time in brackets, or without them too; a backslash is Markdown's. No groups: they stand in other patterns.
BRACKETED = rf"\\?[\[(]\\{{0,2}}{_TIME}(?:{UNTIL})?\\?[\])]"
STAMP = rf"(?:{BRACKETED}|(?<![\[(]){_TIME})"
#: ``[inaudible 1:02:03]``, and what is left of it without the time.
LABELLED = re.compile(rf"\\?(\[[a-z][a-z /-]{{1,20}}?)[ ]?{_TIME}\\?(\])")

_NUMBERS = re.compile(r"(\d+):(\d+)(?::\s?(\d+(?:\.\d+)?))?")


def seconds_of(stamp: str) -> float:
    """The seconds of what `STAMP` matched: ``[1:02:03]`` → 3723.0. Pictures of a second do not count."""
    numbers = _NUMBERS.search(stamp)
    if numbers is None:
        raise ValueError(f"not a time: {stamp!r}")
    first, second, third = numbers.groups()
    if third is None:
        return float(int(first) * 60 + int(second))
    return int(first) * 3600 + int(second) * 60 + float(third)


def rising(times: Sequence[float]) -> list[int]:
    """The positions of the longest row within ``times`` that never falls; the first of such rows to end low."""
    lows: list[float] = []  # the lowest end of a row of each length
    ends: list[int] = []
    before = [-1] * len(times)
    for position, time in enumerate(times):
        length = bisect_right(lows, time)
        if length:
            before[position] = ends[length - 1]
        lows[length : length + 1] = [time]
        ends[length : length + 1] = [position]
    row: list[int] = []
    position = ends[-1] if ends else -1
    while position >= 0:
        row.append(position)
        position = before[position]
    return row[::-1]
