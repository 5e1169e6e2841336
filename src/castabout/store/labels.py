"""Tags and people of episodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, true

from castabout.model.labels import NO_LABELS, Labels
from castabout.store import names
from castabout.store.database import Store
from castabout.store.schema import IS_PRIVATE, episodes, labels, people, podcasts
from castabout.text.fold import fold

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Labels)
_BY_ROWS = select(labels).where(labels.c.episode_row.in_(bindparam("rows", expanding=True)))
_PRIVATE_ONES = select(episodes.c.row).where(
    episodes.c.row.in_(bindparam("rows", expanding=True)),
    episodes.c.podcast_row.in_(select(podcasts.c.row).where(IS_PRIVATE)),
)
_TAGS = (
    select(episodes.c.podcast_row, labels.c.value)
    .join(labels, labels.c.episode_row == episodes.c.row)
    .where(episodes.c.row.in_(bindparam("rows", expanding=True)))
    .order_by(episodes.c.row)
)
#: Nobody is in more; it bounds the memory.
_MOST_APPEARANCES = 50_000
_OLD_LABELS = delete(labels).where(labels.c.episode_row.in_(bindparam("rows", expanding=True)))
_OLD_PEOPLE = delete(people).where(people.c.episode_row.in_(bindparam("rows", expanding=True)))


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """A name as names are compared: without accents, capital letters, dots and hyphens."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


def of_episodes(store: Store, rows: Iterable[int]) -> dict[int, Labels]:
    """The labels of the episodes with these rows; an episode that has none has empty ones."""
    wanted = list(rows)
    with store.reading() as connection:
        found = {
            row.episode_row: _decoder.decode(row.value)
            for row in connection.execute(_BY_ROWS, {"rows": wanted})
        }
    return {row: found.get(row, NO_LABELS) for row in wanted}


def tags_of(store: Store, rows: Iterable[int]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The tags of the episodes with these rows, each with the row of its podcast."""
    with store.reading() as connection:
        found = connection.execute(_TAGS, {"rows": list(rows)})
        return tuple((row.podcast_row, _decoder.decode(row.value).tags) for row in found)


def topic_key(tag: str) -> str:
    """A tag as tags are compared."""
    return " ".join(fold(tag).split())


def write(store: Store, found: Mapping[int, Labels]) -> None:
    """Replace the labels of these episodes, and count them among the names of the library."""
    with store.writing() as connection:
        private = set(connection.execute(_PRIVATE_ONES, {"rows": list(found)}).scalars())
        before = {
            row.episode_row: (_decoder.decode(row.value), row.is_private)
            for row in connection.execute(_BY_ROWS, {"rows": list(found)})
        }
        changed = [
            row
            for row, of in found.items()
            if (of, row in private) != before.get(row, (NO_LABELS, row in private))
        ]
        if not changed:
            return
        names_of = {row: _names(found[row]) for row in changed}
        rows = {"rows": changed}
        connection.execute(_OLD_LABELS, rows)
        connection.execute(_OLD_PEOPLE, rows)
        values = [
            {"episode_row": row, "value": _encoder.encode(found[row]).decode(), "is_private": row in private}
            for row in changed
            if found[row] != NO_LABELS
        ]
        people_of = [
            {"name_key": name.key, "episode_row": row}
            for row in changed
            for name in names_of[row]
            if name.kind == "person"
        ]
        if values:
            connection.execute(insert(labels), values)
        if people_of:
            connection.execute(insert(people), people_of)
        old = [(_names(before[row][0]), before[row][1]) for row in changed if row in before]
        now = [(names_of[row], row in private) for row in changed]
        names.count(connection, _changes(old, now))


def uncount(connection: Connection, rows: Iterable[int]) -> None:
    """Take the names of these episodes, some hundreds, out of the counts, in a transaction that is open already."""
    its = {"rows": list(rows)}
    old = [(_names(_decoder.decode(row.value)), row.is_private) for row in connection.execute(_BY_ROWS, its)]
    connection.execute(_OLD_PEOPLE, its)
    names.count(connection, _changes(old, ()))


def _names(of: Labels) -> dict[names.Counted, str]:
    """The names that an episode counts for, and how they are written."""
    found: dict[names.Counted, str] = {}
    for tag in of.tags:
        found.setdefault(names.Counted("topic", topic_key(tag)), tag)
    for person in of.people:
        if key := name_key(person.name):
            found.setdefault(names.Counted("person", key), person.name)
    return found


Named = tuple[dict[names.Counted, str], bool]


def _changes(before: Iterable[Named], now: Iterable[Named]) -> dict[names.Counted, names.Change]:
    """Of each name in more episodes or fewer than ``before``, how many; each episode has names, or is private."""
    changes: dict[names.Counted, names.Change] = {}
    for counted, sign in ((before, -1), (now, 1)):
        for of, is_private in counted:
            for name, written in of.items():
                _, episodes, private = changes.get(name, (written, 0, 0))
                changes[name] = names.Change(written, episodes + sign, private + sign * is_private)
    return changes


@dataclass(frozen=True, slots=True)
class Appearance:
    """An episode that somebody is in."""

    row: int
    podcast_row: int
    #: Seconds since 1970.
    published: int | None


def episodes_with(store: Store, name_key: str, *, private: bool = True) -> tuple[Appearance, ...]:
    """The episodes with somebody, newest first, undated ones last; private podcasts only if wanted."""
    statement = (
        select(episodes.c.row, episodes.c.podcast_row, episodes.c.published)
        .join(people, people.c.episode_row == episodes.c.row)
        .where(people.c.name_key == name_key)
        .order_by(episodes.c.published.desc().nulls_last(), episodes.c.row)
        .limit(_MOST_APPEARANCES)
    )
    if not private:
        ones = select(podcasts.c.row).where(podcasts.c.is_private == true())
        statement = statement.where(episodes.c.podcast_row.not_in(ones))
    with store.reading() as connection:
        return tuple(Appearance(*row) for row in connection.execute(statement))
