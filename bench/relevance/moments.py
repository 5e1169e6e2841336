"""Do moments find what is known to be there? Against BM25 of SQLite FTS5 on the same passages.

    ./run bench relevance.moments [--each 300] [--seed 2] [--show quote]

The passages are those of the transcripts beside the project, the queries are made of them: see
`bench.relevance.queries`. castabout: `Index.moments`, and where few have all words, those with some
of them, as `castabout.engine.moments` does. FTS5: ``bm25`` over the same text and the same speakers in
two columns, with any of the words (``OR``), since with all of them (``AND``, measured too) it finds no
quote with a wrong word.

Both answer with passages by episode, the best three of each, as a page shows them. A query's answer counts if
it is among the three of one of the first ten episodes; MRR is the mean of 1/rank of the episode. The
ranking was tuned with odd seeds.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.generated import ROOT
from bench.relevance.queries import KINDS, KnownItem, known_items, text_of
from castabout.engine.moments import found_moments
from castabout.engine.passages import passages
from castabout.engine.spoken_file import read_transcript
from castabout.index import EVERYWHERE
from castabout.index.document import SpokenDocument, passage_texts
from castabout.index.tantivy import TantivyIndex
from castabout.model.passage import Passage
from castabout.model.transcript import Spoken
from castabout.query.parser import parse
from castabout.text.estimate import with_estimates

_FIRST = 10
_SHOWN = 3
#: Rows of FTS5 that are grouped by episode.
_ROWS = 1_000
_PLACES = 100_000
#: An answer: episodes in order, and the places of the passages shown of each.
Answer = Sequence[tuple[int, Sequence[int]]]
Ask = Callable[[str], Answer]
Passages = Mapping[int, Sequence[Passage]]


def main() -> None:
    """Build both, ask both in turn, print what they find."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--show", choices=KINDS, help="print the queries of this kind that castabout misses")
    options = parser.parse_args()
    folder = ROOT.parent / "shared" / "data" / "transcripts"
    if not folder.is_dir():
        sys.exit("bench: no transcripts beside the project")
    every = passages_of(folder.glob("*/*.md"))
    items = known_items(every, options.each, options.seed)
    print(f"{sum(map(len, every.values())):,} passages of {len(every):,} episodes; {len(items)} queries")
    with TemporaryDirectory() as home:
        index, table = index_of(every, Path(home)), _table(every)
        systems: dict[str, Ask] = {
            "castabout": asked(index, every),
            "FTS5 any word": lambda text: _fts(table, " OR ", text),
            "FTS5 all words": lambda text: _fts(table, " ", text),
        }
        ranks: dict[str, dict[KnownItem, int | None]] = {name: {} for name in systems}
        took: dict[str, list[float]] = {name: [] for name in systems}
        for item in items:
            for name, ask in systems.items():
                began = time.perf_counter()
                answer = ask(item.text)
                took[name].append(time.perf_counter() - began)
                ranks[name][item] = rank_of(item, answer)
        _print(ranks, took)
        index.close()
    for item, rank in ranks["castabout"].items():
        if item.kind == options.show and rank != 1:
            print(rank, item)


def passages_of(files: Iterable[Path]) -> Passages:
    """The passages of each transcript, by a number in the order of their names."""
    said = (read_transcript(path.read_bytes(), name=path.name)[0] for path in sorted(files))
    return {row: tuple(passages(_timed(spoken))) for row, spoken in enumerate(said, start=1) if spoken}


def _timed(spoken: Spoken) -> Spoken:
    """With times that are worked out, as a library has it."""
    return replace(spoken, transcript=spoken.transcript and with_estimates(spoken.transcript))


def index_of(every: Passages, folder: Path) -> TantivyIndex:
    """An index in ``folder`` of these passages alone."""
    index = TantivyIndex(folder)
    documents = (
        SpokenDocument(
            row=row,
            podcast_row=1,
            language="en",
            published=None,
            day=None,
            duration=None,
            traits=(),
            passages=tuple(text for one in group for text in passage_texts(one)),
        )
        for row, group in every.items()
    )
    with index.adding() as add:
        add(documents)
    return index


def _table(every: Passages) -> sqlite3.Connection:
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE said USING fts5(text, speakers)")
    rows = (
        (row * _PLACES + place, text_of(one), " ".join({cue.speaker: 1 for cue in one.cues if cue.speaker}))
        for row, group in every.items()
        for place, one in enumerate(group)
    )
    table.executemany("INSERT INTO said(rowid, text, speakers) VALUES (?, ?, ?)", rows)
    return table


def asked(index: TantivyIndex, every: Passages) -> Ask:
    """What answers as a page of castabout does."""
    numbers = {(row, one.place): number for row, group in every.items() for number, one in enumerate(group)}

    def ask(text: str) -> Answer:
        found, _ = found_moments(index, parse(text), EVERYWHERE, limit=_FIRST, each=_SHOWN)
        return [(group.row, [numbers[group.row, place] for place in group.places]) for group in found.groups]

    return ask


def _fts(table: sqlite3.Connection, operator: str, text: str) -> Answer:
    asked = operator.join(f'"{word}"' for word in text.split())
    rows = table.execute("SELECT rowid FROM said WHERE said MATCH ? ORDER BY rank LIMIT ?", (asked, _ROWS))
    groups: dict[int, list[int]] = {}
    for (number,) in rows:
        row, place = divmod(number, _PLACES)
        groups.setdefault(row, []).append(place)
    return [(row, places[:_SHOWN]) for row, places in groups.items()][:_FIRST]


def rank_of(item: KnownItem, answer: Answer) -> int | None:
    """The place of the episode, from 1 on, if what was asked for is shown of it."""
    for rank, (row, places) in enumerate(answer, start=1):
        if row == item.episode and (item.place is None or item.place in places):
            return rank
    return None


def _print(ranks: Mapping[str, Mapping[KnownItem, int | None]], took: Mapping[str, Sequence[float]]) -> None:
    print(f"{'':16}" + "".join(f"{kind:>20}" for kind in (*KINDS, "all")) + f"{'median':>12}")
    print(f"{'':16}" + f"{'recall@10   MRR':>20}" * (len(KINDS) + 1))
    for name, found in ranks.items():
        line = f"{name:16}"
        for kind in (*KINDS, None):
            some = [rank for item, rank in found.items() if kind in (item.kind, None)]
            line += f"{recall(some):>14.3f}{mrr(some):>6.3f}"
        print(line + f"{median(took[name]) * 1000:>9.1f} ms")


def recall(ranks: Sequence[int | None]) -> float:
    """The part of all queries whose answer is found."""
    return sum(rank is not None for rank in ranks) / len(ranks)


def mrr(ranks: Sequence[int | None]) -> float:
    """The mean of 1/rank, 0 for what is not found."""
    return sum(1 / rank for rank in ranks if rank) / len(ranks)


if __name__ == "__main__":
    main()
