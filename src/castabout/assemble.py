"""Putting the parts together: the only place that names concrete backends and reads the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from castabout.config import Settings
from castabout.engine.castabout import Castabout
from castabout.errors import StoreError
from castabout.fetch import Fetchers
from castabout.fetch.apple import Apple
from castabout.fetch.directories import Directories
from castabout.fetch.file import FileFetcher
from castabout.fetch.folder import LIBRARY, PICTURES
from castabout.fetch.guard import AllowList
from castabout.fetch.http import HttpFetcher
from castabout.fetch.podcastindex import PodcastIndex
from castabout.index.tantivy import TantivyIndex
from castabout.store.database import open_store
from castabout.store.pictures import PictureCache


def assemble(settings: Settings) -> Castabout:
    """The installation that lives in ``settings.home``; the folder is made if there is none.

    Raises `StoreError`.
    """
    home = settings.home
    try:
        for folder in (home, home / "index"):
            _make(folder)
    except OSError as error:
        if not home.is_dir():
            raise StoreError(str(home), f"cannot be made a library ({error.strerror})") from error
    http = HttpFetcher(
        limit_bytes=settings.limit_bytes,
        timeout_s=settings.timeout_s,
        allow=AllowList.parse(settings.allow_hosts),
        contact=settings.contact,
        clock=_now,
    )
    return Castabout(
        store=open_store(home / LIBRARY),
        index=TantivyIndex(home / "index", memory_mb=settings.index_memory_mb),
        fetcher=Fetchers(http=http, file=FileFetcher(settings.limit_bytes)),
        clock=_now,
        pictures=PictureCache(home / PICTURES, settings.pictures_mb * 1_000_000),
        workers=settings.workers,
        spacing_s=settings.spacing_ms / 1000,
        directories=Directories(
            apple=Apple(http.fetch, address=settings.apple_url),
            podcastindex=PodcastIndex(
                http.fetch,
                address=settings.podcastindex_url,
                key=settings.podcastindex_key,
                secret=settings.podcastindex_secret,
                clock=_now,
            ),
        ),
    )


def _make(folder: Path) -> None:
    """Make ``folder``, if there is none, for its owner alone, whatever the umask is."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)


def _now() -> datetime:
    return datetime.now(UTC)
