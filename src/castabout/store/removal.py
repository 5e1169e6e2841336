"""Taking a podcast out, with its episodes and all that is kept of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, Connection, bindparam, delete, insert, select, text

from castabout.store.copies import break_up
from castabout.store.database import Store
from castabout.store.follow_schema import follows
from castabout.store.labels import uncount
from castabout.store.schema import changes, credentials, episodes, podcasts

#: All tables: those of follows are written down apart.
_TABLES = follows.metadata.sorted_tables
_BATCH = 500
_EPISODES = select(episodes.c.row).where(episodes.c.podcast_row == bindparam("row"))
# The index completes the title until it is told of a name without episodes: see `castabout.store.names`.
_FORGET_TITLE = text("""
INSERT INTO names (kind, key, name, episodes, private, is_stale) VALUES ('podcast', :key, :name, 0, 0, true)
ON CONFLICT (kind, key) DO UPDATE SET is_stale = true
""")


def _pointing_at(column: Column[int]) -> tuple[Column[int], ...]:
    """The columns that hold rows of this one's table, of whatever tables there are."""
    return tuple(other for table in _TABLES for other in table.c if other.references(column))


_OF_EPISODES = _pointing_at(episodes.c.row)
_OF_PODCAST = tuple(one for one in _pointing_at(podcasts.c.row) if one.table is not episodes)


def remove(store: Store, row: int) -> int:
    """Remove the podcast ``row`` in one transaction, and queue what the index has to forget.

    How many episodes it had. Nobody else may be indexing meanwhile. Raises `StoreError`.
    """
    with store.writing() as connection:
        show = connection.execute(select(podcasts).where(podcasts.c.row == row)).one_or_none()
        if show is None:
            return 0
        rows = list(connection.execute(_EPISODES, {"row": row}).scalars())
        for column in _OF_PODCAST:
            connection.execute(delete(column.table).where(column == row))
        for start in range(0, len(rows), _BATCH):
            _remove_episodes(connection, rows[start : start + _BATCH])
        connection.execute(delete(credentials).where(credentials.c.url == show.source))
        connection.execute(delete(podcasts).where(podcasts.c.row == row))
        connection.execute(_FORGET_TITLE, {"key": show.id, "name": show.id})
        connection.execute(insert(changes), [{"kind": "podcast", "row": row}])
        return len(rows)


def _remove_episodes(connection: Connection, rows: Sequence[int]) -> None:
    uncount(connection, rows)
    left = break_up(connection, rows)
    for column in _OF_EPISODES:
        connection.execute(delete(column.table).where(column.in_(rows)))
    connection.execute(delete(episodes).where(episodes.c.row.in_(rows)))
    queued = [{"kind": "spoken", "row": row} for row in rows]
    queued += [{"kind": "episode", "row": row} for row in sorted(left - set(rows))]
    connection.execute(insert(changes), queued)
