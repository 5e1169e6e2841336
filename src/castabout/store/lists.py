"""Lists of episodes, each in an order by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, select, update

from castabout.model.lists import Placed, StoredList
from castabout.store.database import Store
from castabout.store.schema import episodes, list_items, lists

_IS_OPEN = list_items.c.archived.is_(None)
_LISTS = (
    select(
        lists,
        func.count(list_items.c.episode_row).filter(_IS_OPEN).label("episodes"),
        func.count(list_items.c.archived).label("put_away"),
    )
    .outerjoin(list_items, list_items.c.list_row == lists.c.row)
    .group_by(lists.c.row)
    .order_by(lists.c.row)
)
_OF_OWNER = _LISTS.where(lists.c.owner == bindparam("owner"))
_BY_KEY = _LISTS.where(lists.c.key == bindparam("key"))
_ON_ONE = (
    select(episodes.c.id)
    .join(list_items, list_items.c.episode_row == episodes.c.row)
    .join(lists, lists.c.row == list_items.c.list_row)
    .where(
        lists.c.owner == bindparam("owner"),
        lists.c.name == bindparam("name"),
        episodes.c.id.in_(bindparam("ids", expanding=True)),
        _IS_OPEN,
    )
)
_NAMES_WITH = (
    select(lists.c.name)
    .join(list_items, lists.c.row == list_items.c.list_row)
    .join(episodes, list_items.c.episode_row == episodes.c.row)
    .where(lists.c.owner == bindparam("owner"), episodes.c.id == bindparam("id"), _IS_OPEN)
)


def of_owner(store: Store, owner: str) -> tuple[StoredList, ...]:
    """All lists of somebody, the oldest first."""
    with store.reading() as connection:
        return tuple(_stored(row) for row in connection.execute(_OF_OWNER, {"owner": owner}))


def by_key(store: Store, key: str) -> StoredList | None:
    """The list whose feed has this key, or ``None``."""
    with store.reading() as connection:
        row = connection.execute(_BY_KEY, {"key": key}).one_or_none()
    return None if row is None else _stored(row)


def create(store: Store, owner: str, name: str, *, key: str, now: datetime) -> None:
    """Make an empty list, unless its owner has one of this name."""
    with store.writing() as connection:
        there = select(lists.c.row).where(lists.c.owner == owner, lists.c.name == name)
        if connection.execute(there).first() is None:
            values = {"owner": owner, "name": name, "key": key, "changed": int(now.timestamp())}
            connection.execute(insert(lists).values(**values))


def rename(store: Store, list_row: int, name: str, *, now: datetime) -> None:
    """Give a list another name, which its owner has no list of."""
    _change(store, list_row, now, name=name)


def new_key(store: Store, list_row: int, key: str, *, now: datetime) -> None:
    """Give the feed of a list another key; the one that it had opens nothing any more."""
    _change(store, list_row, now, key=key)


def remove(store: Store, list_row: int) -> None:
    """Remove a list, not its episodes."""
    with store.writing() as connection:
        connection.execute(delete(list_items).where(list_items.c.list_row == list_row))
        connection.execute(delete(lists).where(lists.c.row == list_row))


def rows(
    store: Store,
    list_row: int,
    *,
    archived: bool = False,
    newest: bool = False,
    hidden: frozenset[int] = frozenset(),
) -> tuple[int, ...]:
    """Rows of the episodes of a list in their order, or of those that were put away, the last one first.

    With ``newest`` those published last come first. Those of the podcasts with the rows ``hidden`` are left out.
    """
    statement = _in_list(list_row, archived)
    if hidden or newest:
        statement = statement.join(episodes, episodes.c.row == list_items.c.episode_row)
    if hidden:
        statement = statement.where(episodes.c.podcast_row.not_in(hidden))
    if newest:
        by_date = (episodes.c.published.desc().nulls_last(), list_items.c.place)
        statement = statement.order_by(None).order_by(*by_date)
    with store.reading() as connection:
        return tuple(connection.execute(statement).scalars())


def with_episodes(store: Store, owner: str, name: str, ids: Iterable[str]) -> frozenset[str]:
    """Those of the episodes that are in a list of somebody, not put away."""
    with store.reading() as connection:
        found = connection.execute(_ON_ONE, {"owner": owner, "name": name, "ids": list(ids)})
        return frozenset(found.scalars())


def names_with(store: Store, owner: str, id: str) -> frozenset[str]:
    """The names of somebody's lists that an episode is in, not put away."""
    with store.reading() as connection:
        return frozenset(connection.execute(_NAMES_WITH, {"owner": owner, "id": id}).scalars())


def put(
    store: Store, list_row: int, episode_row: int, *, place: int | None, most: int, now: datetime
) -> int | None:
    """Put an episode at a place, the first is 1, or at the end; one that is there stays. Where it is then.

    One that was put away comes back. ``None``, and nothing done, if the list holds ``most`` others already.
    """
    with store.writing() as connection:
        order = _order(connection, list_row)
        if episode_row in order:
            return order.index(episode_row) + 1
        if len(order) >= most:
            return None
        connection.execute(delete(list_items).where(*_at(list_row, episode_row)))
        connection.execute(insert(list_items).values(list_row=list_row, episode_row=episode_row, place=-1))
        at = len(order) if place is None else min(max(place - 1, 0), len(order))
        _renumber(connection, list_row, [*order[:at], episode_row, *order[at:]])
        _touch(connection, list_row, now)
        return at + 1


def take(store: Store, list_row: int, episode_row: int, *, now: datetime) -> Placed | None:
    """Take an episode out of a list; where it was, ``None`` if it was not there."""
    with store.writing() as connection:
        was = _placed(connection, list_row, episode_row)
        if was:
            connection.execute(delete(list_items).where(*_at(list_row, episode_row)))
            _touch(connection, list_row, now)
        return was


def put_away(store: Store, list_row: int, episode_row: int, *, now: datetime) -> Placed | None:
    """Put an episode of a list away; where it was, ``None`` if it was not there."""
    with store.writing() as connection:
        was = _placed(connection, list_row, episode_row)
        if was and not was.is_archived:
            # Of several in one second the last one is still the last: see `_in_list`.
            last = select(func.max(list_items.c.place)).where(list_items.c.list_row == list_row, ~_IS_OPEN)
            place = (connection.execute(last).scalar() or 0) + 1
            values = {"archived": int(now.timestamp()), "place": place}
            connection.execute(update(list_items).where(*_at(list_row, episode_row)).values(**values))
            _touch(connection, list_row, now)
        return was


def move(
    store: Store, list_row: int, episode_row: int, *, place: int | None = None, by: int = 0, now: datetime
) -> Placed | None:
    """Move an episode to a place, the first is 1, or so many places on; where it is now.

    ``None`` if it is not there. A place beyond the end is the last one.
    """
    with store.writing() as connection:
        order = _order(connection, list_row)
        if episode_row not in order:
            return None
        at = order.index(episode_row)
        to = at + by if place is None else place - 1
        to = min(max(to, 0), len(order) - 1)
        if to != at:
            order.insert(to, order.pop(at))
            _renumber(connection, list_row, order)
            _touch(connection, list_row, now)
        return Placed(episode_row, to + 1, is_archived=False)


def _in_list(list_row: int, archived: bool) -> Any:
    chosen = select(list_items.c.episode_row).where(list_items.c.list_row == list_row)
    if archived:
        return chosen.where(~_IS_OPEN).order_by(list_items.c.place.desc())
    return chosen.where(_IS_OPEN).order_by(list_items.c.place)


def _order(connection: Connection, list_row: int) -> list[int]:
    return list(connection.execute(_in_list(list_row, archived=False)).scalars())


def _at(list_row: int, episode_row: int) -> tuple[ColumnElement[bool], ...]:
    return list_items.c.list_row == list_row, list_items.c.episode_row == episode_row


def _placed(connection: Connection, list_row: int, episode_row: int) -> Placed | None:
    item = connection.execute(select(list_items).where(*_at(list_row, episode_row))).one_or_none()
    if item is None:
        return None
    is_archived = item.archived is not None
    order = list(connection.execute(_in_list(list_row, archived=is_archived)).scalars())
    return Placed(episode_row, order.index(episode_row) + 1, is_archived)


def _renumber(connection: Connection, list_row: int, order: Sequence[int]) -> None:
    were = dict(
        connection.execute(
            select(list_items.c.episode_row, list_items.c.place).where(
                list_items.c.list_row == list_row, _IS_OPEN
            )
        ).all()
    )
    moved = [{"at": row, "to": n} for n, row in enumerate(order) if were.get(row) != n]
    if moved:
        change = update(list_items).where(
            list_items.c.list_row == list_row, list_items.c.episode_row == bindparam("at")
        )
        connection.execute(change.values(place=bindparam("to")), moved)


def _change(store: Store, list_row: int, now: datetime, **values: str) -> None:
    with store.writing() as connection:
        connection.execute(update(lists).where(lists.c.row == list_row).values(**values))
        _touch(connection, list_row, now)


def _touch(connection: Connection, list_row: int, now: datetime) -> None:
    connection.execute(update(lists).where(lists.c.row == list_row).values(changed=int(now.timestamp())))


def _stored(row: Row[Any]) -> StoredList:
    return StoredList(
        row=row.row,
        owner=row.owner,
        name=row.name,
        key=row.key,
        changed=datetime.fromtimestamp(row.changed, UTC),
        episodes=row.episodes,
        archived=row.put_away,
    )
