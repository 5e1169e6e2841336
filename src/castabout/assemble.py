"""Putting the parts together: the only place that names concrete backends and reads the clock."""

from __future__ import annotations

from datetime import UTC, datetime

from castabout.config import Settings
from castabout.engine.castabout import Castabout
from castabout.errors import StoreError
from castabout.fetch import Fetchers
from castabout.fetch.file import FileFetcher
from castabout.fetch.guard import AllowList
from castabout.fetch.http import HttpFetcher
from castabout.index.tantivy import TantivyIndex
from castabout.store.database import open_store


def assemble(settings: Settings) -> Castabout:
    """The installation that lives in ``settings.home``; the folder is made if there is none.

    Raises `StoreError`.
    """
    home = settings.home
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(str(home), f"cannot be made a library ({error.strerror})") from error
    return Castabout(
        store=open_store(home / "library.db"),
        index=TantivyIndex(home / "index", memory_mb=settings.index_memory_mb),
        fetcher=Fetchers(
            http=HttpFetcher(
                limit_bytes=settings.limit_bytes,
                timeout_s=settings.timeout_s,
                allow=AllowList.parse(settings.allow_hosts),
                contact=settings.contact,
            ),
            file=FileFetcher(settings.limit_bytes),
        ),
        clock=lambda: datetime.now(UTC),
    )
