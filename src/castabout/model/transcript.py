"""What is said in an episode, and its chapters, as values."""

from __future__ import annotations

from dataclasses import dataclass

from castabout.model.feed import Problem


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
