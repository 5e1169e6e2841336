"""What it costs to look which new episodes people follow, as the library and the number of follows grow.

    ./run bench follows [--new 100] [--follows 200]

The work should grow with new episodes and follows, not with the library. Only the index is measured: it alone
could grow with the library.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from castabout.index.document import EpisodeDocument
from castabout.index.tantivy import TantivyIndex
from castabout.query.ast import Among
from castabout.query.parser import parse

_SIZES = (20_000, 200_000)
_WORDS = 20_000
_ROUNDS = 5


def main() -> None:
    """Print a line for each size of the library."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--new", type=int, default=100)
    parser.add_argument("--follows", type=int, default=200)
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        for size in _SIZES:
            index = TantivyIndex(Path(name, str(size)))
            index.write(_documents(size))
            _measure(index, size, given.new, given.follows)
            index.close()


def _measure(index: TantivyIndex, size: int, new: int, follows: int) -> None:
    rows = frozenset(range(size - new, size))
    queries = [parse(query) for query in _queries(follows)]
    looked, plain = [], []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        found = sum(len(index.newest(Among(query, rows), limit=new)) for query in queries)
        looked.append(time.perf_counter() - began)
        began = time.perf_counter()
        for query in queries:
            index.newest(query, limit=new)
        plain.append(time.perf_counter() - began)
    print(
        f"{size:9,} episodes, {new:,} of them new, {follows:,} follows: {statistics.median(looked) * 1000:.1f} ms"
        f" ({found:,} found); the newest of all that match each: {statistics.median(plain) * 1000:.1f} ms"
    )


def _queries(number: int) -> Iterator[str]:
    kinds = ("w{a}", '"w{a} w{b}"', "w{a} w{b}", "w{a} OR w{b}", "w{a} -w{b} language:en")
    chance = random.Random(1)
    for at in range(number):
        yield kinds[at % len(kinds)].format(a=_word(chance), b=_word(chance))


def _documents(size: int) -> Iterator[EpisodeDocument]:
    chance = random.Random(2)
    for row in range(size):
        words = " ".join(f"w{_word(chance)}" for _ in range(60))
        yield EpisodeDocument(
            row=row,
            podcast_row=row // 100,
            title=words[:60],
            called=None,
            notes=words,
            subtitle="",
            keywords=(),
            people=(),
            speakers=(),
            chapters=(),
            transcript="",
            title_joined=(),
            joined=(),
            transcript_joined=(),
            language="en",
            published=1_600_000_000 + row,
            day=737_000 + row // 1_000,
            year=2019,
            duration=None,
            first_copy=None,
            traits=(),
        )


def _word(chance: random.Random) -> int:
    """Few words are common, as in texts."""
    return int(_WORDS ** chance.random())


if __name__ == "__main__":
    main()
