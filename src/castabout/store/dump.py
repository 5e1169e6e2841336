"""Reading the public dump of the Podcast Index: one SQLite table, ``podcasts``.

https://public.podcastindex.org/podcastindex_feeds.db.tgz

Its file is an outsider's: it is opened for reading only, nothing in it is
run, and what its columns hold is not trusted to be what they say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from castabout.errors import SourceError
from castabout.model.dump import Wanted

#: A row: the values of `COLUMNS`, texts of any kind or bytes or None; behind them 1 if its numbers are as wanted.
Row: TypeAlias = tuple[Any, ...]

_CATEGORIES = tuple(f"category{number}" for number in range(1, 11))
#: What is read of each row, in this order.
COLUMNS = (
    *("url", "title", "link", "dead", "itunesAuthor", "itunesOwnerName", "explicit", "imageUrl", "language"),
    *("popularityScore", "podcastGuid", "description"),
    *_CATEGORIES,
)
_NUMBERS = frozenset({"dead", "explicit", "popularityScore"})
_NEEDED = frozenset({"url", "title", "podcastGuid"})
#: Texts beyond this are cut.
_CHARACTERS = 10_000
#: The number before any that a row can have, and the last of those.
_FIRST, _LAST = -(1 << 63), (1 << 63) - 1
#: Rows that are sorted at a time, in some 500 MB of temporary files.
_STRETCH = 500_000
#: The sign keeps an index of addresses out of it, through which all rows would be visited for a few.
_BY_ADDRESS = "ORDER BY +url, rowid"
_VALUE_BYTES = 10_000_000
_NO_DUMP = "a SQLite database, but no dump of the Podcast Index"


def last_row(path: Path) -> int:
    """The number of the last row: about how many there are. Raises `SourceError`."""
    with closing(_opened(path)) as connection:
        try:
            _columns(connection, path)
            found = connection.execute("SELECT max(rowid) FROM podcasts").fetchone()[0]
        except sqlite3.Error as error:
            raise SourceError(str(path), f"{_NO_DUMP} ({error})") from error
    return found if isinstance(found, int) else 0


def rows(path: Path, wanted: Wanted, *, batch: int) -> Iterator[tuple[int, list[Row]]]:
    """Its rows, ``batch`` at a time, each time with about how many there were so far. Raises `SourceError`.

    Of each stretch of the file they come in the order of their addresses: who
    keeps them in that order turns fewer pages.
    """
    with closing(_opened(path)) as connection:
        statement = _statement(_columns(connection, path), wanted)
        damage: sqlite3.DatabaseError | None = None
        after = _FIRST
        try:
            while (first := _row_behind(connection, after)) is not None:
                after = min(first + _STRETCH - 1, _LAST)
                so_far = max(first - 1, 0)
                stretch = _Stretch(connection, statement, (first, after), batch)
                for found in stretch.read():
                    so_far += len(found)
                    yield so_far, found
                damage = damage or stretch.damage
        except sqlite3.DatabaseError as error:
            damage = damage or error
        if damage:
            raise SourceError(str(path), f"the file is damaged; what could be read of it was ({damage})")


class _Stretch:
    """Rows between two numbers."""

    def __init__(
        self, connection: sqlite3.Connection, statement: str, bounds: tuple[int, int], batch: int
    ) -> None:
        self._connection = connection
        self._statement = statement
        self._bounds = bounds
        self._batch = batch
        self.damage: sqlite3.DatabaseError | None = None

    def read(self) -> Iterator[list[Row]]:
        """The rows in the order of their addresses; where they cannot be sorted, in that of the file."""
        done = 0
        try:
            for text_factory in (str, _lenient):
                self._connection.text_factory = text_factory
                cursor = self._connection.execute(f"{self._statement} {_BY_ADDRESS}", self._bounds)
                try:
                    for _ in islice(cursor, done):
                        pass
                    while found := cursor.fetchmany(self._batch):
                        done += len(found)
                        yield found
                    return
                except sqlite3.OperationalError as error:
                    # Some text is not UTF-8: the rest is read once more, more slowly.
                    if "decode" not in str(error):
                        raise
        except sqlite3.DatabaseError:
            # Damage, or no room for sorting; it shows before the first row.
            yield from self._read_unsorted()

    def _read_unsorted(self) -> Iterator[list[Row]]:
        self._connection.text_factory = _lenient
        found: list[Row] = []
        try:
            for row in self._connection.execute(self._statement, self._bounds):
                found.append(row)
                if len(found) == self._batch:
                    yield found
                    found = []
        except sqlite3.DatabaseError as error:
            self.damage = error
        if found:
            yield found


def _row_behind(connection: sqlite3.Connection, after: int) -> int | None:
    number: int | None = connection.execute(
        "SELECT min(rowid) FROM podcasts WHERE rowid > ?", (after,)
    ).fetchone()[0]
    return number


def _opened(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise SourceError(str(path), f"cannot be read ({error})") from error
    # https://www.sqlite.org/security.html
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _VALUE_BYTES)
    return connection


def _columns(connection: sqlite3.Connection, path: Path) -> frozenset[str]:
    try:
        kind = connection.execute("SELECT type FROM sqlite_master WHERE name = 'podcasts'").fetchone()
        named = connection.execute("PRAGMA table_info(podcasts)").fetchall()
    except sqlite3.Error as error:
        raise SourceError(str(path), f"a damaged database ({error})") from error
    columns = frozenset(column[1] for column in named)
    if kind != ("table",) or not columns >= _NEEDED:
        raise SourceError(str(path), _NO_DUMP)
    return columns


def _statement(present: frozenset[str], wanted: Wanted) -> str:
    """Numbers are compared here, where that costs next to nothing; words are for the reader."""
    newest = None if wanted.newer_than is None else int(wanted.newer_than.timestamp())
    conditions = [
        f"coalesce(CAST({column} AS INTEGER), 0) >= {bound:d}" if column in present else "0"
        for column, bound in (
            ("popularityScore", wanted.popularity),
            ("newestItemPubdate", newest),
            ("episodeCount", wanted.episodes),
        )
        if bound is not None
    ]
    values = [
        "NULL"
        if column not in present
        else f"CAST({column} AS INTEGER)"
        if column in _NUMBERS
        # A text without end is nobody's title. What is no text but bytes stays so.
        else f"substr({column}, 1, {_CHARACTERS})"
        for column in COLUMNS
    ]
    is_wanted = " AND ".join(conditions) or "1"
    return (
        f"SELECT {', '.join(values)}, {is_wanted} FROM podcasts "  # noqa: S608 - names of ours, numbers
        "WHERE rowid BETWEEN ? AND ?"
    )


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")
