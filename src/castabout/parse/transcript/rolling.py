"""Captions that roll: each shows the line before it once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from castabout.model.transcript import Cue

#: In captions that do not roll, fewer than this share of the cues begin with the last line before.
_SHARE = 0.25
#: Seconds between one cue and the next that it rolls into.
_GAP = 1.0


def without_rolling(cues: Sequence[Cue]) -> list[Cue]:
    """``cues`` without the lines that only repeat those before; all of them if these captions do not roll.

    A single repetition is speech ("Yeah." "Yeah."), and stays.
    """
    lines = [[line.strip() for line in cue.text.split("\n") if line.strip()] for cue in cues]
    repeated = [0] * len(cues)
    rolls = 0
    for at in range(1, len(cues)):
        if _follows(cues[at - 1], cues[at]):
            repeated[at] = _repeated(lines[at - 1], lines[at])
            rolls += 0 < repeated[at] < len(lines[at])
    if rolls == 0 or rolls < _SHARE * (len(cues) - 1):
        return list(cues)
    return [
        replace(cue, text="\n".join(its_lines[count:])) if count else cue
        for cue, its_lines, count in zip(cues, lines, repeated, strict=True)
        if count < len(its_lines)
    ]


def _follows(before: Cue, cue: Cue) -> bool:
    end = before.end if before.end is not None else before.start
    return end is None or cue.start is None or abs(cue.start - end) <= _GAP


def _repeated(before: Sequence[str], lines: Sequence[str]) -> int:
    """How many of the first ``lines`` are the last ones ``before``."""
    most = min(len(before), len(lines), 4)
    return next((count for count in range(most, 0, -1) if before[-count:] == lines[:count]), 0)
