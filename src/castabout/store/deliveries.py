"""Notices: made of what was found, taken to be sent, recorded as sent or to be tried again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, insert, select, update

from castabout.model.follows import Delivery, DueDelivery
from castabout.store.database import Store
from castabout.store.follow_schema import WAITS, deliveries, finds, follows, targets
from castabout.store.follows import follow_of

#: Each is so called where a follow and its notice are read together.
_OWN = [column.label(f"its_{column.name}") for column in deliveries.c]
_DUE = (
    select(follows, targets.c.url, *_OWN)
    .join(deliveries, deliveries.c.follow_row == follows.c.row)
    .join(targets, targets.c.follow_row == follows.c.row)
    .where(~follows.c.is_paused)
    .order_by(deliveries.c.due, deliveries.c.row)
)


def waiting(store: Store) -> dict[int, datetime]:
    """When the first of the finds came that wait to be told, by follow; without what is paused."""
    statement = (
        select(finds.c.follow_row, func.min(finds.c.found).label("first"))
        .join(follows, follows.c.row == finds.c.follow_row)
        .where(WAITS, ~follows.c.is_paused)
        .group_by(finds.c.follow_row)
    )
    with store.reading() as connection:
        return {row.follow_row: _at(row.first) for row in connection.execute(statement)}


def gather(store: Store, follow_row: int, *, now: datetime) -> None:
    """Make a notice of all that waits for a follow; nothing, if nothing does any more."""
    mine = and_(finds.c.follow_row == follow_row, finds.c.waits)
    with store.writing() as connection:
        number = connection.execute(select(func.count()).select_from(finds).where(mine)).scalar_one()
        if number:
            row = _add(connection, follow_row, now, episodes=number, due=int(now.timestamp()))
            connection.execute(update(finds).where(mine).values(waits=False, delivery_row=row))


def is_due(store: Store, *, now: datetime) -> bool:
    """Whether a notice is to be sent: asked every few seconds, and writing would keep others waiting."""
    with store.reading() as connection:
        due = _DUE.where(deliveries.c.due <= int(now.timestamp())).limit(1)
        return connection.execute(due).first() is not None


def take(store: Store, *, now: datetime, until: datetime, limit: int) -> tuple[DueDelivery, ...]:
    """At most so many notices that are due, each put off to ``until`` so that nobody else sends it too."""
    at = int(now.timestamp())
    with store.writing() as connection:
        found = connection.execute(_DUE.where(deliveries.c.due <= at).limit(limit)).all()
        for row in found:
            mine = deliveries.c.row == row.its_row
            put_off = {"due": int(until.timestamp()), "tries": deliveries.c.tries + 1}
            connection.execute(update(deliveries).where(mine).values(**put_off))
        return tuple(_due(connection, row) for row in found)


def record(
    store: Store, row: int, *, sent: datetime | None, next_try: datetime | None, error: str | None
) -> None:
    """Write what became of a notice."""
    values = {"sent": _seconds(sent), "due": _seconds(next_try), "error": error}
    with store.writing() as connection:
        connection.execute(update(deliveries).where(deliveries.c.row == row).values(**values))


def record_test(store: Store, follow_row: int, *, now: datetime, error: str | None) -> Delivery:
    """Write what became of a notice that was sent to see whether it arrives."""
    with store.writing() as connection:
        row = _add(connection, follow_row, now, episodes=0, due=None)
        sent = None if error else int(now.timestamp())
        mine = deliveries.c.row == row
        connection.execute(update(deliveries).where(mine).values(tries=1, sent=sent, error=error))
        return _delivery(connection.execute(select(*_OWN).where(mine)).one())


def again(store: Store, follow_row: int, *, now: datetime) -> None:
    """Try all notices of a follow once more that could not be delivered, also those that were given up."""
    mine = deliveries.c.follow_row == follow_row, deliveries.c.sent.is_(None), deliveries.c.episodes > 0
    with store.writing() as connection:
        connection.execute(update(deliveries).where(*mine).values(due=int(now.timestamp()), tries=0))


def latest(store: Store, follow_row: int, *, limit: int) -> tuple[Delivery, ...]:
    """The last notices of a follow, the newest first."""
    return _read(store, [deliveries.c.follow_row == follow_row], limit)


def _read(store: Store, only: Iterable[ColumnElement[bool]], limit: int) -> tuple[Delivery, ...]:
    statement: Select[Any] = select(*_OWN).where(*only).order_by(deliveries.c.row.desc()).limit(limit)
    with store.reading() as connection:
        return tuple(_delivery(row) for row in connection.execute(statement))


def _add(connection: Connection, follow_row: int, now: datetime, *, episodes: int, due: int | None) -> int:
    values = {"follow_row": follow_row, "made": int(now.timestamp()), "episodes": episodes, "due": due}
    added = connection.execute(insert(deliveries).values(**values, tries=0))
    row: int = added.inserted_primary_key[0]  # type: ignore[index]
    return row


def _due(connection: Connection, row: Row[Any]) -> DueDelivery:
    told = select(finds.c.episode_row).where(finds.c.delivery_row == row.its_row)
    rows = connection.execute(told.order_by(finds.c.found, finds.c.episode_row)).scalars()
    tried = replace(_delivery(row), tries=row.its_tries + 1)
    return DueDelivery(delivery=tried, follow=follow_of(row), target=row.url, rows=tuple(rows))


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        row=row.its_row,
        follow_row=row.its_follow_row,
        made=_at(row.its_made),
        episodes=row.its_episodes,
        tries=row.its_tries,
        sent=None if row.its_sent is None else _at(row.its_sent),
        next_try=None if row.its_due is None else _at(row.its_due),
        error=row.its_error,
    )


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _seconds(when: datetime | None) -> int | None:
    return None if when is None else int(when.timestamp())
