"""Misspelled titles and names of the real feeds: how often the right word is told, against others.

    ./run bench relevance.spelling [--show]

The rule: of the titles of podcasts, the titles of episodes and the names of people, each kind sorted, names are
drawn with a fixed seed until there are enough. Of the words of five letters or more in a name (none of scripts
without blanks) one is drawn; one letter of it is wrong, of eight letters or more in every other case two. A wrong
letter is left out, put in, taken for another one, or swapped with the next, each as likely. What gives a word of
the library is drawn anew: nobody could tell. What is typed is the wrong word with the words beside it, or in a
second run alone.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.relevance.library import ItemTexts, Library, build
from castabout.engine.castabout import Castabout
from castabout.engine.spelling import did_you_mean
from castabout.query.ast import Word
from castabout.text.beginnings import plain
from castabout.text.prepare import is_paired

SEED = 7
#: How many of each kind: titles of podcasts, titles of episodes, names of people.
HOW_MANY = (50, 90, 60)
_LEAST, _LONG = 5, 8
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Error:
    """A word that is typed wrongly."""

    kind: str
    right: str
    wrong: str
    #: What is typed, the wrong word among those beside it.
    typed: str


def errors(library: Library) -> Iterator[Error]:
    """The 200 errors."""
    rng = random.Random(SEED)
    shows: set[str] = set()
    titles: set[str] = set()
    people: set[str] = set()
    for _, show, items in library.texts():
        shows.add(show.title)
        people.update(show.people.split("\n"))
        titles.update(item.title for item in items)
        people.update(name for item in items for name in item.people.split("\n"))
    kinds = zip(("podcast", "episode", "person"), (shows, titles, people), HOW_MANY, strict=True)
    for kind, names, wanted in kinds:
        made = _of_kind(rng, library.castabout, kind, sorted(names))
        yield from (error for error, _ in zip(made, range(wanted), strict=False))


def _of_kind(rng: random.Random, castabout: Castabout, kind: str, names: list[str]) -> Iterator[Error]:
    while True:
        words = plain(rng.choice(names)).split()
        places = [at for at, word in enumerate(words) if _is_fit(word)]
        if not places:
            continue
        at = rng.choice(places)
        wrong = misspelled(rng, words[at])
        if wrong == words[at] or castabout.index.count(Word(wrong)):
            continue
        beside = [*words[max(at - 1, 0) : at], wrong, *words[at + 1 : at + 2]]
        yield Error(kind, words[at], wrong, " ".join(beside))


def misspelled(rng: random.Random, word: str) -> str:
    """``word`` with one letter wrong, or two."""
    for _ in range(2 if len(word) >= _LONG and rng.random() < 0.5 else 1):
        word = _with_error(rng, word)
    return word


def _is_fit(word: str) -> bool:
    return len(word) >= _LEAST and bool(_WORD.fullmatch(word)) and not is_paired(word)


def _with_error(rng: random.Random, word: str) -> str:
    at = rng.randrange(len(word))
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz" if word.isascii() else sorted(set(word)))
    match rng.choice(("out", "in", "other", "swapped")):
        case "out":
            return word[:at] + word[at + 1 :]
        case "in":
            return word[:at] + letter + word[at:]
        case "other":
            return word[:at] + letter + word[at + 1 :]
        case _:
            return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


Corrector = Callable[[str], str | None]


def ours(castabout: Castabout) -> Corrector:
    """What castabout tells."""
    return lambda typed: did_you_mean(castabout, typed, found=0)


class Deletions:
    """A peer: all words of the library by what is left of them without a letter or two, the nearest first.

    https://wolfgarbe.medium.com/1000x-faster-spelling-correction-algorithm-2012-8701fcd87a5f
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts = Counter(word for text in texts for word in set(plain(text).split()))
        self._by_rest: dict[str, list[str]] = {}
        for word in self._counts:
            for rest in _rests(word[:7]):
                self._by_rest.setdefault(rest, []).append(word)

    def __call__(self, typed: str) -> str | None:
        """``typed`` with its unknown words corrected."""
        return " ".join(
            word if word in self._counts else self._nearest(word) or word for word in typed.split()
        )

    def _nearest(self, word: str) -> str | None:
        found = {other for rest in _rests(word[:7]) for other in self._by_rest.get(rest, ())}
        return min(
            found, key=lambda other: (_letters(word, other), -self._counts[other], other), default=None
        )


def _rests(word: str) -> set[str]:
    one = {word[:at] + word[at + 1 :] for at in range(len(word))}
    return {word} | one | {rest[:at] + rest[at + 1 :] for rest in one for at in range(len(rest))}


def _letters(one: str, other: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, row = row, [i]
        for j, its in enumerate(other, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != its)))
    return row[-1]


def is_right(error: Error, told: str | None) -> bool:
    """Whether the right word is told in place of the wrong one."""
    return told is not None and error.right in plain(told).split()


def main() -> None:
    """Correct all errors in turn by each and print how many were right, and medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print those that castabout gets wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        library = build(Path(home), spoken_shows=())
        found = list(errors(library))
        texts = [t for _, s, items in library.texts() for t in (s.title, s.people, *_texts(items))]
        correctors: dict[str, Corrector] = {
            "castabout": ours(library.castabout),
            "deletions (SymSpell)": Deletions(texts),
        }
        for what in ("typed", "wrong"):
            print("beside other words" if what == "typed" else "alone")
            _compare(found, what, correctors, show=options.show)
        library.castabout.close()


def _texts(items: Iterable[ItemTexts]) -> Iterator[str]:
    for item in items:
        yield from (item.title, item.people, item.notes)


def _compare(found: list[Error], what: str, correctors: dict[str, Corrector], *, show: bool) -> None:
    right: Counter[str] = Counter()
    times: dict[str, list[float]] = {name: [] for name in correctors}
    for error in found:
        for name, correct in correctors.items():
            began = time.perf_counter()
            told = correct(getattr(error, what))
            times[name].append((time.perf_counter() - began) * 1000)
            right[name] += is_right(error, told)
            if show and name == "castabout" and not is_right(error, told):
                print(f"  {error.kind:8} {getattr(error, what)!r} is {error.right!r}, told {told!r}")
    for name in correctors:
        median, most = statistics.median(times[name]), max(times[name])
        print(
            f"  {name:22} {right[name]:4} of {len(found)} right   median {median:6.2f} ms   max {most:6.2f}"
        )


if __name__ == "__main__":
    main()
