"""The part of ``castabout add`` that takes in the dump of a directory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from castabout.cli.app import WrongUsage
from castabout.cli.library import index_what_waits, stderr, writing
from castabout.config import Settings
from castabout.engine.castabout import Castabout
from castabout.engine.dump import rows_in, take_in
from castabout.errors import SourceError, one_line
from castabout.fetch.dump import is_database, unpacked
from castabout.model.dump import NOTHING, DumpCounts, Wanted
from castabout.parse.fields import parse_language
from castabout.text.language import primary_language
from castabout.text.numbers import count_words

_DATE = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DumpResult:
    """What became of one dump."""

    source: str
    counts: DumpCounts = NOTHING
    error: SourceError | None = None

    @property
    def words(self) -> str:
        """The same in words, on one line."""
        counts = self.counts
        left_out = [
            f"{number:,} {why}"
            for number, why in (
                (counts.known, "here already or there twice"),
                (counts.dead, "dead"),
                (counts.unwanted, "not asked for"),
                (counts.unusable, "without a usable address or title"),
            )
            if number
        ]
        added = f"{one_line(self.source)}: {count_words(counts.added, 'podcast')} added"
        return f"{added}; left out: {', '.join(left_out)}" if left_out else added

    @property
    def json(self) -> dict[str, object]:
        """The same for `castabout add --json`."""
        error = str(self.error) if self.error else None
        return {"source": self.source, **asdict(self.counts), "error": error}


def is_dump(source: str) -> bool:
    """Whether ``source`` is a file with a database in it, which no feed is."""
    try:
        return is_database(Path(source))
    except ValueError:  # no name of a file
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpOptions:
    """Which podcasts of a dump are wanted, as the command line says it.

    Parameters
    ----------
    language
        Of a dump, podcasts in this language only (`en`); give it again for more.
    category
        Of a dump, podcasts of this category only; give it again for more.
    min_popularity
        Of a dump, podcasts of at least this popularity, as the dump counts it.
    min_episodes
        Of a dump, podcasts with at least so many episodes.
    newer_than
        Of a dump, podcasts whose newest episode is of this day or later (2024-01-31, 2024-01, 2024).
    """

    language: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    min_popularity: int | None = None
    min_episodes: int | None = None
    newer_than: str | None = None

    @property
    def wanted(self) -> Wanted:
        """What they ask for. Raises `WrongUsage`."""
        languages = []
        for name in self.language:
            known = primary_language(parse_language(name))
            if known is None:
                raise WrongUsage(f"--language {one_line(name)}: no language; write it as en or de")
            languages.append(known)
        return Wanted(
            languages=tuple(languages),
            categories=self.category,
            popularity=self.min_popularity,
            episodes=self.min_episodes,
            newer_than=_date(self.newer_than) if self.newer_than else None,
        )


def take_in_dump(castabout: Castabout, settings: Settings, source: str, wanted: Wanted) -> DumpResult:
    """Take in the dump in the file ``source``, with a progress bar."""
    try:
        with (
            writing(castabout),
            _bar("Unpacking", None) as unpacking,
            unpacked(
                Path(source),
                settings.home,
                limit_bytes=settings.dump_limit_gb * 1_000_000_000,
                progress=unpacking,
            ) as database,
        ):
            # What the index lacks now it would lack for good: it is told of new podcasts only.
            index_what_waits(castabout)
            with _bar("Reading podcasts", rows_in(database)) as progress:
                return DumpResult(source, take_in(castabout, database, wanted, progress=progress))
    except SourceError as error:
        return DumpResult(source, error=type(error)(source, error.cause))


@contextmanager
def _bar(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(show_speed=True),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda more: bar.update(task, advance=more)


def _date(text: str) -> datetime:
    found = _DATE.fullmatch(text.strip())
    try:
        if found:
            return datetime(int(found[1]), int(found[2] or 1), int(found[3] or 1), tzinfo=UTC)
    except ValueError:
        pass
    raise WrongUsage(f"--newer-than {one_line(text)}: no date; write it as 2024-01-31, 2024-01 or 2024")
