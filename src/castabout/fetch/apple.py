"""Apple Podcasts: the directory that nearly all shows are in; asking it needs no key.

https://developer.apple.com/library/archive/documentation/AudioVideo/Conceptual/iTuneSearchAPI/
"""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec

from castabout.errors import SourceError
from castabout.fetch.directories import SHOWS, Get, about, decoded
from castabout.model.directory import FoundFeed

NAME = "Apple Podcasts"


class _Show(msgspec.Struct):
    collectionName: str | None = None  # noqa: N815 - Apple's own names
    artistName: str | None = None  # noqa: N815
    feedUrl: str | None = None  # noqa: N815
    trackCount: int | None = None  # noqa: N815


class _Answer(msgspec.Struct):
    results: list[_Show]


class Apple:
    """Asks the iTunes Search API at ``address``."""

    name = NAME

    def __init__(self, get: Get, *, address: str) -> None:
        self._get = get
        self._address = address.rstrip("/")

    def search(self, name: str) -> tuple[FoundFeed, ...]:
        """Shows of that name, the likeliest first. Raises `SourceError`."""
        shows = self._ask("search", media="podcast", term=name, limit=str(SHOWS))
        return tuple(_found(show, show.feedUrl) for show in shows if show.feedUrl)

    def show(self, id: int, country: str | None = None) -> FoundFeed:
        """The show with that number. Raises `SourceError`."""
        named = {"country": country} if country else {}
        shows = self._ask("lookup", id=str(id), entity="podcast", **named)
        if not shows:
            raise SourceError(f"id{id}", f"{NAME} knows no such show")
        if not shows[0].feedUrl:
            title = shows[0].collectionName or f"id{id}"
            raise SourceError(title, f"{NAME} does not tell the address of its feed")
        return _found(shows[0], shows[0].feedUrl)

    def _ask(self, what: str, **asked: str) -> list[_Show]:
        try:
            fetched = self._get(f"{self._address}/{what}?{urlencode(asked)}", {})
        except SourceError as error:
            raise about(error, NAME) from error
        return decoded(fetched, _Answer, NAME).results


def _found(show: _Show, url: str) -> FoundFeed:
    return FoundFeed(
        url=url,
        title=show.collectionName,
        author=show.artistName,
        episodes=show.trackCount,
        told_by=NAME,
    )
