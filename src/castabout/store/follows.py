"""Queries that people follow, and how far episodes were compared with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from castabout.errors import FollowRefused
from castabout.model.follows import Find, Follow, Pace, Seen, Step
from castabout.store.database import Store
from castabout.store.follow_schema import deliveries, finds, follows, matched, targets, unread
from castabout.store.schema import changes, episodes, spoken

#: Databases take only so many parameters in one statement.
_BATCH = 500
_ROWS: Any = bindparam("rows", expanding=True)
_LAST_ROW = select(func.coalesce(func.max(episodes.c.row), 0))
#: Those of the new episodes that the index has not seen: it is behind at the first of them.
_WAITING = select(func.min(changes.c.row)).where(
    changes.c.kind == "episode", changes.c.row > bindparam("after")
)
_NEW = select(episodes.c.row).where(episodes.c.row.between(bindparam("first"), bindparam("last")))
_STILL_DUE = select(spoken.c.episode_row).where(
    spoken.c.episode_row == unread.c.episode_row, spoken.c.due.is_not(None)
)
_NOT_INDEXED = select(changes.c.row).where(changes.c.kind != "podcast")
_READ = (
    select(unread.c.episode_row)
    .where(~_STILL_DUE.exists(), unread.c.episode_row.not_in(_NOT_INDEXED))
    .order_by(unread.c.episode_row)
    .limit(bindparam("limit"))
)
_TO_BE_READ = (
    select(spoken.c.episode_row).where(spoken.c.episode_row.in_(_ROWS), spoken.c.due.is_not(None)).distinct()
)


def of_owner(store: Store, owner: str) -> tuple[Follow, ...]:
    """What somebody follows, the newest first."""
    return _read(store, select(follows).where(follows.c.owner == owner).order_by(follows.c.row.desc()))


def active(store: Store) -> tuple[Follow, ...]:
    """What everybody follows, but for what is paused."""
    return _read(store, select(follows).where(~follows.c.is_paused).order_by(follows.c.row))


def add(store: Store, owner: str, query: str, *, pace: Pace, most: int, now: datetime) -> None:
    """Follow ``query``, unless its owner does. Raises `FollowRefused` if that follows ``most`` others already."""
    with store.writing() as connection:
        theirs = select(follows.c.query).where(follows.c.owner == owner)
        there = set(connection.execute(theirs).scalars())
        if query in there:
            return
        if len(there) >= most:
            raise FollowRefused(query, f"{most} topics are followed, which is the most")
        values = {"owner": owner, "query": query, "pace": pace, "made": int(now.timestamp())}
        connection.execute(insert(follows).values(**values, is_paused=False, **_from(connection, now)))


def pause(store: Store, row: int) -> None:
    """Tell nothing of it until `resume`; what waits to be told is left until then."""
    with store.writing() as connection:
        connection.execute(update(follows).where(follows.c.row == row).values(is_paused=True))


def resume(store: Store, row: int, *, now: datetime) -> None:
    """Tell of it again: of what comes from now on."""
    with store.writing() as connection:
        is_paused = follows.c.row == row, follows.c.is_paused
        connection.execute(
            update(follows).where(*is_paused).values(is_paused=False, **_from(connection, now))
        )


def set_pace(store: Store, row: int, pace: Pace) -> None:
    """Send its notices so often."""
    with store.writing() as connection:
        connection.execute(update(follows).where(follows.c.row == row).values(pace=pace))


def set_target(store: Store, row: int, target: str | None, service: str | None, *, now: datetime) -> None:
    """Send notices of it to ``target``, also those that could not be delivered yet; ``None``: send none."""
    with store.writing() as connection:
        connection.execute(delete(targets).where(targets.c.follow_row == row))
        connection.execute(update(follows).where(follows.c.row == row).values(service=service))
        left = update(deliveries).where(deliveries.c.follow_row == row, deliveries.c.due.is_not(None))
        if target is None:
            connection.execute(update(finds).where(finds.c.follow_row == row).values(waits=False))
            connection.execute(left.values(due=None))
        else:
            connection.execute(insert(targets).values(follow_row=row, url=target))
            connection.execute(left.values(due=int(now.timestamp())))


def remove(store: Store, row: int) -> None:
    """Follow it no more; what was told of it is forgotten."""
    with store.writing() as connection:
        _remove(connection, row)


def remove_all(connection: Connection, owner: str) -> None:
    """Somebody follows nothing more, in a transaction that is open."""
    for row in connection.execute(select(follows.c.row).where(follows.c.owner == owner)).scalars().all():
        _remove(connection, row)


def _remove(connection: Connection, row: int) -> None:
    for table in (finds, deliveries, targets):
        connection.execute(delete(table).where(table.c.follow_row == row))
    connection.execute(delete(follows).where(follows.c.row == row))


def target_of(store: Store, row: int) -> str | None:
    """Where notices of a follow go, with its secrets."""
    with store.reading() as connection:
        return connection.execute(select(targets.c.url).where(targets.c.follow_row == row)).scalar()


def next_step(store: Store, *, after: int, limit: int) -> Step:
    """At most so many episodes, behind the row ``after`` and new, that were not compared with follows yet."""
    with store.reading() as connection:
        seen, turn = connection.execute(select(matched.c.seen_row, matched.c.turn)).one()
        first = max(seen, after) + 1
        behind = connection.execute(_WAITING, {"after": first - 1}).scalar()
        last = behind - 1 if behind else connection.execute(_LAST_ROW).scalar_one()
        new = connection.execute(_NEW.order_by(episodes.c.row).limit(limit), {"first": first, "last": last})
        rows = tuple(new.scalars())
        read = tuple(connection.execute(_READ, {"limit": limit}).scalars())
    upto = rows[-1] if len(rows) == limit else max(last, first - 1)
    return Step(turn=turn, seen_row=seen, upto=upto, new=rows, read=read)


def record(store: Store, step: Step, found: Iterable[Find], *, recent: Sequence[int], now: datetime) -> bool:
    """Write that ``step`` is done and what was found; ``False``, and nothing, if another process did it.

    Of the episodes ``recent`` those whose transcripts are still to be fetched come again when these are.
    """
    with store.writing() as connection:
        turn = matched.c.turn == step.turn
        done = update(matched).where(turn).values(seen_row=step.upto, turn=step.turn + 1)
        if connection.execute(done).rowcount != 1:
            return False
        for start in range(0, len(step.read), _BATCH):
            some = step.read[start : start + _BATCH]
            connection.execute(delete(unread).where(unread.c.episode_row.in_(some)))
        for start in range(0, len(recent), _BATCH):
            due = connection.execute(_TO_BE_READ, {"rows": recent[start : start + _BATCH]}).scalars()
            if rows := [{"episode_row": row} for row in due]:
                connection.execute(insert(unread), rows)
        _write_finds(connection, found, now)
    return True


def told_among(store: Store, follow_row: int, rows: Iterable[int]) -> frozenset[int]:
    """Those of some episodes that were new for a follow before."""
    mine = select(finds.c.episode_row).where(finds.c.follow_row == follow_row, finds.c.episode_row.in_(_ROWS))
    with store.reading() as connection:
        return frozenset(connection.execute(mine, {"rows": list(rows)}).scalars())


def dates(store: Store, rows: Iterable[int]) -> dict[int, Seen]:
    """Some episodes by row, with their dates."""
    wanted = select(episodes.c.row, episodes.c.published).where(episodes.c.row.in_(_ROWS))
    with store.reading() as connection:
        found = connection.execute(wanted, {"rows": list(rows)})
        return {row.row: Seen(row.row, _time(row.published)) for row in found}


def of_known_shows(store: Store, rows: Iterable[int], *, before: int) -> frozenset[int]:
    """Those of some episodes whose podcasts have others up to the row ``before``."""
    here, earlier = episodes.alias("here"), episodes.alias("earlier")
    others = select(earlier.c.row).where(earlier.c.podcast_row == here.c.podcast_row, earlier.c.row <= before)
    known = select(here.c.row).where(here.c.row.in_(_ROWS), others.exists())
    with store.reading() as connection:
        return frozenset(connection.execute(known, {"rows": list(rows)}).scalars())


def latest_finds(store: Store, follow_row: int, *, limit: int) -> tuple[int, tuple[int, ...]]:
    """How many episodes were new for a follow, and the rows of the last ones, the newest find first."""
    mine = finds.c.follow_row == follow_row
    newest = (
        select(finds.c.episode_row)
        .where(mine)
        .order_by(finds.c.found.desc(), finds.c.episode_row.desc())
        .limit(limit)
    )
    with store.reading() as connection:
        number = connection.execute(select(func.count()).select_from(finds).where(mine)).scalar_one()
        return number, tuple(connection.execute(newest).scalars())


def _write_finds(connection: Connection, found: Iterable[Find], now: datetime) -> None:
    # What was removed or paused meanwhile is told no more.
    service: dict[int, str | None] = dict(
        connection.execute(select(follows.c.row, follows.c.service).where(~follows.c.is_paused)).all()
    )
    rows = [
        {
            "follow_row": one.follow_row,
            "episode_row": one.episode_row,
            "found": int(now.timestamp()),
            "waits": service[one.follow_row] is not None,
        }
        for one in found
        if one.follow_row in service
    ]
    if rows:
        connection.execute(insert(finds), rows)


def _from(connection: Connection, now: datetime) -> dict[str, int]:
    """From when on things count."""
    return {"since": int(now.timestamp()), "since_row": connection.execute(_LAST_ROW).scalar_one()}


def _read(store: Store, statement: Select[Any]) -> tuple[Follow, ...]:
    with store.reading() as connection:
        return tuple(follow_of(row) for row in connection.execute(statement))


def follow_of(row: Row[Any]) -> Follow:
    """A row of the table as a value."""
    return Follow(
        row=row.row,
        owner=row.owner,
        query=row.query,
        pace=row.pace,
        service=row.service,
        made=datetime.fromtimestamp(row.made, UTC),
        since=datetime.fromtimestamp(row.since, UTC),
        since_row=row.since_row,
        is_paused=row.is_paused,
    )


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
