"""Reading the public dump of the Podcast Index: one SQLite table, ``podcasts``.

https://public.podcastindex.org/podcastindex_feeds.db.tgz

Its file is an outsider's: it is opened for reading only, nothing in it is
run, and what its columns hold is not trusted to be what they say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
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
#: The number before any that a row can have.
_FIRST = -(1 << 63)
_DAMAGED = "the file is damaged; what stands before that was read"
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
    """Its rows, ``batch`` at a time, each time with the number of the last one. Raises `SourceError`."""
    with closing(_opened(path)) as connection:
        statement = _statement(_columns(connection, path), wanted)
        after = _FIRST
        while True:
            found: list[Row] = []
            damage: SourceError | None = None
            try:
                _read(connection, statement, after, batch, found)
            except sqlite3.DatabaseError as error:
                damage = SourceError(str(path), f"{_DAMAGED} ({error})")
            if found:
                after = found[-1][0]
                yield after, [row[1:] for row in found]
            if damage:
                raise damage
            if not found:
                return


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
        f"SELECT rowid, {', '.join(values)}, {is_wanted} FROM podcasts "  # noqa: S608 - names of ours, numbers
        "WHERE rowid > ? ORDER BY rowid LIMIT ?"
    )


def _read(connection: sqlite3.Connection, statement: str, after: int, limit: int, found: list[Row]) -> None:
    """Put the rows behind ``after`` into ``found``; of a damaged file those before the damage."""
    connection.text_factory = str
    try:
        found.extend(connection.execute(statement, (after, limit)))
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
        # Some text is not UTF-8: read once more, more slowly.
        found.clear()
        connection.text_factory = _lenient
        found.extend(connection.execute(statement, (after, limit)))


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")
