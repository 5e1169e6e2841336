"""The change queue: what the index has not seen yet.

A writer of the index takes a batch, indexes what the rows hold *now*, makes
the index durable, and only then clears the entries it took. A crash at any
point leaves entries behind, never a gap: indexing a row twice is harmless.
A change made meanwhile has an entry of its own, with a higher number.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, insert, literal, select, update

from castabout.model.library import QueuedChange
from castabout.store.database import Store
from castabout.store.schema import changes, episodes, names, podcasts, spoken


def take(store: Store, limit: int, *, after: int = 0) -> tuple[QueuedChange, ...]:
    """The oldest entries numbered above ``after``; they stay in the queue until `done`."""
    oldest = select(changes).where(changes.c.sequence > after).order_by(changes.c.sequence).limit(limit)
    with store.reading() as connection:
        return tuple(QueuedChange(row.sequence, row.kind, row.row) for row in connection.execute(oldest))


def done(store: Store, taken: Sequence[QueuedChange]) -> None:
    """Clear entries that the index holds durably. ``taken`` is in order, without gaps in between."""
    done_between(store, taken[0].sequence, taken[-1].sequence)


def done_between(store: Store, first: int, last: int) -> None:
    """Clear the entries numbered from ``first`` to ``last``, likewise."""
    with store.writing() as connection:
        connection.execute(delete(changes).where(changes.c.sequence.between(first, last)))


def waiting(store: Store) -> int:
    """How many entries the queue holds."""
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(changes)).scalar_one()


def queue_everything(store: Store) -> None:
    """Queue every podcast and episode, so that the index is built anew."""
    with store.writing() as connection:
        connection.execute(update(names).values(is_stale=True))
        connection.execute(delete(changes))
        for kind, table in (("podcast", podcasts), ("episode", episodes)):
            rows = select(literal(kind), table.c.row).order_by(table.c.row)
            connection.execute(insert(changes).from_select(["kind", "row"], rows))
        row = spoken.c.episode_row
        rows = select(literal("spoken"), row).where(spoken.c.value.is_not(None)).distinct().order_by(row)
        connection.execute(insert(changes).from_select(["kind", "row"], rows))
