"""Passwords: hashed by Argon2id, and checked in the same time whether there is such a user or not.

https://www.rfc-editor.org/rfc/rfc9106, https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from castabout.errors import LoginsBusy

#: As OWASP recommends: 19 MiB, two passes, one lane; 34 ms on one core. Who logs in gets a new hash once
#: these are raised. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
_HASHER = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
#: Whoever knocks often must fill neither the memory nor all cores.
_AT_ONCE = BoundedSemaphore(2)
_WAIT_SECONDS = 5.0


def hashed(password: str) -> str:
    """The hash of a password, with its salt and its costs. Raises `LoginsBusy`."""
    with _in_turn():
        return _HASHER.hash(_normal(password))


def is_right(password: str, hash: str | None) -> bool:
    """Whether ``hash`` is that of the password; without one as much work is done. Raises `LoginsBusy`."""
    with _in_turn():
        try:
            _HASHER.verify(hash or _nobodys(), _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return hash is not None


def is_outdated(hash: str) -> bool:
    """Whether new passwords are hashed at other costs than this one."""
    return _HASHER.check_needs_rehash(hash)


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


def _normal(password: str) -> bytes:
    # The same password typed on another keyboard; and no lone surrogate may fail.
    return unicodedata.normalize("NFKC", password).encode(errors="replace")


@contextmanager
def _in_turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=_WAIT_SECONDS):
        raise LoginsBusy("logging in")
    try:
        yield
    finally:
        _AT_ONCE.release()
