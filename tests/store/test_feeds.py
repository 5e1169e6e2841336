"""Leases, results of many feeds at once, passwords."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from castabout.engine.decide import decide
from castabout.model.crawl import FeedRecord, FeedState, NextPage
from castabout.model.feed import Episode, ParsedFeed, Podcast
from castabout.model.library import FeedChange
from castabout.parse.identity import podcast_id
from castabout.store import credentials, episodes, feeds, inventory, podcasts
from castabout.store.database import Store, open_store

MOMENT = datetime(2026, 11, 1, 12, tzinfo=UTC)
NOW = int(MOMENT.timestamp())
SOON = NOW + 600


def url(number: int) -> str:
    return f"https://show{number}.example/feed"


def change(number: int, *items: Episode, known: bool = False, store: Store | None = None) -> FeedChange:
    id = podcast_id(None, url(number))
    before = podcasts.known(store, id) if store else None
    parsed = ParsedFeed(Podcast(title=f"Show {number}"), items or (Episode(key="a", title="A"),))
    return decide(before, parsed, id=id, source=url(number), now=MOMENT)


def fill(store: Store, *next_fetches: int | None) -> None:
    """Feeds whose rows are 1, 2, …, due at these times."""
    feeds.record(
        store,
        "nobody",
        [
            FeedRecord(state=FeedState(next_fetch=due, last_fetch=NOW - 7200), change=change(number))
            for number, due in enumerate(next_fetches, start=1)
        ],
    )


def leased(store: Store, owner: str, *, now: int = NOW, until: int = SOON, limit: int = 100) -> list[int]:
    return [feed.row for feed in feeds.lease(store, owner, now=now, until=until, limit=limit)]


def test_what_is_due_is_leased_longest_due_first(store: Store) -> None:
    fill(store, NOW - 5, NOW + 1, NOW - 9, None, NOW)
    assert leased(store, "one", limit=2) == [3, 1]
    assert leased(store, "two") == [5]
    assert leased(store, "two") == []
    assert leased(store, "two", now=NOW + 1) == [2]


def test_a_lease_ends_by_its_time_or_is_given_back(store: Store) -> None:
    fill(store, NOW, NOW)
    assert leased(store, "dead") == [1, 2]
    assert leased(store, "one", now=SOON - 1) == []
    assert leased(store, "one", now=SOON, until=SOON + 600) == [1, 2]
    # It is no longer the dead one's to give.
    feeds.give_back(store, "dead", [1, 2])
    assert leased(store, "two", now=SOON) == []
    feeds.give_back(store, "one", [1])
    assert leased(store, "two", now=SOON) == [1]


def test_a_leased_feed_is_given_whole(store: Store) -> None:
    fill(store, NOW)
    state = FeedState(
        next_fetch=NOW,
        etag='W/"é"',
        last_modified="then",
        body_hash=b"\x00\xff",
        parser=1,
        interval_s=3600,
        wait_s=7200,
        failures=2,
        last_fetch=NOW - 1,
        last_good=NOW - 2,
        last_error="said no",
        last_status=500,
        hub="https://hub.example/",
        topic="https://topic.example/",
    )
    feeds.record(store, "one", [FeedRecord(state=state, row=1)])
    (feed,) = feeds.lease(store, "one", now=NOW, until=SOON, limit=1)
    assert (feed.row, feed.id, feed.url, feed.state) == (1, podcast_id(None, url(1)), url(1), state)
    assert feeds.by_rows(store, [1, 9]) == {1: feed}
    assert feeds.by_id(store, feed.id) == feed


def test_how_far_the_pages_are_read_is_written_apart_from_the_feed(store: Store) -> None:
    fill(store, NOW, NOW)
    ids = [podcast_id(None, url(row)) for row in (1, 2)]
    left = [NextPage(podcast=id, url="https://a.example/2", failures=3, next_fetch=SOON) for id in ids]
    gone = FeedState(next_fetch=None, is_gone=True)
    feeds.record(store, "one", [FeedRecord(next_page=left[0])])
    # What is known of the feed itself may be older; it may have been taken away meanwhile.
    feeds.record(store, "one", [FeedRecord(state=FeedState(next_fetch=NOW + 5), row=1)])
    feeds.record(store, "one", [FeedRecord(state=gone, row=2)])
    feeds.record(store, "one", [FeedRecord(next_page=left[1])])
    states = {row: feed.state for row, feed in feeds.by_rows(store, [1, 2]).items()}
    assert states[1] == FeedState(next_fetch=NOW + 5, next_page="https://a.example/2", page_failures=3)
    assert states[2] == gone


def test_no_feed_is_leased_to_two(path: Path, store: Store) -> None:
    fill(store, *[NOW] * 200)

    def take(owner: str) -> list[int]:
        mine = open_store(path)
        rows: list[int] = []
        while more := leased(mine, owner, limit=7):
            rows += more
        mine.close()
        return rows

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(take, ["a", "b", "c", "d"]))
    assert sorted(row for rows in taken for row in rows) == list(range(1, 201))


def test_all_but_what_was_fetched_lately_is_gone_or_rests(store: Store) -> None:
    fill(store, NOW + 9, NOW + 9, None, NOW + 9, NOW - 1)
    states = {
        2: FeedState(next_fetch=NOW + 9, last_fetch=NOW - 3599),
        4: FeedState(next_fetch=NOW + 9, last_fetch=NOW - 3600, last_status=429),
        5: FeedState(next_fetch=NOW - 1, last_fetch=NOW - 3600, last_status=503),
    }
    feeds.record(store, "x", [FeedRecord(state=state, row=row) for row, state in states.items()])
    before = NOW - 3600
    assert feeds.count_due(store, now=NOW, fetched_before=before) == 2
    first = feeds.lease_all(store, "x", now=NOW, until=SOON, limit=1, after=0, fetched_before=before)
    rest = feeds.lease_all(store, "x", now=NOW, until=SOON, limit=9, after=1, fetched_before=before)
    assert [feed.row for feed in (*first, *rest)] == [1, 5]
    assert feeds.count_due(store, now=NOW) == 0


def test_results_end_leases_and_are_all_or_nothing(store: Store) -> None:
    fill(store, NOW, NOW)
    assert leased(store, "one") == [1, 2]
    later = FeedState(next_fetch=SOON + 5)
    good = FeedRecord(state=later, row=1)
    twice = change(2, Episode(key="b", title="B"), store=store)
    broken = FeedRecord(state=later, row=2, change=replace(twice, new=twice.new * 2))
    with pytest.raises(Exception, match="UNIQUE"):
        feeds.record(store, "one", [good, broken])
    assert leased(store, "two") == []
    feeds.record(store, "one", [good, replace(broken, change=twice)])
    assert leased(store, "two", now=SOON + 4) == []
    assert leased(store, "two", now=SOON + 5) == [1, 2]
    assert inventory.counts(store) == (2, 3)


def test_who_lost_a_lease_does_not_write_over_who_has_it(store: Store) -> None:
    fill(store, NOW)
    leased(store, "slow")
    assert leased(store, "quick", now=SOON, until=SOON + 600) == [1]
    feeds.record(store, "slow", [FeedRecord(state=FeedState(next_fetch=1), row=1)])
    assert leased(store, "third", now=SOON) == []
    assert feeds.by_rows(store, [1])[1].state.next_fetch == NOW


def test_what_two_read_at_the_same_time_is_stored_once(store: Store) -> None:
    fill(store, NOW)
    first = change(1, Episode(key="b", title="B"), store=store)
    second = change(1, Episode(key="b", title="B!"), Episode(key="c"), store=store)
    feeds.record(store, "one", [FeedRecord(change=first)])
    feeds.record(store, "two", [FeedRecord(change=second)])
    assert inventory.counts(store) == (1, 3)
    assert inventory.faults(store) == ()
    assert {one.episode.title for one in episodes.newest(store, podcast_row=1)} == {"A", "B!", None}


def test_other_addresses_lead_to_it(store: Store) -> None:
    fill(store, NOW)
    feeds.record(store, "x", [FeedRecord(row=1, alias="http://old.example/")])
    assert (feeds.at(store, url(1)), feeds.at(store, "http://old.example/")) == (1, 1)
    assert feeds.at(store, "http://none.example/") is None


def test_passwords_are_kept_apart(store: Store) -> None:
    fill(store, NOW, NOW)
    feeds.record(store, "x", [FeedRecord(row=1, credentials=("ann", "old"))])
    feeds.record(store, "x", [FeedRecord(row=1, credentials=("ann", "secret"))])
    assert credentials.by_urls(store, [url(1), url(2)]) == {url(1): ("ann", "secret")}
    assert "secret" not in repr(FeedRecord(row=1, credentials=("ann", "secret")))
    assert "secret" not in repr(feeds.by_rows(store, [1]))


def test_feeds_of_an_older_library_are_due_at_once(path: Path) -> None:
    store = open_store(path)
    with store.writing() as connection:
        for number, source in enumerate(["https://a.example/", "http://b.example/", "file:///c.xml"]):
            connection.execute(
                text(
                    "INSERT INTO podcasts (id, source, digest, value, episodes, added)"
                    f" VALUES ('{number}', '{source}', '', '{{}}', 0, {NOW})"
                )
            )
    store.close()
    raw = sqlite3.connect(path)
    tables = [
        name
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name not in ("podcasts", "episodes", "changes", "alembic_version")
        and not name.startswith("sqlite")
    ]
    for name in tables:
        raw.execute(f"DROP TABLE {name}")
    for index in ("podcasts_by_source", "podcasts_private", "podcasts_by_guid", "podcasts_by_title"):
        raw.execute(f"DROP INDEX IF EXISTS {index}")
    columns = [row[1] for row in raw.execute("PRAGMA table_info(podcasts)")]
    for column in columns[columns.index("added") + 1 :]:
        raw.execute(f"ALTER TABLE podcasts DROP COLUMN {column}")
    raw.execute("UPDATE alembic_version SET version_num = '0001'")
    raw.commit()
    raw.close()
    migrated = open_store(path)
    assert leased(migrated, "one") == [1, 2]
    migrated.close()
