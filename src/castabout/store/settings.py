"""What is set in the library itself, by name."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from castabout.store.database import Store
from castabout.store.schema import settings

_ALL = select(settings.c.name, settings.c.value)


def all_settings(store: Store) -> dict[str, str]:
    """All that is set."""
    with store.reading() as connection:
        return _all(connection)


def write_setting(store: Store, name: str, value: str) -> None:
    """Set one, in place of what it was."""
    with store.writing() as connection:
        connection.execute(delete(settings).where(settings.c.name == name))
        connection.execute(insert(settings).values(name=name, value=value))


def made_once(store: Store, name: str, value: str) -> str:
    """What ``name`` has; ``value``, which is kept, if it has nothing yet."""
    with store.writing() as connection:
        found = _all(connection).get(name)
        if found is None:
            connection.execute(insert(settings).values(name=name, value=value))
    return value if found is None else found


def _all(connection: Connection) -> dict[str, str]:
    return {row.name: row.value for row in connection.execute(_ALL)}
