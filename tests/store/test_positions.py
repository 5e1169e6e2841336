"""How far somebody heard an episode: the newest word counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from castabout.model.lists import LOCAL_OWNER
from castabout.model.playing import Position
from castabout.model.users import User
from castabout.store import positions, users
from castabout.store.database import Store
from castabout.store.schema import episodes, podcasts

NOW = datetime(2026, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC)


def episode(store: Store) -> int:
    with store.writing() as connection:
        show = {"row": 1, "id": "s", "source": "a", "digest": b"", "value": "{}", "episodes": 1, "added": 0}
        connection.execute(podcasts.insert().values(**show))
        one = {"row": 7, "id": "e", "podcast_row": 1, "digest": b"", "value": "{}"}
        connection.execute(episodes.insert().values(**one))
    return 7


def test_the_newest_wins(store: Store) -> None:
    row = episode(store)
    assert positions.of_episodes(store, "ana", [row]) == {}
    first = Position(12.345, False, NOW)
    assert positions.put(store, "ana", row, first) == first
    # An older one is not taken; one of the same moment, and a newer one, is.
    assert positions.put(store, "ana", row, Position(1.0, True, NOW - timedelta(milliseconds=1))) == first
    same = Position(20.0, False, NOW)
    assert positions.put(store, "ana", row, same) == same
    newer = Position(0.0, True, NOW + timedelta(milliseconds=1))
    assert positions.put(store, "ana", row, newer) == newer
    assert positions.of_episodes(store, "ana", [row, 8]) == {row: newer}


def test_nobody_sees_another_ones(store: Store) -> None:
    row = episode(store)
    positions.put(store, "ana", row, Position(1.0, False, NOW))
    assert positions.of_episodes(store, "ben", [row]) == {}
    other = Position(2.0, False, NOW - timedelta(days=1))
    assert positions.put(store, "ben", row, other) == other


def test_what_somebody_heard_goes_with_them(store: Store) -> None:
    row = episode(store)
    heard = Position(9.0, False, NOW)
    positions.put(store, LOCAL_OWNER, row, heard)
    for name in ("ana", "ben"):
        assert users.create(store, User(id=name, name=name, created=NOW), name, "hash", as_first=False)
    # The first user has what the person at the machine had.
    assert positions.of_episodes(store, "ana", [row]) == {row: heard}
    positions.put(store, "ben", row, Position(1.0, True, NOW))
    users.remove(store, User(id="ben", name="ben", created=NOW))
    assert positions.of_episodes(store, "ben", [row]) == {}
    users.remove(store, User(id="ana", name="ana", created=NOW))
    assert positions.of_episodes(store, LOCAL_OWNER, [row]) == {row: heard}
