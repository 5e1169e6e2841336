"""How many episodes have which people and topics, kept up as their labels are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from castabout.model.names import CountedName, NameKind
from castabout.store.database import Store
from castabout.store.schema import IS_STALE, names

# One statement for both databases; a name that is in the table keeps its first spelling.
_COUNT = text("""
INSERT INTO names (kind, key, name, episodes, private, is_stale)
VALUES (:kind, :key, :name, :episodes, :private, true)
ON CONFLICT (kind, key) DO UPDATE SET
  episodes = names.episodes + excluded.episodes, private = names.private + excluded.private, is_stale = true
""")
_STALE = (
    select(names)
    .where(IS_STALE, names.c.row > bindparam("after"))
    .order_by(names.c.row)
    .limit(bindparam("limit"))
)
_AS_WRITTEN = (
    (names.c.row == bindparam("its_row"))
    & (names.c.episodes == bindparam("its_episodes"))
    & (names.c.private == bindparam("its_private"))
)
_SEEN = update(names).where(_AS_WRITTEN).values(is_stale=False)
_GONE = delete(names).where(_AS_WRITTEN)
_BY_KEYS = select(names.c.key, names.c.episodes, names.c.private).where(
    names.c.kind == bindparam("kind"), names.c.key.in_(bindparam("keys", expanding=True))
)


class Counted(NamedTuple):
    """A name as an episode has it."""

    kind: NameKind
    key: str


class Change(NamedTuple):
    """What is to be added to the counts of a name."""

    name: str
    episodes: int
    private: int


def count(connection: Connection, found: Mapping[Counted, Change]) -> None:
    """Add to the counts, in a transaction that is open already; the index is told by `stale`."""
    values = [
        {
            "kind": of.kind,
            "key": of.key,
            "name": more.name,
            "episodes": more.episodes,
            "private": more.private,
        }
        for of, more in sorted(found.items())
        if more.episodes or more.private
    ]
    if values:
        connection.execute(_COUNT, values)


def stale(store: Store, *, after: int, limit: int) -> tuple[CountedName, ...]:
    """Names from the row ``after`` on whose counts the index has not seen; those without episodes too."""
    with store.reading() as connection:
        rows = connection.execute(_STALE, {"after": after, "limit": limit})
        return tuple(
            CountedName(row.row, row.kind, row.key, row.name, row.episodes, row.private) for row in rows
        )


def seen(store: Store, written: Sequence[CountedName]) -> None:
    """The index holds ``written`` durably; those without episodes go."""
    as_written = [
        ({"its_row": one.row, "its_episodes": one.episodes, "its_private": one.private}, one.episodes > 0)
        for one in written
    ]
    with store.writing() as connection:
        for statement, is_there in ((_SEEN, True), (_GONE, False)):
            if values := [value for value, has_episodes in as_written if has_episodes is is_there]:
                connection.execute(statement, values)


def last_row(store: Store) -> int:
    """The row of the last name; 0 if there is none."""
    with store.reading() as connection:
        return connection.execute(select(func.max(names.c.row))).scalar() or 0


def topics_between(store: Store, after: int, last: int, *, least: int) -> tuple[str, ...]:
    """The topics with rows beyond ``after`` up to ``last`` that at least so many public episodes have."""
    statement = (
        select(names.c.name)
        .where(names.c.row > after, names.c.row <= last, names.c.kind == "topic")
        .where(names.c.episodes - names.c.private >= least)
        .order_by(names.c.row)
    )
    with store.reading() as connection:
        return tuple(connection.execute(statement).scalars())


def topic_counts(store: Store, keys: Iterable[str], *, private: bool) -> dict[str, int]:
    """Episodes that have these topics, by key; those of private podcasts are counted only if wanted."""
    with store.reading() as connection:
        rows = connection.execute(_BY_KEYS, {"kind": "topic", "keys": list(keys)})
        return {row.key: row.episodes - (0 if private else row.private) for row in rows}
