"""Podcasts as things that are read from somewhere: pages of them, in several orders, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from castabout.model.sources import Cursor, Order, Shown
from castabout.store.database import Store
from castabout.store.schema import FAILS, IS_PRIVATE, episodes, feeds, podcasts

_PAUSED = (feeds.c.next_fetch.is_(None), feeds.c.is_gone.is_(False))


def counts(store: Store) -> dict[Shown, int]:
    """How many podcasts each choice shows; read from indexes alone, but for all of them."""
    every: dict[Shown, Select[Any]] = {
        "all": select(func.count()).select_from(podcasts),
        "failing": select(func.count()).select_from(feeds).where(FAILS),
        "paused": select(func.count()).select_from(feeds).where(*_PAUSED),
        "private": select(func.count()).select_from(podcasts).where(IS_PRIVATE),
    }
    with store.reading() as connection:
        return {name: connection.execute(statement).scalar_one() for name, statement in every.items()}


def page(
    store: Store, shown: Shown, order: Order, *, after: Cursor | None, limit: int
) -> tuple[tuple[Cursor, ...], Cursor | None]:
    """The next podcasts, each by its place in the order, and where to go on; ``None`` after the last.

    All of them come in any ``order``; some of them as they were added, the first one first.
    """
    with store.reading() as connection:
        found = _found(connection, shown, order, after, limit + 1)
    return tuple(found[:limit]), found[limit - 1] if len(found) > limit else None


def newest_episodes(store: Store, rows: Iterable[int]) -> dict[int, int]:
    """When the newest dated episode of each of these podcasts was published, in seconds since 1970."""
    newest = func.max(episodes.c.published)
    statement = (
        select(episodes.c.podcast_row, newest)
        .where(episodes.c.podcast_row.in_(list(rows)), episodes.c.published.is_not(None))
        .group_by(episodes.c.podcast_row)
    )
    with store.reading() as connection:
        return dict(connection.execute(statement).all())


def _found(
    connection: Connection, shown: Shown, order: Order, after: Cursor | None, limit: int
) -> list[Cursor]:
    row = after.row if after else 0
    its_feed = select(feeds.c.podcast_row).where(feeds.c.podcast_row > row).order_by(feeds.c.podcast_row)
    match shown:
        case "failing":
            return _rows(connection, its_feed.where(FAILS), limit)
        case "paused":
            return _rows(connection, its_feed.where(*_PAUSED), limit)
        case "private":
            ones = select(podcasts.c.row).where(IS_PRIVATE, podcasts.c.row > row)
            return _rows(connection, ones.order_by(podcasts.c.row), limit)
    match order:
        case "title":
            return _by(connection, podcasts.c.title_key, podcasts.c.row, after, limit)
        case "due":
            return _by(connection, feeds.c.next_fetch, feeds.c.podcast_row, after, limit)
    newest = select(podcasts.c.row).order_by(podcasts.c.row.desc())
    return _rows(connection, newest.where(podcasts.c.row < row) if after else newest, limit)


def _rows(connection: Connection, statement: Select[Any], limit: int) -> list[Cursor]:
    return [Cursor(row) for row in connection.execute(statement.limit(limit)).scalars()]


def _by(
    connection: Connection,
    value: ColumnElement[Any],
    row: ColumnElement[Any],
    after: Cursor | None,
    limit: int,
) -> list[Cursor]:
    """By ``value`` and row; those without a value come last."""
    found: list[Cursor] = []
    if after is None or after.value is not None:
        valued = select(row, value).where(value.is_not(None)).order_by(value, row).limit(limit)
        if after:
            valued = valued.where(tuple_(value, row) > (after.value, after.row))
        found = [Cursor(its_row, its_value) for its_row, its_value in connection.execute(valued)]
    if len(found) < limit:
        last = after.row if after and after.value is None else 0
        without = select(row).where(value.is_(None), row > last).order_by(row)
        found += _rows(connection, without, limit - len(found))
    return found
