"""Who may log in, and what proves who somebody is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

#: What a token of a program may be allowed: to read what is not open to all; to see and change lists.
Scope: TypeAlias = Literal["read", "lists"]
SCOPES: tuple[Scope, ...] = ("read", "lists")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may log in."""

    #: What is theirs says it by this; it never changes and is never given again.
    id: str
    name: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessKey:
    """A session of a browser, or a token of a program; the key itself is kept nowhere."""

    #: By which it is ended.
    row: int
    #: What the browser calls itself; what the user calls the token.
    name: str
    #: ``None`` for a session, which may do everything.
    scopes: frozenset[Scope] | None
    created: datetime
    #: ``None``: until it is ended.
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a key."""

    user: User
    key: AccessKey
