"""Reading podcasts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from castabout.model.library import KnownPodcast, StoredPodcast
from castabout.store.database import Store
from castabout.store.schema import IS_PRIVATE, addresses, episodes, other_ids, podcasts
from castabout.store.values import stored_podcast

# Built once: putting a statement together costs more than running it.
_BY_ROWS = select(podcasts).where(podcasts.c.row.in_(bindparam("rows", expanding=True)))
_PRIVATE = select(podcasts.c.row).where(IS_PRIVATE)
_BY_ID = select(podcasts).where(podcasts.c.id == bindparam("id"))
_DIGESTS = select(episodes.c.id, episodes.c.digest).where(episodes.c.podcast_row == bindparam("row"))
_OTHER_IDS = select(other_ids.c.id, other_ids.c.episode_id).where(other_ids.c.podcast_row == bindparam("row"))
_BY_ADDRESS = (
    select(addresses.c.url, podcasts)
    .join(podcasts, podcasts.c.row == addresses.c.podcast_row)
    .where(addresses.c.url.in_(bindparam("urls", expanding=True)))
)
_BY_SOURCE = select(podcasts.c.source.label("url"), podcasts).where(
    podcasts.c.source.in_(bindparam("urls", expanding=True))
)
_BY_GUID = (
    select(podcasts)
    .where((podcasts.c.id == bindparam("guid")) | (podcasts.c.guid == bindparam("guid")))
    .order_by(podcasts.c.row)
    .limit(bindparam("limit"))
)
_BY_TITLE = (
    select(podcasts)
    .where(podcasts.c.title_key == bindparam("title_key"))
    .order_by(podcasts.c.row)
    .limit(bindparam("limit"))
)
#: Of many podcasts with one title or GUID only the first are looked at.
_CANDIDATES = 20


def known(store: Store, id: str) -> KnownPodcast | None:
    """What the store knows of the podcast ``id``, to compare a feed with; ``None`` if nothing."""
    with store.reading() as connection:
        row = connection.execute(_BY_ID, {"id": id}).one_or_none()
        if row is None:
            return None
        # As bare tuples: of a podcast with hundreds of episodes more than half of the time went into names.
        digests: dict[str, bytes] = dict(connection.execute(_DIGESTS, {"row": row.row}).all())
        also: dict[str, str] = dict(connection.execute(_OTHER_IDS, {"row": row.row}).all())
    return KnownPodcast(stored=stored_podcast(row), digest=row.digest, episodes=digests, also=also)


def by_addresses(store: Store, urls: Iterable[str]) -> dict[str, StoredPodcast]:
    """The podcasts that were read at these addresses, by address."""
    with store.reading() as connection:
        wanted = {"urls": list(urls)}
        found = [*connection.execute(_BY_SOURCE, wanted), *connection.execute(_BY_ADDRESS, wanted)]
        return {row.url: stored_podcast(row) for row in found}


def by_guid(store: Store, guid: str) -> tuple[StoredPodcast, ...]:
    """The podcasts whose id or whose ``podcast:guid`` is ``guid``, a UUID; the oldest first."""
    with store.reading() as connection:
        found = connection.execute(_BY_GUID, {"guid": guid, "limit": _CANDIDATES})
        return tuple(stored_podcast(row) for row in found)


def by_title(store: Store, title_key: str) -> tuple[StoredPodcast, ...]:
    """The podcasts with this title (see `castabout.parse.identity.title_key`); the oldest first."""
    with store.reading() as connection:
        found = connection.execute(_BY_TITLE, {"title_key": title_key, "limit": _CANDIDATES})
        return tuple(stored_podcast(row) for row in found)


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
