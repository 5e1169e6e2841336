"""Many requests at once: what comes back, the hosts' turns, what is held."""

from __future__ import annotations

import asyncio
import socket
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Iterator
from threading import Event, current_thread
from typing import Any

import pytest
from aiohttp import web

from castabout.errors import AddressRefused, HostBusy, SourceError, TooLarge, Unreachable
from castabout.fetch import Credentials, Fetched, NotModified, Outcome, Request
from castabout.fetch.guard import AllowList
from castabout.fetch.http import HttpFetcher
from tests.fetch.servers import Machine, Site


@pytest.fixture
def fetcher() -> Iterator[HttpFetcher]:
    """Reaches all of 127.0.0.0/8, so that a test can have several hosts."""
    made = HttpFetcher(timeout_s=20, connect_s=20, read_s=20, allow=AllowList.parse(["127.0.0.0/8"]))
    yield made
    made.close()


def each(
    fetcher: HttpFetcher, *requests: Request, workers: int = 8, spacing_s: float = 0
) -> dict[str, Outcome]:
    """The outcomes by address."""
    results = list(fetcher.fetch_each(requests, workers=workers, spacing_s=spacing_s))
    assert len(results) == len(requests)
    return {request.url: outcome for request, outcome in results}


def test_each_request_with_its_outcome(site: Site, fetcher: HttpFetcher) -> None:
    good = Request(site.says("/good", body=b"<rss/>", Content_Type="text/xml"))
    missing = Request(f"{site.url}/missing")
    private = Request("http://10.0.0.1/")
    nonsense = Request("http://[::1")
    outcomes = each(fetcher, good, missing, private, nonsense)
    assert outcomes[good.url] == Fetched(good.url, good.url, b"<rss/>", content_type="text/xml")
    failed = outcomes[missing.url]
    assert isinstance(failed, Unreachable)
    assert (str(failed), failed.status) == (f"{missing.url}: answered 404 (not found)", 404)
    assert type(outcomes[private.url]) is AddressRefused
    assert str(outcomes[nonsense.url]) == "http://[::1: not a valid address"


def test_an_error_does_not_keep_what_was_read(machine: Machine, fetcher: HttpFetcher) -> None:
    async def talk(_: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>")
        await writer.drain()

    [(_, error)] = fetcher.fetch_each([Request(machine.talker(talk))], workers=1, spacing_s=0)
    assert isinstance(error, Unreachable)
    assert (error.__traceback__, error.__cause__, error.__context__) == (None, None, None)


def test_no_requests(fetcher: HttpFetcher) -> None:
    assert each(fetcher) == {}


def test_first_what_is_ready_first(site: Site, fetcher: HttpFetcher) -> None:
    release = asyncio.Event()

    async def slow(_: web.Request) -> web.StreamResponse:
        await release.wait()
        return web.Response(body=b"slow")

    async def quick(_: web.Request) -> web.StreamResponse:
        release.set()
        return web.Response(body=b"quick")

    site.handlers |= {"/slow": slow, "/quick": quick}
    requests = [Request(f"{site.url}/slow"), Request(f"{site.url}/quick")]
    results = fetcher.fetch_each(requests, workers=2, spacing_s=0)
    assert [request for request, _ in results] == requests[::-1]


def test_many(site: Site, fetcher: HttpFetcher) -> None:
    requests = [Request(site.says(f"/{n}", body=b"%d" % n)) for n in range(300)]
    outcomes = each(fetcher, *requests, workers=20)
    assert {
        url.rpartition("/")[2]: o.data.decode() for url, o in outcomes.items() if isinstance(o, Fetched)
    } == {str(n): str(n) for n in range(300)}


def test_credentials_and_validators_are_sent(site: Site, fetcher: HttpFetcher) -> None:
    url = site.says("/", status=304)
    request = Request(url, etag='"a"', credentials=Credentials("ann", "secret"))
    assert each(fetcher, request)[url] == NotModified(url, url, etag='"a"')
    assert site.requests[0].headers["If-None-Match"] == '"a"'
    assert site.requests[0].headers["Authorization"] == "Basic YW5uOnNlY3JldA=="


def test_requests_are_drawn_as_there_is_room_in_the_thread_that_asks(
    machine: Machine, fetcher: HttpFetcher
) -> None:
    everywhere = machine.site(host="0.0.0.0")
    port = everywhere.says("/", body=b"x").rpartition(":")[2].rstrip("/")
    drawn = 0
    threads: set[str] = set()

    def requests() -> Iterator[Request]:
        nonlocal drawn
        while True:
            drawn += 1
            threads.add(current_thread().name)
            yield Request(f"http://127.0.0.{drawn % 250 + 1}:{port}?{drawn}")

    results = fetcher.fetch_each(requests(), workers=4, spacing_s=0)
    for taken in range(1, 201):
        next(results)
        # Under way, answered and waiting: all of them are bounded.
        assert drawn <= taken + 16
    assert threads == {current_thread().name}
    results.close()  # type: ignore[attr-defined]


def test_a_fault_while_drawing_is_not_hidden(site: Site, fetcher: HttpFetcher) -> None:
    def requests() -> Iterator[Request]:
        yield Request(site.url)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(fetcher.fetch_each(requests(), workers=2, spacing_s=0))


def test_many_large_bodies(machine: Machine, fetcher: HttpFetcher) -> None:
    everywhere = machine.site(host="0.0.0.0")
    body = b"<rss>" + bytes(4_500_000)
    port = everywhere.says("/", body=body).rpartition(":")[2]
    outcomes = each(fetcher, *[Request(f"http://127.0.0.{n}:{port}") for n in range(1, 25)], workers=24)
    assert all(isinstance(outcome, Fetched) and outcome.data == body for outcome in outcomes.values())


# Hosts


def test_two_at_a_time_to_one_host(site: Site, fetcher: HttpFetcher) -> None:
    under_way = most = 0

    async def handler(_: web.Request) -> web.StreamResponse:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1
        return web.Response()

    site.handlers["/"] = handler
    each(fetcher, *[Request(f"{site.url}/?{n}") for n in range(10)], workers=8)
    assert most == 2


def test_what_is_begun_to_one_host_is_begun_apart(site: Site, fetcher: HttpFetcher) -> None:
    begun: list[float] = []

    async def handler(_: web.Request) -> web.StreamResponse:
        begun.append(asyncio.get_running_loop().time())
        return web.Response()

    site.handlers["/"] = handler
    each(fetcher, *[Request(f"{site.url}/?{n}") for n in range(4)], workers=8, spacing_s=0.05)
    # They are begun 0.05 s apart; under way the first may lose some time.
    assert begun[3] - begun[0] > 0.1


def test_a_slow_host_holds_nobody_up(machine: Machine, site: Site, fetcher: HttpFetcher) -> None:
    slow = machine.site(host="127.0.0.2")
    release = asyncio.Event()

    async def handler(_: web.Request) -> web.StreamResponse:
        await release.wait()
        return web.Response()

    async def last(_: web.Request) -> web.StreamResponse:
        release.set()
        return web.Response()

    slow.handlers["/"] = handler
    site.says("/", body=b"x")
    site.handlers["/last"] = last
    # Ten times as many as there are workers come first; all of those behind them are done before.
    requests = [Request(f"{slow.url}/?{n}") for n in range(40)]
    requests += [Request(f"{site.url}/?{n}") for n in range(20)]
    requests += [Request(f"{site.url}/last")]
    results = [request.url for request, _ in fetcher.fetch_each(requests, workers=4, spacing_s=0)]
    # The last two of them are under way together when the slow host is let go.
    assert all(url.startswith(site.url) for url in results[:19])


def test_a_slow_host_that_others_redirect_to_holds_nobody_up(
    machine: Machine, site: Site, fetcher: HttpFetcher
) -> None:
    slow = machine.site(host="127.0.0.2")
    release = asyncio.Event()

    async def handler(_: web.Request) -> web.StreamResponse:
        await release.wait()
        return web.Response()

    async def last(_: web.Request) -> web.StreamResponse:
        release.set()
        return web.Response()

    slow.handlers["/"] = handler
    site.handlers["/last"] = last
    moved = site.says("/moved", status=301, Location=f"{slow.url}/")
    requests = [Request(f"{moved}?{n}") for n in range(20)] + [Request(f"{site.url}/last")]
    outcomes = each(fetcher, *requests, workers=4)
    assert all(isinstance(outcome, Fetched) for outcome in outcomes.values())


def test_names_that_are_looked_up_slowly_hold_nobody_up(
    site: Site, fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = Event()
    real: Callable[..., list[Any]] = socket.getaddrinfo

    def getaddrinfo(host: str, *args: Any, **options: Any) -> list[Any]:
        if host.endswith(".slow.example"):
            assert release.wait(10)
        return real("127.0.0.1", *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    port = site.says("/", body=b"x").rpartition(":")[2]
    slow = [Request(f"http://{n}.slow.example:{port}") for n in range(40)]
    quick = [Request(f"http://{n}.quick.example:{port}") for n in range(10)]
    results = fetcher.fetch_each(slow + quick, workers=50, spacing_s=0)
    assert {next(results)[0] for _ in quick} == set(quick)
    release.set()
    assert all(isinstance(outcome, Fetched) for _, outcome in results)


def test_a_host_with_too_many_before_it_is_not_waited_for(site: Site, fetcher: HttpFetcher) -> None:
    url = site.says("/", body=b"x")
    requests = [Request(f"{url}?{n}") for n in range(4)]
    results = fetcher.fetch_each(requests, workers=4, spacing_s=200)
    request, busy = next(results)
    assert isinstance(busy, HostBusy)
    # The first is begun at once, the second 200 s later, the third would be 400 s later.
    assert request is requests[2]
    assert 399 < busy.retry_after_s <= 400
    results.close()  # type: ignore[attr-defined]


def test_a_host_that_asks_for_rest_gets_it(site: Site, fetcher: HttpFetcher) -> None:
    site.says("/", status=429, Retry_After="1000")

    def requests() -> Iterator[Request]:
        for n in range(20):
            yield Request(f"{site.url}/?{n}")

    outcomes = [outcome for _, outcome in fetcher.fetch_each(requests(), workers=1, spacing_s=0)]
    first = outcomes[0]
    assert isinstance(first, Unreachable)
    assert (first.status, first.retry_after_s) == (429, 1000)
    later = outcomes[1]
    assert isinstance(later, HostBusy)
    assert 999 < later.retry_after_s <= 1000
    assert (later.cause, later.status) == ("its host asks for rest", 429)
    assert len(site.requests) <= 2


@pytest.mark.parametrize("does_say_when", [True, False])
def test_whoever_comes_later_does_not_disturb_it_either(
    does_say_when: bool, machine: Machine, site: Site, fetcher: HttpFetcher
) -> None:
    other = machine.site(host="127.0.0.2")
    if does_say_when:
        site.says("/", status=503, Retry_After="100000")
    else:
        site.says("/", status=429)
    moved = other.says("/", status=302, Location=site.url)
    requests = [Request(f"{site.url}/?{n}") for n in range(3)] + [Request(f"{moved}?{n}") for n in range(3)]
    outcomes = each(fetcher, *requests, workers=1)
    assert len(site.requests) <= 2
    assert sum(isinstance(outcome, HostBusy) for outcome in outcomes.values()) >= 4


def test_a_short_rest_is_waited_for(site: Site, fetcher: HttpFetcher) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        first = len(site.requests) == 1
        return web.Response(status=503, headers={"Retry-After": "0"}) if first else web.Response()

    site.handlers["/"] = handler
    outcomes = each(fetcher, *[Request(f"{site.url}/?{n}") for n in range(4)], workers=1)
    assert sum(isinstance(outcome, Fetched) for outcome in outcomes.values()) == 3


# Ends


def test_leaving_off_early_ends_what_is_under_way(site: Site, fetcher: HttpFetcher) -> None:
    begun, left = asyncio.Event(), Event()

    async def slow(_: web.Request) -> web.StreamResponse:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            left.set()
        return web.Response()

    async def quick(_: web.Request) -> web.StreamResponse:
        await begun.wait()
        return web.Response()

    site.handlers |= {"/slow": slow, "/quick": quick}
    requests = [Request(f"{site.url}/slow"), Request(f"{site.url}/quick")]
    results = fetcher.fetch_each(requests, workers=2, spacing_s=0)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert left.wait(10)


def test_closing_ends_it(site: Site, fetcher: HttpFetcher) -> None:
    async def slow(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(60)
        return web.Response()

    site.handlers["/slow"] = slow
    quick = site.says("/quick", body=b"x")
    results = fetcher.fetch_each([Request(f"{site.url}/slow"), Request(quick)], workers=2, spacing_s=0)
    next(results)
    fetcher.close()
    rest: list[tuple[Request, Fetched | NotModified | SourceError]] = list(results)
    assert rest == []


def test_a_request_may_have_a_lower_limit_of_its_own(site: Site, fetcher: HttpFetcher) -> None:
    fits = Request(site.says("/fits", body=b"x" * 100), limit_bytes=100)
    much = Request(site.says("/much", body=b"x" * 101), limit_bytes=100)
    found = each(fetcher, fits, much)
    assert isinstance(found[fits.url], Fetched)
    assert type(found[much.url]) is TooLarge
