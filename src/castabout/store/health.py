"""How the feeds fare, for people. What fetches them is in `castabout.store.feeds`."""

from __future__ import annotations

from sqlalchemy import false, func, or_, select, true

from castabout.model.health import FeedCounts
from castabout.store.database import Store
from castabout.store.schema import IS_PRIVATE, feeds, podcasts

_FAILS = feeds.c.last_error.is_not(None)


def counts(store: Store) -> FeedCounts:
    """How many feeds there are and how many of them fail; reads all of them. Raises `StoreError`."""
    gone = func.count().filter(feeds.c.is_gone == true())
    failing = func.count().filter(_FAILS, feeds.c.is_gone == false())
    with store.reading() as connection:
        all_feeds, failed, ended = connection.execute(
            select(func.count(), failing, gone).select_from(feeds)
        ).one()
        secret = connection.execute(
            select(func.count())
            .select_from(feeds.join(podcasts, feeds.c.podcast_row == podcasts.c.row))
            .where(IS_PRIVATE, or_(_FAILS, feeds.c.is_gone == true()))
        ).scalar_one()
        private = connection.execute(
            select(func.count()).select_from(podcasts).where(IS_PRIVATE)
        ).scalar_one()
    return FeedCounts(feeds=all_feeds, failing=failed, gone=ended, private=private, failing_private=secret)


def failing(store: Store, *, after: int = 0, limit: int) -> tuple[int, ...]:
    """Rows, from ``after`` on, of the podcasts whose feeds could not be read the last time, or are gone."""
    statement = (
        select(feeds.c.podcast_row)
        .where(feeds.c.podcast_row > after, or_(_FAILS, feeds.c.is_gone == true()))
        .order_by(feeds.c.podcast_row)
        .limit(limit)
    )
    with store.reading() as connection:
        return tuple(connection.execute(statement).scalars())
