"""Are the right shows and episodes first? Judged by nDCG@10, against SQLite FTS5 and Tantivy's defaults.

    ./run bench relevance.judged [--worst 15] [--query linux]

The queries and their grades were made by reading: see README.md beside this. castabout: the best podcasts
of `topic_page` and the episodes of `search_page`, as a person sees them. Others: `bench.relevance.rivals`.

``--worst`` prints the queries at which castabout loses most. ``--query`` prints one query's ranking with grades;
a ``?`` is what nobody has judged yet, which counts as 0.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.relevance.judgements import FIRST, Judged, judged, mean, ndcg, once, seen_once
from bench.relevance.library import Library, build, is_there
from bench.relevance.rivals import Fts5, PlainTantivy
from castabout.engine.search import search_page
from castabout.engine.topic import topic_page

OURS = "castabout"
KINDS = ("shows", "episodes")
#: Both answer with names, best first.
Ranker = Callable[[str], Sequence[str]]
#: Kind → query → nDCG@10.
Scores = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class System:
    """Somebody who finds shows and episodes."""

    shows: Ranker
    episodes: Ranker

    def found(self, kind: str, query: str) -> Sequence[str]:
        """The names of the first ten of a ``kind``."""
        return (self.shows if kind == "shows" else self.episodes)(query)


def main() -> None:
    """Build all, ask all in turn, print what they are worth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--query")
    options = parser.parse_args()
    if not is_there():
        sys.exit("bench: no real feeds beside the project")
    with TemporaryDirectory() as folder:
        library = build(Path(folder))
        queries = judged()
        if options.query:
            _print_ranking(library, next(one for one in queries if one.text == options.query))
        else:
            scores = {name: scored(system, library, queries) for name, system in systems(library).items()}
            _print(scores, queries, len(library.items))
            _print_unknown(ours(library), queries)
            _print_worst(scores, options.worst)
        library.castabout.close()


def ours(library: Library) -> System:
    """What castabout answers."""
    castabout = library.castabout

    def shows(query: str) -> list[str]:
        return [library.show_names[best.podcast.id] for best in topic_page(castabout, query).best_podcasts]

    def episodes(query: str) -> list[str]:
        return [library.item_names[line.id] for line in search_page(castabout, query, limit=FIRST).hits]

    return System(shows, episodes)


def systems(library: Library) -> dict[str, System]:
    """All that are asked, by name."""
    fts, plain = Fts5(library), PlainTantivy(library)

    def named(names: Mapping[int, str], find: Callable[[str], Sequence[int]]) -> Ranker:
        return lambda query: [names[row] for row in find(query)]

    return {
        OURS: ours(library),
        "FTS5, all words": System(
            named(library.shows, lambda query: fts.shows(query, FIRST)),
            named(library.items, lambda query: fts.episodes(query, FIRST)),
        ),
        "FTS5, any word": System(
            named(library.shows, lambda query: fts.shows(query, FIRST, any_word=True)),
            named(library.items, lambda query: fts.episodes(query, FIRST, any_word=True)),
        ),
        "Tantivy's defaults": System(
            named(library.shows, lambda query: plain.shows(query, FIRST)),
            named(library.items, lambda query: plain.episodes(query, FIRST)),
        ),
    }


def scored(system: System, library: Library, queries: Sequence[Judged]) -> Scores:
    """nDCG@10 of each query, by kind; queries with nothing to find in ``library`` are left out."""
    items = list(library.items.values())
    here = frozenset(library.shows.values())
    scores: Scores = {kind: {} for kind in KINDS}
    for query in queries:
        grades = {
            "shows": {name: grade for name, grade in query.shows.items() if name in here},
            "episodes": once(query.episode_grades(items), library.first_copies),
        }
        for kind in KINDS:
            if max(grades[kind].values(), default=0):
                found = seen_once(system.found(kind, query.text), library.first_copies)
                scores[kind][query.text] = ndcg(found, grades[kind])
    return scores


def _print(all_scores: Mapping[str, Scores], queries: Sequence[Judged], episodes: int) -> None:
    languages = dict.fromkeys(query.language for query in queries)
    print(f"{len(queries)} queries over {episodes:,} episodes; nDCG@{FIRST}")
    for kind in KINDS:
        print(f"\n{kind:20}" + "".join(f"{name:>9}" for name in (*languages, "all")))
        counts = [_of(all_scores[OURS][kind], queries, language) for language in (*languages, None)]
        print(f"{'queries':20}" + "".join(f"{len(some):>9}" for some in counts))
        for name, scores in all_scores.items():
            means = (mean(_of(scores[kind], queries, language)) for language in (*languages, None))
            print(f"{name:20}" + "".join(f"{value:>9.3f}" for value in means))


def _of(scores: Mapping[str, float], queries: Sequence[Judged], language: str | None) -> list[float]:
    return [
        scores[query.text] for query in queries if query.text in scores and language in (query.language, None)
    ]


def _print_unknown(system: System, queries: Sequence[Judged]) -> None:
    found = [(query, name) for query in queries for name in system.episodes(query.text)]
    unknown = sum(query.grade_of_episode(name) is None for query, name in found)
    print(f"\n{unknown} of the {len(found)} episodes that {OURS} found were not judged, and count as 0")


def _print_worst(all_scores: Mapping[str, Scores], count: int) -> None:
    for kind in KINDS if count else ():
        print(f"\n{kind}: where most is lost, and what the best of the others has there")
        mine = all_scores[OURS][kind]
        for query in sorted(mine, key=lambda text: mine[text])[:count]:
            others = max(scores[kind][query] for name, scores in all_scores.items() if name != OURS)
            print(f"{mine[query]:9.3f}{others:9.3f}  {query}")


def _print_ranking(library: Library, query: Judged) -> None:
    system = ours(library)
    for show in system.shows(query.text):
        print(query.shows.get(show, 0), show)
    print()
    titles = {line.id: line.title for line in search_page(library.castabout, query.text, limit=FIRST).hits}
    for id, title in titles.items():
        name = library.item_names[id]
        grade = query.grade_of_episode(name)
        print("?" if grade is None else grade, name, "|", title)


if __name__ == "__main__":
    main()
