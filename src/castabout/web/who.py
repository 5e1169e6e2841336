"""Who is asking: the one place that tells whoever owns this installation from everybody else.

As long as there are no users, the owner is the person at the machine: a browser or program on it that asks
under one of the machine's own names. Everybody else may read what is open to all, and change nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from litestar.di import NamedDependency
from litestar.exceptions import PermissionDeniedException
from litestar.params import SkipValidation

from castabout.model.lists import LOCAL_OWNER
from castabout.web.answers import AnyRequest, Library

#: Headers by which a proxy tells that it asks for somebody else.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who has lists here."""

    #: Whose lists they are: see `castabout.model.lists.StoredList`.
    id: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Anybody else."""


Who: TypeAlias = Owner | Visitor
#: Parameters of handlers: who is asking; and the owner, where nobody else is answered.
Asking = NamedDependency[SkipValidation[Who]]
OwnerAlone = NamedDependency[SkipValidation[Owner]]


def who_is_asking(request: AnyRequest, castabout: Library) -> Who:
    """Who sends ``request``. Where everybody can reach the pages it is never the owner: a proxy asks for all."""
    client = request.client.host if request.client else None
    is_local = castabout.shows_private and is_at_the_machine(client, request.headers)
    return Owner(LOCAL_OWNER) if is_local else Visitor()


def owner_alone(who: Asking) -> Owner:
    """The owner; a client's error for anybody else."""
    if isinstance(who, Owner):
        return who
    raise PermissionDeniedException(
        "lists are kept for the person at the machine that castabout runs on; open this page there"
    )


def is_at_the_machine(client: str | None, headers: Mapping[str, str]) -> bool:
    """Whether a request comes from this machine, and nobody stands between. ``headers`` in lower case.

    A page of somebody else may have its own name lead to this machine (DNS rebinding): so it has to
    be asked by a name that nobody else can have.
    """
    if client is None or not _is_loopback(client) or any(name in headers for name in _FORWARDED):
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
    return name == "localhost" or name.endswith(".localhost") or _is_loopback(name)


def _is_loopback(name: str) -> bool:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
