"""The store: what is written is read back, in one transaction, and queued for the index."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError

from castabout.engine.decide import decide
from castabout.model.feed import Enclosure, Episode, ParsedFeed, Person, Podcast
from castabout.model.library import FeedChange
from castabout.store import changes, episodes, inventory, podcasts
from castabout.store.apply import apply
from castabout.store.database import Store
from castabout.store.schema import IS_PRIVATE

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SHOW = "11111111-2222-5333-8444-555555555555"
PACIFIC = timezone(timedelta(hours=-8))

OLD = Episode(key="old", title="Old", published=datetime(2020, 1, 1, 23, 30, tzinfo=PACIFIC))
NEW = Episode(
    key="new",
    title="New",
    notes="<p>Rye</p>",
    published=datetime(2021, 1, 1, tzinfo=UTC),
    duration=61,
    enclosures=(Enclosure(url="https://media.example/1.mp3", type="audio/mpeg", length=9),),
    people=(Person(name="Nobody", role="host"),),
    explicit=False,
)
UNDATED = Episode(key="undated")
FEED = ParsedFeed(Podcast(title="Bread", categories=("Food",)), (OLD, UNDATED, NEW))


def change(store: Store, feed: ParsedFeed = FEED) -> FeedChange:
    return decide(podcasts.known(store, SHOW), feed, id=SHOW, source="https://bread.example/feed", now=NOW)


def test_what_is_written_is_read_back(store: Store) -> None:
    apply(store, change(store))
    podcast = podcasts.by_id(store, SHOW)
    assert podcast is not None
    assert (podcast.podcast, podcast.added, podcast.episodes) == (FEED.podcast, NOW, 3)
    stored = episodes.newest(store, podcast_row=podcast.row)
    assert [episode.episode for episode in stored] == [NEW, OLD, UNDATED]
    # The publisher's own evening, not the next day in UTC.
    assert stored[1].episode.published is not None
    assert stored[1].episode.published.isoformat() == "2020-01-01T23:30:00-08:00"
    assert episodes.by_id(store, stored[0].id) == stored[0]
    assert podcasts.by_rows(store, [podcast.row]) == {podcast.row: podcast}
    assert inventory.counts(store) == (1, 3)
    assert inventory.faults(store) == ()


def test_nothing_known(store: Store) -> None:
    assert podcasts.known(store, SHOW) is None
    assert podcasts.by_id(store, SHOW) is None
    assert episodes.by_id(store, SHOW) is None
    assert podcasts.by_rows(store, [1, 2]) == {}
    assert inventory.counts(store) == (0, 0)


def test_writing_twice_is_writing_once(store: Store) -> None:
    apply(store, change(store))
    again = change(store)
    assert again.is_empty
    assert again.unchanged == 3


def test_each_change_is_queued(store: Store) -> None:
    apply(store, change(store))
    taken = changes.take(store, 10)
    assert [entry.kind for entry in taken] == ["podcast", "episode", "episode", "episode"]
    changes.done(store, taken)
    assert changes.waiting(store) == 0

    apply(store, change(store, replace(FEED, episodes=(replace(OLD, title="Older"), UNDATED, NEW))))
    (entry,) = changes.take(store, 10)
    stored = episodes.by_rows(store, [entry.row])[entry.row]
    assert (entry.kind, stored.episode.title) == ("episode", "Older")


def test_a_change_of_the_podcast_touches_its_episodes(store: Store) -> None:
    apply(store, change(store))
    changes.done(store, changes.take(store, 10))
    apply(store, change(store, replace(FEED, podcast=replace(FEED.podcast, language="nl"))))
    assert [entry.kind for entry in changes.take(store, 10)] == ["podcast", "episode", "episode", "episode"]


def test_done_leaves_what_came_later(store: Store) -> None:
    apply(store, change(store))
    taken = changes.take(store, 2)
    changes.done(store, taken)
    assert changes.waiting(store) == 2
    assert changes.take(store, 10, after=taken[-1].sequence) == changes.take(store, 10)


def test_episodes_that_leave_the_feed_are_kept(store: Store) -> None:
    apply(store, change(store))
    apply(store, change(store, replace(FEED, episodes=(NEW,))))
    assert inventory.counts(store) == (1, 3)


def test_names_may_come_to_mean_another(store: Store) -> None:
    first = change(store)
    apply(store, replace(first, address="https://bread.example/feed", also=(("later", first.new[0].id),)))
    other = replace(first, id="22222222-2222-5333-8444-555555555555", new=(), address=None)
    apply(store, other)
    known = podcasts.known(store, SHOW)
    assert known is not None
    assert known.also == {"later": first.new[0].id}
    again = replace(change(store), also=(("later", first.new[1].id),))
    assert not again.is_empty
    apply(store, again)
    apply(store, replace(other, address="https://bread.example/feed"))
    known = podcasts.known(store, SHOW)
    assert known is not None
    assert known.also == {"later": first.new[1].id}
    (found,) = podcasts.by_addresses(store, ["https://bread.example/feed"]).values()
    assert found.id == other.id
    assert inventory.faults(store) == ()


def test_all_or_nothing(store: Store) -> None:
    twice = change(store)
    broken = replace(twice, new=(*twice.new, twice.new[0]))
    with pytest.raises(IntegrityError):
        apply(store, broken)
    assert inventory.counts(store) == (0, 0)
    assert changes.waiting(store) == 0


def test_more_episodes_than_one_statement_takes(store: Store) -> None:
    many = tuple(Episode(key=str(number), title=f"Number {number}") for number in range(1203))
    apply(store, change(store, replace(FEED, episodes=many)))
    assert inventory.counts(store) == (1, 1203)
    renamed = tuple(replace(episode, title="Other") for episode in many)
    changes.done(store, changes.take(store, 10_000))
    apply(store, change(store, replace(FEED, episodes=renamed)))
    assert changes.waiting(store) == 1203


def test_faults_are_found(store: Store) -> None:
    apply(store, change(store))
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE podcasts SET episodes = 7")
    assert inventory.faults(store) == (f"podcast {SHOW}: its number of episodes is wrong",)


def test_private_podcasts_are_found_without_reading_the_others(store: Store) -> None:
    with store.reading() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN SELECT row FROM podcasts WHERE {IS_PRIVATE}"
        ).all()
    assert [
        "USING INDEX podcasts_private" in row.detail or "COVERING INDEX podcasts_private" in row.detail
        for row in plan
    ] == [True]
