"""How far somebody heard episodes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from castabout.model.playing import Position
from castabout.store.database import Store
from castabout.store.schema import episodes, positions

_SECOND = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OF = select(positions).where(
    positions.c.owner == bindparam("owner"), positions.c.episode_row.in_(bindparam("rows", expanding=True))
)

_BY_IDS = (
    select(episodes.c.id, positions)
    .join(positions, positions.c.episode_row == episodes.c.row)
    .where(positions.c.owner == bindparam("owner"), episodes.c.id.in_(bindparam("ids", expanding=True)))
)


def of_episodes(store: Store, owner: str, rows: Iterable[int]) -> dict[int, Position]:
    """How far somebody heard the episodes with these rows, by row; those never played are left out."""
    with store.reading() as connection:
        return _of(connection, owner, rows)


def by_ids(store: Store, owner: str, ids: Iterable[str]) -> dict[str, Position]:
    """The same by the ids of episodes."""
    with store.reading() as connection:
        found = connection.execute(_BY_IDS, {"owner": owner, "ids": list(ids)})
        return {row.id: _position(row) for row in found}


def put(store: Store, owner: str, episode_row: int, position: Position) -> Position:
    """Keep ``position``, unless a newer one is kept; gives the one that is kept then."""
    with store.writing() as connection:
        kept = _of(connection, owner, [episode_row]).get(episode_row)
        if kept and kept.when > position.when:
            return kept
        at = positions.c.owner == owner, positions.c.episode_row == episode_row
        connection.execute(delete(positions).where(*at))
        values = {
            "owner": owner,
            "episode_row": episode_row,
            "milliseconds": round(position.seconds * _SECOND),
            "is_finished": position.is_finished,
            "changed": (position.when - _EPOCH) // timedelta(milliseconds=1),
        }
        connection.execute(insert(positions).values(**values))
        return _of(connection, owner, [episode_row])[episode_row]


def _of(connection: Connection, owner: str, rows: Iterable[int]) -> dict[int, Position]:
    found = connection.execute(_OF, {"owner": owner, "rows": list(rows)})
    return {row.episode_row: _position(row) for row in found}


def _position(row: Row[Any]) -> Position:
    when = _EPOCH + timedelta(milliseconds=row.changed)
    return Position(row.milliseconds / _SECOND, row.is_finished, when)
