"""What was judged, and how a ranking is measured against it. Pure, but for reading the two tables.

``queries.tsv``: the query, its language, what whoever asks it means. ``judgements.tsv``: for a query and a show
the grade of the show, where no episodes are named, or else that of these episodes; ``*`` are all of its episodes
that no other line names. What no line names counts as 0. ``copies.tsv`` and ``tags.tsv`` are lists of their own.
README.md beside them says how they were made.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from pathlib import Path
from urllib.parse import unquote

FIRST = 10
_FOLDER = Path(__file__).parent
_REST = "*"


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and its grades, 0 to 3, by the names of `bench.relevance.library`."""

    text: str
    language: str
    shows: Mapping[str, int] = field(default_factory=dict)
    episodes: Mapping[str, int] = field(default_factory=dict)
    #: All other episodes of a show.
    rest: Mapping[str, int] = field(default_factory=dict)

    def grade_of_episode(self, name: str) -> int | None:
        """None: nobody has looked at it."""
        return self.episodes.get(name, self.rest.get(name.partition(" ")[0]))

    def episode_grades(self, names: Sequence[str]) -> dict[str, int]:
        """The grades above 0 of the episodes ``names``."""
        return {name: grade for name in names if (grade := self.grade_of_episode(name))}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two episodes, by name, and whether they are the same."""

    one: str
    other: str
    is_copy: bool
    why: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tags of an episode: what a person would choose, what is right as well, and what is said in each."""

    name: str
    tags: tuple[str, ...]
    also: tuple[str, ...]
    never: tuple[str, ...]


def pairs() -> tuple[Pair, ...]:
    """Copies and what only looks like one."""
    return tuple(
        Pair(
            f"{line['show']} {line['episode']}",
            f"{line['other_show']} {line['other_episode']}",
            line["same"] == "yes",
            line["why"],
        )
        for line in _lines("copies.tsv")
    )


def tagged() -> tuple[Tagged, ...]:
    """Episodes and their tags."""
    return tuple(
        Tagged(
            f"{line['show']} {line['episode']}",
            *(_list(line[column]) for column in ("tags", "also", "never")),
        )
        for line in _lines("tags.tsv")
    )


def judged() -> tuple[Judged, ...]:
    """All queries, in the order of their table."""
    shows: dict[str, dict[str, int]] = {}
    episodes: dict[str, dict[str, int]] = {}
    rest: dict[str, dict[str, int]] = {}
    for line in _lines("judgements.tsv"):
        query, show, grade = line["query"], line["show"], int(line["grade"])
        if not line["episodes"]:
            shows.setdefault(query, {})[show] = grade
        elif line["episodes"] == _REST:
            rest.setdefault(query, {})[show] = grade
        else:
            keys = map(unquote, line["episodes"].split(" "))
            episodes.setdefault(query, {}).update({f"{show} {key}": grade for key in keys})
    return tuple(
        Judged(text, line["language"], shows.get(text, {}), episodes.get(text, {}), rest.get(text, {}))
        for line in _lines("queries.tsv")
        if (text := line["query"])
    )


def ndcg(found: Sequence[str], grades: Mapping[str, int], first: int = FIRST) -> float:
    """Normalized gain of the ``first`` of ``found``, with 2^grade - 1 for each; 0, if there is nothing to find.

    https://en.wikipedia.org/wiki/Discounted_cumulative_gain#Normalized_DCG
    """
    best = _dcg(sorted(grades.values(), reverse=True)[:first])
    return _dcg([grades.get(name, 0) for name in found[:first]]) / best if best else 0.0


def once(grades: Mapping[str, int], first_copies: Mapping[str, str]) -> dict[str, int]:
    """``grades`` with copies of an episode as one, by the name of the first of them, with their best grade."""
    found: dict[str, int] = {}
    for name, grade in grades.items():
        first = first_copies.get(name, name)
        found[first] = max(grade, found.get(first, 0))
    return found


def seen_once(found: Sequence[str], first_copies: Mapping[str, str]) -> list[str]:
    """What was ``found``, by the same names; another copy of what was there already takes its place in vain."""
    firsts = [first_copies.get(name, name) for name in found]
    return [name if name not in firsts[:place] else "" for place, name in enumerate(firsts)]


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; of nothing, 0."""
    return sum(values) / len(values) if values else 0.0


def _dcg(grades: Sequence[int]) -> float:
    return sum(((1 << grade) - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split("; ")) if text else ()


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
