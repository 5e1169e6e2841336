"""Bytes from outside: what a fetcher is, and which one a source is for.

`castabout.fetch.http` and `castabout.fetch.file` do the work; this module
knows neither, so that importing it costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from castabout.errors import SourceError

_WEB = ("http://", "https://")
#: ``user:password@`` of an address. The second form is a password with a bare ``/``, ``?`` or ``#`` in it:
#: no valid address, but a secret all the same. https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
_USERINFO = re.compile(
    r"^(\s*[a-z][a-z0-9+.-]*://)(?:[^/?#]*@|[^/?#@\[]*:(?!\d*(?:[/?#]|$)).*@)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and password. They are not in its `repr`, so that no log has them."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    """An address to get, and what is known of it from last time."""

    #: Without user name and password.
    url: str
    #: The validators of the last answer, exactly as the host gave them.
    etag: str | None = None
    last_modified: str | None = None
    #: Sent to the origin of ``url`` and to nobody else.
    credentials: Credentials | None = None
    #: Of the unpacked answer, where the fetcher's own limit is too high.
    limit_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source answered."""

    #: The source as it was named, without user name and password.
    source: str
    #: The address the source has now, without user name and password: a redirect that is
    #: meant to last is followed, one for the time being is not. ``file://`` for files.
    url: str
    data: bytes
    #: Validators, exactly as the host gave them: https://www.rfc-editor.org/rfc/rfc9110#section-8.8
    etag: str | None = None
    last_modified: str | None = None
    #: Seconds that the host says the answer stays fresh, a month at most; None if it does not say.
    keep_s: float | None = None
    #: As the host gave it, ``text/xml; charset=utf-8``.
    content_type: str | None = None
    #: Pairs of relation, ``hub`` or ``self``, and address, of the header ``Link``.
    #: https://www.w3.org/TR/websub/#discovery
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NotModified:
    """The host says that nothing has changed since the last answer; fields as in `Fetched`."""

    source: str
    url: str
    #: Validators for the next time: those of this answer, else those that were sent.
    etag: str | None = None
    last_modified: str | None = None
    keep_s: float | None = None


#: What becomes of a `Request`.
Outcome = Fetched | NotModified | SourceError


class Fetcher(Protocol):
    """Something that gets the bytes of a source."""

    def fetch(self, source: str) -> Fetched:
        """The bytes of ``source``. Raises `SourceError`, its subject `without_credentials`."""

    def close(self) -> None:
        """Let go of connections. Fetches under way in other threads end at once."""


class WebFetcher(Fetcher, Protocol):
    """A `Fetcher` that gets many addresses at the same time."""

    def fetch_each(
        self, requests: Iterable[Request], *, workers: int, spacing_s: float, for_s: float | None = None
    ) -> Iterator[tuple[Request, Outcome]]:
        """Each of ``requests`` with what became of it, first what is ready first.

        ``requests`` are drawn as there is room for them, in the thread that
        asks for results. At most ``workers`` are under way, two of them to
        one host, begun ``spacing_s`` seconds apart. A request whose host has
        too many before it comes back as `HostBusy`, unasked. After ``for_s``
        seconds, and when leaving off early, what is under way ends without a result.
        """

    def post(self, url: str, form: Mapping[str, str]) -> None:
        """Post ``form`` to ``url``; what is answered does not matter. Raises `SourceError`."""


@dataclass(frozen=True, slots=True)
class Fetchers:
    """Sends each source to the fetcher that it is for."""

    http: WebFetcher
    file: Fetcher

    def fetch(self, source: str) -> Fetched:
        """The bytes of ``source``: an ``http`` or ``https`` address, else a file. Raises `SourceError`."""
        return (self.http if is_web(source) else self.file).fetch(source)

    def fetch_each(
        self, requests: Iterable[Request], *, workers: int, spacing_s: float, for_s: float | None = None
    ) -> Iterator[tuple[Request, Outcome]]:
        """`WebFetcher.fetch_each`."""
        return self.http.fetch_each(requests, workers=workers, spacing_s=spacing_s, for_s=for_s)

    def post(self, url: str, form: Mapping[str, str]) -> None:
        """Post ``form`` to ``url``; what is answered does not matter. Raises `SourceError`."""
        self.http.post(url, form)

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
