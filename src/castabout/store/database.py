"""Opening the store, and what can go wrong with it said in the house's own errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from castabout.errors import StoreDamaged, StoreError, StoreLocked
from castabout.store.migrate import migrate

#: Seconds to wait for another program that is writing.
BUSY_SECONDS = 10.0
_ALONE = "castabout_alone"


@dataclass(frozen=True, slots=True)
class Store:
    """The record of truth. The functions of this room take it as their first argument."""

    #: How a person knows it: the path of its file.
    name: str
    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading; raises `StoreError`."""
        with wrapped(self.name), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection inside one transaction; raises `StoreError`."""
        alone = self.engine.execution_options(**{_ALONE: True})
        with wrapped(self.name), alone.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


def open_store(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> Store:
    """The store in the SQLite file ``path``, made or brought up to date where needed.

    Raises `StoreTooNew`, `StoreLocked`, `StoreDamaged` or `StoreError`.
    """
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": busy_seconds})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    with wrapped(str(path)):
        migrate(str(path), engine, engine.execution_options(**{_ALONE: True}))
    return Store(str(path), engine)


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


def _translated(name: str, message: str) -> StoreError:
    if "locked" in message or "busy" in message:
        return StoreLocked(name)
    if "readonly" in message or "unable to open" in message:
        return StoreError(name, f"cannot be written to ({message}); castabout needs to write into its folder")
    if "malformed" in message or "disk I/O" in message:
        return StoreDamaged(name, f"the library's database is damaged ({message})")
    return StoreError(name, message)
