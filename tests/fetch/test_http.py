"""Feeds from the web: what is asked, what is read, what hosts do wrong."""

from __future__ import annotations

import asyncio
import gzip
import socket
import zlib
from asyncio import StreamReader, StreamWriter
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from aiohttp import web

from castabout import __version__
from castabout.errors import Gone, SourceError, TooLarge, Unreachable
from castabout.fetch.guard import AllowList
from castabout.fetch.http import HttpFetcher
from tests.fetch.servers import Machine, Site


def fails(fetcher: HttpFetcher, source: str) -> SourceError:
    with pytest.raises(SourceError) as error:
        fetcher.fetch(source)
    assert type(error.value) is not SourceError or error.value.cause == "not a valid address"
    return error.value


def test_what_is_asked(site: Site, fetcher: HttpFetcher) -> None:
    url = site.says("/feed.xml", body=b"<rss/>")
    fetched = fetcher.fetch(f" {url}?a=b%2Fc#part")
    assert fetched.data == b"<rss/>"
    assert fetched.url == f"{url}?a=b%2Fc"
    [request] = site.requests
    assert (request.method, request.path_qs) == ("GET", "/feed.xml?a=b%2Fc")
    assert request.headers["User-Agent"] == f"castabout/{__version__} (self-hosted podcast discovery)"
    assert request.headers["Accept"].startswith("application/rss+xml,")
    assert {"gzip", "deflate"} <= {coding.strip() for coding in request.headers["Accept-Encoding"].split(",")}
    assert "Cookie" not in request.headers
    assert "Authorization" not in request.headers


def test_hosts_are_told_whom_to_turn_to(site: Site) -> None:
    fetcher = HttpFetcher(allow=AllowList.parse(["127.0.0.1"]), contact="https://pods.example/")
    fetcher.fetch(site.says("/", body=b"x"))
    fetcher.close()
    assert site.requests[0].headers["User-Agent"] == f"castabout/{__version__} (+https://pods.example/)"


def test_no_cookies_are_kept(site: Site, fetcher: HttpFetcher) -> None:
    url = site.says("/", body=b"x", Set_Cookie="a=b; Path=/")
    fetcher.fetch(url)
    fetcher.fetch(url)
    assert "Cookie" not in site.requests[1].headers


def test_no_proxy_of_the_environment_is_used(
    site: Site, fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert fetcher.fetch(site.says("/", body=b"x")).data == b"x"


@pytest.mark.parametrize("type", ["text/html", "image/png", "nonsense", "text/xml; charset=no-such-charset"])
def test_the_type_that_is_declared_does_not_matter(type: str, site: Site, fetcher: HttpFetcher) -> None:
    assert fetcher.fetch(site.says("/", body=b"<rss/>", Content_Type=type)).data == b"<rss/>"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("identity", b"<rss/>"),
        ("gzip", gzip.compress(b"<rss/>")),
        ("GZIP", gzip.compress(b"<rss/>")),
        ("deflate", zlib.compress(b"<rss/>")),
        ("deflate", zlib.compress(b"<rss/>", wbits=-15)),
    ],
)
def test_packed_bodies(coding: str, body: bytes, site: Site, fetcher: HttpFetcher) -> None:
    assert fetcher.fetch(site.says("/", body=body, Content_Encoding=coding)).data == b"<rss/>"


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (201, "answered 201 (created)"),
        (202, "answered 202 (accepted)"),
        (204, "answered 204 (no content)"),
        (206, "answered 206 (partial content)"),
        (301, "answered 301 (moved permanently)"),
        (304, "answered 304 (not modified)"),
        (400, "answered 400 (bad request)"),
        (401, "answered 401 (unauthorized): a user name and password are needed, or these are wrong"),
        (403, "answered 403 (forbidden): the host does not let castabout read it"),
        (404, "answered 404 (not found)"),
        (429, "answered 429 (too many requests): the host was asked too often; try again later"),
        (500, "answered 500 (internal server error)"),
        (503, "answered 503 (service unavailable)"),
        (522, "answered 522: Cloudflare, which guards this host, does not get an answer from it"),
        (999, "answered 999"),
    ],
)
def test_answers_that_are_no_feed(status: int, cause: str, site: Site, fetcher: HttpFetcher) -> None:
    url = site.says("/", status=status)
    error = fails(fetcher, url)
    assert isinstance(error, Unreachable)
    assert str(error) == f"{url}: {cause}"
    assert (error.status, error.retry_after_s) == (status, None)


def test_a_feed_that_is_gone(site: Site, fetcher: HttpFetcher) -> None:
    error = fails(fetcher, site.says("/", status=410))
    assert type(error) is Gone
    assert error.cause == "answered 410 (gone): it was taken away for good"


def test_an_answer_that_was_altered_on_its_way_is_one(site: Site, fetcher: HttpFetcher) -> None:
    assert fetcher.fetch(site.says("/", status=203, body=b"<rss/>")).data == b"<rss/>"


# Limits


def test_the_limit_is_the_last_size_that_is_read(site: Site, fetcher: HttpFetcher) -> None:
    assert len(fetcher.fetch(site.says("/", body=b"x" * 1_000_000)).data) == 1_000_000
    error = fails(fetcher, site.says("/", body=b"x" * 1_000_001))
    assert type(error) is TooLarge
    assert error.cause == "larger than the limit of 1 MB"


def test_a_body_that_never_ends(machine: Machine, fetcher: HttpFetcher) -> None:
    async def talk(_: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    assert type(fails(fetcher, machine.talker(talk))) is TooLarge


def test_a_small_packed_body_that_unpacks_to_much(site: Site, fetcher: HttpFetcher) -> None:
    bomb = gzip.compress(bytes(100_000_000), compresslevel=1)
    assert len(bomb) < 1_000_000
    assert type(fails(fetcher, site.says("/", body=bomb, Content_Encoding="gzip"))) is TooLarge


def test_the_limit_is_on_unpacked_bytes(site: Site, fetcher: HttpFetcher) -> None:
    fits = gzip.compress(b"x" * 1_000_000)
    assert len(fetcher.fetch(site.says("/", body=fits, Content_Encoding="gzip")).data) == 1_000_000
    much = gzip.compress(b"x" * 1_000_001)
    assert type(fails(fetcher, site.says("/", body=much, Content_Encoding="gzip"))) is TooLarge


def test_a_host_that_never_answers(machine: Machine, fetcher: HttpFetcher) -> None:
    async def talk(reader: StreamReader, _: StreamWriter) -> None:
        await reader.read()

    assert fails(fetcher, machine.talker(talk)).cause == "sent nothing for 0.3 s"


def test_a_body_that_stops_coming(machine: Machine, fetcher: HttpFetcher) -> None:
    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>")
        await asyncio.sleep(60)

    assert fails(fetcher, machine.talker(talk)).cause == "sent nothing for 0.3 s"


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_headers_and_bodies_that_come_drop_by_drop(
    start: bytes, machine: Machine, fetcher: HttpFetcher
) -> None:
    async def talk(_: StreamReader, writer: StreamWriter) -> None:
        writer.write(start)
        while True:
            await asyncio.sleep(0.05)
            writer.write(b"x")
            await writer.drain()

    url = machine.talker(talk)
    error = fails(fetcher, url)
    assert type(error) is Unreachable
    assert str(error) == f"{url}: timed out after 1 s"


def test_headers_that_never_end(machine: Machine, fetcher: HttpFetcher) -> None:
    async def talk(_: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-More: " + b"x" * 1000 + b"\r\n")
            await writer.drain()

    assert fails(fetcher, machine.talker(talk)).cause == "its answer is not HTTP"


def test_long_headers_are_read(site: Site, fetcher: HttpFetcher) -> None:
    assert fetcher.fetch(site.says("/", body=b"x", Content_Security_Policy="x" * 20_000)).data == b"x"


# Broken answers


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        (b"", "closed the connection without an answer"),
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", "its answer is not HTTP"),
        (b"\x16\x03\x01\x00\x00" * 20, "its answer is not HTTP"),
        (b"HTTP/1.1 two hundred\r\n\r\n", "its answer is not HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>", "its answer broke off or is damaged"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "its answer is not HTTP",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>",
            "its answer broke off or is damaged",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n<rss/>",
            "its answer broke off or is damaged",
        ),
    ],
)
def test_what_is_not_an_answer(said: bytes, cause: str, machine: Machine, fetcher: HttpFetcher) -> None:
    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        await writer.drain()

    error = fails(fetcher, machine.talker(talk))
    assert type(error) is Unreachable
    assert error.cause == cause


@pytest.mark.parametrize(
    ("said", "body"),
    [
        # A length in characters of a text in UTF-8; what is behind it is not read.
        (b"Content-Length: 4\r\n\r\n<\xc3\xa4/>", b"<\xc3\xa4/"),
        (b"Content-Length: 4, 4\r\nContent-Length: 4\r\n\r\n<r/>and more", b"<r/>"),
        (b"Content-Length: 4\r\n\r\n<r/>HTTP/1.1 404 Not Found\r\n\r\n", b"<r/>"),
        # No length at all: until the host hangs up.
        (b"Content-Length: many\r\n\r\n<r/>", b"<r/>"),
        (b"Content-Length: -1\r\n\r\n<r/>", b"<r/>"),
        (b"Content-Length:\r\n\r\n<r/>", b"<r/>"),
        (b"Content-Length: 2\r\nContent-Length: 4\r\n\r\n<r/>", b"<r/>"),
        (b"Content-Length: 99999999999999999999\r\n\r\n<r/>", b"<r/>"),
        (b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<r/>\r\n0\r\n\r\n", b"<r/>"),
    ],
)
@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"])
@pytest.mark.parametrize("in_drops", [False, True])
def test_a_length_that_is_wrong(
    before: bytes, said: bytes, body: bytes, in_drops: bool, machine: Machine, fetcher: HttpFetcher
) -> None:
    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        answer = before + b"HTTP/1.1 200 OK\r\n" + said
        for start in range(0, len(answer), 1 if in_drops else len(answer)):
            writer.write(answer[start : start + 1] if in_drops else answer)
            await writer.drain()
            await asyncio.sleep(0)

    assert fetcher.fetch(machine.talker(talk)).data == body


def test_nobody_listens(fetcher: HttpFetcher, free_port: int) -> None:
    url = f"http://127.0.0.1:{free_port}/"
    assert str(fails(fetcher, url)) == f"{url}: connection refused"


# Credentials


def basic(pair: str) -> str:
    return f"Basic {b64encode(pair.encode()).decode()}"


@pytest.mark.parametrize(
    ("userinfo", "pair"),
    [
        ("ann:secret", "ann:secret"),
        ("ann%40home:s%2Fe%3Ac", "ann@home:s/e:c"),
        ("ann", "ann:"),
        ("änn:ß", "änn:ß"),
    ],
)
def test_credentials_are_sent_and_not_shown(
    userinfo: str, pair: str, site: Site, fetcher: HttpFetcher
) -> None:
    url = site.says("/feed", body=b"x")
    fetched = fetcher.fetch(url.replace("//", f"//{userinfo}@"))
    assert site.requests[0].headers["Authorization"] == basic(pair)
    assert (fetched.source, fetched.url) == (url, url)


def test_credentials_are_not_shown_in_errors(site: Site, fetcher: HttpFetcher) -> None:
    error = fails(fetcher, site.url.replace("//", "//ann:secret@"))
    assert str(error) == f"{site.url}: answered 404 (not found)"


def test_credentials_go_to_their_own_origin_only(machine: Machine, site: Site, fetcher: HttpFetcher) -> None:
    other = machine.site()
    back = site.says("/back", body=b"x")
    away = other.says("/away", status=302, Location=back)
    site.says("/near", status=302, Location=away)
    start = site.says("/start", status=302, Location="/near")
    fetcher.fetch(start.replace("//", "//ann:secret@"))
    assert [r.headers.get("Authorization") for r in site.requests] == [basic("ann:secret")] * 3
    assert [r.headers.get("Authorization") for r in other.requests] == [None]


def test_credentials_that_a_redirect_names_are_dropped(site: Site, fetcher: HttpFetcher) -> None:
    end = site.says("/end", body=b"x")
    start = site.says("/start", status=301, Location=end.replace("//", "//eve:evil@"))
    assert fetcher.fetch(start).url == end
    assert "Authorization" not in site.requests[1].headers


# Names that are none


@pytest.mark.parametrize(
    "source",
    [
        "http://",
        "http:///feed",
        "http://?feed",
        "http://:80/",
        "http://ann@/",
        "http://[::1",
        "http://[nonsense]/",
        "http://127.0.0.1:port/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:-1/",
        "http://a b.example/",
        "http://a\0b.example/",
        "http://a\nb.example/",
        "http://a..example/",
        "http://.example/",
        f"http://{'a' * 64}.example/",
        f"http://{'a.' * 200}example/",
        "http://\ud800.example/",
        "http://a%00.example/",
        "http://%/",
    ],
)
def test_addresses_that_are_none(source: str, fetcher: HttpFetcher) -> None:
    error = fails(fetcher, source)
    assert error.cause in {"not a valid address", "no such host"}
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    "path", ["/a\0b", "/a\r\nX-Evil: 1", "/\ud800", "/%zz", "/ü?ü", "/a b", "/" + "a" * 100_000]
)
def test_paths_that_are_odd(path: str, site: Site, fetcher: HttpFetcher) -> None:
    error = fails(fetcher, site.url + path)
    assert "\n" not in str(error)
    assert all("X-Evil" not in request.headers for request in site.requests)


# Threads


def test_many_threads_at_once(site: Site, fetcher: HttpFetcher) -> None:
    urls = [site.says(f"/{n}", body=str(n).encode()) for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert [fetched.data for fetched in pool.map(fetcher.fetch, urls)] == [
            str(n).encode() for n in range(40)
        ]


def test_no_more_than_two_at_a_time_to_one_host(site: Site, fetcher: HttpFetcher) -> None:
    under_way = most = 0

    async def handler(_: web.Request) -> web.StreamResponse:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.02)
        under_way -= 1
        return web.Response()

    site.handlers["/"] = handler
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fetcher.fetch, [site.url] * 8))
    assert most == 2


def test_closing_ends_what_is_under_way(site: Site, machine: Machine) -> None:
    asked = Event()

    async def handler(_: web.Request) -> web.StreamResponse:
        asked.set()
        await asyncio.sleep(60)
        return web.Response()

    site.handlers["/"] = handler
    fetcher = HttpFetcher(allow=AllowList.parse(["127.0.0.1"]))
    with ThreadPoolExecutor(1) as pool:
        fetching = pool.submit(fetcher.fetch, site.url)
        assert asked.wait(2)
        fetcher.close()
        error = fetching.exception(1)
    assert isinstance(error, Unreachable)
    assert error.cause == "stopped"


def test_closing_does_not_wait_for_a_name_server(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, release = Event(), Event()

    def getaddrinfo(*_: object, **__: object) -> list[object]:
        asked.set()
        assert release.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    fetcher = HttpFetcher()
    with ThreadPoolExecutor(1) as pool:
        fetching = pool.submit(fetcher.fetch, "http://a.example/")
        assert asked.wait(2)
        fetcher.close()
        assert isinstance(fetching.exception(1), Unreachable)
    assert not release.is_set()
    release.set()


def test_closed_twice_and_used_again(site: Site, fetcher: HttpFetcher) -> None:
    url = site.says("/", body=b"x")
    fetcher.close()
    fetcher.fetch(url)
    fetcher.close()
    fetcher.close()
    assert fetcher.fetch(url).data == b"x"
