"""Writing many podcasts at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from castabout.model.digest import digest_of, encoded
from castabout.model.dump import NewPodcast
from castabout.model.feed import Podcast
from castabout.store import changes, podcasts
from castabout.store.bulk import FEEDS_A_SECOND, writing_bulk
from castabout.store.database import Store, open_store
from castabout.store.schema import feeds

NOW = 1_800_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path / "library.db")
    yield made
    made.close()


def new(number: int, *, id: str | None = None, private: bool = False) -> NewPodcast:
    value = encoded(Podcast(title=f"Show {number}", popularity=number))
    source = f"https://a.example/{number}"
    return NewPodcast(
        id=id or f"id-{number}",
        source=source,
        guid=None,
        title_key=f"show {number}",
        digest=digest_of(value),
        value=value.decode(),
        is_private=private,
    )


def test_they_are_podcasts_with_a_feed_that_is_due_and_queued_for_the_index(store: Store) -> None:
    with writing_bulk(store, now=NOW, place=0) as writer:
        rows = writer.add([new(1), new(2, private=True)])
    stored = podcasts.by_id(store, "id-1")
    assert stored is not None
    assert (stored.row, stored.source, stored.episodes) == (rows["id-1"], "https://a.example/1", 0)
    assert stored.podcast == Podcast(title="Show 1", popularity=1)
    assert podcasts.private_rows(store) == {rows["id-2"]}
    queued = changes.take(store, 10)
    assert [(change.kind, change.row) for change in queued] == [("podcast", row) for row in rows.values()]
    assert writer.queued == (queued[0].sequence, queued[-1].sequence)
    known = podcasts.known(store, "id-1")
    assert known is not None
    assert known.stored.podcast.popularity == 1


def test_what_is_there_is_left_as_it_is(store: Store) -> None:
    with writing_bulk(store, now=NOW, place=0) as writer:
        first = writer.add([new(1), new(2)])
    changes.done(store, changes.take(store, 10))
    with writing_bulk(store, now=NOW, place=2) as writer:
        # The same id, the same address under another id, a new one twice.
        added = writer.add([new(9, id="id-1"), new(2, id="other"), new(3), new(4, id="id-3")])
        assert writer.add([new(3)]) == {}
    assert set(added) == {"id-3"}
    assert added["id-3"] > max(first.values())
    assert changes.waiting(store) == 1
    stored = podcasts.by_id(store, "id-1")
    assert stored is not None
    assert stored.podcast.title == "Show 1"


def test_first_fetches_are_spread(store: Store) -> None:
    count = 3 * FEEDS_A_SECOND
    with writing_bulk(store, now=NOW, place=FEEDS_A_SECOND) as writer:
        writer.add([new(number) for number in range(count)])
    with store.reading() as connection:
        due = list(connection.execute(select(feeds.c.next_fetch).order_by(feeds.c.podcast_row)).scalars())
    assert min(due) == NOW + 1
    assert max(due) == NOW + 3
    # Neighbours, which are often of one host, are not asked one after the other.
    assert sum(one == other for one, other in pairwise(due)) < count / 2
    assert max(due.count(second) for second in set(due)) == FEEDS_A_SECOND


def stopped(store: Store) -> None:
    with writing_bulk(store, now=NOW, place=0) as writer:
        writer.add([new(1)])
        raise KeyboardInterrupt


def test_all_or_nothing(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped(store)
    assert podcasts.by_id(store, "id-1") is None
    with writing_bulk(store, now=NOW, place=0) as writer:
        assert writer.add([]) == {}
    assert writer.queued is None
