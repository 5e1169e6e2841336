"""Opening the store, and what can go wrong with it said in the house's own errors."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from castabout.errors import StoreDamaged, StoreError, StoreLocked, StoreReadOnly
from castabout.store.migrate import is_current, migrate

#: Seconds to wait for another program that is writing.
BUSY_SECONDS = 10.0
_ALONE = "castabout_alone"


@dataclass(frozen=True, slots=True)
class Store:
    """The record of truth. The functions of this room take it as their first argument."""

    #: How a person knows it: the path of its file.
    name: str
    engine: Engine
    #: Why nothing can be written; ``None`` if it can.
    unwritable: str | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading; raises `StoreError`."""
        with wrapped(self.name), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection inside one transaction; raises `StoreError`."""
        self.check_writable()
        alone = self.engine.execution_options(**{_ALONE: True})
        with wrapped(self.name), alone.begin() as connection:
            yield connection

    def check_writable(self) -> None:
        """Raises `StoreReadOnly` if nothing can be written."""
        if self.unwritable:
            raise StoreReadOnly(self.name, f"can be read, but not written to: {self.unwritable}")

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


def open_store(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> Store:
    """The store in the SQLite file ``path``, made or brought up to date where needed.

    Where nothing can be written it is opened for reading. What is made is for
    its owner alone, since feeds may have passwords. Raises `StoreTooNew`,
    `StoreLocked`, `StoreReadOnly`, `StoreDamaged` or `StoreError`.
    """
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return _open_for_reading(path, "nothing can be written into its folder")
    with suppress(OSError):
        _make(path)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": busy_seconds})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    try:
        with wrapped(str(path)):
            migrate(str(path), engine, engine.execution_options(**{_ALONE: True}))
    except StoreError as error:
        engine.dispose()
        if not (path.stat().st_size and _is_full(error.__cause__)):
            raise
        return _open_for_reading(path, "the disk is full")
    return Store(str(path), engine)


def _make(path: Path) -> None:
    """Make the file, for its owner alone whatever the umask is; SQLite makes those beside it alike.

    https://www.sqlite.org/tempfiles.html
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    path.chmod(0o600)


def _open_for_reading(path: Path, why: str) -> Store:
    # Where nobody can write, nobody does meanwhile. But where changes are still beside the file, its owner may.
    # https://www.sqlite.org/wal.html#read_only_databases
    beside = path.with_name(f"{path.name}-wal")
    is_whole = not (beside.exists() and beside.stat().st_size)
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_whole else ''}"
    engine = create_engine(
        f"sqlite:///{path}", creator=partial(sqlite3.connect, uri, uri=True, check_same_thread=False)
    )
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "connect", _on_connect_for_reading)
    with wrapped(str(path)):
        if not is_current(str(path), engine):
            raise StoreReadOnly(
                str(path), "an older castabout made it, and it cannot be brought up to date here"
            )
    return Store(str(path), engine, unwritable=why)


def _on_connect_for_reading(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are begun by _on_begin: the driver would begin them too late to be alone.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    # Safe with WAL: a loss of power may lose the last transactions, never the database.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA cache_size = -16000")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # Who means to write says so at once and waits its turn; one who reads first and then wants to write
    # would be turned away without waiting. https://www.sqlite.org/lang_transaction.html
    is_alone = connection.get_execution_options().get(_ALONE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_alone else "BEGIN")


@contextmanager
def wrapped(name: str) -> Iterator[None]:
    """Turn the database's errors that a person can do something about into `StoreError`."""
    try:
        yield
    except OperationalError as error:
        raise _translated(name, str(error.orig)) from error
    except DatabaseError as error:
        if "malformed" in str(error.orig) or "not a database" in str(error.orig):
            raise StoreDamaged(name, f"the library's database is damaged ({error.orig})") from error
        raise


def _is_full(error: BaseException | None) -> bool:
    """Whether there is no room for the files that SQLite needs beside its own, even to read."""
    name = getattr(getattr(error, "orig", None), "sqlite_errorname", "")
    return name in ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMOPEN", "SQLITE_IOERR_SHMSIZE")


def _translated(name: str, message: str) -> StoreError:
    if "locked" in message or "busy" in message:
        return StoreLocked(name)
    if "readonly" in message or "unable to open" in message:
        return StoreError(name, f"cannot be written to ({message}); castabout needs to write into its folder")
    if "is full" in message:
        return StoreError(name, f"cannot be written to ({message})")
    if "malformed" in message or "disk I/O" in message:
        return StoreDamaged(name, f"the library's database is damaged ({message})")
    return StoreError(name, message)
