"""What a show repeats in many of its episodes: sponsors, links, sentences of every episode. Pure.

A show is known by how often each of its sentences and terms was met. Few of
them are kept: what is repeated comes again before it would be forgotten. So a
new episode costs the same whether the show has ten or ten thousand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

#: Sentences and terms that are kept of a show: those of its last 50 episodes or so.
_KEPT = 2_048
#: In fewer episodes nothing is repeated: a subject may have as many parts.
_FEWEST = 4
#: A sentence in so many episodes is, whatever their part.
_MANY = 10
_PART = 0.1
_PART_OF_TERMS = 0.3
_PART_OF_KEYWORDS = 0.2
#: A sentence of fewer characters may well be what an episode is about.
_SHORTEST = 12
_NUMBER = re.compile(r"\d+")
_ENDS = ((". ", ".\n"), ("! ", "!\n"), ("? ", "?\n"), ("。", "。\n"), ("！", "！\n"), ("？", "？\n"))


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often a show has said what."""

    #: Of which this is known.
    episodes: int = 0
    #: Key of a sentence or a term → episodes that have it, the one that was met last at the end.
    counts: Mapping[int, int] = field(default_factory=dict)

    def with_episodes(self, added: Iterable[Collection[int]]) -> Repeats:
        """The same with further episodes, each told by its keys."""
        counts = dict(self.counts)
        episodes = self.episodes
        for keys in added:
            episodes += 1
            for key in keys:
                counts[key] = counts.pop(key, 0) + 1
        return Repeats(episodes, _few(counts, episodes))

    def with_more(self, added: Iterable[Collection[int]]) -> Repeats:
        """The same with more keys of episodes that are counted already."""
        more = self.with_episodes(added)
        return Repeats(self.episodes, more.counts)

    def sentences(self) -> frozenset[int]:
        """Keys of which each is repeated if it is that of a sentence."""
        return _above(self.counts, min(_MANY, self.episodes * _PART))

    def keywords(self) -> frozenset[int]:
        """The same of keywords of the publisher."""
        return _above(self.counts, self.episodes * _PART_OF_KEYWORDS)

    def terms(self) -> frozenset[int]:
        """The same of terms."""
        return _above(self.counts, self.episodes * _PART_OF_TERMS)


def _above(counts: Mapping[int, int], least: float) -> frozenset[int]:
    least = max(least, _FEWEST)
    return frozenset(key for key, count in counts.items() if count >= least)


def _few(counts: dict[int, int], episodes: int) -> dict[int, int]:
    """The repeated ones, and the others that were met last."""
    if len(counts) <= _KEPT:
        return counts
    least = max(min(_MANY, episodes * _PART), _FEWEST)
    repeated = {key for key, count in counts.items() if count >= least}
    room = max(_KEPT - len(repeated), 0)
    others = [key for key in counts if key not in repeated]
    forgotten = set(others[: len(others) - room])
    return {key: count for key, count in counts.items() if key not in forgotten}


def sentences(text: str) -> list[str]:
    """The lines of ``text``, cut where sentences end."""
    for end, cut in _ENDS:
        if end in text:
            text = text.replace(end, cut)
    return text.split("\n")


def sentence_keys(sentences: Sequence[str]) -> list[int]:
    """The key of each; 0 for those that are too short to have one. Numbers make no difference."""
    if not sentences:
        return []
    plain = _NUMBER.sub("0", "\n".join(sentences).lower()).split("\n")
    return [
        crc32(same.encode()) if len(sentence) >= _SHORTEST else 0
        for sentence, same in zip(sentences, plain, strict=True)
    ]


def term_key(term: str) -> int:
    """The key of a folded term, which differs from that of the same words as a sentence. Numbers make no difference."""
    return crc32(b"\0" + _NUMBER.sub("0", term).encode())
