"""Are the tags of episodes those that a person would choose?

    ./run bench relevance.tagged [--show]

The episodes and their right tags were listed by reading: see README.md beside this. Printed: which part
of the tags that castabout gives is right (chosen or acceptable), which part of the chosen ones it gives,
and how many of its tags are boilerplate. Case, accents and signs make no difference.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.relevance.judgements import Tagged, tagged
from bench.relevance.library import Library, build, is_there
from castabout.engine.lines import lines_by_row
from castabout.text.fold import fold

_SIGNS = re.compile(r"[\W_]+")


def main() -> None:
    """Build the library, tag, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what is wrong, by episode")
    options = parser.parse_args()
    if not is_there():
        sys.exit("bench: no real feeds beside the project")
    with TemporaryDirectory() as folder:
        library = build(Path(folder))
        _print(given_tags(library, tagged()), show=options.show)
        library.castabout.close()


def given_tags(library: Library, wanted: tuple[Tagged, ...]) -> list[tuple[Tagged, tuple[str, ...]]]:
    """The tags that a page shows for each of ``wanted`` in ``library``."""
    rows = {name: row for row, name in library.items.items()}
    lines = lines_by_row(library.castabout, [rows[one.name] for one in wanted], ())
    return [(one, lines[rows[one.name]].tags) for one in wanted]


def key(tag: str) -> str:
    """What makes two tags the same."""
    return _SIGNS.sub(" ", fold(tag)).strip()


def _print(given: list[tuple[Tagged, tuple[str, ...]]], *, show: bool) -> None:
    right = all_given = found = all_wanted = boilerplate = without = 0
    for one, tags in given:
        keys = {key(tag): tag for tag in tags}
        chosen, never = set(map(key, one.tags)), set(map(key, one.never))
        good = chosen | set(map(key, one.also))
        right += len(keys.keys() & good)
        all_given += len(keys)
        found += len(keys.keys() & chosen)
        all_wanted += len(chosen)
        boilerplate += len(keys.keys() & never)
        without += not tags
        if show:
            print(f"{one.name}\n  wrong: {'; '.join(keys[k] for k in keys if k not in good)}")
            print(f"  missing: {'; '.join(tag for tag in one.tags if key(tag) not in keys)}")
    print(f"{len(given)} episodes, {without} of them without tags; {all_given} tags")
    print(f"right: {right / max(all_given, 1):.3f}; chosen ones found: {found / all_wanted:.3f}")
    print(f"boilerplate: {boilerplate}")


if __name__ == "__main__":
    main()
