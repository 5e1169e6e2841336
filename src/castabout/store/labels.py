"""Tags and people of episodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    rows = {"rows": list(found)}
    with store.writing() as connection:
        private = set(connection.execute(_PRIVATE_ONES, rows).scalars())
        before = {
            row.episode_row: (_decoder.decode(row.value), row.is_private)
            for row in connection.execute(_BY_ROWS, rows)
        }
        values = [
            {"episode_row": row, "value": _encoder.encode(of).decode(), "is_private": row in private}
            for row, of in found.items()
            if of.tags or of.people
        ]
        people_of = [
            {"name_key": name.key, "episode_row": row}
            for row, of in found.items()
            for name in _names(of)
            if name.kind == "person"
        ]
        connection.execute(_OLD_LABELS, rows)
        connection.execute(_OLD_PEOPLE, rows)
        if values:
            connection.execute(insert(labels), values)
        if people_of:
            connection.execute(insert(people), people_of)
        now = {row: (of, row in private) for row, of in found.items()}
        names.count(connection, _changes(before, now))


def uncount(connection: Connection, rows: Iterable[int]) -> None:
    """Take the names of these episodes, some hundreds, out of the counts, in a transaction that is open already."""
    before = {
        row.episode_row: (_decoder.decode(row.value), row.is_private)
        for row in connection.execute(_BY_ROWS, {"rows": list(rows)})
    }
    connection.execute(_OLD_PEOPLE, {"rows": list(rows)})
    names.count(connection, _changes(before, {}))


def _names(of: Labels) -> dict[names.Counted, str]:
    """The names that an episode counts for, and how they are written."""
    found: dict[names.Counted, str] = {}
    for tag in of.tags:
        found.setdefault(names.Counted("topic", topic_key(tag)), tag)
    for person in of.people:
        if key := name_key(person.name):
            found.setdefault(names.Counted("person", key), person.name)
    return found


def _changes(
    before: Mapping[int, tuple[Labels, bool]], now: Mapping[int, tuple[Labels, bool]]
) -> dict[names.Counted, names.Change]:
    changes: dict[names.Counted, names.Change] = {}
    for counted, sign in ((before, -1), (now, 1)):
        for of, is_private in counted.values():
            for name, written in _names(of).items():
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
