"""How feeds, files and the library fare. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from castabout.model.spoken import SpokenCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How fetching a feed goes."""

    #: When it was last read, or found to be as before.
    last_good: datetime | None
    #: Why it could not be read the last time, in words, or not in full if it ``is_part``; ``None`` if it could.
    last_error: str | None
    is_part: bool = False
    #: ``None``: never again.
    next_try: datetime | None
    #: Its host says that it was taken away for good.
    is_gone: bool
    #: The owner does not want it to be fetched.
    is_paused: bool = False
    #: When it was last asked for, and how many times one after another that failed.
    last_fetch: datetime | None = None
    failures: int = 0
    #: The time that the rest is seen from.
    now: datetime


@dataclass(frozen=True, slots=True)
class FailingFeed:
    """A feed that could not be read the last time."""

    title: str
    #: Without user name and password; ``None`` where the address itself is a secret.
    url: str | None
    health: FeedHealth


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHealth:
    """A file with a transcript or chapters that could not be read, or, if it ``is_read``, not in full."""

    #: The titles of both.
    podcast: str
    episode: str
    is_chapters: bool
    is_read: bool
    #: In words.
    error: str
    #: ``None``: never, unless the feed names another file.
    next_try: datetime | None
    #: The time that the rest is seen from.
    now: datetime


@dataclass(frozen=True, slots=True)
class FeedCounts:
    """The feeds of the web that the library knows."""

    feeds: int
    #: Those that could not be read the last time, but may be again.
    failing: int
    #: Those that were taken away for good.
    gone: int
    #: Podcasts whose address is a secret, or that their publishers want in no directory.
    private: int
    #: Of those that fail or were taken away: how many are of such podcasts.
    failing_private: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Whether store and index agree."""

    podcasts: int
    episodes: int
    indexed_podcasts: int
    indexed_episodes: int
    #: Changes that the index has not seen yet.
    waiting: int
    #: One line per thing that is wrong.
    faults: tuple[str, ...]
    feeds: FeedCounts
    spoken: SpokenCounts

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults
