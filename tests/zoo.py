"""A web server on this machine with real feeds and all that hosts do wrong.

    with Zoo(shared_data / "feeds") as zoo:
        url = zoo.url("/feeds/linux-unplugged.xml")
        ...
        zoo.requests["/feeds/linux-unplugged.xml"], zoo.bodies["/feeds/linux-unplugged.xml"]

Every address of 127.0.0.0/8 leads to it, so that each feed can have a host
of its own: ``zoo.url(path, host=7)`` is at 127.0.0.7. What there is stands
in `PAGES`, by the first part of the path; what follows in the path makes
another feed of the same kind (``/made/1``, ``/made/2``).
"""

from __future__ import annotations

import asyncio
import gzip
import zlib
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Thread
from types import TracebackType

from tests.fetch.servers import settle

#: The time of this server, which never goes on.
DATE = "Sun, 01 Nov 2026 12:00:00 GMT"
#: An hour later, in the three forms of HTTP.
IN_AN_HOUR = ("Sun, 01 Nov 2026 13:00:00 GMT", "Sunday, 01-Nov-26 13:00:00 GMT", "Sun Nov  1 13:00:00 2026")
MODIFIED = "Fri, 30 Oct 2026 08:00:00 GMT"
#: Validators as hosts write them; each comes back byte for byte or not at all.
ETAGS = {
    "strong": '"abc"',
    "weak": 'W/"abc"',
    "weak-small": 'w/"abc"',
    "unquoted": "abc",
    "half": '"abc',
    "empty": '""',
    "gzip": '"abc-gzip"',
    "spaces": '"a b  c"',
    "comma": '"a", "b"',
    "backslash": '"a\\"b"',
    "utf8": '"é"',
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request; ``times`` counts those for this path, from 1."""

    path: str
    headers: dict[str, str]
    times: int
    zoo: Zoo

    @property
    def kind(self) -> str:
        """The second part of the path: ``404`` of ``/status/404``."""
        return [*self.path.split("/"), "", ""][2]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back; ``talk`` is written as it is instead, header and all."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    talk: AsyncIterator[bytes] | None = None


Page = Callable[[Asked], Answer]
XML = {"Content-Type": "application/rss+xml"}


def made_feed(name: str, *, items: int = 2, guid: str = "{n}", channel: str = "") -> bytes:
    """A small feed of its own: ``name`` is in its title and in the addresses of its items."""
    episodes = "".join(
        f"<item><title>Episode {n} of {name}</title><guid>{guid.format(n=n)}</guid>"
        f'<enclosure url="http://media.example{name}/{n}.mp3" type="audio/mpeg" length="1"/>'
        f"<pubDate>Thu, {n:02} Oct 2026 08:00:00 GMT</pubDate></item>"
        for n in range(items, 0, -1)
    )
    return (
        f'<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
        f"<title>Show {name}</title>{channel}{episodes}</channel></rss>"
    ).encode()


# Good hosts


def _feeds(asked: Asked) -> Answer:
    """A real feed, with both validators."""
    file = asked.zoo.folder / Path(asked.path).name
    return _fresh(asked, file.read_bytes()) if file.is_file() else Answer(status=404)


def _made(asked: Asked) -> Answer:
    return _fresh(asked, made_feed(asked.path))


def _fresh(asked: Asked, body: bytes, headers: dict[str, str] | None = None) -> Answer:
    etag = f'"{sha256(body).hexdigest()[:16]}"'
    said = {**XML, "ETag": etag, "Last-Modified": MODIFIED, **(headers or {})}
    if asked.headers.get("if-none-match") == etag:
        return Answer(status=304, headers=said)
    return Answer(body, headers=said)


def _no_validators(asked: Asked) -> Answer:
    """The same 200 each time."""
    return Answer(made_feed(asked.path), headers=XML)


def _modified(asked: Asked) -> Answer:
    """``Last-Modified`` alone."""
    said = {**XML, "Last-Modified": MODIFIED}
    if asked.headers.get("if-modified-since") == MODIFIED:
        return Answer(status=304, headers=said)
    return Answer(made_feed(asked.path), headers=said)


def _cache(asked: Asked) -> Answer:
    """``/cache/3600``: to be kept that long."""
    return _fresh(asked, made_feed(asked.path), {"Cache-Control": f"public, max-age={asked.kind}"})


def _expires(asked: Asked) -> Answer:
    """To be kept for an hour."""
    return _fresh(asked, made_feed(asked.path), {"Expires": IN_AN_HOUR[0]})


def _packed(asked: Asked) -> Answer:
    body = gzip.compress(made_feed(asked.path), mtime=0)
    return _fresh(asked, body, {"Content-Encoding": "gzip"})


# Odd hosts


def _etag(asked: Asked) -> Answer:
    """``/etag/weak``: 304 only for the validator as it was given."""
    etag = ETAGS[asked.kind]
    if asked.headers.get("if-none-match") == etag:
        return Answer(status=304, headers={"ETag": etag})
    return Answer(made_feed(asked.path), headers={**XML, "ETag": etag})


_FEED = made_feed("/wrong")
#: What stands after the first line of a 304 that does as if it had a body, or has one.
NOT_MODIFIED = {
    "bare": b"\r\n",
    "body": b"\r\n" + _FEED,
    "length": b"Content-Length: %d\r\n\r\n" % len(_FEED),
    "length-body": b"Content-Length: %d\r\n\r\n" % len(_FEED) + _FEED,
    "zero-length-body": b"Content-Length: 0\r\n\r\n" + _FEED,
    "gzip": b"Content-Encoding: gzip\r\n\r\n",
    "gzip-length": b"Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n",
    "gzip-body": b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(_FEED, mtime=0),
    "gzip-unpacked": b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(_FEED) + _FEED,
    "brotli": b"Content-Encoding: br\r\n\r\n",
    "chunked": b"Transfer-Encoding: chunked\r\n\r\n",
    "chunked-empty": b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunked-body": b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(_FEED), _FEED),
    "chunked-broken": b"Transfer-Encoding: chunked\r\n\r\nno number\r\n",
    "chunked-length": b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
}


def _not_modified(asked: Asked) -> Answer:
    """``/not-modified/body``: a feed, then a 304 as in `NOT_MODIFIED`, after which the host does not hang up."""
    if asked.times == 1:
        return _made(asked)
    return Answer(talk=_stays(b"HTTP/1.1 304 Not Modified\r\n" + NOT_MODIFIED[asked.kind]))


async def _stays(text: bytes) -> AsyncIterator[bytes]:
    yield text
    await asyncio.Event().wait()


def _status(asked: Asked) -> Answer:
    """``/status/404``."""
    return Answer(b"<html><title>Error</title></html>", int(asked.kind), {"Content-Type": "text/html"})


def _fails_then(asked: Asked) -> Answer:
    """500 at first, then a feed."""
    return _status_500() if asked.times == 1 else _made(asked)


def _works_then(asked: Asked) -> Answer:
    """A feed at first, then 500."""
    return _made(asked) if asked.times == 1 else _status_500()


def _status_500() -> Answer:
    return Answer(status=500)


def _retry_after(asked: Asked) -> Answer:
    """``/retry-after/120``, ``/retry-after/date``, ``/retry-after/garbage``: 429."""
    said = {"date": IN_AN_HOUR[0], "garbage": "soon"}.get(asked.kind, asked.kind)
    return Answer(status=429, headers={"Retry-After": said})


def _unavailable(asked: Asked) -> Answer:
    """503, to be tried again in an hour."""
    return Answer(status=503, headers={"Retry-After": IN_AN_HOUR[0]})


def _cloudflare(asked: Asked) -> Answer:
    headers = {"Server": "cloudflare", "Cf-Mitigated": "challenge", "Content-Type": "text/html"}
    return Answer(b"<html><title>Just a moment...</title></html>", 403, headers)


def _login(asked: Asked) -> Answer:
    """A feed for ann with the password secret."""
    if asked.headers.get("authorization") == "Basic YW5uOnNlY3JldA==":
        return _made(asked)
    return Answer(status=401, headers={"WWW-Authenticate": 'Basic realm="feeds"'})


def _html(asked: Asked) -> Answer:
    """A page instead of a feed, with nothing to discover."""
    return Answer(
        b"<!doctype html><title>Parked</title><p>Buy this domain", headers={"Content-Type": "text/html"}
    )


def _page(asked: Asked) -> Answer:
    """A page that links its feed."""
    link = f'<link rel="alternate" type="application/rss+xml" title="The show" href="/made{asked.path}">'
    return Answer(f"<!doctype html><title>Show</title>{link}".encode(), headers={"Content-Type": "text/html"})


def _wrong_type(asked: Asked) -> Answer:
    """A good feed that is declared a picture."""
    return Answer(made_feed(asked.path), headers={"Content-Type": "image/png"})


def _empty(asked: Asked) -> Answer:
    return Answer(headers=XML)


def _new_guids(asked: Asked) -> Answer:
    """Each time the same episodes under other GUIDs."""
    return Answer(made_feed(asked.path, guid=f"{asked.times}-{{n}}"), headers=XML)


def _shrinks(asked: Asked) -> Answer:
    """Five episodes, then four, three, two, one, none."""
    items = max(0, 6 - asked.times)
    return Answer(made_feed(asked.path, items=items), headers=XML)


def _grows(asked: Asked) -> Answer:
    """One episode more each time."""
    return _fresh(asked, made_feed(asked.path, items=asked.times))


# Moved


def _moved(asked: Asked) -> Answer:
    """``/moved/301/7``: to ``/made/moved/301/7``."""
    return Answer(status=int(asked.kind), headers={"Location": f"/made{asked.path}"})


def _chain(asked: Asked) -> Answer:
    """``/chain/5``: so many lasting redirects, then a feed."""
    left = int(asked.kind)
    return Answer(status=301, headers={"Location": f"/chain/{left - 1}" if left > 1 else "/made/chain"})


def _loop(asked: Asked) -> Answer:
    return Answer(status=302, headers={"Location": asked.path})


def _to(asked: Asked) -> Answer:
    """``/to/file``: away from the web."""
    where = {
        "file": "file:///etc/passwd",
        "gopher": "gopher://127.0.0.1:70/",
        "metadata": "http://169.254.169.254/latest/meta-data/",
        "private": "http://10.0.0.1/",
    }[asked.kind]
    return Answer(status=302, headers={"Location": where})


def _new_feed_url(asked: Asked) -> Answer:
    """A feed that says in its text where it lives now."""
    host = asked.headers.get("host", "")
    tag = f"<itunes:new-feed-url>http://{host}/made{asked.path}</itunes:new-feed-url>"
    return Answer(made_feed(asked.path, channel=tag), headers=XML)


# Hosts that do not end


async def _drip(start: bytes) -> AsyncIterator[bytes]:
    yield start
    while True:
        await asyncio.sleep(0.02)
        yield b"x"


async def _flood() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n<rss>"
    while True:
        yield b"<item/>" * 10_000


async def _silent() -> AsyncIterator[bytes]:
    await asyncio.Event().wait()
    yield b""


async def _said(text: bytes) -> AsyncIterator[bytes]:
    yield text


def _slow(asked: Asked) -> Answer:
    """``/slow/silent``, ``/slow/headers``, ``/slow/body``, ``/slow/endless``."""
    talk = {
        "silent": _silent,
        "headers": lambda: _drip(b"HTTP/1.1 200 OK\r\nX: "),
        "body": lambda: _drip(b"HTTP/1.1 200 OK\r\n\r\n<rss>"),
        "endless": _flood,
    }[asked.kind]
    return Answer(talk=talk())


def _broken(asked: Asked) -> Answer:
    """``/broken/short``, ``/broken/closed``, ``/broken/ssh``, ``/broken/packed``."""
    text = {
        "short": b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>",
        "closed": b"",
        "ssh": b"SSH-2.0-OpenSSH_9.2p1\r\n",
        "packed": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n<rss/>",
    }[asked.kind]
    return Answer(talk=_said(text))


def _bomb(asked: Asked) -> Answer:
    """A few bytes that unpack to a hundred million: each block stands for a million zeros."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    return Answer(head + block * 100, headers={**XML, "Content-Encoding": "gzip"})


PAGES: dict[str, Page] = {
    "feeds": _feeds,
    "made": _made,
    "no-validators": _no_validators,
    "modified": _modified,
    "cache": _cache,
    "expires": _expires,
    "packed": _packed,
    "etag": _etag,
    "not-modified": _not_modified,
    "status": _status,
    "fails-then-works": _fails_then,
    "works-then-fails": _works_then,
    "retry-after": _retry_after,
    "unavailable": _unavailable,
    "cloudflare": _cloudflare,
    "login": _login,
    "html": _html,
    "page": _page,
    "wrong-type": _wrong_type,
    "empty": _empty,
    "new-guids": _new_guids,
    "shrinks": _shrinks,
    "grows": _grows,
    "moved": _moved,
    "chain": _chain,
    "loop": _loop,
    "to": _to,
    "new-feed-url": _new_feed_url,
    "slow": _slow,
    "broken": _broken,
    "bomb": _bomb,
}


class Zoo:
    """Runs in a thread of its own while it is open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        #: Further pages of a test's own, by path; they come before `PAGES`.
        self.pages: dict[str, Page] = {}
        #: Requests by path, and bodies that were sent with a status of 200.
        self.requests: Counter[str] = Counter()
        self.bodies: Counter[str] = Counter()
        self.port = 0
        #: The loop itself would let go of one that waits for what never comes.
        self._talks: set[asyncio.Task[None] | None] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="zoo")

    def url(self, path: str, *, host: int = 1) -> str:
        """The address of ``path`` at the host of that number."""
        return f"http://127.{host >> 16}.{host >> 8 & 255}.{host & 255}:{self.port}{path}"

    def feeds(self) -> list[str]:
        """The paths of all real feeds."""
        return [f"/feeds/{file.name}" for file in sorted(self.folder.glob("*.xml"))]

    def __enter__(self) -> Zoo:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(
        self, type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "0.0.0.0", 0, backlog=1000)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _hang_up(self) -> None:
        await settle()
        self._server.close()
        talks = asyncio.all_tasks() - {asyncio.current_task()}
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await settle()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        talk = asyncio.current_task()
        self._talks.add(talk)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode(errors="surrogateescape")
            answer = self._answer(head)
            if answer.talk is None:
                writer.write(_written(answer))
            else:
                async for piece in answer.talk:
                    writer.write(piece)
                    await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._talks.discard(talk)
            writer.close()

    def _answer(self, head: str) -> Answer:
        first, *lines = head.rstrip().split("\r\n")
        path = first.split(" ")[1].partition("?")[0]
        pairs = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        self.requests[path] += 1
        page = self.pages.get(path) or PAGES.get(path.split("/")[1])
        if page is None:
            return Answer(status=404)
        answer = page(Asked(path, headers, self.requests[path], self))
        if answer.status == 200 and (answer.body or answer.talk):
            self.bodies[path] += 1
        return answer


def _written(answer: Answer) -> bytes:
    headers = {"Date": DATE, "Connection": "close", **answer.headers}
    if answer.status != 304:
        headers["Content-Length"] = str(len(answer.body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {answer.status} Said\r\n{lines}\r\n".encode() + answer.body
