"""Files beside episodes, transcripts and chapters, as things to be fetched. Times are seconds since 1970."""

from __future__ import annotations

from dataclasses import dataclass, field

from castabout.model.feed import Episode
from castabout.model.transcript import Spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFile:
    """A transcript (``origin`` is ``feed``) or a file of ``chapters`` that is to be fetched."""

    #: Of the episode.
    row: int
    origin: str
    #: Tells whether the feed meanwhile names others.
    entry: bytes
    episode: Episode
    #: Of its podcast: the address, and the language that it says it is in.
    source: str
    language: str | None
    #: Which file was read last, and its validators; ``etag`` and ``last_modified`` are of ``url``.
    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    #: Until then nobody else takes it.
    taken_until: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """What became of a `DueFile`."""

    file: DueFile
    #: When it was asked for; None: it was not, and is only put off until ``due``.
    fetched: int | None = None
    #: What was read; None: as before.
    spoken: Spoken | None = None
    #: The bytes it was read from.
    raw: bytes | None = field(default=None, repr=False)
    #: Of the file that was read: see `DueFile`; its type as its publisher says it.
    url: str | None = None
    type: str | None = None
    language: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    #: Why nothing could be read, or what is wrong with what was; in words.
    error: str | None = None
    #: When it is asked for again; None: not until the feed names another file.
    due: int | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file as it was when it was read, and what was read in it."""

    #: Of the episode.
    row: int
    origin: str
    raw: bytes = field(repr=False)
    spoken: Spoken
    url: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenCounts:
    """How many episodes have what."""

    #: Episodes with a transcript.
    transcripts: int = 0
    #: Files that wait to be fetched for the first time.
    waiting: int = 0
    #: Files that could not be read; ``retried`` of them are tried again.
    failed: int = 0
    retried: int = 0
    #: Files that were read, though something is wrong with them.
    faulty: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyFile:
    """A file that could not be read, or with which something is wrong."""

    #: Of the episode, and where the file is named: see `DueFile`.
    row: int
    origin: str
    #: In words, with its address if it could not be read.
    error: str
    #: It was read all the same.
    is_read: bool
    #: When it is asked for again; None: not until the feed names another file.
    due: int | None
