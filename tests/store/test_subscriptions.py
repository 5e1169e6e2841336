"""Subscriptions at hubs in the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from castabout.model.websub import Announcement, Subscription
from castabout.store import subscriptions
from castabout.store.database import Store, open_store

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
HUB = "https://hub.example/"
ONE = Subscription(token="one", podcast_row=1, hub=HUB, topic="https://own.example/1", secret="s", due=NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Podcasts 1 to 4: with a hub, with a hub but private, with a hub but gone, without one."""
    store = open_store(tmp_path / "library.db")
    with closing(sqlite3.connect(tmp_path / "library.db")) as database:
        for row, hub, topic, is_private, is_gone in (
            (1, HUB, "https://own.example/1", False, False),
            (2, HUB, None, True, False),
            (3, HUB, None, False, True),
            (4, None, None, False, False),
            (5, HUB, None, False, False),
        ):
            database.execute(
                "INSERT INTO podcasts (row, id, source, digest, value, episodes, added, is_private)"
                " VALUES (?, ?, ?, x'', '{}', 0, 0, ?)",
                (row, str(row), f"https://shows.example/{row}", is_private),
            )
            database.execute(
                "INSERT INTO feeds (podcast_row, failures, hub, topic, is_gone) VALUES (?, 0, ?, ?, ?)",
                (row, hub, topic, is_gone),
            )
        database.commit()
    yield store
    store.close()


def test_what_feeds_say_of_hubs(store: Store) -> None:
    subscriptions.add(store, ONE)
    subscriptions.add(store, replace(ONE, token="old", is_wanted=False))
    said = subscriptions.announcements(store, after=0, limit=10)
    assert [(one.podcast_row, one.hub) for one in said] == [
        (1, HUB),
        (2, None),
        (3, None),
        (4, None),
        (5, HUB),
    ]
    assert said[0] == Announcement(podcast_row=1, hub=HUB, topic="https://own.example/1", subscription=ONE)
    assert said[4].topic == "https://shows.example/5"
    assert said[4].subscription is None
    assert [one.podcast_row for one in subscriptions.announcements(store, after=1, limit=2)] == [2, 3]


def test_they_come_back_as_they_were(store: Store) -> None:
    full = replace(
        ONE, asked=NOW, expires=NOW + timedelta(days=10), failures=3, error="no such host", is_wanted=False
    )
    subscriptions.add(store, full)
    assert subscriptions.by_token(store, "one") == full
    assert subscriptions.by_token(store, "two") is None
    subscriptions.forget(store, "one")
    assert subscriptions.by_token(store, "one") is None


def test_of_two_changes_at_once_the_first_counts(store: Store) -> None:
    subscriptions.add(store, ONE)
    first, second = replace(ONE, failures=1), replace(ONE, error="late")
    assert subscriptions.replace(store, ONE, first)
    assert not subscriptions.replace(store, ONE, second)
    assert subscriptions.by_token(store, "one") == first


def test_whose_turn_it_is(store: Store) -> None:
    for row, minutes in ((1, -5), (2, -10), (3, 0), (4, 1)):
        subscriptions.add(
            store, replace(ONE, token=str(row), podcast_row=row, due=NOW + timedelta(minutes=minutes))
        )
    assert [one.token for one in subscriptions.due(store, NOW, limit=10)] == ["2", "1", "3"]
    assert [one.token for one in subscriptions.due(store, NOW, limit=1)] == ["2"]


@pytest.mark.parametrize(
    ("feed", "next_fetch", "is_asked"),
    [
        # Later than now: now.
        ("next_fetch = {now} + 9000", 0, True),
        # Due already: as before.
        ("next_fetch = {now} - 9000", -9000, True),
        # Fetched a moment ago.
        ("next_fetch = {now} + 9000, last_fetch = {now} - 5", 9000, False),
        ("next_fetch = {now} + 9000, last_fetch = {now} - 15", 0, True),
        # Its host asked for rest, which may be over.
        ("next_fetch = {now} + 9000, last_status = 429", 9000, False),
        ("next_fetch = {now} + 9000, last_status = 503", 9000, False),
        ("next_fetch = {now} - 1, last_status = 503", -1, True),
        ("next_fetch = {now} + 9000, last_status = 404", 0, True),
        # Never again.
        ("next_fetch = NULL", None, False),
    ],
)
def test_news(store: Store, feed: str, next_fetch: int | None, is_asked: bool) -> None:
    now = int(NOW.timestamp())
    subscriptions.add(store, ONE)
    with closing(sqlite3.connect(store.name)) as database:
        database.execute(f"UPDATE feeds SET {feed.format(now=now)} WHERE podcast_row = 1")
        database.commit()
        assert subscriptions.with_news(store, NOW, limit=10) == ()
        subscriptions.note_news(store, ONE, NOW)
        (found,) = database.execute("SELECT next_fetch FROM feeds WHERE podcast_row = 1").fetchone()
    assert found == (None if next_fetch is None else now + next_fetch)
    assert subscriptions.with_news(store, NOW, limit=10) == ((1,) if is_asked else ())


def test_news_that_came_since_are_kept(store: Store) -> None:
    with closing(sqlite3.connect(store.name)) as database:
        database.execute("UPDATE feeds SET next_fetch = 0")
        database.commit()
    subscriptions.add(store, ONE)
    later = NOW + timedelta(seconds=30)
    subscriptions.note_news(store, ONE, later)
    subscriptions.news_taken(store, 1, NOW)
    assert subscriptions.with_news(store, later, limit=10) == (1,)
    subscriptions.news_taken(store, 1, later)
    assert subscriptions.with_news(store, later, limit=10) == ()
