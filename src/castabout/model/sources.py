"""Where podcasts are read from, and how that goes. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from castabout.model.health import FeedHealth

#: Which podcasts are shown.
Shown = Literal["all", "failing", "paused", "private"]
#: The order of all of them: added last first, by title, by when their feeds are looked at next.
Order = Literal["added", "title", "due"]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A podcast's place in an order: its row, and by what it is ordered where that is not the row."""

    row: int
    value: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A podcast as something that is read from somewhere."""

    id: str
    title: str
    language: str | None
    #: Where from, without what is secret in it.
    address: str
    is_file: bool
    is_private: bool
    episodes: int
    added: datetime
    #: When its newest episode was published; ``None`` if no date is known.
    newest: datetime | None
    #: ``None`` for one that was read from a file.
    health: FeedHealth | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """Some of the podcasts, and how many there are."""

    shown: Shown
    order: Order
    #: What was searched for; empty: nothing.
    query: str
    counts: Mapping[Shown, int]
    sources: tuple[Source, ...]
    #: It does not begin with the first one.
    is_later: bool
    #: Where the next page begins; ``None`` after the last.
    next: Cursor | None
