"""Users, their passwords, sessions and tokens."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from castabout.engine.castabout import Castabout
from castabout.engine.passwords import hashed, is_outdated, is_right
from castabout.errors import NoSuchUser, UserRefused
from castabout.model.lists import LOCAL_OWNER
from castabout.model.users import SCOPES, AccessKey, Holder, User
from castabout.store import users

NAME_CHARACTERS = 60
LEAST_CHARACTERS = 10
MOST_CHARACTERS = 1_000
#: Of a session; then one has to log in anew.
SESSION_DAYS = 90
MOST_TOKENS = 100
_LEAST_DIFFERENT = 4
_KEY_BYTES = 32
#: So that tokens are known as such wherever they are found.
_TOKEN = "castabout_"  # noqa: S105 - what every token begins with


@dataclass(frozen=True, slots=True)
class Keys:
    """What a user may come in with, each the oldest first."""

    sessions: tuple[AccessKey, ...]
    tokens: tuple[AccessKey, ...]


def all_users(castabout: Castabout) -> tuple[User, ...]:
    """All users, the oldest first. Raises `StoreError`."""
    return users.all_users(castabout.store)


def has_users(castabout: Castabout) -> bool:
    """Whether anybody may log in. Raises `StoreError`."""
    return users.first(castabout.store) is not None


def user_named(castabout: Castabout, name: str) -> User:
    """The user of this name, in whatever case. Raises `NoSuchUser`."""
    found = users.by_name(castabout.store, _folded(name))
    if found is None:
        raise NoSuchUser(name)
    return found[0]


def user_of(castabout: Castabout, id: str) -> User:
    """The user with this id. Raises `NoSuchUser`."""
    for user in users.all_users(castabout.store):
        if user.id == id:
            return user
    raise NoSuchUser("a user")


def owner_at_the_machine(castabout: Castabout, name: str | None = None) -> str:
    """Whose lists a command means: the named user's, else the first one's. Raises `NoSuchUser`."""
    if name is not None:
        return user_named(castabout, name).id
    first = users.first(castabout.store)
    return first.id if first else LOCAL_OWNER


def add_user(castabout: Castabout, name: str, password: str, *, as_first: bool = False) -> User:
    """A new user; the first one gets the lists of the person at the machine. Raises `UserRefused`.

    With ``as_first`` only if there are no users yet.
    """
    name = _usable_name(name)
    _check_password(name, password)
    user = User(id=f"user-{secrets.token_hex(8)}", name=name, created=castabout.clock())
    if not users.create(castabout.store, user, _folded(name), hashed(password), as_first=as_first):
        raise UserRefused(name, "somebody has made a login meanwhile" if as_first else "the name is taken")
    return user


def remove_user(castabout: Castabout, name: str) -> User:
    """Remove a user, with all sessions, tokens and lists. Raises `NoSuchUser`."""
    user = user_named(castabout, name)
    users.remove(castabout.store, user)
    return user


def set_password(castabout: Castabout, user: User, password: str, *, keep: AccessKey | None = None) -> None:
    """Change a password; all sessions but ``keep`` end. Raises `UserRefused`."""
    _check_password(user.name, password)
    users.set_password(castabout.store, user, hashed(password), keep=keep.row if keep else None)


def user_with(castabout: Castabout, name: str, password: str) -> User | None:
    """The user of this name and password; ``None`` for any other, after the same time."""
    found = users.by_name(castabout.store, _folded(name[:MOST_CHARACTERS]))
    hash = found[1] if found else None
    if not is_right(password[: MOST_CHARACTERS + 1], hash) or found is None or hash is None:
        return None
    if is_outdated(hash):
        users.rehash(castabout.store, found[0], hash, hashed(password))
    return found[0]


def start_session(castabout: Castabout, user: User, device: str) -> str:
    """A new session: its key, which only the browser keeps. Raises `NoSuchUser`."""
    now = castabout.clock()
    key = secrets.token_urlsafe(_KEY_BYTES)
    expires = now + timedelta(days=SESSION_DAYS)
    name = _printable(device, 200) or "an unknown program"
    if not users.add_key(castabout.store, user, _hash(key), name=name, scopes=None, now=now, expires=expires):
        raise NoSuchUser(user.name)
    return key


def make_token(castabout: Castabout, user: User, name: str, scopes: Iterable[str]) -> str:
    """A new token for a program: it is told this once. Raises `UserRefused` and `NoSuchUser`."""
    name = _printable(name, NAME_CHARACTERS)
    named = [scope for scope in SCOPES if scope in set(scopes)]
    if not name:
        raise UserRefused("a token", "needs a name")
    if not named:
        raise UserRefused(name, "a token has to be allowed something")
    if len(keys_of(castabout, user).tokens) >= MOST_TOKENS:
        raise UserRefused(name, f"there are {MOST_TOKENS} tokens, which is the most")
    token = _TOKEN + secrets.token_urlsafe(_KEY_BYTES)
    if not users.add_key(
        castabout.store,
        user,
        _hash(token),
        name=name,
        scopes=" ".join(named),
        now=castabout.clock(),
        expires=None,
    ):
        raise NoSuchUser(user.name)
    return token


def holder(castabout: Castabout, key: str) -> Holder | None:
    """Who comes with this key, unless it is over or none of ours.

    It is found by its hash: the time that takes says nothing about keys that there are.
    """
    found = users.holder(castabout.store, _hash(key))
    if found is None or (found.key.expires is not None and found.key.expires <= castabout.clock()):
        return None
    return found


def keys_of(castabout: Castabout, user: User) -> Keys:
    """The sessions and tokens of a user that are not over."""
    now = castabout.clock()
    found = [key for key in users.keys_of(castabout.store, user) if key.expires is None or key.expires > now]
    return Keys(
        sessions=tuple(key for key in found if key.scopes is None),
        tokens=tuple(key for key in found if key.scopes is not None),
    )


def end_key(castabout: Castabout, user: User, row: int) -> None:
    """End a session or a token of this user; of anybody else nothing ends."""
    users.end_key(castabout.store, user, row)


def end_sessions(castabout: Castabout, user: User) -> None:
    """Log a user out everywhere; tokens stay."""
    users.end_sessions(castabout.store, user)


def end_all(castabout: Castabout, user: User) -> None:
    """Log a user out everywhere, and revoke all tokens."""
    users.end_all(castabout.store, user)


def _usable_name(name: str) -> str:
    clean = " ".join(unicodedata.normalize("NFKC", name).split())
    if not clean or not clean.isprintable() or len(clean) > NAME_CHARACTERS:
        raise UserRefused("a user", f"a name has 1 to {NAME_CHARACTERS} printable characters")
    return clean


def _check_password(name: str, password: str) -> None:
    if not LEAST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise UserRefused("a password", f"has {LEAST_CHARACTERS} to {MOST_CHARACTERS:,} characters")
    if len(set(password)) < _LEAST_DIFFERENT or _folded(password) == _folded(name):
        raise UserRefused("a password", "this one is too easy to guess")


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def _printable(text: str, characters: int) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:characters]


def _hash(key: str) -> str:
    return sha256(key.encode(errors="replace")).hexdigest()
