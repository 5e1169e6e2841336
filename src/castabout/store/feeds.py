"""Feeds as things to be fetched: which are due, who fetches them, how it went.

Several crawlers may share a store. Each takes a lease on the feeds that it is
about to fetch; the others pass them by until it is given back or has run
out, so that a crawler that died leaves nothing behind but a delay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, or_, select, update

from castabout.model.crawl import FeedRecord, FeedState, StoredFeed
from castabout.store.apply import write_change
from castabout.store.credentials import write_credentials
from castabout.store.database import Store
from castabout.store.schema import addresses, feeds, podcasts

#: Databases take only so many parameters in one statement.
_BATCH = 500
#: The owner of feeds that are not to be fetched, which no crawler is called.
PAUSED = "paused"
#: Answers by which hosts ask for rest.
_RESTING = (429, 503)
_STATE = tuple(FeedState.__dataclass_fields__)
#: How far the older pages are read is written page by page: the state of the feed may know less of it.
_WRITTEN = tuple(name for name in _STATE if name not in ("next_page", "page_failures"))

# Built once: putting a statement together costs more than running it.
_FREE = or_(feeds.c.lease_until.is_(None), feeds.c.lease_until <= bindparam("now"))
_DUE = (
    select(feeds.c.podcast_row)
    .where(feeds.c.next_fetch <= bindparam("now"), _FREE)
    .order_by(feeds.c.next_fetch)
    .limit(bindparam("limit"))
)
_FEEDS = select(feeds, podcasts.c.id, podcasts.c.source).join(podcasts, feeds.c.podcast_row == podcasts.c.row)
_BY_ROWS = _FEEDS.where(feeds.c.podcast_row.in_(bindparam("rows", expanding=True)))
_BY_ID = _FEEDS.where(podcasts.c.id == bindparam("id"))
_AT = (
    select(podcasts.c.row)
    .where(podcasts.c.source == bindparam("url"))
    .union_all(select(addresses.c.podcast_row).where(addresses.c.url == bindparam("url")))
    .limit(1)
)
_LEASE = (
    update(feeds)
    .where(feeds.c.podcast_row.in_(bindparam("rows", expanding=True)))
    .values(lease_owner=bindparam("owner"), lease_until=bindparam("until"))
)
_GIVE_BACK = (
    update(feeds)
    .where(
        feeds.c.podcast_row.in_(bindparam("rows", expanding=True)), feeds.c.lease_owner == bindparam("owner")
    )
    .values(lease_owner=None, lease_until=None)
)
#: What one crawler found is not written over what another, who got the lease since, is about to find.
_RECORD = (
    update(feeds)
    .where(
        feeds.c.podcast_row == bindparam("its_row"),
        or_(feeds.c.lease_owner.is_(None), feeds.c.lease_owner == bindparam("owner")),
    )
    .values(lease_owner=None, lease_until=None, **{name: bindparam(name) for name in _WRITTEN})
)
_NEXT_PAGE = (
    update(feeds)
    .where(
        feeds.c.podcast_row
        == select(podcasts.c.row).where(podcasts.c.id == bindparam("id")).scalar_subquery(),
        # One that was taken away meanwhile is not asked again.
        feeds.c.next_fetch.is_not(None),
    )
    .values({name: bindparam(name) for name in ("next_page", "page_failures", "next_fetch")})
)
_AT_HOST = (
    select(podcasts.c.source, podcasts.c.row, feeds.c.next_fetch)
    .outerjoin(feeds, feeds.c.podcast_row == podcasts.c.row)
    .where(podcasts.c.source > bindparam("after"), podcasts.c.source < bindparam("end"))
    .order_by(podcasts.c.source)
    .limit(5_000)
)
_PUT_OFF = (
    update(feeds)
    .where(feeds.c.podcast_row == bindparam("its_row"), feeds.c.next_fetch < bindparam("until"), _FREE)
    .values(
        # Another moment for each, the same for one whenever it is worked out.
        next_fetch=bindparam("until") + feeds.c.podcast_row * 7919 % bindparam("spread"),
        last_status=bindparam("status"),
    )
)
_THERE = select(podcasts.c.row).where(podcasts.c.row.in_(bindparam("rows", expanding=True)))
_IS_THERE = select(feeds.c.podcast_row).where(feeds.c.podcast_row == bindparam("its_row"))


def lease(store: Store, owner: str, *, now: int, until: int, limit: int) -> tuple[StoredFeed, ...]:
    """At most ``limit`` feeds that are due at ``now``, longest due first; until ``until`` they are ``owner``'s.

    No feed is leased to two at a time. Raises `StoreError`.
    """
    with store.writing() as connection:
        rows = list(connection.execute(_DUE, {"now": now, "limit": limit}).scalars())
        return _leased(connection, rows, owner, until)


def lease_all(
    store: Store, owner: str, *, now: int, until: int, limit: int, after: int, fetched_before: int
) -> tuple[StoredFeed, ...]:
    """As `lease`, due or not: those last fetched before ``fetched_before``, by row from ``after`` on.

    Left out are feeds that are gone, and hosts that asked for rest (429, 503) until it is over.
    """
    wanted = (
        select(feeds.c.podcast_row)
        .where(feeds.c.podcast_row > after, *_may_be_asked(fetched_before))
        .order_by(feeds.c.podcast_row)
        .limit(limit)
    )
    with store.writing() as connection:
        return _leased(connection, list(connection.execute(wanted, {"now": now}).scalars()), owner, until)


def lease_one(store: Store, owner: str, row: int, *, now: int, until: int) -> StoredFeed | None:
    """The feed of the podcast ``row``, leased as by `lease`; ``None`` if another has it or there is none."""
    free = select(feeds.c.podcast_row).where(feeds.c.podcast_row == row, _FREE)
    with store.writing() as connection:
        rows = list(connection.execute(free, {"now": now}).scalars())
        return next(iter(_leased(connection, rows, owner, until)), None)


def count_due(store: Store, *, now: int, fetched_before: int | None = None) -> int:
    """How many feeds are due at ``now``, or with ``fetched_before`` how many `lease_all` would lease."""
    wanted = (feeds.c.next_fetch <= now, _FREE) if fetched_before is None else _may_be_asked(fetched_before)
    with store.reading() as connection:
        counted = select(func.count()).select_from(feeds).where(*wanted)
        return connection.execute(counted, {"now": now}).scalar_one()


def with_others(store: Store, *, now: int, row: int | None = None) -> tuple[int, int | None]:
    """How many feeds (or whether that of the podcast ``row``) are leased at ``now``, and until when at the longest.

    For a crawler that has given back its own leases: all of them are others'. Reads only the index of what is due.
    """
    those = (
        [feeds.c.lease_until > now]
        if row is None
        else [feeds.c.lease_until > now, feeds.c.podcast_row == row]
    )
    with store.reading() as connection:
        count, until = connection.execute(
            select(func.count(), func.max(feeds.c.lease_until)).where(*those)
        ).one()
    return count, until


def give_back(store: Store, owner: str, rows: Sequence[int]) -> None:
    """End ``owner``'s leases on the feeds of these podcasts: they are due as before."""
    with store.writing() as connection:
        for start in range(0, len(rows), _BATCH):
            connection.execute(_GIVE_BACK, {"owner": owner, "rows": rows[start : start + _BATCH]})


def put_off(store: Store, host: str, *, now: int, until: int, spread_s: int, status: int | None) -> None:
    """Let the feeds at ``host`` that would be due before ``until`` wait until then, and up to ``spread_s`` longer.

    ``status`` is that by which the host asked for it. Feeds that are leased are left to those
    who have them. Written in pieces, so that no other writer waits long. Raises `StoreError`.
    """
    change = {"now": now, "until": until, "spread": max(spread_s, 1), "status": status}
    # All addresses that begin with a text are before those that begin with the next character instead.
    for begin in (f"{scheme}://{host}{mark}" for scheme in ("http", "https") for mark in "/:"):
        places = {"after": begin, "end": begin[:-1] + chr(ord(begin[-1]) + 1)}
        while page := _at_host(store, places):
            places["after"] = page[-1].source
            if rows := [row.row for row in page if row.next_fetch is not None and row.next_fetch < until]:
                with store.writing() as connection:
                    connection.execute(_PUT_OFF, [{"its_row": row, **change} for row in rows])


def record(store: Store, owner: str, records: Sequence[FeedRecord]) -> None:
    """Write what became of many feeds, in one transaction; their leases end. Raises `StoreError`."""
    if not records:
        return
    states: list[dict[str, Any]] = []
    with store.writing() as connection:
        for one in _of_those_there(connection, records):
            row = one.row
            if one.change is not None:
                row = write_change(connection, one.change)
            if row is None:
                continue
            if one.alias is not None:
                _write_alias(connection, one.alias, row)
            if one.credentials is not None:
                write_credentials(connection, row, *one.credentials)
            if one.state is not None:
                if one.row is None:
                    _enrol(connection, row, one.state)
                states.append({"its_row": row, "owner": owner, **_columns(one.state)})
        if states:
            connection.execute(_RECORD, states)
        _write_pages(connection, records)


def pause(store: Store, row: int) -> None:
    """Fetch the feed of the podcast ``row`` no more until `resume`, or until somebody adds it again.

    Whoever is fetching it at this moment loses the lease, and with it the right to plan the next fetch.
    """
    with store.writing() as connection:
        its = update(feeds).where(feeds.c.podcast_row == row)
        connection.execute(its.values(next_fetch=None, lease_owner=PAUSED, lease_until=None))


def resume(store: Store, row: int, *, now: int) -> None:
    """Fetch the feed of the podcast ``row`` as soon as it may be; one that is not paused stays as it is."""
    is_paused = (feeds.c.podcast_row == row, feeds.c.next_fetch.is_(None), feeds.c.is_gone.is_(False))
    with store.writing() as connection:
        connection.execute(update(feeds).where(*is_paused).values(next_fetch=now, lease_owner=None))


def at(store: Store, url: str) -> int | None:
    """The row of the podcast whose feed is, or once was, at ``url``."""
    with store.reading() as connection:
        return connection.execute(_AT, {"url": url}).scalar()


def by_rows(store: Store, rows: Iterable[int]) -> dict[int, StoredFeed]:
    """The feeds of the podcasts with these rows, by row; those from files have none."""
    with store.reading() as connection:
        return {row.podcast_row: _stored(row) for row in connection.execute(_BY_ROWS, {"rows": list(rows)})}


def by_id(store: Store, id: str) -> StoredFeed | None:
    """The feed of the podcast ``id``; ``None`` if it is from a file or not known."""
    with store.reading() as connection:
        row = connection.execute(_BY_ID, {"id": id}).one_or_none()
    return None if row is None else _stored(row)


def _at_host(store: Store, places: dict[str, str]) -> Sequence[Row[str, int, int | None]]:
    with store.reading() as connection:
        return connection.execute(_AT_HOST, places).all()


def _may_be_asked(fetched_before: int) -> tuple[ColumnElement[bool], ...]:
    status = feeds.c.last_status
    return (
        feeds.c.next_fetch.is_not(None),
        or_(feeds.c.last_fetch.is_(None), feeds.c.last_fetch <= fetched_before),
        or_(feeds.c.next_fetch <= bindparam("now"), status.is_(None), status.not_in(_RESTING)),
        _FREE,
    )


def _leased(connection: Connection, rows: Sequence[int], owner: str, until: int) -> tuple[StoredFeed, ...]:
    if not rows:
        return ()
    found: dict[int, StoredFeed] = {}
    for start in range(0, len(rows), _BATCH):
        batch = list(rows[start : start + _BATCH])
        connection.execute(_LEASE, {"rows": batch, "owner": owner, "until": until})
        found |= {row.podcast_row: _stored(row) for row in connection.execute(_BY_ROWS, {"rows": batch})}
    return tuple(found[row] for row in rows)


def _enrol(connection: Connection, row: int, state: FeedState) -> None:
    if connection.execute(_IS_THERE, {"its_row": row}).scalar() is None:
        connection.execute(insert(feeds).values(podcast_row=row, **_columns(state)))


def _of_those_there(connection: Connection, records: Sequence[FeedRecord]) -> list[FeedRecord]:
    """``records`` without those of podcasts that were removed while they were fetched."""
    rows = [one.row for one in records if one.row is not None]
    there: set[int] = set()
    for start in range(0, len(rows), _BATCH):
        there.update(connection.execute(_THERE, {"rows": rows[start : start + _BATCH]}).scalars())
    return [one for one in records if one.row is None or one.row in there]


def _write_alias(connection: Connection, url: str, row: int) -> None:
    connection.execute(delete(addresses).where(addresses.c.url == url))
    connection.execute(insert(addresses).values(url=url, podcast_row=row))


def _columns(state: FeedState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in _WRITTEN}


def _write_pages(connection: Connection, records: Sequence[FeedRecord]) -> None:
    pages = [
        {
            "id": page.podcast,
            "next_page": page.url,
            "page_failures": page.failures,
            "next_fetch": page.next_fetch,
        }
        for one in records
        if (page := one.next_page)
    ]
    if pages:
        connection.execute(_NEXT_PAGE, pages)


def _stored(row: Row[Any]) -> StoredFeed:
    return StoredFeed(
        row=row.podcast_row,
        id=row.id,
        url=row.source,
        state=FeedState(**{name: getattr(row, name) for name in _STATE}),
    )
