"""Subscriptions at hubs. https://www.w3.org/TR/websub/"""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, delete, false, func, insert, select, true, update

from castabout.model.websub import Announcement, Subscription
from castabout.store.database import Store
from castabout.store.schema import feeds, podcasts, subscriptions
from castabout.store.values import timestamp

_FIELDS = tuple(field.name for field in fields(Subscription))
_TIMES = ("asked", "expires", "due")
#: However often a hub says that there is news, its feed is not fetched more often than after so many seconds.
_BETWEEN_NEWS_S = 15
_RESTING = (429, 503)


def by_token(store: Store, token: str) -> Subscription | None:
    """The subscription whose address ends in ``token``, or ``None``."""
    with store.reading() as connection:
        row = connection.execute(select(subscriptions).where(subscriptions.c.token == token)).one_or_none()
    return None if row is None else _subscription(row)


def due(store: Store, now: datetime, *, limit: int) -> tuple[Subscription, ...]:
    """Those whose hub is to be asked by now, the longest overdue first."""
    overdue = select(subscriptions).where(subscriptions.c.due <= timestamp(now))
    with store.reading() as connection:
        rows = connection.execute(overdue.order_by(subscriptions.c.due).limit(limit))
        return tuple(_subscription(row) for row in rows)


def announcements(store: Store, *, after: int, limit: int) -> tuple[Announcement, ...]:
    """What feeds say of hubs, by row from ``after`` on; of private and gone ones as if they named none."""
    is_open = and_(podcasts.c.is_private == false(), feeds.c.is_gone == false())
    wanted = and_(subscriptions.c.podcast_row == feeds.c.podcast_row, subscriptions.c.is_wanted == true())
    statement = (
        select(
            feeds.c.podcast_row.label("row"),
            case((is_open, feeds.c.hub)).label("named"),
            func.coalesce(feeds.c.topic, podcasts.c.source).label("self_url"),
            subscriptions,
        )
        .join(podcasts, podcasts.c.row == feeds.c.podcast_row)
        .outerjoin(subscriptions, wanted)
        .where(feeds.c.podcast_row > after)
        .order_by(feeds.c.podcast_row)
        .limit(limit)
    )
    with store.reading() as connection:
        return tuple(
            Announcement(
                podcast_row=row.row,
                hub=row.named,
                topic=row.self_url,
                subscription=None if row.token is None else _subscription(row),
            )
            for row in connection.execute(statement)
        )


def note_news(store: Store, subscription: Subscription, now: datetime) -> None:
    """A hub says that there is news of a feed: the next crawler fetches it, see `with_news`."""
    at = int(now.timestamp())
    is_its_feed = feeds.c.podcast_row == subscription.podcast_row
    with store.writing() as connection:
        connection.execute(
            update(subscriptions).where(subscriptions.c.token == subscription.token).values(news=at)
        )
        # For where only `castabout update` fetches.
        is_later = and_(is_its_feed, feeds.c.next_fetch > at, _may_be_asked(at))
        connection.execute(update(feeds).where(is_later).values(next_fetch=at))


def with_news(store: Store, now: datetime, *, limit: int) -> tuple[int, ...]:
    """Rows of podcasts whose hubs said that there is news, the oldest first, and that may be asked now.

    A host that asked for rest has it; a feed that is gone, or was fetched a moment ago, is not asked.
    """
    at = int(now.timestamp())
    statement = (
        select(subscriptions.c.podcast_row)
        .join(feeds, feeds.c.podcast_row == subscriptions.c.podcast_row)
        .where(subscriptions.c.news.is_not(None), _may_be_asked(at))
        .order_by(subscriptions.c.news)
        .limit(limit)
    )
    with store.reading() as connection:
        return tuple(connection.execute(statement).scalars())


def news_taken(store: Store, podcast_row: int, now: datetime) -> None:
    """The feed is being fetched since ``now``: what its hub said until then is dealt with."""
    with store.writing() as connection:
        connection.execute(
            update(subscriptions)
            .where(subscriptions.c.podcast_row == podcast_row, subscriptions.c.news <= timestamp(now))
            .values(news=None)
        )


def _may_be_asked(at: int) -> ColumnElement[bool]:
    rests = and_(feeds.c.last_status.in_(_RESTING), feeds.c.next_fetch > at)
    was_fetched = feeds.c.last_fetch > at - _BETWEEN_NEWS_S
    return and_(
        feeds.c.next_fetch.is_not(None),
        func.coalesce(rests, false()) == false(),
        func.coalesce(was_fetched, false()) == false(),
    )


def add(store: Store, subscription: Subscription) -> None:
    """Keep a new one."""
    with store.writing() as connection:
        connection.execute(insert(subscriptions).values(_columns(subscription)))


def replace(store: Store, before: Subscription, after: Subscription) -> bool:
    """Put ``after`` in the place of ``before``; False, and nothing done, if that has changed meanwhile."""
    is_as_before = [subscriptions.c[name] == value for name, value in _columns(before).items()]
    with store.writing() as connection:
        changed = connection.execute(update(subscriptions).where(*is_as_before).values(_columns(after)))
        return changed.rowcount == 1


def forget(store: Store, token: str) -> None:
    """Drop the subscription whose address ends in ``token``."""
    with store.writing() as connection:
        connection.execute(delete(subscriptions).where(subscriptions.c.token == token))


def _columns(subscription: Subscription) -> dict[str, Any]:
    values = {name: getattr(subscription, name) for name in _FIELDS}
    return values | {name: timestamp(values[name]) for name in _TIMES}


def _subscription(row: Row[Any]) -> Subscription:
    values = {name: getattr(row, name) for name in _FIELDS}
    times = {
        name: None if values[name] is None else datetime.fromtimestamp(values[name], UTC) for name in _TIMES
    }
    return Subscription(**values | times)
