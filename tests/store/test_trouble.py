"""A store that is locked, damaged or from the future says so in a sentence."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from castabout.errors import StoreDamaged, StoreError, StoreLocked, StoreReadOnly, StoreTooNew
from castabout.store import changes, episodes, inventory, migrate, podcasts
from castabout.store.database import Store, open_store
from castabout.store.follow_schema import follows
from castabout.store.schema import metadata

READS: list[Callable[[Store], object]] = [
    lambda store: podcasts.known(store, "x"),
    lambda store: podcasts.by_id(store, "x"),
    lambda store: podcasts.by_rows(store, [1]),
    lambda store: podcasts.by_addresses(store, ["x"]),
    lambda store: podcasts.by_guid(store, "x"),
    lambda store: podcasts.by_title(store, "x"),
    lambda store: episodes.by_id(store, "x"),
    lambda store: episodes.by_rows(store, [1]),
    lambda store: episodes.newest(store),
    lambda store: list(episodes.of_podcast(store, 1)),
    lambda store: changes.take(store, 1),
    changes.waiting,
    inventory.counts,
    inventory.rows,
]


def test_locked(path: Path) -> None:
    open_store(path).close()
    store = open_store(path, busy_seconds=0.01)
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked) as caught:
        changes.queue_everything(store)
    assert str(path) in str(caught.value)
    assert "try again" in caught.value.for_people
    other.rollback()
    other.close()
    changes.queue_everything(store)
    store.close()


@pytest.mark.parametrize("read", READS)
def test_damaged(path: Path, read: Callable[[Store], object]) -> None:
    store = open_store(path)
    store.close()
    blank = path.read_bytes()
    # The header stays: the damage shows only when tables are read.
    path.write_bytes(blank[:100] + b"\xa5" * (len(blank) - 100))
    with pytest.raises(StoreError):
        read(Store(str(path), store.engine))
    store.close()


def test_not_a_database(path: Path) -> None:
    path.write_bytes(b"This is a shopping list.\n" * 100)
    with pytest.raises(StoreDamaged):
        open_store(path)


def test_made_by_a_newer_version(path: Path) -> None:
    store = open_store(path)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(StoreTooNew) as caught:
        open_store(path)
    assert "update castabout" in caught.value.for_people


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        open_store(tmp_path)


def test_migrations_end_where_the_code_says() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == migrate.HEAD
    assert {script.revision for script in scripts.walk_revisions()} == migrate._KNOWN


def test_migrated_tables_are_those_of_the_schema(store: Store, tmp_path: Path) -> None:
    fresh = open_store(tmp_path / "fresh.db")
    assert follows.name in metadata.tables
    with fresh.writing() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)

    def tables(store: Store) -> object:
        seen = inspect(store.engine)
        return {
            name: (
                [
                    (column["name"], str(column["type"]), column["nullable"])
                    for column in seen.get_columns(name)
                ],
                sorted(str(index["name"]) for index in seen.get_indexes(name)),
                [key["constrained_columns"] for key in seen.get_foreign_keys(name)],
                [key["column_names"] for key in seen.get_unique_constraints(name)],
            )
            for name in metadata.tables
        }

    assert tables(store) == tables(fresh)
    fresh.close()


def test_a_disk_without_room_is_read(tmp_path: Path) -> None:
    """SQLite says so where it makes the files that it needs beside its own."""
    path = tmp_path / "library.db"
    open_store(path).close()
    limited = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))"
    opened = f"store = open_store(Path({str(path)!r})); print(inventory.counts(store), store.unwritable)"
    imports = (
        "from pathlib import Path; from castabout.store import inventory;"
        " from castabout.store.database import open_store"
    )
    command = [sys.executable, "-c", "; ".join((limited, imports, limit, opened))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) the disk is full\n"


def test_where_nothing_can_be_written_nothing_is(path: Path) -> None:
    store = open_store(path)
    unwritable = replace(store, unwritable="the disk is full")
    said = "can be read, but not written to: the disk is full"
    with pytest.raises(StoreReadOnly, match=said), unwritable.writing():
        pass
    store.close()
