"""Reading podcasts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select, true

from castabout.model.library import KnownPodcast, StoredPodcast
from castabout.store.database import Store
from castabout.store.schema import episodes, podcasts
from castabout.store.values import popularity, stored_podcast

# Built once: putting a statement together costs more than running it.
_BY_ROWS = select(podcasts).where(podcasts.c.row.in_(bindparam("rows", expanding=True)))
_PRIVATE = select(podcasts.c.row).where(podcasts.c.is_private == true())
_DIGESTS = select(episodes.c.id, episodes.c.digest).where(episodes.c.podcast_row == bindparam("row"))
_BY_ID = select(podcasts).where(podcasts.c.id == bindparam("id"))


def known(store: Store, id: str) -> KnownPodcast | None:
    """What the store knows of the podcast ``id``, to compare a feed with; ``None`` if nothing."""
    with store.reading() as connection:
        row = connection.execute(_BY_ID, {"id": id}).one_or_none()
        if row is None:
            return None
        # As bare tuples: of a podcast with hundreds of episodes more than half of the time went into names.
        digests: dict[str, bytes] = dict(connection.execute(_DIGESTS, {"row": row.row}).all())
    return KnownPodcast(
        row=row.row,
        digest=row.digest,
        source=row.source,
        private=row.is_private,
        popularity=popularity(row),
        episodes=digests,
    )


def by_rows(store: Store, rows: Iterable[int]) -> dict[int, StoredPodcast]:
    """The podcasts with these rows, by row; those that are gone are left out."""
    with store.reading() as connection:
        found = connection.execute(_BY_ROWS, {"rows": list(rows)})
        return {row.row: stored_podcast(row) for row in found}


def rows_after(store: Store, after: int, *, limit: int) -> tuple[int, ...]:
    """The next rows, from ``after`` on."""
    statement = select(podcasts.c.row).where(podcasts.c.row > after).order_by(podcasts.c.row).limit(limit)
    with store.reading() as connection:
        return tuple(connection.execute(statement).scalars())


def private_rows(store: Store) -> frozenset[int]:
    """The rows of the private ones."""
    with store.reading() as connection:
        return frozenset(connection.execute(_PRIVATE).scalars())


def by_id(store: Store, id: str) -> StoredPodcast | None:
    """The podcast ``id``, or ``None``."""
    with store.reading() as connection:
        row = connection.execute(_BY_ID, {"id": id}).one_or_none()
    return None if row is None else stored_podcast(row)
