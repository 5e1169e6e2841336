"""What became of a source or a feed, to be told to whoever asked."""

from __future__ import annotations

from dataclasses import dataclass

from castabout.errors import SourceError
from castabout.model.directory import FoundFeed
from castabout.model.feed import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResult:
    """What became of one source: ``error`` is set, or the numbers are, or ``choices``."""

    source: str
    error: SourceError | None = None
    podcast: str | None = None
    title: str | None = None
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    #: The feed told of its podcast itself something new.
    podcast_changed: bool = False
    #: The library reads this podcast elsewhere: where.
    known_as: str | None = None
    problems: tuple[Problem, ...] = ()
    #: It was read, but not all of it: why, and what becomes of the rest.
    warnings: tuple[SourceError, ...] = ()
    #: The source may mean any of these, and none was read.
    choices: tuple[FoundFeed, ...] = ()
    #: It was not read, since it is known to be as it was.
    is_as_before: bool = False
    #: It is known, and was not asked at all: why, in words.
    not_asked: str | None = None
    #: More of a feed that was told of already: its new address.
    is_more: bool = False

    @property
    def has_news(self) -> bool:
        """Whether anything was written."""
        return bool(self.added or self.changed or self.podcast_changed)
