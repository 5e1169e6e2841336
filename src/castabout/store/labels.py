"""Tags and people of episodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from sqlalchemy import bindparam, delete, insert, select, true

from castabout.model.labels import NO_LABELS, Labels
from castabout.store.database import Store
from castabout.store.schema import episodes, labels, people, podcasts
from castabout.text.fold import fold

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Labels)
_BY_ROWS = select(labels).where(labels.c.episode_row.in_(bindparam("rows", expanding=True)))
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


def write(store: Store, found: Mapping[int, Labels]) -> None:
    """Replace the labels of these episodes."""
    rows = {"rows": list(found)}
    values = [
        {"episode_row": row, "value": _encoder.encode(of).decode()}
        for row, of in found.items()
        if of.tags or of.people
    ]
    names = [
        {"name_key": key, "episode_row": row}
        for row, of in found.items()
        for key in {name_key(person.name) for person in of.people}
        if key
    ]
    with store.writing() as connection:
        connection.execute(_OLD_LABELS, rows)
        connection.execute(_OLD_PEOPLE, rows)
        if values:
            connection.execute(insert(labels), values)
        if names:
            connection.execute(insert(people), names)


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
