"""Reading episodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import bindparam, select

from castabout.model.library import StoredEpisode
from castabout.store.database import Store
from castabout.store.schema import IS_PRIVATE, episodes, podcasts
from castabout.store.values import stored_episode

_BY_ROWS = select(episodes).where(episodes.c.row.in_(bindparam("rows", expanding=True)))
_PODCASTS = select(episodes.c.row, episodes.c.podcast_row).where(
    episodes.c.row.in_(bindparam("rows", expanding=True))
)
_BY_ID = select(episodes).where(episodes.c.id == bindparam("id"))


def by_rows(store: Store, rows: Iterable[int]) -> dict[int, StoredEpisode]:
    """The episodes with these rows, by row; those that are gone are left out."""
    with store.reading() as connection:
        found = connection.execute(_BY_ROWS, {"rows": list(rows)})
        return {row.row: stored_episode(row) for row in found}


def podcasts_of(store: Store, rows: Iterable[int]) -> dict[int, int]:
    """The rows of the podcasts of these episodes; those that are gone are left out."""
    with store.reading() as connection:
        return dict(connection.execute(_PODCASTS, {"rows": list(rows)}).all())


def by_id(store: Store, id: str) -> StoredEpisode | None:
    """The episode ``id``, or ``None``."""
    with store.reading() as connection:
        row = connection.execute(_BY_ID, {"id": id}).one_or_none()
    return None if row is None else stored_episode(row)


def of_podcast(store: Store, podcast_row: int) -> Iterator[StoredEpisode]:
    """All episodes of a podcast, one by one: there may be a hundred thousand."""
    every = select(episodes).where(episodes.c.podcast_row == podcast_row)
    with store.reading() as connection:
        for row in connection.execution_options(yield_per=500).execute(every):
            yield stored_episode(row)


def some_of_podcast(store: Store, podcast_row: int, number: int) -> tuple[StoredEpisode, ...]:
    """So many episodes of a podcast, or all if it has fewer: old ones and new ones alike."""
    every = select(episodes.c.row).where(episodes.c.podcast_row == podcast_row).order_by(episodes.c.row)
    with store.reading() as connection:
        rows = connection.execute(every).scalars().all()
        chosen = {rows[at * len(rows) // number] for at in range(number)} if rows else ()
        found = connection.execute(_BY_ROWS, {"rows": sorted(chosen)})
        return tuple(stored_episode(row) for row in found)


def next_ones(store: Store, after: int, *, limit: int) -> tuple[StoredEpisode, ...]:
    """The next episodes of all, by row, from ``after`` on."""
    statement = select(episodes).where(episodes.c.row > after).order_by(episodes.c.row).limit(limit)
    with store.reading() as connection:
        return tuple(stored_episode(row) for row in connection.execute(statement))


def newest(
    store: Store,
    *,
    podcast_row: int | None = None,
    private: bool = True,
    offset: int = 0,
    limit: int = 20,
) -> tuple[StoredEpisode, ...]:
    """Episodes, newest first, undated ones last in the feed's order; of one podcast or of all.

    Those of private podcasts are left out unless ``private``.
    """
    statement = select(episodes)
    if podcast_row is not None:
        statement = statement.where(episodes.c.podcast_row == podcast_row)
    else:
        statement = statement.where(episodes.c.published.is_not(None))
    if not private:
        ones = select(podcasts.c.row).where(IS_PRIVATE)
        statement = statement.where(episodes.c.podcast_row.not_in(ones))
    ordered = statement.order_by(episodes.c.published.desc().nulls_last(), episodes.c.row)
    with store.reading() as connection:
        rows = connection.execute(ordered.offset(offset).limit(limit))
        return tuple(stored_episode(row) for row in rows)
