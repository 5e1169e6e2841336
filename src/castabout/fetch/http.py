"""Feeds from the web, by aiohttp.

One GET for each hop, no cookies, no proxies, no netrc, a bound on every size and time.
Every address is checked when its socket is made, which is after the
name was looked up and right before the connection: what a name
pointed to earlier or points to later does not matter.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from base64 import b64encode
from collections.abc import Mapping
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from string import punctuation
from threading import Lock
from urllib.parse import quote, urljoin, urlsplit

import aiohttp
from aiohappyeyeballs import AddrInfoType
from yarl import URL

from castabout import __version__
from castabout.errors import AddressRefused, SourceError, TooLarge, Unreachable
from castabout.fetch import Fetched, Outcome, Request, without_credentials
from castabout.fetch.causes import error_cause, status_cause
from castabout.fetch.client import Client
from castabout.fetch.guard import AllowList, is_public

#: Hops of one fetch.
MAX_REDIRECTS = 5
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
_CHUNK_BYTES = 65536
#: Some hosts send policies and cookies longer than the 8 KB that aiohttp takes.
_HEADER_BYTES = 32768
#: 203 is a 200 that a proxy has altered.
_SUCCESS = {200, 203}
_REDIRECTS = {301, 302, 303, 307, 308}
#: Redirects that are meant to last: https://www.rfc-editor.org/rfc/rfc9110#section-15.4
_LASTING = {301, 308}

#: The host that the running task connects to; a socket is made for an address and does not know it.
_host: ContextVar[str] = ContextVar("host")


class _Refused(OSError):
    """The guard's answer to aiohttp, which then tries the next address of the host."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What to get: credentials are for the origin of ``url`` alone."""

    name: str
    url: URL
    authorization: str | None
    #: Further ones, likewise for that origin alone.
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class _Redirect:
    target: URL
    lasting: bool


class HttpFetcher:
    """Gets ``http`` and ``https`` addresses; any number of threads may use it at once.

    ``limit_bytes`` bounds the unpacked answer, ``timeout_s`` all of a fetch
    with its redirects, ``connect_s`` one connection, ``read_s`` the silence
    between two pieces. ``contact`` is an address for the owners of
    hosts, ``tls`` replaces the system's trust in certificates.
    """

    def __init__(
        self,
        *,
        limit_bytes: int = 50_000_000,
        timeout_s: float = 60,
        connect_s: float = 10,
        read_s: float = 15,
        allow: AllowList | None = None,
        contact: str | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._limit = limit_bytes
        self._timeout_s = timeout_s
        self._connect_s = min(connect_s, timeout_s)
        self._read_s = min(read_s, timeout_s)
        self._allow = allow or AllowList()
        self._agent = user_agent(contact)
        self._tls = tls
        self._lock = Lock()
        self._client: Client | None = None

    def fetch(self, source: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """The bytes at the address ``source``. Raises `SourceError`.

        ``headers`` go to the origin of ``source`` and to nobody else.
        """
        request = replace(_request(source), headers=headers or {})
        try:
            client = self._running()
            return client.run(self._fetch(client.session, request))
        except CancelledError as error:
            raise Unreachable(request.name, "stopped") from error

    def close(self) -> None:
        """Let go of connections. Fetches under way in other threads end at once."""
        with self._lock:
            client, self._client = self._client, None
        if client:
            client.close()

    def _running(self) -> Client:
        with self._lock:
            if self._client is None:
                self._client = Client(self._open_session)
            return self._client

    def _open_session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                # A crawler seldom asks a host twice; kept connections cost memory.
                force_close=True,
                limit=200,
                limit_per_host=2,
                socket_factory=self._open_socket,
                ssl=self._tls or True,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._agent, "Accept": _ACCEPT},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._connect_s, sock_read=self._read_s),
            trust_env=False,
            max_line_size=_HEADER_BYTES,
            max_field_size=_HEADER_BYTES,
        )

    def _open_socket(self, address: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, place = address
        ip = ip_address(place[0])
        if not is_public(ip) and not self._allow.allows(_host.get(), ip):
            raise _Refused(f"{ip} is not a public address")
        return socket.socket(family, kind, protocol)

    def fetch_each(
        self, requests: Iterable[Request], *, workers: int, spacing_s: float
    ) -> Iterator[tuple[Request, Outcome]]:
        """`castabout.fetch.WebFetcher.fetch_each`."""
        raise NotImplementedError

    async def _fetch(self, session: aiohttp.ClientSession, request: _Request) -> Fetched:
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._follow(session, request)
        except TimeoutError as error:
            raise Unreachable(request.name, f"timed out after {self._timeout_s:g} s") from error

    async def _follow(self, session: aiohttp.ClientSession, request: _Request) -> Fetched:
        url = address = request.url
        all_lasting = True
        for hop in range(MAX_REDIRECTS + 1):
            try:
                answer = await self._ask(session, request, url)
            except SourceError as error:
                if hop == 0:
                    raise
                raise type(error)(request.name, f"{error.cause} (redirected to {url.origin()})") from error
            if isinstance(answer, bytes):
                return Fetched(request.name, str(address), answer)
            url = answer.target
            all_lasting = all_lasting and answer.lasting
            if all_lasting:
                address = url
        raise Unreachable(request.name, f"more than {MAX_REDIRECTS} redirects")

    async def _ask(self, session: aiohttp.ClientSession, request: _Request, url: URL) -> bytes | _Redirect:
        headers: dict[str, str] = {}
        if url.origin() == request.url.origin():
            headers |= request.headers
            if request.authorization:
                headers["Authorization"] = request.authorization
        _host.set(url.host or "")
        try:
            async with session.get(url, headers=headers, allow_redirects=False) as response:
                if response.status in _REDIRECTS and "Location" in response.headers:
                    return _Redirect(_target(request, url, response), response.status in _LASTING)
                if response.status not in _SUCCESS:
                    raise Unreachable(request.name, status_cause(response.status))
                return await self._body(request, response)
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, _Refused):
                raise AddressRefused(request.name, str(error.os_error)) from error
            raise self._unreachable(request, error) from error
        except (aiohttp.InvalidURL, UnicodeError) as error:
            raise SourceError(request.name, "not a valid address") from error
        except (aiohttp.ClientError, OSError) as error:
            raise self._unreachable(request, error) from error

    async def _body(self, request: _Request, response: aiohttp.ClientResponse) -> bytes:
        """The unpacked body. A packed one is unpacked piece by piece, so that the limit holds for it too."""
        body = bytearray()
        if (response.content_length or 0) <= self._limit:
            async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
                body += chunk
                if len(body) > self._limit:
                    break
            else:
                return bytes(body)
        raise TooLarge(request.name, f"larger than the limit of {self._limit / 1_000_000:g} MB")

    def _unreachable(self, request: _Request, error: Exception) -> Unreachable:
        return Unreachable(request.name, error_cause(error, connect_s=self._connect_s, read_s=self._read_s))


def user_agent(contact: str | None) -> str:
    """How castabout names itself to hosts. https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5"""
    return f"castabout/{__version__} ({f'+{contact}' if contact else 'self-hosted podcast discovery'})"


def _request(source: str) -> _Request:
    name = without_credentials(source)
    try:
        named = URL(source.strip())
        url = _as_written(source.strip())
    except ValueError as error:
        raise SourceError(name, "not a valid address") from error
    authorization = None
    if named.user is not None or named.password is not None:
        pair = f"{named.user or ''}:{named.password or ''}"
        authorization = f"Basic {b64encode(pair.encode()).decode()}"
    return _Request(name, url, authorization)


def _target(request: _Request, url: URL, response: aiohttp.ClientResponse) -> URL:
    """Where a redirect leads. Credentials in it are dropped: they are the owner's to give, not a host's."""
    try:
        location = urljoin(str(url), response.headers["Location"].strip())
        scheme = urlsplit(location).scheme
        if scheme not in ("http", "https"):
            raise Unreachable(request.name, f"redirects to {scheme}:, which is not followed")
        return _as_written(location)
    except ValueError as error:
        raise Unreachable(request.name, "redirects to something that is no address") from error


def _as_written(text: str) -> URL:
    """The address ``text`` without credentials and fragment, its query byte for byte.

    Otherwise ``%2F`` in a query becomes ``/``, which is the same for most
    hosts but not for those that sign their addresses. Raises `ValueError`.
    """
    url = URL(text)
    query = quote(urlsplit(text).query, safe=punctuation)
    return URL.build(
        scheme=url.scheme,
        authority=url.origin().raw_authority,
        path=url.raw_path,
        query_string=query,
        encoded=True,
    )
