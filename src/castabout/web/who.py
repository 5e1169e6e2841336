"""Who is asking: the one place that tells those who have something here from everybody else.

A browser says it by the cookie of its session, a program by its token (``Authorization: Bearer``). As long
as there are no users, the owner is the person at the machine: a browser or program on it that asks under one
of the machine's own names. Everybody else may read what is open to all, and change nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.params import SkipValidation

from castabout.engine import users
from castabout.engine.castabout import Castabout
from castabout.model.lists import LOCAL_OWNER
from castabout.model.users import AccessKey, Scope, User
from castabout.web.answers import AnyRequest, Library

#: Headers by which a proxy tells that it asks for somebody else.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_COOKIE = "castabout"
_BEARER = "bearer "
#: Where in the state of a request it is kept who asks.
_WHO = "castabout_who"


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who has lists here."""

    #: Whose lists they are: see `castabout.model.lists.StoredList`.
    id: str
    #: ``None`` for the person at the machine, as long as there are no users.
    user: User | None = None
    #: By what the user came in.
    key: AccessKey | None = None

    def may(self, scope: Scope) -> bool:
        """Whether this is allowed: everything but with a token, and with that what it is for."""
        return self.key is None or self.key.scopes is None or scope in self.key.scopes


@dataclass(frozen=True, slots=True)
class Visitor:
    """Anybody else."""

    #: Whether to log in would help: there are users.
    may_log_in: bool = False


Who: TypeAlias = Owner | Visitor
#: Parameters of handlers: who is asking; and the owner, where nobody else is answered.
Asking = NamedDependency[SkipValidation[Who]]
OwnerAlone = NamedDependency[SkipValidation[Owner]]
#: Whoever decides what the library holds, where nobody else is answered.
KeeperAlone = NamedDependency[SkipValidation[Owner]]


def who_is_asking(request: AnyRequest, castabout: Library) -> Who:
    """Who sends ``request``; a client's error for a token that is none."""
    return identify(request, castabout)


def identify(connection: ASGIConnection[Any, Any, Any, Any], castabout: Castabout) -> Who:
    """Who sends a request; found once for each."""
    state = connection.scope["state"]
    if _WHO not in state:
        state[_WHO] = _identify(connection, castabout)
    who: Who = state[_WHO]
    return who


def library_shown_to(who: Who, castabout: Castabout) -> Castabout:
    """The library as it is shown to somebody: where there are users, private podcasts to them alone."""
    match who:
        case Owner(user=User()):
            return replace(castabout, shows_private=True)
        case Visitor(may_log_in=True):
            return replace(castabout, shows_private=False)
    return castabout


def _identify(connection: ASGIConnection[Any, Any, Any, Any], castabout: Castabout) -> Who:
    named = connection.headers.get("authorization", "")
    if named[: len(_BEARER)].lower() == _BEARER:
        found = users.holder(castabout, named[len(_BEARER) :].strip())
        if found is None or found.key.scopes is None:
            raise NotAuthorizedException("this token opens nothing, or not any more")
        return Owner(found.user.id, found.user, found.key)
    if cookie := connection.cookies.get(cookie_name(is_secure=is_secure(connection))):
        found = users.holder(castabout, cookie)
        if found and found.key.scopes is None:
            return Owner(found.user.id, found.user, found.key)
    if users.has_users(castabout):
        return Visitor(may_log_in=True)
    client = connection.client.host if connection.client else None
    # Where everybody can reach the pages it is never the person at the machine: a proxy asks for all.
    is_local = castabout.shows_private and is_at_the_machine(client, connection.headers)
    return Owner(LOCAL_OWNER) if is_local else Visitor()


def owner_alone(who: Asking) -> Owner:
    """Somebody who may see and change lists; a client's error for anybody else."""
    if isinstance(who, Owner):
        if who.may("lists"):
            return who
        raise PermissionDeniedException("this token may not see or change lists")
    if who.may_log_in:
        raise NotAuthorizedException("log in to do this")
    raise PermissionDeniedException(
        "lists are kept for the person at the machine that castabout runs on; open this page there"
    )


def keeper_alone(who: Asking, castabout: Library) -> Owner:
    """Whoever keeps the library; a client's error for anybody else."""
    if isinstance(who, Owner) and is_keeper(who, castabout):
        return who
    if isinstance(who, Visitor) and who.may_log_in:
        raise NotAuthorizedException("log in to do this")
    raise PermissionDeniedException(
        "only whoever keeps this library may do this: its first user, in a browser, or without users the person "
        "at the machine that castabout runs on"
    )


def is_keeper(who: Who, castabout: Castabout) -> bool:
    """Whether this is the one who decides what the library holds: the first user, or the person at the machine.

    No token may do that.
    """
    if not isinstance(who, Owner) or (who.key and who.key.scopes is not None):
        return False
    return who.user is None or users.all_users(castabout)[:1] == (who.user,)


def is_secure(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Whether browsers reach us over TLS, as far as we are told."""
    public_url: str | None = connection.app.state.public_url
    return (public_url or str(connection.base_url)).lower().startswith("https:")


def client_address(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Where a request comes from; behind a proxy, which only a public address tells of, what that says last."""
    client = connection.client.host if connection.client else ""
    if connection.app.state.public_url and (named := connection.headers.get("x-forwarded-for")):
        return named.rpartition(",")[2].strip()
    return client


def cookie_name(name: str = _COOKIE, *, is_secure: bool) -> str:
    """The name of a cookie, that of a session at first; over TLS no neighbour below the same name can set it.

    https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-__host-prefix
    """
    return f"__Host-{name}" if is_secure else name


def is_at_the_machine(client: str | None, headers: Mapping[str, str]) -> bool:
    """Whether a request comes from this machine, and nobody stands between. ``headers`` in lower case.

    A page of somebody else may have its own name lead to this machine (DNS rebinding): so it has to
    be asked by a name that nobody else can have.
    """
    if client is None or not is_loopback(client) or any(name in headers for name in _FORWARDED):
        return False
    names = [f"//{headers.get('host', '')}"]
    if origin := headers.get("origin"):
        names.append(origin)
    return all(_is_own_name(name) for name in names)


def _is_own_name(address: str) -> bool:
    try:
        name = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return name == "localhost" or name.endswith(".localhost") or is_loopback(name)


def is_loopback(name: str) -> bool:
    """Whether ``name`` is an address by which a machine reaches itself alone."""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
