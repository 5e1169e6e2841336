"""Podcasts that are not to be fetched, or not to be in the library any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from castabout.engine.castabout import Castabout
from castabout.errors import NotInLibrary
from castabout.model.library import StoredPodcast
from castabout.store import feeds, podcasts, removal
from castabout.store.lock import writing_alone


def pause(castabout: Castabout, id: str) -> StoredPodcast:
    """Do not fetch the feed of the podcast ``id``, until `resume` or until it is added again.

    Raises `NotInLibrary` and `StoreError`.
    """
    stored = named_podcast(castabout, id)
    feeds.pause(castabout.store, stored.row)
    return stored


def resume(castabout: Castabout, id: str) -> StoredPodcast:
    """Fetch the feed of a podcast that was paused again, from now on. Raises as `pause`."""
    stored = named_podcast(castabout, id)
    feeds.resume(castabout.store, stored.row, now=int(castabout.clock().timestamp()))
    return stored


def remove(castabout: Castabout, id: str, *, waiting: Callable[[], None]) -> StoredPodcast:
    """Take the podcast ``id`` out of the library, with its episodes and their places in lists.

    Waits for whoever is indexing, of which ``waiting`` is told; the index forgets it when it catches up.
    Gives the podcast with the number of episodes it had. Raises as `pause`.
    """
    stored = named_podcast(castabout, id)
    with writing_alone(castabout.store, waiting=waiting):
        return replace(stored, episodes=removal.remove(castabout.store, stored.row))


def named_podcast(castabout: Castabout, id: str) -> StoredPodcast:
    """The podcast ``id``, private or not. Raises `NotInLibrary` and `StoreError`."""
    stored = podcasts.by_id(castabout.store, id)
    if stored is None:
        raise NotInLibrary(id, "no such podcast in the library")
    return stored
