"""The dump of a directory: which of its podcasts are wanted, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which podcasts of a dump are wanted; what is not set does not matter."""

    #: BCP 47 without region, e.g. ``en``: any of these.
    languages: tuple[str, ...] = ()
    #: Any of these, whatever their case.
    categories: tuple[str, ...] = ()
    #: The least popularity, as the directory counts it.
    popularity: int | None = None
    #: Its newest episode is not older.
    newer_than: datetime | None = None
    #: The least number of episodes.
    episodes: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is asked for in particular."""
        return self == Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpCounts:
    """What became of the rows of a dump."""

    added: int = 0
    #: In the library already, or in the dump twice.
    known: int = 0
    #: The directory says that nobody answers there any more.
    dead: int = 0
    #: Not among those that were wanted.
    unwanted: int = 0
    #: Without an address of the web, with a password in it, or without a title.
    unusable: int = 0

    def __add__(self, other: DumpCounts) -> DumpCounts:
        """Both together."""
        return DumpCounts(
            added=self.added + other.added,
            known=self.known + other.known,
            dead=self.dead + other.dead,
            unwanted=self.unwanted + other.unwanted,
            unusable=self.unusable + other.unusable,
        )


NOTHING = DumpCounts()


class NewPodcast(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A podcast to be written; made to go from one process to another at little cost."""

    id: str
    source: str
    #: As in `castabout.model.library.FeedChange`.
    guid: str | None
    title_key: str | None
    digest: bytes
    #: Its JSON: see `castabout.model.digest.encoded`.
    value: str
    is_private: bool
