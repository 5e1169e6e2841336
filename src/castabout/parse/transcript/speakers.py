"""Who speaks, where only the text says it: ``Name: text`` at the beginning of a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from castabout.model.transcript import Cue

_LONGEST_NAME = 48
_MOST_WORDS = 5
#: Words of names that begin with a small letter.
_PARTICLES = frozenset(
    "de da do dos das del della di la le van von der den ten ter bin al el and e y und et".split()
)
#: ``>>`` is how captions for deaf people mark another speaker.
_LABEL = re.compile(
    rf"\s*(>>+\s*)?(?:-\s+)?([^\W\d_][^\n:：\[\]<>*]{{0,{_LONGEST_NAME}}}?)\s*(?::(?=\s|$)|：)\s*"
)
_ANOTHER = re.compile(r"\s*>>+\s*")
_INITIALS = re.compile(r"[\W_]+")


def is_name(text: str) -> bool:
    """Whether ``text`` may be the name of a person, or what a program calls one: ``Speaker 1``."""
    words = text.split()
    if not 0 < len(words) <= _MOST_WORDS or len(text) > _LONGEST_NAME or text[-1] in ",;!?":
        return False
    return all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    letter = _INITIALS.sub("", word)[:1]
    return not letter.islower() or word.lower() in _PARTICLES


def likely_names(labels: Iterable[tuple[str, bool]]) -> frozenset[str]:
    """Which of the labels that lines begin with are speakers.

    Each comes with whether its line is the first of all. A label that occurs
    once may be any word before a colon; unless the first line has one, or
    there are others that come back.
    """
    counts: Counter[str] = Counter()
    first = False
    for name, is_first in labels:
        if is_name(name):
            counts[name] += 1
            first = first or is_first
    returning = [name for name, count in counts.items() if count > 1]
    return frozenset(counts if first or len(returning) > 1 else returning)


def with_speakers(cues: Sequence[Cue]) -> list[Cue]:
    """``cues`` with the speakers that their lines begin with, and these taken from the text.

    A speaker speaks until the next one is named.
    """
    labels = ((label[2], place == 0) for place, cue in enumerate(cues) for label in _labels(cue.text))
    names = likely_names(labels)
    if not names and not any(_ANOTHER.match(cue.text) for cue in cues):
        return list(cues)
    speaker: str | None = None
    found: list[Cue] = []
    for cue in cues:
        for name, text, is_another in _turns(cue.text, names):
            speaker = name if name is not None or is_another else speaker
            if text:
                found.append(replace(cue, text=text, speaker=speaker))
    return found


def carried_on(cues: Iterable[Cue]) -> Iterator[Cue]:
    """``cues``, those without a speaker by the one before: captions name one only where it changes."""
    speaker: str | None = None
    for cue in cues:
        speaker = cue.speaker or speaker
        yield cue if cue.speaker == speaker else replace(cue, speaker=speaker)


def _labels(text: str) -> Iterator[re.Match[str]]:
    return (label for line in text.split("\n") if (label := _LABEL.match(line)))


def _turns(text: str, names: frozenset[str]) -> Iterator[tuple[str | None, str, bool]]:
    """Who says which lines of ``text``, and whether it is surely somebody else than before."""
    name: str | None = None
    is_another = False
    lines: list[str] = []
    for line in text.split("\n"):
        label, another = _LABEL.match(line), _ANOTHER.match(line)
        is_named = label is not None and label[2] in names
        if is_named or another:
            yield name, "\n".join(lines).strip(), is_another
            name, is_another, lines = None, True, []
        marker = label if is_named else another
        name = label[2] if label is not None and is_named else name
        lines.append(line[marker.end() :] if marker is not None else line)
    yield name, "\n".join(lines).strip(), is_another
