"""What a show repeats in many of its episodes: sponsors, links, sentences of every episode. Pure.

A show is known by how often each of its sentences, keywords and terms was
met. Few of them are kept: what is repeated comes again before it would be
forgotten. So a new episode costs the same whether the show has ten or ten
thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from zlib import crc32

#: Strings that are kept of a show: those of its last 50 episodes or so.
_KEPT = 2_048
#: In fewer episodes nothing is repeated: a subject may have as many parts.
_FEWEST = 4
#: A sentence in so many episodes is, whatever their part.
_MANY_SENTENCES = 10
#: A sentence of fewer characters may well be what an episode is about.
_SHORTEST = 12
#: Of so many episodes at once only what comes again is kept: nothing else of them can ever be a large part.
_AT_ONCE = 50
_ENDS = ((". ", ".\n"), ("! ", "!\n"), ("? ", "?\n"), ("。", "。\n"), ("！", "！\n"), ("？", "？\n"))


class Kind(IntEnum):
    """Kinds of strings, which are counted apart."""

    SENTENCE = 0
    KEYWORD = 1
    TERM = 2


#: In this part of a show's episodes a string is repeated.
_PART = {Kind.SENTENCE: 0.1, Kind.KEYWORD: 0.2, Kind.TERM: 0.3}


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often a show has said what."""

    #: Of which this is known.
    episodes: int = 0
    #: Key of a string → episodes that have it, the one that was met last at the end.
    counts: Mapping[int, int] = field(default_factory=dict)

    def least(self, kind: Kind) -> float:
        """In so many episodes a string of this kind is repeated."""
        part = self.episodes * _PART[kind]
        return max(min(part, _MANY_SENTENCES) if kind is Kind.SENTENCE else part, _FEWEST)


NOTHING_REPEATED = Repeats()


def counted(
    before: Repeats,
    kind: Kind,
    new: Sequence[Collection[str]],
    old: Iterable[Collection[str]] = (),
    *,
    episodes: int,
) -> tuple[Repeats, frozenset[str]]:
    """What is known with the strings of ``new`` episodes, of which there are then ``episodes``.

    And which strings of these and of the ``old`` ones, which are counted already, are repeated.
    """
    tally: Counter[str] = Counter()
    for strings in new:
        tally.update(strings)
    keeps_all = before.episodes > 0 or len(new) < _AT_ONCE
    keys = {string: _key(string, kind) for string, count in tally.items() if keeps_all or count > 1}
    counts = dict(before.counts)
    for string, key in keys.items():
        counts[key] = counts.pop(key, 0) + tally[string]
    for strings in old:
        keys.update((string, _key(string, kind)) for string in strings if string not in keys)
    after = Repeats(episodes, counts)
    least = after.least(kind)
    repeated = frozenset(string for string, key in keys.items() if counts.get(key, 0) >= least)
    return Repeats(episodes, _few(counts)), repeated


def repeated_among(strings: Sequence[str], of: Repeats, kind: Kind = Kind.SENTENCE) -> list[str]:
    """Those of ``strings`` that the show repeats."""
    least = of.least(kind)
    return [
        string
        for string, plain in zip(strings, alike(strings), strict=True)
        if (kind is not Kind.SENTENCE or is_long(plain)) and of.counts.get(_key(plain, kind), 0) >= least
    ]


def _key(string: str, kind: Kind) -> int:
    return crc32(string.encode(), kind)


def _few(counts: dict[int, int]) -> dict[int, int]:
    """Those that came again most often, and the others that were met last."""
    surplus = len(counts) - _KEPT
    if surplus <= 0:
        return counts
    once = [key for key, count in counts.items() if count < _FEWEST][:surplus]
    for key in once:
        del counts[key]
    return counts


def sentences(text: str) -> list[str]:
    """The lines of ``text``, cut where sentences end."""
    for end, cut in _ENDS:
        if end in text:
            text = text.replace(end, cut)
    return text.split("\n")


def alike(strings: Sequence[str]) -> list[str]:
    """The strings as they are compared: capital letters and whole numbers make no difference."""
    text = "\n".join(strings).lower()
    for digit in "123456789":
        text = text.replace(digit, "0")
    while "00" in text:
        text = text.replace("00", "0")
    return text.split("\n") if strings else []


def is_long(sentence: str) -> bool:
    """Whether a sentence is long enough to say anything by being repeated."""
    return len(sentence) >= _SHORTEST
