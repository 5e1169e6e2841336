"""Subscriptions at hubs. https://www.w3.org/TR/websub/"""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, and_, case, delete, false, func, insert, or_, select, true, update

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


def fetch_soon(store: Store, podcast_row: int, now: datetime) -> None:
    """Make a feed due at once; but a host that asked for rest has it, and a feed that is gone stays so."""
    at = int(now.timestamp())
    soonest = feeds.c.last_fetch + _BETWEEN_NEWS_S
    soon = case((soonest > at, soonest), else_=at)
    may_be_asked = or_(feeds.c.last_status.is_(None), feeds.c.last_status.not_in(_RESTING))
    is_later = and_(feeds.c.podcast_row == podcast_row, feeds.c.next_fetch > soon, may_be_asked)
    with store.writing() as connection:
        connection.execute(update(feeds).where(is_later).values(next_fetch=soon))


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
