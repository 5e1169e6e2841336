"""Passages: the stretches of an episode that moments are searched in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    #: Of several who speak in it, what one alone says: who says the cue so many after the first. ``None``: all.
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive cues of about a minute; or one title, as a cue."""

    place: Place
    #: At least one. A cue that lasts long is in several passages, with its time in each of them.
    cues: tuple[Cue, ...]

    @property
    def own(self) -> tuple[Cue, ...]:
        """The cues that are searched: all, or those of the one whose words alone its place means."""
        if self.place.by is None:
            return self.cues
        speaker = self.cues[self.place.by].speaker
        return tuple(cue for cue in self.cues if cue.speaker == speaker)

    def voices(self) -> tuple[Passage, ...]:
        """What each of those who speak in it says, as passages of their own; none if that is only one."""
        firsts: dict[str | None, int] = {}
        for number, cue in enumerate(self.cues):
            firsts.setdefault(cue.speaker, number)
        if len(firsts) == 1:
            return ()
        return tuple(replace(self, place=replace(self.place, by=number)) for number in firsts.values())


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Some of what is said in an episode."""

    #: By number.
    cues: Mapping[int, Cue]
    chapters: tuple[Chapter, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    #: BCP 47, of the transcript as its publisher gave it.
    language: str | None = None
