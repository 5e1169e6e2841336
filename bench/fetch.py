"""Asking for changes with `fetch_each` against bare aiohttp that only makes the requests.

    ./run bench fetch [--feeds 3000] [--rounds 7] [--workers 100]

A server in a process of its own answers 304 to everything and closes the connection; every feed has a host of its
own (127.x.y.z), so that both open a new connection for each, as a crawler does. The bare one has the same
number of tasks, reads status and body, and checks nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection

import aiohttp

from castabout.fetch import NotModified, Request
from castabout.fetch.guard import AllowList
from castabout.fetch.http import HttpFetcher

ETAG = '"5f8b-62d3a1c0"'
MODIFIED = "Fri, 30 Oct 2026 08:00:00 GMT"
ANSWER = (
    "HTTP/1.1 304 Not Modified\r\nDate: Sun, 01 Nov 2026 12:00:00 GMT\r\nServer: bench\r\nConnection: close\r\n"
    f"Cache-Control: max-age=300\r\nETag: {ETAG}\r\nLast-Modified: {MODIFIED}\r\n\r\n"
).encode()


def main() -> None:
    """Measure both in turn and print medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--workers", type=int, default=100)
    options = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port: int = ours.recv()
    requests = [Request(url, ETAG, MODIFIED) for url in addresses(port, options.feeds)]
    contenders: dict[str, Callable[[list[Request], int], None]] = {"fetch_each": crawl, "bare aiohttp": bare}
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for round in range(options.rounds + 1):
        for name, contender in contenders.items():
            began = time.perf_counter()
            contender(requests, options.workers)
            if round:  # the first one warms up
                rates[name].append(len(requests) / (time.perf_counter() - began))
    for name, values in rates.items():
        print(f"{name:13} median {statistics.median(values):6.0f} feeds/s")
    ratio = statistics.median(a / b for a, b in zip(rates["fetch_each"], rates["bare aiohttp"], strict=True))
    print(f"fetch_each / bare  {ratio:.2f}   (bound 0.8)")
    server.kill()


def addresses(port: int, feeds: int) -> Iterable[str]:
    """Each at a host of its own."""
    return (f"http://127.{n >> 16}.{n >> 8 & 255}.{n & 255}:{port}/feed.xml" for n in range(256, 256 + feeds))


class Unchanged(asyncio.Protocol):
    """Answers 304 to whatever is asked."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer once the request is whole."""
        if data.endswith(b"\r\n\r\n"):
            self._transport.write(ANSWER)
            self._transport.close()


def serve(parent: Connection) -> None:
    """Serve until killed; tell the port to ``parent``."""

    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(Unchanged, "0.0.0.0", 0, backlog=4096)
        parent.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


def crawl(requests: list[Request], workers: int) -> None:
    """By castabout: each host in its turn, addresses checked, answers as values."""
    fetcher = HttpFetcher(allow=AllowList.parse(["127.0.0.0/8"]))
    try:
        for _, outcome in fetcher.fetch_each(requests, workers=workers, spacing_s=1):
            assert isinstance(outcome, NotModified), outcome
    finally:
        fetcher.close()


def bare(requests: list[Request], workers: int) -> None:
    """By aiohttp: the requests and nothing else."""

    async def work(session: aiohttp.ClientSession, rest: Iterable[Request]) -> None:
        for request in rest:
            sent = {"If-None-Match": request.etag or "", "If-Modified-Since": request.last_modified or ""}
            async with session.get(request.url, headers=sent) as response:
                await response.read()
                assert response.status == 304

    async def run() -> None:
        connector = aiohttp.TCPConnector(force_close=True, limit=0)
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
            rest = iter(requests)
            await asyncio.gather(*(work(session, rest) for _ in range(workers)))

    asyncio.run(run())


if __name__ == "__main__":
    main()
