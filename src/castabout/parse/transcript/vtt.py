"""WebVTT. https://www.w3.org/TR/webvtt1/"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from castabout.model.transcript import Cue
from castabout.parse.fields import parse_language
from castabout.parse.transcript import limits
from castabout.parse.transcript.markup import spoken
from castabout.parse.transcript.problems import Problems
from castabout.parse.transcript.rolling import without_rolling
from castabout.parse.transcript.timing import read_cues, read_timing, split_lines

#: https://www.w3.org/TR/webvtt1/#file-structure
_NO_CUE = re.compile(r"NOTE(?:[ \t]|$)|(?:STYLE|REGION)[ \t]*$")
_LANGUAGE = re.compile(r"\s*language\s*[:=]", re.I)


def read_vtt(text: str, problems: Problems) -> tuple[list[Cue], str | None]:
    """The cues of ``text`` in its order, and its language, if its header says one."""
    lines = split_lines(text)
    header = _header(lines)
    language = next((line for line in lines[:header] if _LANGUAGE.match(line)), "")
    cues = read_cues(list(_cue_lines(lines[header:])), problems, named=True)
    found = without_rolling(list(islice(spoken(cues), limits.CUES + 1)))
    return found, parse_language(_LANGUAGE.sub("", language))


def _header(lines: Sequence[str]) -> int:
    """How many lines stand before the first blank one, or the first times; none without the signature."""
    if not lines[0].lstrip("\ufeff \t").startswith("WEBVTT"):
        return 0
    for place, line in enumerate(lines):
        if not line.strip():
            return place
        if read_timing(line) is not None:
            # What names a cue stands with it.
            return place if place == 1 else place - 1
    return len(lines)


def _cue_lines(lines: Sequence[str]) -> Iterator[str]:
    """All lines but those of comments, styles and regions, each of which ends with a blank line."""
    after_blank, skipped = True, False
    for line in lines:
        is_blank = not line.strip()
        if skipped:
            skipped = not is_blank and read_timing(line) is None
        elif after_blank and _NO_CUE.match(line):
            skipped = True
        if not skipped:
            yield line
        after_blank = is_blank
