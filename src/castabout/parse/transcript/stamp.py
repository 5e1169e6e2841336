"""Times as people and programs write them in transcripts."""

from __future__ import annotations

import re

#: ``1:02``, ``01:02:03``, ``00:01:02.5``: a pattern without groups, for running text.
STAMP = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_CLOCK = re.compile(r"(-)?(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,;:](\d{1,9}))?")
_SECONDS = re.compile(r"-?\d{1,9}(?:[.,]\d{1,9})?")
_MOST_CHARACTERS = 40


def parse_stamp(text: str) -> float | None:
    """Seconds from ``00:01:02,500``, ``1:02.5``, ``00:01:02:500``, ``62.5``; ``None`` if it is no time.

    Blanks inside are nothing. Negative ones are given as they stand.
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    text = "".join(text.split())
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        return float(text.replace(",", ".")) if _SECONDS.fullmatch(text) else None
    sign, hours, minutes, seconds, fraction = clock.groups("")
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    value = float(f"{whole}.{fraction or 0}")
    return -value if sign else value
