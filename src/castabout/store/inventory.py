"""What the store holds in all, and whether it is sound."""

from __future__ import annotations

from sqlalchemy import func, select, text

from castabout.store.database import Store
from castabout.store.schema import IS_PRIVATE, episodes, podcasts


def counts(store: Store, *, private: bool = True) -> tuple[int, int]:
    """How many podcasts and how many episodes, those of private podcasts only if ``private``."""
    # Counted in an index of each table, a tenth of its size: there may be millions of either.
    each = (select(func.count()).select_from(table).scalar_subquery() for table in (podcasts, episodes))
    hidden = select(func.count(), func.coalesce(func.sum(podcasts.c.episodes), 0)).where(IS_PRIVATE)
    with store.reading() as connection:
        all_podcasts, all_episodes = connection.execute(select(*each)).one()
        without = (0, 0) if private else connection.execute(hidden).one()
    return all_podcasts - without[0], all_episodes - without[1]


def rows(store: Store) -> tuple[frozenset[int], frozenset[int]]:
    """The rows of all podcasts and of all episodes."""
    with store.reading() as connection:
        return (
            frozenset(connection.execute(select(podcasts.c.row)).scalars()),
            frozenset(connection.execute(select(episodes.c.row)).scalars()),
        )


def faults(store: Store) -> tuple[str, ...]:
    """What is wrong inside the store, one line each; reads all of it."""
    found: list[str] = []
    with store.reading() as connection:
        if store.engine.dialect.name == "sqlite":
            lines = connection.execute(text("PRAGMA quick_check")).scalars()
            found += [line for line in lines if line != "ok"]
        counted = (
            select(podcasts.c.id)
            .outerjoin(episodes, episodes.c.podcast_row == podcasts.c.row)
            .group_by(podcasts.c.row)
            .having(func.count(episodes.c.row) != podcasts.c.episodes)
        )
        for id in connection.execute(counted).scalars():
            found.append(f"podcast {id}: its number of episodes is wrong")
    return tuple(found)
