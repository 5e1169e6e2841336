"""The doors of a served library: who may read, how much is asked, the link for the first user."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.exceptions import (
    NotAuthorizedException,
    PermissionDeniedException,
    TooManyRequestsException,
)
from litestar.handlers.base import BaseRouteHandler
from litestar.params import SkipValidation
from litestar.types import Guard

from castabout.config import Environment, Reading
from castabout.engine.castabout import Castabout
from castabout.engine.preferences import Preferences, preferences
from castabout.web.answers import OPEN
from castabout.web.headers import FOR_USERS, OUTSIDE_PICTURES
from castabout.web.origin import FROM_ANYWHERE
from castabout.web.throttle import Pace, Throttle, home_of
from castabout.web.who import Owner, client_address, identify, is_loopback

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
    pace: Pace
    first_run: FirstRun | None = field(default=None, repr=False)
    #: What the environment says of preferences; ``None`` where it says nothing.
    reading: Reading | None = None
    pictures: bool | None = None
    #: All that it says, for whoever runs castabout.
    environment: tuple[Environment, ...] = ()

    def preferences(self, castabout: Castabout) -> Preferences:
        """What is set, by the environment or on the pages. Raises `StoreError`."""
        return preferences(castabout).but(reading=self.reading, pictures=self.pictures)


#: A parameter of handlers.
TheDoors = NamedDependency[SkipValidation[Doors]]


def at_the_doors(castabout: Castabout, doors: Doors) -> Guard:
    """Litestar's guard of the whole application: nobody asks without end, and who may not read does not."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        if not handler.opt.get(FROM_ANYWHERE):
            _keep_pace(connection, doors.pace)
        preferences = doors.preferences(castabout)
        state = connection.scope["state"]
        state[OUTSIDE_PICTURES] = not preferences.pictures
        if preferences.reading == "open" or handler.opt.get(OPEN):
            return
        who = identify(connection, castabout)
        if not isinstance(who, Owner):
            raise NotAuthorizedException("log in to read this")
        if not who.may("read"):
            raise PermissionDeniedException("this token may not read")
        state[FOR_USERS] = True

    return guard


def _keep_pace(connection: ASGIConnection[Any, Any, Any, Any], pace: Pace) -> None:
    address = client_address(connection)
    # From this machine come its owner, and proxies that do not tell for whom.
    if is_loopback(address) or not address:
        return
    if wait := pace.wait(home_of(address)):
        raise TooManyRequestsException(
            f"you ask too much at once; go on in {wait} s", headers={"retry-after": str(wait)}
        )
