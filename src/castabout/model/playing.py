"""What a player needs to know of episodes, and how far they were heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from castabout.model.transcript import Chapter


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody heard an episode."""

    #: From the beginning of the media file.
    seconds: float
    #: Whether it was heard to its end.
    is_finished: bool
    #: When that was so, to the millisecond.
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Playable:
    """An episode as a player shows it."""

    id: str
    title: str
    podcast_id: str
    podcast_title: str
    #: The media file; ``None`` without one.
    url: str | None
    #: Media type of the file, if it is told.
    type: str | None
    image: str | None
    #: Seconds, as the feed says.
    duration: int | None
    #: In order.
    chapters: tuple[Chapter, ...] = ()
    #: Of whoever asks; ``None`` if it was never played, or nobody keeps it.
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """What is played next."""

    #: The name of the list that it comes from.
    name: str
    #: Whether the episode after which it comes is in that list.
    is_within: bool
    #: Not heard to their end, in the order of the list.
    episodes: tuple[Playable, ...]
