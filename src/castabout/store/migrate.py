"""Bringing a store to the newest form of its tables, with Alembic's numbered migrations."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect, text

from castabout.errors import StoreTooNew

#: The newest migration in ``migrations/versions``; a test says when this is stale.
HEAD = "0013"
_MIGRATIONS = Path(__file__).parent / "migrations"
_KNOWN = frozenset(
    {"0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", HEAD}
)


def migrate(name: str, engine: Engine, alone: Engine) -> None:
    """Make the tables of an empty store, or bring older ones up to date.

    ``alone`` is the same engine, for transactions that mean to write.
    Raises `StoreTooNew` if the store was made by a version that is not known here.
    """
    if is_current(name, engine):
        return
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with alone.begin() as connection:
        # Another process may have done it since.
        if _version(connection) != HEAD:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def is_current(name: str, engine: Engine) -> bool:
    """Whether the store has the newest tables. Raises `StoreTooNew`."""
    with engine.connect() as connection:
        found = _version(connection)
    if found is not None and found not in _KNOWN:
        raise StoreTooNew(name)
    return found == HEAD


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
