"""Bytes from outside: what a fetcher is, and which one a source is for.

`castabout.fetch.http` and `castabout.fetch.file` do the work; this module
knows neither, so that importing it costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

_WEB = ("http://", "https://")
#: ``user:password@`` of an address. The second form is a password with a bare ``/``, ``?`` or ``#`` in it:
#: no valid address, but a secret all the same. https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
_USERINFO = re.compile(
    r"^(\s*[a-z][a-z0-9+.-]*://)(?:[^/?#]*@|[^/?#@\[]*:(?!\d*(?:[/?#]|$)).*@)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source answered."""

    #: The source as it was named, without user name and password.
    source: str
    #: The address the source has now, without user name and password: a redirect that is
    #: meant to last is followed, one for the time being is not. ``file://`` for files.
    url: str
    data: bytes


class Fetcher(Protocol):
    """Something that gets the bytes of a source."""

    def fetch(self, source: str) -> Fetched:
        """The bytes of ``source``. Raises `SourceError`, its subject `without_credentials`."""

    def close(self) -> None:
        """Let go of connections. Fetches under way in other threads end at once."""


@dataclass(frozen=True, slots=True)
class Fetchers:
    """Sends each source to the fetcher that it is for."""

    http: Fetcher
    file: Fetcher

    def fetch(self, source: str) -> Fetched:
        """The bytes of ``source``: an ``http`` or ``https`` address, else a file. Raises `SourceError`."""
        return (self.http if is_web(source) else self.file).fetch(source)

    def close(self) -> None:
        """Let go of connections. Fetches under way in other threads end at once."""
        self.http.close()
        self.file.close()


def is_web(source: str) -> bool:
    """Whether ``source`` is an ``http`` or ``https`` address."""
    return source.strip().lower().startswith(_WEB)


def without_credentials(source: str) -> str:
    """``source`` as it may be shown and kept: an address loses its ``user:password@``."""
    return _USERINFO.sub(r"\1", source)
