"""Related topics: what else is spoken of where a topic is, more than elsewhere. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2

from castabout.text.beginnings import plain

MOST_RELATED = 12
#: A tag of so many of the episodes is looked up in the library; the others are too seldom to tell.
CANDIDATES = 200
#: With so few episodes on a topic, a tag of one of them is told too.
_HANDFUL = 4
#: So many times as often as in the library.
_LEAST_LIFT = 2.0


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tags of an episode, and the row of its podcast."""

    podcast: int
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tag that may be related to a topic."""

    tag: str
    #: Of the sample.
    episodes: int
    #: The same, but a show that has it again and again counts for less each time, and the first tags of an
    #: episode, which are the most telling ones, for more.
    weight: float


def candidates(topic: str, sample: Iterable[Tagged]) -> tuple[Candidate, ...]:
    """Tags of the ``sample`` of episodes on ``topic`` that are not the topic itself, commonest first."""
    own = set(plain(topic).split())
    shows: dict[str, Counter[int]] = defaultdict(Counter)
    places: dict[str, float] = defaultdict(float)
    number = 0
    for one in sample:
        number += 1
        for place, tag in enumerate(one.tags):
            shows[tag][one.podcast] += 1
            places[tag] += 1 / (1 + place)
    least = 1 if number < _HANDFUL else 2
    found = (
        Candidate(tag, counts.total(), _weight(counts, places[tag]))
        for tag, counts in shows.items()
        if counts.total() >= least and not own.issuperset(plain(tag).split())
    )
    return tuple(sorted(found, key=lambda one: (-one.weight, one.tag))[:CANDIDATES])


def _weight(shows: Counter[int], places: float) -> float:
    return sum(log2(1 + count) for count in shows.values()) * (1 + places / shows.total())


def related(
    found: Iterable[Candidate], sample: int, library: Mapping[str, int], episodes: int
) -> tuple[str, ...]:
    """The best of ``found`` in ``sample`` episodes.

    ``library``: tag → how many of all ``episodes`` have it. What is common everywhere tells nothing.
    """
    scored: list[tuple[float, str]] = []
    for one in found:
        expected = sample * max(library.get(one.tag, 0), one.episodes) / max(episodes, sample, 1)
        lift = one.episodes / expected if expected else 0
        if lift >= _LEAST_LIFT or sample >= episodes / 2:
            scored.append((one.weight * log2(1 + lift) ** 2, one.tag))
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    chosen: list[str] = []
    seen: list[set[str]] = []
    for _, tag in scored:
        words = {word.rstrip("s") for word in plain(tag).split()}
        if words and not any(words <= other or other <= words for other in seen):
            chosen.append(tag)
            seen.append(words)
        if len(chosen) == MOST_RELATED:
            break
    return tuple(chosen)
