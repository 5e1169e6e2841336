"""A topic page over a million episodes, against its bare Tantivy calls and against SQLite FTS5.

    ./run bench topic [--episodes 1000000] [--rounds 15]

castabout: `topic_page` and its JSON, without HTTP. Tantivy: the same aggregation request and the same
sorted search, nothing else. FTS5: the same figures and the newest twenty from a full-text table joined to a
table of the same episodes: one that holds them whole, as a library does, and one of five numbers each.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bench.generated import KEPT, NOW, fill
from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.topic import LATEST_EPISODES, topic_page
from castabout.index.tantivy.compile import compiled
from castabout.index.tantivy.figures import request
from castabout.model.digest import encoded
from castabout.query.ast import Word
from castabout.render.json import topic_json
from castabout.store import episodes as stored_episodes
from castabout.text.html import html_to_text

WANTED_HITS = 0.15


def main() -> None:
    """Build what is missing, measure in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    home = KEPT / f"episodes-{options.episodes}"
    is_new = not (home / "library.db").exists()
    settings = load_settings(home, {"CASTABOUT_INDEX_MEMORY_MB": "400"})
    castabout = assemble(settings)
    if is_new:
        fill(castabout, options.episodes)
    castabout = replace(castabout, clock=lambda: NOW)
    fts = _fts(castabout, home / "fts.db")
    word = _word_with_hits(castabout, options.episodes * WANTED_HITS)
    _measure(castabout, fts, word, options.rounds)


_WORDS_TABLE = """
CREATE VIRTUAL TABLE words USING fts5(title, notes, keywords, content='', tokenize='unicode61')
"""
_COLUMNS = "row INTEGER PRIMARY KEY, podcast INT, published INT, year INT, duration INT"


def _fts(castabout: Castabout, path: Path) -> sqlite3.Connection:
    """The same episodes in SQLite: a full-text table and the columns that figures need."""
    connection = sqlite3.connect(path)
    if connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'numbers'").fetchone()[0]:
        return connection
    sys.stderr.write("bench: building the FTS5 table\n")
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute(_WORDS_TABLE)
    connection.execute(f"CREATE TABLE whole ({_COLUMNS}, value TEXT)")
    row, batch = 0, 5_000
    while stored := stored_episodes.by_rows(castabout.store, range(row + 1, row + 1 + batch)):
        row += batch
        values = [(each.row, each.podcast_row, each.episode) for each in stored.values()]
        connection.executemany(
            "INSERT INTO words (rowid, title, notes, keywords) VALUES (?, ?, ?, ?)",
            [(n, e.title, html_to_text(e.notes or ""), " ".join(e.keywords)) for n, _, e in values],
        )
        connection.executemany(
            "INSERT INTO whole VALUES (?, ?, ?, ?, ?, ?)",
            [(n, p, *_date(e.published), e.duration, encoded(e).decode()) for n, p, e in values],
        )
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.execute(f"CREATE TABLE numbers ({_COLUMNS})")
    connection.execute("INSERT INTO numbers SELECT row, podcast, published, year, duration FROM whole")
    connection.commit()
    return connection


def _date(published: datetime | None) -> tuple[int | None, int | None]:
    return (None, None) if published is None else (int(published.timestamp()), published.year)


def _word_with_hits(castabout: Castabout, wanted: float) -> str:
    """The word whose number of matching episodes is nearest to ``wanted``."""
    seen: dict[str, int] = {}
    for stored in stored_episodes.by_rows(castabout.store, range(1, 400)).values():
        for word in (stored.episode.title or "").lower().split():
            if word.isascii() and word not in seen:
                seen[word] = castabout.index.count(Word(word))
    return min(seen, key=lambda each: abs(seen[each] - wanted))


_JOINED = "FROM words JOIN {table} AS e ON e.row = words.rowid WHERE words MATCH ?"
_QUERIES = (
    "SELECT count(*), count(DISTINCT podcast), avg(duration), count(duration), max(published) " + _JOINED,
    "SELECT count(*) " + _JOINED + " AND published >= ?",
    "SELECT year, count(*) " + _JOINED + " GROUP BY year",
    "SELECT podcast, count(*) AS n, max(published) " + _JOINED + " GROUP BY podcast ORDER BY n DESC LIMIT 50",
    "SELECT e.row " + _JOINED + " ORDER BY published DESC LIMIT 20",
)


def _measure(castabout: Castabout, fts: sqlite3.Connection, word: str, rounds: int) -> None:
    since = (NOW - timedelta(days=365)).date()

    def ours() -> object:
        return topic_json(topic_page(castabout, word))

    def bare() -> object:
        searcher = castabout.index._episodes.searcher()  # type: ignore[attr-defined]
        query = compiled(Word(word))
        searcher.aggregate(query, request(since))
        found = searcher.search(query, LATEST_EPISODES, count=False, order_by_field="newness")
        return searcher.fast_field_values("episode", [address for _, address in found.hits])

    def sqlite(table: str) -> list[list[tuple[int, ...]]]:
        recent = int((NOW - timedelta(days=365)).timestamp())
        return [
            fts.execute(query.format(table=table), (f'"{word}"', recent)[: query.count("?")]).fetchall()
            for query in _QUERIES
        ]

    page = topic_page(castabout, word)
    hits = f"{page.episodes:,} episodes of {page.podcasts:,} podcasts"
    print(f"topic {word!r}: {hits}; FTS5, without other forms of the word: {sqlite('numbers')[0][0][:2]}")
    calls: dict[str, Callable[[], object]] = {
        "castabout": ours,
        "bare Tantivy": bare,
        "FTS5 + episodes": lambda: sqlite("whole"),
        "FTS5 + numbers": lambda: sqlite("numbers"),
    }
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 1):
        for name, call in calls.items():
            began = time.perf_counter()
            call()
            if number:  # the first round warms the caches
                times[name].append((time.perf_counter() - began) * 1000)
    for name, values in times.items():
        shown = (
            f"median {statistics.median(values):8.2f} ms   min {min(values):8.2f}   max {max(values):8.2f}"
        )
        print(f"{name:16} {shown}")
    for one, other, bound in (
        ("castabout", "bare Tantivy", "at most 1.5"),
        ("FTS5 + episodes", "castabout", "at least 20"),
        ("FTS5 + numbers", "castabout", "for comparison"),
    ):
        ratio = statistics.median(a / b for a, b in zip(times[one], times[other], strict=True))
        print(f"{one + ' / ' + other:32} {ratio:6.2f}   ({bound})")


if __name__ == "__main__":
    main()
