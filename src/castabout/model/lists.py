"""Lists of episodes: Listen Later, and others by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from castabout.model.answers import EpisodeLine
from castabout.model.library import StoredEpisode, StoredPodcast

#: The list that everybody has.
LISTEN_LATER = "Listen Later"
#: Whose lists those are of the person at the machine, as long as there are no users.
LOCAL_OWNER = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredList:
    """A list as the store holds it."""

    row: int
    #: Who made it: nobody else ever sees it.
    owner: str
    name: str
    #: Whoever knows it may read the list as a feed; it cannot be guessed.
    key: str
    #: When something in it changed last.
    changed: datetime
    #: Those to be listened to, and those put away.
    episodes: int
    archived: int

    @property
    def is_first(self) -> bool:
        """Whether it is the one that everybody has."""
        return self.name == LISTEN_LATER


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an episode is in a list."""

    #: Of the episode.
    row: int
    #: Among those of its kind, to be listened to or put away; the first is 1.
    place: int
    is_archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChange:
    """What became of an episode in a list."""

    #: As it is now.
    list: StoredList
    episode: StoredEpisode
    #: Where the episode is, or was until now; the first is 1.
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEpisode:
    """An episode in a list."""

    #: The first is 1.
    place: int
    line: EpisodeLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A list of episodes, or what was put away of it."""

    #: ``None`` for Listen Later as long as nothing was put into it.
    list: StoredList | None
    name: str
    #: All lists of the same person, Listen Later first.
    lists: tuple[StoredList, ...]
    #: Whether these are the episodes that were put away, the last one first.
    is_archive: bool
    #: How many there are.
    total: int
    offset: int
    limit: int
    episodes: tuple[ListedEpisode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An episode in a feed of ours."""

    podcast: StoredPodcast
    episode: StoredEpisode
    #: Where the feed of the podcast is; ``None`` if that is a secret or not known.
    source: str | None
    #: As it is to stand in the feed: not always the publisher's.
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeFeed:
    """Episodes of many podcasts as one feed, for any podcast program."""

    title: str
    description: str
    #: BCP 47: of most of its episodes.
    language: str
    #: When it changed last; ``None`` if nothing in it tells.
    updated: datetime | None
    #: All with something to play.
    entries: tuple[FeedEntry, ...]
    #: Where its next page begins; ``None`` for the last one.
    next_offset: int | None
    #: How many episodes there are on all pages, those without anything to play too; ``None`` if nobody counted.
    total: int | None = None
    #: How many come before this page.
    offset: int = 0
