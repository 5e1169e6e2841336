"""Covers of podcasts and episodes, fetched and made small for whoever reads, so that publishers do not see them.

Only addresses that a feed in the library gives are fetched: this is no open proxy.
"""

from __future__ import annotations

from datetime import timedelta

from castabout.engine.castabout import Castabout
from castabout.engine.thumbnail import Size, thumbnails
from castabout.errors import NotInLibrary
from castabout.fetch import Fetched, Request, is_web, without_credentials
from castabout.model.library import StoredPodcast
from castabout.store import episodes, podcasts
from castabout.store.pictures import KeptPicture

#: Of the original.
LIMIT_BYTES = 15_000_000
_SECONDS = 10.0
#: Then it is fetched anew: covers change behind the same address.
_LASTS = timedelta(days=30)
#: Then it is tried again where it could not be had.
_FAILED_LASTS = timedelta(days=1)


def podcast_picture(castabout: Castabout, id: str) -> str | None:
    """Where the cover of a podcast is, if it has one. Raises `NotInLibrary`."""
    stored = podcasts.by_id(castabout.store, id)
    if stored is None or not _is_shown(castabout, stored):
        raise NotInLibrary(id, "no such podcast in the library")
    return stored.podcast.image


def episode_picture(castabout: Castabout, id: str) -> str | None:
    """Where the cover of an episode is, else that of its podcast. Raises `NotInLibrary`."""
    stored = episodes.by_id(castabout.store, id)
    found = podcasts.by_rows(castabout.store, [stored.podcast_row]) if stored else {}
    podcast = found.get(stored.podcast_row) if stored else None
    if stored is None or podcast is None or not _is_shown(castabout, podcast):
        raise NotInLibrary(id, "no such episode in the library")
    return stored.episode.image or podcast.podcast.image


def kept(castabout: Castabout, url: str, size: Size) -> bytes | None:
    """The picture at ``url`` if it is here and not too old; empty if it could not be had lately."""
    found = castabout.pictures.get(_name(url, size))
    return found.body if found and _is_fresh(castabout, found) else None


def fetched(castabout: Castabout, url: str, size: Size) -> bytes:
    """The picture at ``url``, from outside if it is not here; empty if it cannot be had."""
    if (known := kept(castabout, url, size)) is not None:
        return known
    made = _fetch(castabout, url)
    now = castabout.clock()
    if made:
        for each, body in made.items():
            castabout.pictures.put(_name(url, each), body, now)
        return made[size]
    # An old one is better than none.
    old = castabout.pictures.get(_name(url, size))
    body = old.body if old else b""
    castabout.pictures.put(_name(url, size), body, now - _LASTS + _FAILED_LASTS if body else now)
    return body


def _fetch(castabout: Castabout, url: str) -> dict[Size, bytes] | None:
    if not is_web(url):
        return None
    request = Request(without_credentials(url), limit_bytes=LIMIT_BYTES)
    found = castabout.fetcher.fetch_each([request], workers=1, spacing_s=0, for_s=_SECONDS)
    for _, outcome in found:
        if isinstance(outcome, Fetched):
            return thumbnails(outcome.data)
    return None


def _is_fresh(castabout: Castabout, found: KeptPicture) -> bool:
    lasts = _LASTS if found.body else _FAILED_LASTS
    return castabout.clock() - found.fetched < lasts


def _name(url: str, size: Size) -> str:
    return f"{size} {url}"


def _is_shown(castabout: Castabout, podcast: StoredPodcast) -> bool:
    return castabout.shows_private or not podcast.is_private
