"""Topics that people follow, and the notices that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from castabout.model.answers import EpisodeLine

#: When notices go out: as soon as there is something, or all of a day or a week together.
Pace: TypeAlias = Literal["now", "daily", "weekly"]
PACES: tuple[Pace, ...] = ("now", "daily", "weekly")


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A query whose new episodes somebody wants to hear of."""

    row: int
    #: Who follows: see `castabout.model.lists`.
    owner: str
    #: Parses to what is followed: see `castabout.query.parser.parse`.
    query: str
    pace: Pace
    #: What notices go to, without its secrets; ``None``: no notices are sent.
    service: str | None
    made: datetime
    #: What is told was published since then, and came into the library behind this row of an episode.
    since: datetime
    since_row: int
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """An episode as far as it matters whether it is new."""

    row: int
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An episode that matches what somebody follows."""

    row: int
    published: datetime | None
    #: Whether its podcast had episodes before this one came with others.
    is_of_known_show: bool
    #: The same episode as it was published elsewhere.
    copies: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Episodes that no follow has been compared with yet."""

    #: By these the store knows whether another process has done the same meanwhile.
    turn: int
    seen_row: int
    #: Up to here nothing is left behind this step.
    upto: int
    #: The new ones in order, and those whose transcripts have come since.
    new: tuple[int, ...]
    read: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Find:
    """An episode that is new for a follow."""

    follow_row: int
    episode_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A notice, and what became of it."""

    row: int
    follow_row: int
    made: datetime
    #: How many episodes it tells of; 0 for a test.
    episodes: int
    tries: int
    #: When it was taken by the service; when it is tried next. Neither: it was given up.
    sent: datetime | None
    next_try: datetime | None
    #: Why it could not be delivered when it was tried last.
    error: str | None

    @property
    def is_test(self) -> bool:
        """Whether it was sent to see whether notices arrive."""
        return not self.episodes

    @property
    def state(self) -> Literal["sent", "waiting", "failed"]:
        """What became of it."""
        if self.sent:
            return "sent"
        return "waiting" if self.next_try else "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDelivery:
    """A notice that is to be sent now."""

    delivery: Delivery
    follow: Follow
    #: An address of the Apprise library: holds secrets.
    target: str
    #: Rows of the episodes that it tells of, the newest find last.
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowLine:
    """A follow as a page shows it."""

    follow: Follow
    #: How many episodes were new for it, and the last of them, the newest first.
    found: int
    latest: tuple[EpisodeLine, ...]
    #: The last notices, the newest first.
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a query would have told of lately."""

    query: str
    since: datetime
    #: How many episodes; ``is_more``: at least so many.
    total: int
    is_more: bool
    #: The newest of them.
    episodes: tuple[EpisodeLine, ...]
