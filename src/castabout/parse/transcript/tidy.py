"""Cues as they were published to cues as they are kept: believable times, in order, speakers, sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from castabout.model.transcript import Cue
from castabout.parse.fields import one_line
from castabout.parse.transcript import limits
from castabout.parse.transcript.problems import Problems
from castabout.parse.transcript.speakers import carried_on, with_speakers
from castabout.parse.transcript.words import join_words

#: Programs let a cue end a moment after the next one begins.
_OVERLAP_SECONDS = 0.5
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
_SENTENCE_ENDS = (". ", "! ", "? ", "。", "！", "？")


def tidy(
    cues: Iterable[Cue], problems: Problems, *, carries: bool = False, is_prose: bool = False
) -> tuple[Cue, ...]:
    """What a transcript consists of; text is never left out.

    ``carries``: a speaker speaks until another one is named. ``is_prose``: it
    is to be read from top to bottom, whatever times it has.
    """
    clean = [cue for cue in map(_clean, islice(cues, limits.CUES + 1)) if cue.text.strip()]
    if len(clean) > limits.CUES:
        problems.add(f"more than {limits.CUES:,} cues; the others are left out")
    believed = [
        _believed(cue, f"cue {place}", problems) for place, cue in enumerate(clean[: limits.CUES], start=1)
    ]
    in_order = _consistent(believed, problems) if is_prose else _sorted(believed, problems)
    sentences = in_order if is_prose else join_words(_distinct(in_order))
    _note_overlaps(sentences, problems)
    if not any(cue.speaker for cue in sentences):
        sentences = with_speakers(sentences)
    elif carries:
        sentences = list(carried_on(sentences))
    return tuple(part for cue in sentences for part in _parts(cue))


def _clean(cue: Cue) -> Cue:
    text, speaker = cue.text, cue.speaker
    if not text.isprintable():
        text = _CONTROLS.sub("", text)
    if speaker is not None:
        speaker = one_line(_CONTROLS.sub("", speaker).rstrip().rstrip(":："), limits.SPEAKER_CHARACTERS)
    if text is cue.text and speaker == cue.speaker:
        return cue
    return Cue(text, cue.start, cue.end, speaker)


def _believed(cue: Cue, where: str, problems: Problems) -> Cue:
    start, end = cue.start, cue.end
    if start is not None and not 0 <= start <= limits.LONGEST_SECONDS:
        problems.add("begins before 0" if start < 0 else "begins after more than two days", where)
        start = None
    if start is None:
        return cue if cue.start is None and end is None else replace(cue, start=None, end=None)
    if end is None or start <= end <= limits.LONGEST_SECONDS:
        return cue
    problems.add("ends before it begins" if end < start else "ends after more than two days", where)
    return replace(cue, end=None)


def _sorted(cues: Sequence[Cue], problems: Problems) -> list[Cue]:
    """By time; a cue without stays behind the one before it."""
    keys: list[float] = []
    key = 0.0
    for place, cue in enumerate(cues, start=1):
        if cue.start is not None:
            if cue.start < key:
                problems.add("begins before the one before it; sorted by time", f"cue {place}")
            key = cue.start
        keys.append(key)
    return [cues[place] for place in sorted(range(len(cues)), key=keys.__getitem__)]


def _consistent(cues: Sequence[Cue], problems: Problems) -> list[Cue]:
    """In their own order; as few times as possible are taken away so that the others grow.

    https://en.wikipedia.org/wiki/Longest_increasing_subsequence
    """
    #: By length: the smallest last time of a growing row, where that is, and what stands before each.
    tails: list[float] = []
    places: list[int] = []
    before: dict[int, int | None] = {}
    for place, cue in enumerate(cues):
        if cue.start is not None:
            length = bisect_right(tails, cue.start)
            before[place] = places[length - 1] if length else None
            tails[length : length + 1], places[length : length + 1] = [cue.start], [place]
    kept: set[int] = set()
    last = places[-1] if places else None
    while last is not None:
        kept.add(last)
        last = before[last]
    for place in before.keys() - kept:
        problems.add("its time is not in order with the others; left out", f"cue {place + 1}")
    return [
        cue if place in kept or cue.start is None else replace(cue, start=None, end=None)
        for place, cue in enumerate(cues)
    ]


def _distinct(cues: Sequence[Cue]) -> list[Cue]:
    """Without cues that are given twice, with the same time."""
    kept = list(cues[:1])
    kept += (cue for before, cue in pairwise(cues) if cue.start is None or cue != before)
    return kept


def _note_overlaps(cues: Sequence[Cue], problems: Problems) -> None:
    for place, (before, cue) in enumerate(pairwise(cues), start=2):
        if before.end is None or cue.start is None or before.end - cue.start <= _OVERLAP_SECONDS:
            continue
        # Two people can speak at once, and what was cut into paragraphs has one time.
        if before.start != cue.start and (before.speaker is None or before.speaker == cue.speaker):
            problems.add("begins before the one before it ends", f"cue {place}")


def _parts(cue: Cue) -> Iterator[Cue]:
    """``cue`` on one line, or, if it is very long, in several parts with its times."""
    text = " ".join(cue.text.split())
    if len(text) <= limits.CUE_CHARACTERS:
        yield cue if text == cue.text else replace(cue, text=text)
        return
    at = 0
    while at < len(text):
        end = _end_of_part(text, at)
        yield replace(cue, text=text[at:end].strip())
        at = end


def _end_of_part(text: str, at: int) -> int:
    end = at + limits.CUE_CHARACTERS
    if end >= len(text):
        return len(text)
    for marks in (_SENTENCE_ENDS, (" ",)):
        best = max(text.rfind(mark, at + limits.CUE_CHARACTERS // 2, end) + len(mark) for mark in marks)
        if best > at + limits.CUE_CHARACTERS // 2:
            return best
    return end
