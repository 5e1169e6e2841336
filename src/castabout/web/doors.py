"""The doors of a served library: who may read, how often a password is tried, the link for the first user."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler
from litestar.params import SkipValidation
from litestar.types import Guard

from castabout.engine.castabout import Castabout
from castabout.web.answers import OPEN
from castabout.web.headers import FOR_USERS
from castabout.web.throttle import Throttle
from castabout.web.who import Owner, identify

FIRST_RUN_LASTS = timedelta(hours=1)
_KEY_BYTES = 32


class FirstRun:
    """A link that makes the first user: it works once, and for an hour."""

    def __init__(self, now: datetime) -> None:
        self.key = secrets.token_urlsafe(_KEY_BYTES)
        self.until = now + FIRST_RUN_LASTS
        self._is_used = False

    def opens(self, key: str, now: datetime) -> bool:
        """Whether ``key`` is that of the link, and the link still works; in the same time for any key."""
        ours, theirs = (sha256(text.encode(errors="replace")).digest() for text in (self.key, key))
        return hmac.compare_digest(ours, theirs) and not self._is_used and now < self.until

    def use(self) -> None:
        """Let the link open nothing any more."""
        self._is_used = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """How a library is served."""

    throttle: Throttle
    #: Only users may read.
    is_private: bool = False
    #: Where everybody reaches the pages, if they do.
    public_url: str | None = None
    first_run: FirstRun | None = field(default=None, repr=False)


#: A parameter of handlers.
TheDoors = NamedDependency[SkipValidation[Doors]]


def users_alone(castabout: Castabout) -> Guard:
    """Litestar's guard of the whole application where reading is private."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        if handler.opt.get(OPEN):
            return
        who = identify(connection, castabout)
        if not isinstance(who, Owner):
            raise NotAuthorizedException("log in to read this")
        if not who.may("read"):
            raise PermissionDeniedException("this token may not read")
        connection.scope["state"][FOR_USERS] = True

    return guard
