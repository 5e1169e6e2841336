"""What a library can be asked about by name: titles of podcasts, people, topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NameKind = Literal["podcast", "person", "topic"]


@dataclass(frozen=True, slots=True)
class CountedName:
    """A person or a topic, and how many episodes have them."""

    #: In the store.
    row: int
    kind: NameKind
    #: As it is compared with others of its kind.
    key: str
    #: As it is shown.
    name: str
    episodes: int
    #: Those of them that are of private podcasts.
    private: int


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name that somebody may mean."""

    kind: NameKind
    name: str
    #: Of a podcast all it has, else those that have the name; only those that are shown.
    episodes: int
    #: Of a podcast.
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What somebody may mean who is still typing."""

    typed: str
    #: Podcasts, people, topics.
    names: tuple[FoundName, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class RisingTopic:
    """A topic that is spoken of more often than it was."""

    topic: str
    #: Episodes of the last thirty days, and of the year before them.
    month: int
    year: int
