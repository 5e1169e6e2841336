"""Asking for changes only: which validators are sent to whom, and what is believed."""

from __future__ import annotations

from asyncio import StreamReader, StreamWriter

import pytest
from aiohttp import web

from castabout.errors import AddressRefused, Unreachable
from castabout.fetch import Fetched, NotModified, Outcome, Request
from castabout.fetch.http import HttpFetcher
from tests.fetch.servers import Machine, Site

DATE = "Fri, 30 Oct 2026 08:00:00 GMT"


def ask(fetcher: HttpFetcher, request: Request) -> Outcome:
    [(_, outcome)] = fetcher.fetch_each([request], workers=1, spacing_s=0)
    return outcome


def sent(site: Site) -> list[tuple[str | None, str | None]]:
    return [(r.headers.get("If-None-Match"), r.headers.get("If-Modified-Since")) for r in site.requests]


def test_all_that_an_answer_says(site: Site, fetcher: HttpFetcher) -> None:
    url = site.says(
        "/",
        body=b"<rss/>",
        ETag='W/"a"',
        Last_Modified=DATE,
        Cache_Control="max-age=600",
        Content_Type="text/xml; charset=x",
        Link='</hub>; rel="hub"',
    )
    assert ask(fetcher, Request(url)) == Fetched(
        url,
        url,
        b"<rss/>",
        etag='W/"a"',
        last_modified=DATE,
        keep_s=600,
        content_type="text/xml; charset=x",
        links=(("hub", f"{site.url}/hub"),),
    )
    assert sent(site) == [(None, None)]


def test_nothing_new(site: Site, fetcher: HttpFetcher) -> None:
    url = site.says("/", status=304)
    assert ask(fetcher, Request(url, '"a"', DATE)) == NotModified(url, url, etag='"a"', last_modified=DATE)
    assert sent(site) == [('"a"', DATE)]


def test_nothing_new_under_a_new_validator(site: Site, fetcher: HttpFetcher) -> None:
    url = site.says("/", status=304, ETag='"b"', Cache_Control="max-age=60")
    assert ask(fetcher, Request(url, '"a"')) == NotModified(url, url, etag='"b"', keep_s=60)


@pytest.mark.parametrize(
    "request_", [Request(""), Request("", etag=""), Request("", etag='"a"\r\nX-Evil: 1')]
)
def test_an_answer_to_what_was_not_asked(request_: Request, site: Site, fetcher: HttpFetcher) -> None:
    url = site.says("/", status=304)
    outcome = ask(fetcher, Request(url, request_.etag))
    assert isinstance(outcome, Unreachable)
    assert (outcome.cause, outcome.status) == ("answered 304 (not modified)", 304)
    assert sent(site) == [(None, None)]
    assert "X-Evil" not in site.requests[0].headers


def test_a_validator_of_bytes_that_are_no_text_is_left_out(machine: Machine, fetcher: HttpFetcher) -> None:
    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nETag: "\xe9"\r\nLast-Modified: \xff\r\nContent-Length: 1\r\n\r\nx')
        await writer.drain()

    outcome = ask(fetcher, Request(machine.talker(talk)))
    assert isinstance(outcome, Fetched)
    assert (outcome.etag, outcome.last_modified) == (None, None)


def test_a_feed_that_has_moved_for_good_is_asked_anew(
    machine: Machine, site: Site, fetcher: HttpFetcher
) -> None:
    other = machine.site()
    end = other.says("/", body=b"new", ETag='"a"')
    start = site.says("/", status=301, Location=end)
    outcome = ask(fetcher, Request(start, '"a"', DATE))
    assert isinstance(outcome, Fetched)
    assert outcome.url == end
    assert (sent(site), sent(other)) == ([('"a"', DATE)], [(None, None)])


def test_a_feed_that_is_elsewhere_for_the_time_being_is_asked_for_changes(
    machine: Machine, site: Site, fetcher: HttpFetcher
) -> None:
    other = machine.site()
    start = site.says("/", status=302, Location=other.says("/", status=304))
    assert ask(fetcher, Request(start, '"a"')) == NotModified(start, start, etag='"a"')
    assert sent(other) == [('"a"', None)]


def test_a_fetch_by_itself_asks_for_all(site: Site, fetcher: HttpFetcher) -> None:
    fetched = fetcher.fetch(site.says("/", body=b"x", ETag='"a"'))
    assert fetched.etag == '"a"'
    assert sent(site) == [(None, None)]


# Messages and further headers


def test_a_message(site: Site, fetcher: HttpFetcher) -> None:
    bodies: list[bytes] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        bodies.append(await request.read())
        return web.Response(status=202)

    site.handlers["/hub"] = handler
    start = site.says("/", status=307, Location="/hub")
    fetcher.post(start, {"hub.mode": "subscribe", "hub.topic": "http://a.example/?a=b&c=ü"})
    assert [(r.method, r.content_type) for r in site.requests] == [
        ("POST", "application/x-www-form-urlencoded")
    ] * 2
    assert bodies == [b"hub.mode=subscribe&hub.topic=http%3A%2F%2Fa.example%2F%3Fa%3Db%26c%3D%C3%BC"]


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_message_is_not_lost_by_a_redirect(status: int, site: Site, fetcher: HttpFetcher) -> None:
    with pytest.raises(Unreachable, match="redirects a message so that it would be lost"):
        fetcher.post(site.says("/", status=status, Location="/hub"), {"a": "b"})
    assert len(site.requests) == 1


def test_a_message_that_is_not_taken(site: Site, fetcher: HttpFetcher) -> None:
    with pytest.raises(Unreachable, match=r"answered 404 \(not found\)"):
        fetcher.post(site.url, {"a": "b"})


def test_a_message_is_guarded(fetcher: HttpFetcher) -> None:
    with pytest.raises(AddressRefused):
        fetcher.post("http://10.0.0.1/", {"a": "b"})


def test_further_headers_go_to_their_own_origin_only(
    machine: Machine, site: Site, fetcher: HttpFetcher
) -> None:
    other = machine.site()
    start = site.says("/", status=302, Location=other.says("/", body=b"x"))
    fetcher.fetch(start, {"X-Auth-Key": "secret"})
    assert site.requests[0].headers["X-Auth-Key"] == "secret"
    assert "X-Auth-Key" not in other.requests[0].headers
