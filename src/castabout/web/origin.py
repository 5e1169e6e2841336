"""Only pages of ours may make a browser change anything: the one check against forged requests (CSRF).

Browsers say of every request which page made it (``Sec-Fetch-Site``, ``Origin``), and no page can
change that: https://owasp.org/www-project-cheat-sheets/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler

_READING = {"GET", "HEAD", "OPTIONS"}
#: Said of a handler that programs elsewhere call, and that trusts none of them: ``opt={FROM_ANYWHERE: True}``.
FROM_ANYWHERE = "from_anywhere"


def from_our_pages_alone(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Litestar's guard of the whole application."""
    if connection.scope.get("method") in _READING or handler.opt.get(FROM_ANYWHERE):
        return
    if not is_from_our_pages(connection.headers):
        raise PermissionDeniedException("this was sent by a page of somebody else, and was not done")


def is_from_our_pages(headers: Mapping[str, str]) -> bool:
    """Whether no page of somebody else sent this; names of ``headers`` are in lower case.

    What no browser sent has neither header: no page made it.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or host_of(origin) == headers.get("host", "").lower()


def path_on_our_pages(referrer: str, host: str) -> str | None:
    """Path and query of the page that a request came from, if it is one of ours; ``host`` as in the header."""
    if host_of(referrer) != host.lower():
        return None
    parts = urlsplit(referrer)
    if not parts.path.startswith("/") or parts.path.startswith("//"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def host_of(address: str) -> str | None:
    """Name and port in an address of the web; ``None`` if it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.netloc.lower() if parts.scheme in ("http", "https") and parts.netloc else None
