"""Passages: the stretches of an episode that moments are searched in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from castabout.model.transcript import Cue


class Kind(StrEnum):
    """Where the words of a moment are from."""

    SPEECH = "speech"
    #: The title of a chapter.
    CHAPTER = "chapter"
    #: The title of a soundbite.
    SOUNDBITE = "soundbite"


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive cues of about a minute; or one title, as a cue."""

    kind: Kind
    #: At least one. A cue that lasts long is in several passages, with its time in each of them.
    cues: tuple[Cue, ...]
