"""Finding the next due feeds among 1,000,000 podcasts, and writing what became of them.

    ./run bench due [--podcasts 1000000] [--rounds 21]

Milliseconds: medians, and the slowest. The first lines are the plan by which SQLite finds them.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from castabout.model.crawl import FeedRecord
from castabout.store import feeds
from castabout.store.database import Store, open_store

NOW = 1_800_000_000
#: An eighth of all feeds is due, as after a day without a crawler; some of those are leased by others.
_DUE_PART = 8
_LEASED_BY_OTHERS = 2_000
_AT_ONCE = 500


def main() -> None:
    """Make the store, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--podcasts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=21)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "library.db")
        _fill(store, options.podcasts)
        _print_plan(store)
        print(f"{options.podcasts:,} podcasts, {feeds.count_due(store, now=NOW):,} of them due")
        feeds.lease(store, "others", now=NOW, until=NOW + 900, limit=_LEASED_BY_OTHERS)
        _measure("one due feed found and leased", options.rounds, lambda: _lease(store, 1))
        _measure(f"{_AT_ONCE} found and leased", options.rounds, lambda: _lease(store, _AT_ONCE))
        found = feeds.lease(store, "me", now=NOW, until=NOW + 900, limit=_AT_ONCE)
        records = [FeedRecord(row=feed.row, state=replace(feed.state, last_fetch=NOW)) for feed in found]
        _measure(f"{_AT_ONCE} results written", options.rounds, lambda: feeds.record(store, "me", records))
        _measure("counting what is due", options.rounds, lambda: feeds.count_due(store, now=NOW))
        store.close()


def _lease(store: Store, limit: int) -> None:
    assert len(feeds.lease(store, "me", now=NOW, until=NOW + 900, limit=limit)) == limit


def _measure(what: str, rounds: int, work: Callable[[], object]) -> None:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    print(f"  {what}: {statistics.median(times):.2f} ms, at most {max(times):.2f} ms")


def _fill(store: Store, podcasts: int) -> None:
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {podcasts}) "
    with store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO podcasts (id, source, digest, value, episodes, added) "
            f"{numbers} SELECT printf('%08x-0000-5000-8000-%012x', i, i), "
            "'https://show' || i || '.example/feed.xml', '', '{}', 0, 0 FROM n"
        )
        # Next fetches are spread over a week in an order that has nothing to do with that of the rows.
        connection.exec_driver_sql(
            "INSERT INTO feeds (podcast_row, next_fetch, etag, last_modified, body_hash, failures, is_gone) "
            f"{numbers} SELECT i, {NOW} + (i * 7919 % {podcasts} - {podcasts // _DUE_PART}), "
            "'\"' || i || '\"', 'Sun, 01 Nov 2026 12:00:00 GMT', randomblob(16), 0, false FROM n"
        )


def _print_plan(store: Store) -> None:
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT podcast_row FROM feeds WHERE next_fetch <= 1 "
            "AND (lease_until IS NULL OR lease_until <= 1) ORDER BY next_fetch LIMIT 1"
        )
        for row in rows:
            print(f"plan: {row[3]}")


if __name__ == "__main__":
    main()
