"""Users, their sessions and tokens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from castabout.model.lists import LOCAL_OWNER
from castabout.model.users import SCOPES, AccessKey, Holder, User
from castabout.store import follows
from castabout.store.database import Store
from castabout.store.schema import access_keys, list_items, lists, metadata, positions, users

_ALL = select(users).order_by(users.c.row)
_FIRST = _ALL.limit(1)
_BY_NAME = select(users).where(users.c.name_key == bindparam("name_key"))
_BY_HASH = (
    select(
        access_keys,
        users.c.id.label("user_id"),
        users.c.name.label("user_name"),
        users.c.created.label("user_created"),
    )
    .join(users, users.c.row == access_keys.c.user_row)
    .where(access_keys.c.hash == bindparam("hash"))
)
_OF_USER = (
    select(access_keys)
    .join(users, users.c.row == access_keys.c.user_row)
    .where(users.c.id == bindparam("id"))
    .order_by(access_keys.c.row)
)
#: Everything that is somebody's says so in a column of this name.
_OWNED = tuple(table for table in metadata.sorted_tables if "owner" in table.c)


def all_users(store: Store) -> tuple[User, ...]:
    """All users, the oldest first."""
    with store.reading() as connection:
        return tuple(_user(row) for row in connection.execute(_ALL))


def first(store: Store) -> User | None:
    """The oldest user, ``None`` if there are none."""
    with store.reading() as connection:
        row = connection.execute(_FIRST).one_or_none()
    return None if row is None else _user(row)


def by_name(store: Store, name_key: str) -> tuple[User, str] | None:
    """The user of this folded name, and the hash of the password."""
    with store.reading() as connection:
        row = connection.execute(_BY_NAME, {"name_key": name_key}).one_or_none()
    return None if row is None else (_user(row), row.password)


def create(store: Store, user: User, name_key: str, password: str, *, as_first: bool) -> bool:
    """Keep a new user; whether that was done: not if the name is taken, or if one is there ``as_first``.

    To the first user goes what the person at the machine had.
    """
    with store.writing() as connection:
        is_first = connection.execute(_FIRST).first() is None
        if as_first and not is_first:
            return False
        if connection.execute(_BY_NAME, {"name_key": name_key}).first() is not None:
            return False
        connection.execute(
            insert(users).values(
                id=user.id,
                name=user.name,
                name_key=name_key,
                password=password,
                created=int(user.created.timestamp()),
            )
        )
        if is_first:
            _hand_over(connection, LOCAL_OWNER, user.id)
    return True


def remove(store: Store, user: User) -> None:
    """Remove a user, all lists and follows; what the last one had goes to the person at the machine."""
    with store.writing() as connection:
        connection.execute(delete(access_keys).where(_is_of(user)))
        connection.execute(delete(users).where(users.c.id == user.id))
        if connection.execute(_FIRST).first() is None:
            _hand_over(connection, user.id, LOCAL_OWNER)
        else:
            theirs = select(lists.c.row).where(lists.c.owner == user.id)
            connection.execute(delete(list_items).where(list_items.c.list_row.in_(theirs)))
            connection.execute(delete(lists).where(lists.c.owner == user.id))
            connection.execute(delete(positions).where(positions.c.owner == user.id))
            follows.remove_all(connection, user.id)


def set_password(store: Store, user: User, password: str, *, keep: int | None = None) -> None:
    """Change the hash of a password, and end all sessions but the one in the row ``keep``."""
    with store.writing() as connection:
        connection.execute(update(users).where(users.c.id == user.id).values(password=password))
        _end_sessions(connection, user, keep)


def rehash(store: Store, user: User, before: str, after: str) -> None:
    """Keep the same password under another hash, unless it was changed meanwhile."""
    same = users.c.id == user.id, users.c.password == before
    with store.writing() as connection:
        connection.execute(update(users).where(*same).values(password=after))


def add_key(
    store: Store,
    user: User,
    hash: str,
    *,
    name: str,
    scopes: str | None,
    now: datetime,
    expires: datetime | None,
) -> bool:
    """Keep a session or token; whether its user is still there. Those that are over are forgotten."""
    at = int(now.timestamp())
    with store.writing() as connection:
        connection.execute(delete(access_keys).where(access_keys.c.expires <= at))
        row = connection.execute(select(users.c.row).where(users.c.id == user.id)).scalar_one_or_none()
        if row is None:
            return False
        connection.execute(
            insert(access_keys).values(
                hash=hash,
                user_row=row,
                name=name,
                scopes=scopes,
                created=at,
                expires=None if expires is None else int(expires.timestamp()),
            )
        )
    return True


def holder(store: Store, hash: str) -> Holder | None:
    """Who holds the key with this hash, whether it is over or not."""
    with store.reading() as connection:
        row = connection.execute(_BY_HASH, {"hash": hash}).one_or_none()
    if row is None:
        return None
    user = User(id=row.user_id, name=row.user_name, created=_time(row.user_created))
    return Holder(user, _key(row))


def keys_of(store: Store, user: User) -> tuple[AccessKey, ...]:
    """All sessions and tokens of a user, the oldest first."""
    with store.reading() as connection:
        return tuple(_key(row) for row in connection.execute(_OF_USER, {"id": user.id}))


def end_key(store: Store, user: User, row: int) -> None:
    """End a session or token, if it is this user's."""
    with store.writing() as connection:
        connection.execute(delete(access_keys).where(access_keys.c.row == row, _is_of(user)))


def end_sessions(store: Store, user: User) -> None:
    """End all sessions of a user; tokens stay."""
    with store.writing() as connection:
        _end_sessions(connection, user, None)


def end_all(store: Store, user: User) -> None:
    """End all sessions and tokens of a user."""
    with store.writing() as connection:
        connection.execute(delete(access_keys).where(_is_of(user)))


def _end_sessions(connection: Connection, user: User, keep: int | None) -> None:
    ended = delete(access_keys).where(_is_of(user), access_keys.c.scopes.is_(None))
    connection.execute(ended if keep is None else ended.where(access_keys.c.row != keep))


def _is_of(user: User) -> Any:
    return access_keys.c.user_row.in_(select(users.c.row).where(users.c.id == user.id))


def _hand_over(connection: Connection, before: str, after: str) -> None:
    for table in _OWNED:
        connection.execute(update(table).where(table.c.owner == before).values(owner=after))


def _user(row: Row[Any]) -> User:
    return User(id=row.id, name=row.name, created=_time(row.created))


def _key(row: Row[Any]) -> AccessKey:
    named = None if row.scopes is None else row.scopes.split()
    return AccessKey(
        row=row.row,
        name=row.name,
        scopes=None if named is None else frozenset(scope for scope in SCOPES if scope in named),
        created=_time(row.created),
        expires=None if row.expires is None else _time(row.expires),
    )


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
