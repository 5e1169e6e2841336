"""Copies of episodes: are those found that are judged to be some, and nothing else?

    ./run bench relevance.copies

The pairs were made by hand over the real feeds beside the project: see README.md beside this.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.relevance.judgements import Pair, pairs
from bench.relevance.library import Library, build, is_there


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the judged pairs."""

    true: int
    #: Copies that were not found, and others that were taken for some.
    lost: tuple[Pair, ...]
    false: tuple[Pair, ...]

    @property
    def found(self) -> float:
        """The part of the true copies that was found."""
        return 1 - len(self.lost) / self.true


def verdict(library: Library, judged: Iterable[Pair]) -> Verdict:
    """Which of the ``judged`` pairs are copies of each other in ``library``."""
    first = library.first_copies
    told = [(pair, pair.one in first and first[pair.one] == first.get(pair.other)) for pair in judged]
    return Verdict(
        true=sum(pair.is_copy for pair, _ in told),
        lost=tuple(pair for pair, is_found in told if pair.is_copy and not is_found),
        false=tuple(pair for pair, is_found in told if is_found and not pair.is_copy),
    )


def main() -> None:
    """Build the library, print what became of the pairs."""
    if not is_there():
        sys.exit("bench: no real feeds beside the project")
    with TemporaryDirectory() as folder:
        library = build(Path(folder), spoken_shows=())
        judged = pairs()
        found = verdict(library, judged)
        groups = library.first_copies
        library.castabout.close()
    print(
        f"{len(library.items):,} episodes: {len(groups)} of them in {len(set(groups.values()))} groups of copies"
    )
    print(f"true copies found: {found.true - len(found.lost)} of {found.true} ({found.found:.0%})")
    print(f"taken for copies, and none: {len(found.false)} of {len(judged) - found.true}")
    for what, some in (("not found", found.lost), ("false", found.false)):
        for pair in some:
            print(f"  {what}: {pair.one} | {pair.other} ({pair.why})")


if __name__ == "__main__":
    main()
