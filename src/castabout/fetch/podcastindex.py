"""The Podcast Index, an open directory; asking it needs a key, which is free.

https://podcastindex-org.github.io/docs-api/
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

import msgspec

from castabout.errors import SourceError
from castabout.fetch.directories import SHOWS, Get, about, decoded
from castabout.model.directory import FoundFeed

NAME = "the Podcast Index"
_NO_KEY = (
    "needs a key to be asked: get one at https://api.podcastindex.org "
    "and name it in CASTABOUT_PODCASTINDEX_KEY and CASTABOUT_PODCASTINDEX_SECRET"
)
T = TypeVar("T")


class _Feed(msgspec.Struct):
    url: str = ""
    title: str | None = None
    author: str | None = None
    episodeCount: int | None = None  # noqa: N815 - the API's own names
    dead: int | None = None


class _Feeds(msgspec.Struct):
    feeds: list[_Feed]


class _OneFeed(msgspec.Struct):
    #: An empty list if there is none.
    feed: _Feed | list[None]


class PodcastIndex:
    """Asks the API at ``address``; without ``key`` and ``secret`` it finds nothing."""

    name = NAME

    def __init__(
        self, get: Get, *, address: str, key: str | None, secret: str | None, clock: Callable[[], datetime]
    ) -> None:
        self._get = get
        self._address = address.rstrip("/")
        self._key = key
        self._secret = secret
        self._clock = clock

    def search(self, name: str) -> tuple[FoundFeed, ...]:
        """Shows of that name, the likeliest first; none without a key. Raises `SourceError`."""
        if not (self._key and self._secret):
            return ()
        feeds = self._ask("search/byterm", _Feeds, q=name, max=str(SHOWS)).feeds
        return tuple(_found(feed) for feed in feeds if feed.url and not feed.dead)

    def show(self, id: int, country: str | None = None) -> FoundFeed:
        """The show with that number; ``country`` makes no difference here. Raises `SourceError`."""
        feed = self._ask("podcasts/byfeedid", _OneFeed, id=str(id)).feed
        if isinstance(feed, list) or not feed.url:
            raise SourceError(f"podcast {id}", f"{NAME} knows no such show")
        return _found(feed)

    def _ask(self, what: str, type: type[T], **asked: str) -> T:
        try:
            fetched = self._get(f"{self._address}/{what}?{urlencode(asked)}", self._headers())
        except SourceError as error:
            raise about(error, NAME) from error
        return decoded(fetched, type, NAME)

    def _headers(self) -> dict[str, str]:
        """https://podcastindex-org.github.io/docs-api/#auth"""
        if not (self._key and self._secret):
            raise SourceError(NAME, _NO_KEY)
        date = str(int(self._clock().timestamp()))
        signed = f"{self._key}{self._secret}{date}".encode()
        return {
            "X-Auth-Key": self._key,
            "X-Auth-Date": date,
            "Authorization": hashlib.sha1(signed, usedforsecurity=False).hexdigest(),
        }


def _found(feed: _Feed) -> FoundFeed:
    return FoundFeed(
        url=feed.url, title=feed.title, author=feed.author, episodes=feed.episodeCount, told_by=NAME
    )
