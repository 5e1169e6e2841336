"""Episodes that were published more than once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import BindParameter, Column, Connection, Select, bindparam, delete, func, insert, select

from castabout.model.library import StoredEpisode
from castabout.model.signs import Signs
from castabout.store.database import Store
from castabout.store.schema import changes, copies, episodes, signs
from castabout.store.values import stored_episode

#: A sign that more episodes have tells nothing: a title of every week, a file for all.
_MOST_ALIKE = 20
_ROWS: BindParameter[Any] = bindparam("rows", expanding=True)
_OLD_SIGNS = delete(signs).where(signs.c.episode_row.in_(_ROWS))
_OLD_COPIES = delete(copies).where(copies.c.episode_row.in_(_ROWS))
_FIRSTS = select(copies.c.first_row).where(copies.c.episode_row.in_(_ROWS))
_GROUPS = select(copies.c.episode_row, copies.c.first_row).where(copies.c.first_row.in_(_FIRSTS))
_MEMBERS = (
    select(copies.c.first_row, episodes)
    .join(episodes, episodes.c.row == copies.c.episode_row)
    .where(copies.c.first_row.in_(_FIRSTS))
    .order_by(episodes.c.published.asc().nulls_last(), episodes.c.row)
)


def _having(sign: Column[int]) -> Select[Any]:
    """The episodes with one of ``values`` as this sign."""
    some = sign.in_(bindparam("values", expanding=True))
    telling = select(sign).where(some).group_by(sign).having(func.count().between(2, _MOST_ALIKE))
    return select(sign, signs.c.episode_row).where(sign.in_(telling))


_ALIKE = {name: _having(signs.c[name]) for name in ("file", "day", "title")}


def write_signs(store: Store, found: Mapping[int, Signs]) -> None:
    """Replace what these episodes are looked up by."""
    values = [
        {"episode_row": row, "file": one.file, "day": one.day, "title": one.title}
        for row, one in found.items()
    ]
    with store.writing() as connection:
        connection.execute(_OLD_SIGNS, {"rows": list(found)})
        if values:
            connection.execute(insert(signs), values)


def alike(store: Store, found: Mapping[int, Signs]) -> dict[int, set[int]]:
    """The other episodes that have a sign in common with each of these; those with none are left out."""
    others: dict[int, set[int]] = defaultdict(set)
    with store.reading() as connection:
        for name, statement in _ALIKE.items():
            wanted = {row: value for row, one in found.items() if (value := getattr(one, name)) is not None}
            having: dict[int, set[int]] = defaultdict(set)
            for value, row in connection.execute(statement, {"values": list(set(wanted.values()))}).all():
                having[value].add(row)
            for row, value in wanted.items():
                others[row] |= having[value] - {row} if value in having else set()
    return {row: some for row, some in others.items() if some}


def groups(store: Store, rows: Iterable[int]) -> dict[int, int]:
    """Of all copies of these episodes, themselves included, the first one."""
    with store.reading() as connection:
        return dict(connection.execute(_GROUPS, {"rows": list(rows)}).all())


def write_groups(store: Store, firsts: Mapping[int, int | None], again: Collection[int]) -> None:
    """Put these episodes into the groups with these first ones, ``None`` into none; index those ``again``."""
    values = [{"episode_row": row, "first_row": first} for row, first in firsts.items() if first is not None]
    queued = [{"kind": "episode", "row": row} for row in sorted(again)]
    with store.writing() as connection:
        connection.execute(_OLD_COPIES, {"rows": list(firsts)})
        if values:
            connection.execute(insert(copies), values)
        if queued:
            connection.execute(insert(changes), queued)


def break_up(connection: Connection, rows: Iterable[int]) -> set[int]:
    """End the groups of these episodes, in a transaction that is open already; all that were in them."""
    members = set(connection.execute(_GROUPS, {"rows": list(rows)}).scalars())
    connection.execute(_OLD_COPIES, {"rows": list(members)})
    return members


def of_episodes(store: Store, rows: Iterable[int]) -> dict[int, tuple[StoredEpisode, ...]]:
    """The other copies of each of these episodes that has some, the earliest first."""
    wanted = list(rows)
    members: dict[int, list[StoredEpisode]] = defaultdict(list)
    first: dict[int, int] = {}
    with store.reading() as connection:
        for row in connection.execute(_MEMBERS, {"rows": wanted}):
            one = stored_episode(row)
            members[row.first_row].append(one)
            first[one.row] = row.first_row
    return {
        row: tuple(one for one in members[first[row]] if one.row != row) for row in wanted if row in first
    }
