"""What is said in an episode, and its chapters, as values."""

from __future__ import annotations

from dataclasses import dataclass

from castabout.model.feed import Problem
from castabout.model.podcasting20 import Soundbite


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of speech, by one speaker as far as that is known."""

    #: On one line; never empty.
    text: str
    #: Seconds from the beginning of the media file; ``None`` if it is not known when it is said. What was
    #: published as one speech in several paragraphs has the time of the speech in each of them.
    start: float | None = None
    #: Seconds; never before ``start``. ``None`` if not known.
    end: float | None = None
    speaker: str | None = None
    #: Nobody tells ``start``: it is worked out of the times before and after, see `castabout.text.estimate`.
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything that is said in an episode, in order: cues with times are sorted by them."""

    cues: tuple[Cue, ...] = ()
    #: BCP 47 tag, if the transcript itself says one.
    language: str | None = None

    @property
    def is_timed(self) -> bool:
        """Whether it is known of any cue when it is said."""
        return any(cue.start is not None for cue in self.cues)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of an episode, from ``start`` on."""

    #: Seconds from the beginning of the media file.
    start: float
    title: str
    #: Seconds; ``None`` for one that lasts to the end of the episode.
    end: float | None = None
    #: A page about it; http or https.
    url: str | None = None
    #: Address of a picture; http or https.
    image: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedTranscript:
    """Everything that was read from the bytes of one transcript; without cues if there was nothing to read."""

    transcript: Transcript
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedChapters:
    """Everything that was read from the bytes of one file of chapters."""

    chapters: tuple[Chapter, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """Everything in an episode that is said, or has a title, at a time: what moments are made of."""

    transcript: Transcript | None = None
    #: In order, none overlapping the next.
    chapters: tuple[Chapter, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSpoken:
    """What the store holds of what is said in an episode: the best of each thing, wherever it is from."""

    #: Of the episode.
    row: int
    spoken: Spoken
    #: Where the transcript is from: ``file`` (brought along), ``feed`` or ``notes``; None without one.
    origin: str | None = None
    #: Of the transcript, BCP 47, as its publisher gave it.
    language: str | None = None
    #: Where the transcript was read from, if from a file.
    url: str | None = None
    #: Why a file that the feed names could not be read, in words.
    error: str | None = None
    #: When a file was last asked for or brought along, seconds since 1970 in UTC.
    fetched: int | None = None
