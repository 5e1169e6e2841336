"""Passages: the stretches of an episode that moments are searched in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from castabout.model.podcasting20 import Soundbite
from castabout.model.transcript import Chapter, Cue


class Kind(StrEnum):
    """Where the words of a moment are from."""

    SPEECH = "speech"
    #: The title of a chapter.
    CHAPTER = "chapter"
    #: The title of a soundbite.
    SOUNDBITE = "soundbite"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage is in its episode."""

    kind: Kind
    #: The number of its first cue, chapter or soundbite, from 0 on.
    first: int
    #: So many cues.
    count: int = 1
    #: Of one cue that lasts long, the characters from ``at`` on, so many; ``None``: all of it.
    at: int = 0
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive cues of about a minute; or one title, as a cue."""

    place: Place
    #: At least one. A cue that lasts long is in several passages, with its time in each of them.
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Some of what is said in an episode."""

    #: By number.
    cues: Mapping[int, Cue]
    chapters: tuple[Chapter, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    #: BCP 47, of the transcript as its publisher gave it.
    language: str | None = None
