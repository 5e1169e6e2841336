"""Fetching the transcripts and chapters that feeds name, for commands that have read feeds."""

from __future__ import annotations

import time
from dataclasses import dataclass

from castabout.cli.app import complain
from castabout.cli.library import progress, stderr
from castabout.cli.started import as_started
from castabout.engine.castabout import Castabout
from castabout.engine.transcripts import due, fetch_files

#: Files that could not be read are told one by one up to this many; all are counted.
_SHOWN_FAILED = 5
#: Where there is no terminal, seconds between two lines that tell how far it is.
_TOLD_S = 60.0


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
        parts = [f"{self.read:,} read"] if self.read else []
        if self.failed:
            parts.append(
                as_started(f"{self.failed:,} could not be read (`castabout check --files` shows why)")
            )
        if self.waiting:
            parts.append(as_started(f"{self.waiting:,} left to the next `castabout update`"))
        return ", ".join(parts)


def fetch_named_files(
    castabout: Castabout, *, limit: int, since: int = 0, for_s: float | None = None
) -> FileTally:
    """Fetch at most ``limit`` files that are due, for at most ``for_s`` seconds, and tell how far it is.

    ``since`` is as for `castabout.engine.transcripts.due`.
    """
    tally = FileTally()
    total = min(due(castabout, since=since), limit)
    if not total:
        return tally
    told = time.monotonic()
    what = as_started("Fetching transcripts (Ctrl-C is fine: the rest comes with `castabout update`)")
    with progress(what, total) as advance:
        for result in fetch_files(castabout, limit=limit, since=since, for_s=for_s):
            advance(1)
            tally.read += result.is_news
            if result.error:
                tally.failed += 1
                if tally.failed <= _SHOWN_FAILED:
                    complain(f"note: {result.error}")
            now = time.monotonic()
            if not stderr.is_terminal and now >= told + _TOLD_S:
                told = now
                complain(f"transcripts and chapters: {tally.read + tally.failed:,} of {total:,} fetched")
    tally.waiting = due(castabout, since=since)
    return tally
