"""User names and passwords of feeds, apart from everything that is shown, exported or logged."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select

from castabout.store.database import Store
from castabout.store.schema import credentials

_BY_URLS = select(credentials).where(credentials.c.url.in_(bindparam("urls", expanding=True)))


def keep(store: Store, url: str, user: str, password: str) -> None:
    """Keep the user name and password of the feed at ``url``, which has none in it itself."""
    with store.writing() as connection:
        connection.execute(delete(credentials).where(credentials.c.url == url))
        connection.execute(insert(credentials).values(url=url, user=user, password=password))


def by_urls(store: Store, urls: Sequence[str]) -> dict[str, tuple[str, str]]:
    """User name and password of those of ``urls``, at most some hundreds, that have them."""
    with store.reading() as connection:
        return {
            row.url: (row.user, row.password) for row in connection.execute(_BY_URLS, {"urls": list(urls)})
        }
