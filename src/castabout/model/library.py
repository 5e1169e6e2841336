"""What the library holds, and what is about to change in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from castabout.model.feed import Episode, Podcast, Problem
from castabout.model.transcript import Spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPodcast:
    """A podcast as the store holds it."""

    #: The store's own number for it; the index knows it by this number.
    row: int
    #: UUID, the same in every library that read the same feed.
    id: str
    #: The file or address it was read from.
    source: str
    podcast: Podcast
    added: datetime
    #: How many of its episodes the library holds.
    episodes: int
    #: Its address holds a secret, or its publisher wants it in no directory.
    is_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEpisode:
    """An episode as the store holds it."""

    row: int
    id: str
    #: The row of its podcast.
    podcast_row: int
    episode: Episode


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPodcast:
    """What the store knows of a podcast before a feed is read again."""

    stored: StoredPodcast
    #: Of what its feed said of it.
    digest: bytes
    #: Digest of each stored episode by its id.
    episodes: Mapping[str, bytes]
    #: Other ids of episodes, made of the keys that feeds gave them later, to the ids they have.
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEpisode:
    """An episode to be written, new or changed."""

    id: str
    #: Of what the feed said.
    digest: bytes
    episode: Episode
    #: What was taken out of it that is said at a time; None if there is nothing of that.
    spoken: Spoken | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedChange:
    """The difference between a feed and what the store knew of it.

    `castabout.engine.decide.decide` makes it, `castabout.store.apply.apply` writes it.
    """

    id: str
    source: str
    podcast: Podcast
    digest: bytes
    #: Whether it makes the podcast a private one: see `StoredPodcast`.
    private: bool = False
    #: The UUID of its ``podcast:guid`` and its title as titles are compared: by these it is found.
    guid: str | None = None
    title_key: str | None = None
    #: An address of it that the store does not know.
    address: str | None = None
    #: Other ids of stored episodes that were recognised, each with the id it stays under.
    also: tuple[tuple[str, str], ...] = ()
    #: The podcast itself is new or differs.
    podcast_changed: bool
    new: tuple[NewEpisode, ...] = ()
    changed: tuple[NewEpisode, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    now: datetime

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.podcast_changed or self.new or self.changed or self.also or self.address)


@dataclass(frozen=True, slots=True)
class QueuedChange:
    """One entry of the change queue: what the index has not seen yet."""

    sequence: int
    #: ``podcast``, ``episode``, or ``spoken`` for what is said in an episode.
    kind: str
    row: int
