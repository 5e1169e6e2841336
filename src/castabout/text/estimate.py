"""When words are said that stand, without a time of their own, between words that have one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from castabout.model.transcript import Cue, Transcript


def estimates(starts: Sequence[float | None], lengths: Sequence[int]) -> dict[int, float]:
    """Starts of those of consecutive texts that have none, in seconds, by number.

    Between two that have one, by their lengths in characters, as if all was said equally fast; what comes
    before the first such text or after the last has no estimate.
    """
    timed = [number for number, start in enumerate(starts) if start is not None]
    return {
        number: seconds
        for first, last in pairwise(timed)
        if last > first + 1
        for number, seconds in _between(first, last, starts, lengths)
    }


def with_estimates(transcript: Transcript) -> Transcript:
    """``transcript``, its cues with the starts that others tell of them."""
    cues = transcript.cues
    found = estimates([cue.start for cue in cues], [len(cue.text) for cue in cues])
    if not found:
        return transcript
    every = (with_estimate(cue, found.get(number)) for number, cue in enumerate(cues))
    return replace(transcript, cues=tuple(every))


def with_estimate(cue: Cue, seconds: float | None) -> Cue:
    """``cue`` beginning about then; as it is, if that is not known."""
    return cue if seconds is None else replace(cue, start=seconds, is_estimated=True)


def _between(
    first: int, last: int, starts: Sequence[float | None], lengths: Sequence[int]
) -> Iterator[tuple[int, float]]:
    begins, ends = starts[first] or 0.0, starts[last] or 0.0
    before = list(accumulate(lengths[first:last]))
    for number, characters in enumerate(before[:-1], start=first + 1):
        yield number, begins + (ends - begins) * characters / before[-1]
