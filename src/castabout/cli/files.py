"""Fetching the transcripts and chapters that feeds name, for commands that have read feeds."""

from __future__ import annotations

from dataclasses import dataclass

from castabout.cli.library import progress
from castabout.engine.castabout import Castabout
from castabout.engine.transcripts import due, fetch_files
from castabout.text.numbers import count_words


@dataclass(slots=True)
class FileTally:
    """What became of the files."""

    read: int = 0
    failed: int = 0
    #: Those that are left to the next time.
    waiting: int = 0

    @property
    def json(self) -> dict[str, int]:
        """The same, for programs."""
        return {"read": self.read, "failed": self.failed, "waiting": self.waiting}

    def __str__(self) -> str:
        """Nothing where there was nothing to do."""
        parts = [f"{count_words(self.read, 'file')} with transcripts or chapters read"] if self.read else []
        if self.failed:
            parts.append(f"{count_words(self.failed, 'file')} could not be read")
        if self.waiting:
            parts.append(f"{count_words(self.waiting, 'file')} left to the next `castabout update`")
        return ", ".join(parts)


def fetch_named_files(castabout: Castabout, *, limit: int) -> FileTally:
    """Fetch at most ``limit`` files that are due, with a progress bar."""
    tally = FileTally()
    total = min(due(castabout), limit)
    if not total:
        return tally
    with progress("Fetching transcripts", total) as advance:
        for result in fetch_files(castabout, limit=limit):
            advance(1)
            tally.read += result.is_news
            tally.failed += result.error is not None
    tally.waiting = due(castabout)
    return tally
