"""Rows of the tables as values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Row

from castabout.model.feed import Episode, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast

_podcast_decoder = msgspec.json.Decoder(Podcast)
_episode_decoder = msgspec.json.Decoder(Episode)


def timestamp(when: datetime | None) -> int | None:
    """Seconds since 1970, or ``None``."""
    return None if when is None else int(when.timestamp())


def stored_podcast(row: Row[Any]) -> StoredPodcast:
    """A row of the table ``podcasts`` as a value."""
    return StoredPodcast(
        row=row.row,
        id=row.id,
        source=row.source,
        podcast=_podcast_decoder.decode(row.value),
        added=datetime.fromtimestamp(row.added, UTC),
        episodes=row.episodes,
        is_private=row.is_private,
    )


def stored_episode(row: Row[Any]) -> StoredEpisode:
    """A row of the table ``episodes`` as a value."""
    return StoredEpisode(
        row=row.row,
        id=row.id,
        podcast_row=row.podcast_row,
        episode=_episode_decoder.decode(row.value),
    )
