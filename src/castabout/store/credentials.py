"""User names and passwords of feeds, apart from everything that is shown, exported or logged."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from castabout.store.database import Store
from castabout.store.schema import credentials, podcasts

_SOURCE = select(podcasts.c.source).where(podcasts.c.row == bindparam("row"))
_BY_URLS = select(credentials).where(credentials.c.url.in_(bindparam("urls", expanding=True)))


def write_credentials(connection: Connection, row: int, user: str, password: str) -> None:
    """Keep those of the feed of the podcast ``row``, inside a transaction that is open."""
    url = connection.execute(_SOURCE, {"row": row}).scalar_one()
    connection.execute(delete(credentials).where(credentials.c.url == url))
    connection.execute(insert(credentials).values(url=url, user=user, password=password))


def by_urls(store: Store, urls: Sequence[str]) -> dict[str, tuple[str, str]]:
    """User name and password of those of ``urls``, at most some hundreds, that have them."""
    with store.reading() as connection:
        return {
            row.url: (row.user, row.password) for row in connection.execute(_BY_URLS, {"urls": list(urls)})
        }
