"""Help while typing in a large library: completion, misspelled words, related topics, each against a peer.

    ./run bench typing_help [--episodes 1000000]

The library is that of `bench.generated`; its episodes have tags and people that are drawn from the same words,
since generated notes have none. Names are typed letter by letter. The peers: FTS5 of SQLite with prefix indexes,
and LIKE on an index, over the same names; for misspelled words a dictionary in memory of the first 300,000 names;
for related topics the tags of all episodes that match, counted.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bench.generated import KEPT, NOW, fill, vocabulary
from bench.relevance.spelling import Deletions, misspelled
from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine import indexing
from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.spelling import did_you_mean
from castabout.engine.suggest import suggestions
from castabout.engine.topic import related_topics
from castabout.index.document import Cleaned
from castabout.model.labels import Labels, NamedPerson
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.transcript import Spoken
from castabout.query.parser import parse_topic
from castabout.store import inventory, labels
from castabout.text.beginnings import plain
from castabout.text.html import html_to_text

TAGS, TYPED, LETTERS, WRONG = 8, 60, 12, 100
#: Words of tags are names, rarer than those of sentences.
_SKIPPED = 300


class _Draft:
    def __init__(self, stored: StoredEpisode) -> None:
        self.episode = stored.episode

    def searched(self, _: Labels) -> Cleaned:
        return Cleaned(html_to_text(self.episode.notes or ""), self.episode.keywords)


class _Drawn:
    """Stands in for `castabout.engine.labelling.Labelling`: tags and people by chance."""

    def __init__(self, castabout: Castabout) -> None:
        self._store = castabout.store
        self._rng = random.Random(2)
        words = vocabulary()
        self._words = words.words[_SKIPPED:]
        self._weights = [weight - words.weights[_SKIPPED - 1] for weight in words.weights[_SKIPPED:]]

    def sample(self, rows: Iterable[int]) -> None:
        pass

    def drafts(
        self, stored: Mapping[int, StoredEpisode], owners: Mapping[int, StoredPodcast]
    ) -> dict[int, _Draft]:
        return {row: _Draft(one) for row, one in stored.items()}

    def labels(self, draft: _Draft, spoken: Spoken) -> Labels:
        words = self._rng.choices(self._words, cum_weights=self._weights, k=TAGS * 2 + 2)
        tags = tuple(" ".join(words[2 * at : 2 * at + 1 + at % 2]) for at in range(TAGS))
        return Labels(tags, (NamedPerson(" ".join(words[-2:]).title()),))

    def write(self, found: Mapping[int, Labels]) -> None:
        labels.write(self._store, found)


def main() -> None:
    """Build what is missing, measure each in turn with its peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=1_000_000)
    options = parser.parse_args()
    home = KEPT / f"typing-{options.episodes}"
    castabout = assemble(load_settings(home, {"CASTABOUT_INDEX_MEMORY_MB": "400"}))
    castabout = replace(castabout, clock=lambda: NOW)
    vars(indexing)["Labelling"] = _Drawn
    if any(inventory.counts(castabout.store)):
        indexing.catch_up(castabout, progress=lambda _: None)
    else:
        fill(castabout, options.episodes)
    names = _names(home / "library.db")
    print(f"{options.episodes:,} episodes, {len(names):,} names of people and topics")
    rng = random.Random(3)
    _complete(castabout, names, home / "peer.db", rng)
    _correct(castabout, names, rng)
    _relate(castabout)
    castabout.close()


def _names(path: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT name, episodes FROM names").fetchall()
        shows = connection.execute("SELECT json_extract(value, '$.title'), episodes FROM podcasts").fetchall()
    return [*found, *shows]


def _complete(castabout: Castabout, names: list[tuple[str, int]], path: Path, rng: random.Random) -> None:
    peer = _peer(path, names)
    keys = [plain(name) for name, _ in rng.choices(names, k=TYPED)]
    typed = [key[:end] for key in keys for end in range(1, min(len(key), LETTERS) + 1) if key[end - 1] != " "]

    def fts(text: str) -> object:
        found = "SELECT rowid FROM fts WHERE fts MATCH ?"
        query = f"SELECT name, n FROM names WHERE rowid IN ({found}) ORDER BY n DESC LIMIT 8"
        return peer.execute(query, (f'"{text}" *',)).fetchall()

    def like(text: str) -> object:
        query = "SELECT name, n FROM names WHERE key LIKE ? ORDER BY n DESC LIMIT 8"
        return peer.execute(query, (f"{text}%",)).fetchall()

    print("completion, each letter")
    _measure(
        {
            "castabout": lambda text: suggestions(castabout, text),
            "FTS5 with prefixes": fts,
            "LIKE, first word only": like,
        },
        typed,
    )
    short = [text for text in typed if len(text) <= 2]
    print("  of these the first two letters")
    _measure({"castabout": lambda text: suggestions(castabout, text), "FTS5 with prefixes": fts}, short)


def _peer(path: Path, names: list[tuple[str, int]]) -> sqlite3.Connection:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE names (name TEXT, key TEXT COLLATE NOCASE, n INT)")
    connection.executemany(
        "INSERT INTO names VALUES (?, ?, ?)", ((name, plain(name), n) for name, n in names)
    )
    connection.execute("CREATE INDEX by_key ON names (key COLLATE NOCASE, n, name)")
    connection.execute("CREATE VIRTUAL TABLE fts USING fts5(key, content='', prefix='1 2 3')")
    connection.execute("INSERT INTO fts (rowid, key) SELECT rowid, key FROM names")
    connection.commit()
    return connection


def _correct(castabout: Castabout, names: list[tuple[str, int]], rng: random.Random) -> None:
    deletions = Deletions(name for name, _ in islice(names, 300_000))
    people = [plain(name) for name, _ in names if " " in name]
    wrong = [" ".join([misspelled(rng, first), *rest]) for first, *rest in _long(rng, people)]
    print(f"misspelled names, {WRONG}")
    _measure(
        {
            "castabout": lambda text: did_you_mean(castabout, text, found=0),
            "deletions (SymSpell)": deletions,
        },
        wrong,
    )


def _long(rng: random.Random, names: list[str]) -> Iterator[list[str]]:
    found = (words for words in iter(lambda: rng.choice(names).split(), []) if len(words[0]) > 5)
    return islice(found, WRONG)


def _relate(castabout: Castabout) -> None:
    rng = random.Random(4)
    topics = [*vocabulary().words[:20:4], *rng.choices(vocabulary().words[300:3000], k=20)]

    def all_of_them(topic: str) -> object:
        rows = castabout.index.newest(asked(castabout, parse_topic(topic)), limit=200_000)
        counts: Counter[str] = Counter()
        for start in range(0, len(rows), 500):
            counts.update(
                tag for _, of in labels.tags_of(castabout.store, rows[start : start + 500]) for tag in of
            )
        return counts.most_common(12)

    def ours(topic: str) -> object:
        return related_topics(castabout, topic, asked(castabout, parse_topic(topic)))

    print("related topics")
    _measure({"castabout": ours, "tags of all hits": all_of_them}, topics)


def _measure(calls: Mapping[str, Callable[[str], object]], texts: list[str]) -> None:
    """Each text by each in turn, once to warm up and once timed."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for text in texts:
        for name, call in calls.items():
            call(text)
            began = time.perf_counter()
            call(text)
            times[name].append((time.perf_counter() - began) * 1000)
    for name, values in times.items():
        values.sort()
        often = values[int(len(values) * 0.95)]
        print(
            f"  {name:24} median {statistics.median(values):8.2f} ms   95 % {often:8.2f}   max {values[-1]:8.2f}"
        )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
