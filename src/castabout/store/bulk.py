"""Writing podcasts by the hundred thousand, before any of their episodes is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, func, insert, literal, select

from castabout.model.dump import NewPodcast
from castabout.store.database import Store
from castabout.store.schema import changes, feeds, podcasts

#: Their first fetches are spread so that this many are due each second.
FEEDS_A_SECOND = 20
#: A prime: its multiples visit each of fewer places once.
_STRIDE = 15_485_863
#: Pages of the table's indexes that are kept at hand, in KiB: rows come in no order.
_CACHE_KIB = 80_000
#: What is there under its id or its address is left as it is. Values are given by place, without a statement
#: being compiled or checked for each row.
_INSERT = (
    "INSERT INTO podcasts (id, source, guid, title_key, digest, value, is_private, episodes, added) "
    "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8 WHERE NOT EXISTS (SELECT 1 FROM podcasts WHERE source = ?2) "
    "AND NOT EXISTS (SELECT 1 FROM addresses WHERE url = ?2) ON CONFLICT DO NOTHING"
)
_LAST = select(func.coalesce(func.max(podcasts.c.row), 0))
_ADDED = select(podcasts.c.row, podcasts.c.id).where(podcasts.c.row > bindparam("before"))
_LAST_CHANGE = select(func.max(changes.c.sequence))


class BulkWriter:
    """One transaction of many podcasts: see `writing_bulk`."""

    def __init__(self, connection: Connection, *, now: int, place: int) -> None:
        self._connection = connection
        self._now = now
        #: How many were written before this transaction: decides when the next one is due.
        self._place = place
        self._first = self._last = connection.execute(_LAST).scalar_one()
        #: First and last number of the entries in the change queue; set at the end.
        self.queued: tuple[int, int] | None = None

    def add(self, new: Sequence[NewPodcast]) -> dict[str, int]:
        """Write those that are not there yet; their rows by id."""
        if not new:
            return {}
        now = self._now
        values = [
            (one.id, one.source, one.guid, one.title_key, one.digest, one.value, one.is_private, now)
            for one in new
        ]
        self._connection.exec_driver_sql(_INSERT, values)
        added = {id: row for row, id in self._connection.execute(_ADDED, {"before": self._last}).all()}
        self._last = max(added.values(), default=self._last)
        return added

    def finish(self) -> None:
        """Plan the first fetch of each that was written, and queue them for the index."""
        if self._last == self._first:
            return
        # Neighbours are often of one host, which is to be asked now and then, not for hours on end.
        places = self._last - self._first
        place = self._place + (podcasts.c.row - self._first) * _STRIDE % places
        plan = select(podcasts.c.row, self._now + place // FEEDS_A_SECOND, literal(0), literal(False))
        self._connection.execute(
            insert(feeds).from_select(
                ["podcast_row", "next_fetch", "failures", "is_gone"], plan.where(podcasts.c.row > self._first)
            )
        )
        before = self._connection.execute(_LAST_CHANGE).scalar() or 0
        rows = select(literal("podcast"), podcasts.c.row).where(podcasts.c.row > self._first)
        self._connection.execute(insert(changes).from_select(["kind", "row"], rows.order_by(podcasts.c.row)))
        last = self._connection.execute(_LAST_CHANGE).scalar_one()
        self.queued = (before + 1, last)


@contextmanager
def writing_bulk(store: Store, *, now: int, place: int) -> Iterator[BulkWriter]:
    """A transaction for many podcasts that were added ``now``; ``place`` of them came before it.

    All of them or none are written. Raises `StoreError`.
    """
    with store.writing() as connection:
        if store.engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
        writer = BulkWriter(connection, now=now, place=place)
        yield writer
        writer.finish()
