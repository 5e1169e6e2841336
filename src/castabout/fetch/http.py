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
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import AsyncExitStack
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from itertools import islice
from threading import Lock
from urllib.parse import urlencode

import aiohttp
from aiohappyeyeballs import AddrInfoType

from castabout import __version__
from castabout.errors import BrokeOff, Gone, SourceError, Unreachable
from castabout.fetch import Fetched, NotModified, Outcome, Request
from castabout.fetch.address import request_for
from castabout.fetch.answer import Connector
from castabout.fetch.causes import error_cause, status_cause
from castabout.fetch.client import Client
from castabout.fetch.each import PER_HOST, Crawl
from castabout.fetch.guard import AllowList, is_public, is_web_port, numbered
from castabout.fetch.headers import Clock, keep_s, links, retry_after_s, validator
from castabout.fetch.resolver import Resolver
from castabout.fetch.trip import Trip

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
_CHUNK_BYTES = 65536
#: From this size on a body is large.
_LARGE_BYTES = 4_000_000
_LARGE_AT_ONCE = 8
#: Some hosts send policies and cookies longer than the 8 KB that aiohttp takes.
_HEADER_BYTES = 32768
#: 203 is a 200 that a proxy has altered.
_SUCCESS = {200, 203}
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(slots=True)
class _Way:
    """How the running task gets to a host. A socket is made for an address, of which this is what is known."""

    host: str
    opened: int = 0
    refused: str | None = None


_way: ContextVar[_Way] = ContextVar("way")


class HttpFetcher:
    """Gets ``http`` and ``https`` addresses; any number of threads may use it at once.

    ``limit_bytes`` bounds the unpacked answer, ``timeout_s`` all of a fetch
    with its redirects, ``connect_s`` one connection, ``read_s`` the silence
    between two pieces. ``contact`` is an address for the owners of
    hosts, ``tls`` replaces the system's trust in certificates, ``clock`` dates
    the answers of hosts that do not.
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
        clock: Clock | None = None,
    ) -> None:
        self._limit = limit_bytes
        self._timeout_s = timeout_s
        self._connect_s = min(connect_s, timeout_s)
        self._read_s = min(read_s, timeout_s)
        self._allow = allow or AllowList()
        self._agent = user_agent(contact)
        self._tls = tls
        self._clock = clock
        #: Few large bodies at a time, or many hosts together could fill the memory.
        self._large = asyncio.Semaphore(_LARGE_AT_ONCE)
        self._lock = Lock()
        self._client: Client | None = None

    def fetch(self, source: str, headers: Mapping[str, str] | None = None) -> Fetched:
        """The bytes at the address ``source``. Raises `SourceError`.

        ``headers`` are sent to its origin and to no other.
        """
        return self._travel(Trip.begin(request_for(source), self._timeout_s, extra=headers))

    def post(self, url: str, form: Mapping[str, str]) -> None:
        """Post ``form`` to ``url``; what is answered does not matter. Raises `SourceError`."""
        body = urlencode(form).encode()
        self._travel(Trip.begin(request_for(url), self._timeout_s, form=body))

    def fetch_each(
        self, requests: Iterable[Request], *, workers: int, spacing_s: float, for_s: float | None = None
    ) -> Iterator[tuple[Request, Outcome]]:
        """`castabout.fetch.WebFetcher.fetch_each`. Ends early if the fetcher is closed meanwhile."""
        client = self._running()
        rest = iter(requests)
        try:
            crawl = client.run(self._crawl(client.session, workers, spacing_s, for_s))
            try:
                more, room = True, workers
                while True:
                    drawn = list(islice(rest, room))
                    more = more and len(drawn) == room
                    ready, room = client.run(crawl.exchange(drawn, more))
                    if not (ready or room):
                        return
                    yield from ready
            finally:
                client.run(crawl.stop())
        except CancelledError:
            return

    def close(self) -> None:
        """Let go of connections. Fetches under way in other threads end at once."""
        with self._lock:
            client, self._client = self._client, None
        if client:
            client.close()

    async def _crawl(
        self, session: aiohttp.ClientSession, workers: int, spacing_s: float, for_s: float | None
    ) -> Crawl:
        step = partial(self._step, session)
        return Crawl(self._begin, step, workers=workers, spacing_s=spacing_s, for_s=for_s)

    def _begin(self, request: Request) -> Trip:
        return Trip.begin(request, self._timeout_s)

    def _running(self) -> Client:
        with self._lock:
            if self._client is None:
                self._client = Client(self._open_session)
            return self._client

    def _open_session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            # A crawler seldom asks a host twice; kept connections cost memory.
            connector=Connector(
                # Callers bound what is under way.
                limit=0,
                limit_per_host=PER_HOST,
                resolver=Resolver(self._connect_s),
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
        ip, port = ip_address(place[0]), int(place[1])
        way = _way.get()
        if not (is_public(ip) and is_web_port(port)) and not self._allow.allows(way.host, ip):
            what = f"port {port} is not for the web" if is_public(ip) else f"{ip} is not a public address"
            way.refused = way.refused or what
            raise PermissionError(what)  # aiohttp then tries the next address of the host
        way.opened += 1
        return socket.socket(family, kind, protocol)

    def _travel(self, trip: Trip) -> Fetched:
        try:
            client = self._running()
            return client.run(self._follow(client.session, trip))
        except CancelledError as error:
            raise Unreachable(trip.request.url, "stopped") from error

    async def _follow(self, session: aiohttp.ClientSession, trip: Trip) -> Fetched:
        while True:
            try:
                step = await self._step(session, trip)
            except BrokeOff as error:  # the part is of no use here
                raise Unreachable(error.subject, error.cause, host=error.host) from error
            if isinstance(step, NotModified):
                raise trip.unreachable(status_cause(304), status=304)
            if isinstance(step, Fetched):
                return step
            trip = step

    async def _step(self, session: aiohttp.ClientSession, trip: Trip) -> Trip | Fetched | NotModified:
        """One hop of ``trip``: its answer or where it goes on. Raises `SourceError`."""
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + trip.left_s
        way = _Way(trip.host)
        _way.set(way)
        try:
            async with (
                asyncio.timeout_at(ends_at),
                session.request(
                    "GET" if trip.form is None else "POST",
                    trip.url,
                    headers=trip.headers(),
                    data=trip.form,
                    allow_redirects=False,
                ) as response,
            ):
                if response.status in _REDIRECTS and "Location" in response.headers:
                    location = response.headers["Location"]
                    return trip.redirected(response.status, location, ends_at - loop.time())
                return await self._answer(trip, response)
        except TimeoutError as error:
            if isinstance(error, aiohttp.ServerTimeoutError):
                raise self._unreachable(trip, error) from error
            raise trip.unreachable(f"timed out after {self._timeout_s:g} s") from error
        except aiohttp.ClientConnectorError as error:
            if way.refused and not way.opened:
                raise trip.refused(way.refused) from error
            raise self._unreachable(trip, error) from error
        except (aiohttp.InvalidURL, UnicodeError) as error:
            raise self._invalid(trip) from error
        except (aiohttp.ClientError, OSError) as error:
            raise self._unreachable(trip, error) from error

    async def _answer(self, trip: Trip, response: aiohttp.ClientResponse) -> Fetched | NotModified:
        headers, request = response.headers, trip.request
        if response.status == 304 and trip.sends_validators:
            return NotModified(
                request.url,
                str(trip.home),
                etag=validator(headers.get("ETag")) or request.etag,
                last_modified=validator(headers.get("Last-Modified")) or request.last_modified,
                keep_s=keep_s(headers, self._clock),
            )
        if response.status == 410:
            raise Gone(request.url, trip.cause(status_cause(410)))
        if trip.form is not None and 200 <= response.status < 300:
            return Fetched(request.url, str(trip.home), b"")
        if response.status not in _SUCCESS:
            raise trip.unreachable(
                status_cause(response.status, headers),
                status=response.status,
                retry_after_s=retry_after_s(headers, self._clock),
            )
        data, broken = await self._body(trip, response)
        fetched = Fetched(
            request.url,
            str(trip.home),
            data,
            etag=validator(headers.get("ETag")),
            last_modified=validator(headers.get("Last-Modified")),
            keep_s=keep_s(headers, self._clock),
            content_type=headers.get("Content-Type"),
            links=links(headers, str(trip.url)),
        )
        if broken is None:
            return fetched
        cause = trip.cause(error_cause(broken, connect_s=self._connect_s, read_s=self._read_s))
        raise BrokeOff(request.url, cause, part=fetched, host=trip.host) from broken

    async def _body(
        self, trip: Trip, response: aiohttp.ClientResponse
    ) -> tuple[bytes, aiohttp.ClientPayloadError | None]:
        """The unpacked body, and why it broke off if it did.

        A packed one is unpacked piece by piece, so that the limit holds for it too.
        """
        body = bytearray()
        try:
            await self._read_into(body, trip, response)
        except aiohttp.ClientPayloadError as error:
            if not body:
                raise
            return bytes(body), error
        return bytes(body), None

    async def _read_into(self, body: bytearray, trip: Trip, response: aiohttp.ClientResponse) -> None:
        limit = min(self._limit, trip.request.limit_bytes or self._limit)
        if (response.content_length or 0) > limit:
            raise trip.too_large(limit)
        async with AsyncExitStack() as place:
            is_large = False
            async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
                body += chunk
                if len(body) > limit:
                    raise trip.too_large(limit)
                if len(body) > _LARGE_BYTES and not is_large:
                    is_large = True
                    await place.enter_async_context(self._large)

    def _invalid(self, trip: Trip) -> SourceError:
        """The error of an address that aiohttp does not ask: it may be a host's number, written another way."""
        ip = numbered(trip.host)
        if ip and not is_public(ip) and not self._allow.allows(trip.host, ip):
            return trip.refused(f"{ip} is not a public address")
        cause = f"not a valid address; the host is written {ip}" if ip else "not a valid address"
        return SourceError(trip.request.url, trip.cause(cause))

    def _unreachable(self, trip: Trip, error: Exception) -> Unreachable:
        return trip.unreachable(error_cause(error, connect_s=self._connect_s, read_s=self._read_s))


def user_agent(contact: str | None) -> str:
    """How castabout names itself to hosts. https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5"""
    return f"castabout/{__version__} ({f'+{contact}' if contact else 'self-hosted podcast discovery'})"
