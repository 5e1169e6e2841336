"""A subscription at a hub. https://www.w3.org/TR/websub/"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What was agreed, or is to be agreed, with a hub about one feed.

    `castabout.engine.subscription` says how it changes.
    """

    #: The unguessable last part of the address that the hub calls.
    token: str
    podcast_row: int
    hub: str
    #: The feed's own address, as it names it.
    topic: str
    #: Signs what the hub sends.
    secret: str
    #: Off once the feed no longer names this hub: it is to be ended.
    is_wanted: bool = True
    #: When the hub was last asked; ``None`` when it has answered, or never was.
    asked: datetime | None = None
    #: Until when the hub has promised to send; ``None`` when it has not.
    expires: datetime | None = None
    #: When to ask the hub next.
    due: datetime
    #: Requests since the last one that it confirmed.
    failures: int = 0
    #: Why it last came to nothing, in words.
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What a feed says of hubs, beside what was made of it."""

    podcast_row: int
    #: ``None`` when it names none, or is no feed to tell a hub of.
    hub: str | None
    topic: str
    #: The one that is wanted so far.
    subscription: Subscription | None
