"""What directories of podcasts and web pages tell of feeds that nobody has read yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that somebody may have meant."""

    #: http or https.
    url: str
    title: str | None = None
    author: str | None = None
    #: How many episodes its directory knows of.
    episodes: int | None = None
    #: Who told of it, e.g. ``Apple Podcasts``.
    told_by: str
