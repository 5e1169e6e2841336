"""Indexing with tags, people and what shows repeat, against indexing without them; with names to complete or not.

    ./run bench tags [--rounds 5] [--generated EPISODES] [FOLDER]

Both index the same library in this process, in turn; times are processor seconds. The bound is half as much again.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.generated import ROOT, fill
from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine import indexing
from castabout.engine.castabout import Castabout
from castabout.engine.labelling import Labelling
from castabout.engine.update import add
from castabout.index.document import Cleaned
from castabout.model.labels import NO_LABELS, Labels
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.transcript import Spoken
from castabout.store import inventory, labels, names
from castabout.text.html import html_to_text


class _Plain:
    """An episode as it is searched without labels."""

    def __init__(self, stored: StoredEpisode) -> None:
        self._episode = stored.episode

    def searched(self, _: Labels) -> Cleaned:
        notes = html_to_text(self._episode.notes) if self._episode.notes else ""
        return Cleaned(notes, self._episode.keywords)


class _WithoutLabels:
    """Stands in for `Labelling` and does nothing."""

    def __init__(self, castabout: Castabout) -> None:
        pass

    def sample(self, rows: Iterable[int]) -> None:
        pass

    def drafts(
        self, stored: Mapping[int, StoredEpisode], owners: Mapping[int, StoredPodcast]
    ) -> dict[int, _Plain]:
        return {row: _Plain(one) for row, one in stored.items()}

    def labels(self, draft: _Plain, spoken: Spoken) -> Labels:
        return NO_LABELS

    def write(self, found: Mapping[int, Labels]) -> None:
        pass


class _NotKept(Labelling):
    """Finds and chooses labels, and keeps none: no names are counted, nor indexed to be completed."""

    def write(self, found: Mapping[int, Labels]) -> None:
        pass


def main() -> None:
    """Measure both in turn and print medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--generated", type=int, help="generated episodes instead of feeds")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data" / "feeds")
    options = parser.parse_args()
    if not options.generated and not options.folder.is_dir():
        sys.exit(f"bench: no feeds in {options.folder}; name a folder of feeds")
    with tempfile.TemporaryDirectory() as home:
        castabout = assemble(load_settings(Path(home), {}))
        if options.generated:
            fill(castabout, options.generated)
        else:
            list(add(castabout, [str(options.folder)], found=lambda _: None))
        ways: dict[str, type[Labelling | _WithoutLabels]] = {
            "without tags": _WithoutLabels,
            "tags found": _NotKept,
            "and names kept": Labelling,
        }
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(options.rounds):
            for name, way in ways.items():
                seconds[name].append(_seconds(castabout, way))
        castabout.close()
    for name, measured in seconds.items():
        ratios = [one / other for one, other in zip(measured, seconds["without tags"], strict=True)]
        median = statistics.median(measured)
        print(
            f"{name:15} median {median:6.2f} s processor  {statistics.median(ratios):5.2f} times  (bound 1.5)"
        )


def _seconds(castabout: Castabout, labelling: type[Labelling | _WithoutLabels]) -> float:
    vars(indexing)["Labelling"] = labelling
    # As if the episodes had just come.
    labels.write(castabout.store, dict.fromkeys(inventory.rows(castabout.store)[1], NO_LABELS))
    while gone := names.stale(castabout.store, after=0, limit=indexing.NAME_BATCH):
        names.seen(castabout.store, gone)
    began = time.process_time()
    indexing.reindex(castabout, progress=lambda _: None)
    return time.process_time() - began


if __name__ == "__main__":
    main()
