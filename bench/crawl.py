"""The crawl from end to end, its store brought up to date, against those who do a part of it.

    ./run bench crawl [--unchanged 3000] [--copies 24] [--rounds 5] [FOLDER]

1. Feeds that answer 304, each at a host of its own: feeds a second, against bare aiohttp that
   only makes the requests.
2. Real feeds, ``copies`` of each, into an empty library, and once more with other bytes that say nothing new:
   megabytes a second, against the parser alone on all cores, without network and store.

The server is a process of its own. Contenders take turns; medians of ratios are what counts.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import multiprocessing
import os
import pstats
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import ClassVar

from bench.fetch import ETAG, MODIFIED, Unchanged, addresses, bare
from bench.generated import ROOT
from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.update import add, update
from castabout.fetch import Request
from castabout.parse.feed import parse_feed

_SETTINGS = {"CASTABOUT_ALLOW_HOSTS": "127.0.0.0/8", "CASTABOUT_WORKERS": "100"}
_WORKERS = 100
_GUID = re.compile(rb"<podcast:guid>[^<]*</podcast:guid>")


class Bodies(Unchanged):
    """Answers ``/NAME/304`` with 304 and ``/NAME/…`` with the real feed of that name, different each time."""

    folder = Path()
    _feeds: ClassVar[dict[str, bytes]] = {}
    _number = 0

    def data_received(self, data: bytes) -> None:
        """Answer once the request is whole."""
        name, _, kind = data.split(b" ", 2)[1].decode().lstrip("/").partition("/")
        if kind == "304":
            super().data_received(data)
            return
        if name not in self._feeds:
            # Without their GUIDs: copies are to be shows of their own.
            self._feeds[name] = _GUID.sub(b"", (self.folder / name).read_bytes())
        Bodies._number += 1
        body = self._feeds[name] + f"<!-- {self._number} -->".encode()
        head = f"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)
        self._transport.close()


def serve(parent: Connection, folder: Path) -> None:
    """Serve until killed; tell the port to ``parent``."""
    Bodies.folder = folder

    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(Bodies, "0.0.0.0", 0, backlog=4096)
        parent.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unchanged", type=int, default=3000)
    parser.add_argument("--copies", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="show where the time of the main thread goes")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data" / "feeds")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"bench: no feeds in {options.folder}; name a folder of feeds")
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(theirs, options.folder), daemon=True
    )
    server.start()
    port: int = ours.recv()
    try:
        _unchanged(port, options.unchanged, options.rounds, profile=options.profile)
        _bodies(port, options.folder, options.copies, options.rounds, profile=options.profile)
    finally:
        server.kill()


@contextmanager
def _library() -> Iterator[Castabout]:
    with tempfile.TemporaryDirectory() as folder:
        castabout = assemble(load_settings(Path(folder), _SETTINGS))
        yield castabout
        castabout.close()


def _unchanged(port: int, count: int, rounds: int, *, profile: bool) -> None:
    urls = [url.replace("/feed.xml", "/x/304") for url in addresses(port, count)]
    requests = [Request(url, ETAG, MODIFIED) for url in urls]
    rates: dict[str, list[float]] = {"castabout": [], "aiohttp": []}
    with _library() as castabout:
        _enrol(castabout, urls)
        for round in range(rounds + 1):
            _make_due(castabout)
            ours = _timed(lambda: _update(castabout, count))
            theirs = _timed(lambda: bare(requests, _WORKERS))
            if round:  # the first one warms up
                rates["castabout"].append(count / ours)
                rates["aiohttp"].append(count / theirs)
        print(f"304, {count:,} feeds:")
        _print(rates, "aiohttp", "at least 0.5")
        if profile:
            _make_due(castabout)
            _profiled(lambda: _update(castabout, count))


def _bodies(port: int, folder: Path, copies: int, rounds: int, *, profile: bool) -> None:
    names = [path.name for path in sorted(folder.glob("*.xml"))]
    kinds = [(name, copy) for copy in range(copies) for name in names]
    hosts = addresses(port, len(kinds))
    urls = [
        url.replace("/feed.xml", f"/{name}/{copy}") for url, (name, copy) in zip(hosts, kinds, strict=True)
    ]
    data = [(folder / name).read_bytes() for name, _ in kinds]
    megabytes = sum(map(len, data)) / 1e6
    rates: dict[str, list[float]] = {"new": [], "again": [], "parser": []}
    processor: dict[str, list[float]] = {name: [] for name in rates}
    for round in range(rounds + 1):
        with _library() as castabout:
            works: dict[str, Callable[[], None]] = {
                "new": lambda: _drain(add(castabout, urls, found=lambda _: None)),
                "again": lambda: _drain(update(castabout, index=lambda: None)),
                "parser": lambda: _parse_all(data),
            }
            for name, work in works.items():
                _make_due(castabout)
                begun = _processor()
                wall = _timed(work)
                if round:
                    rates[name].append(megabytes / wall)
                    processor[name].append(_processor() - begun)
            if profile and not round:
                _make_due(castabout)
                _profiled(works["again"])
    print(f"bodies, {len(urls):,} feeds, {megabytes:.0f} MB, in MB/s:")
    _print(rates, "parser", "on all cores, without network and store")
    for name, seconds in processor.items():
        print(f"  {name:10} {statistics.median(seconds):.2f} s of processor time in all processes")


def _parse_all(data: list[bytes]) -> None:
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
        _drain(pool.map(_parse, data, chunksize=4))


def _parse(data: bytes) -> int:
    return len(parse_feed(data).episodes)


def _processor() -> float:
    """Seconds of processor time of this process and of those that it waited for."""
    return sum(sum(getrusage(who)[:2]) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))


def _enrol(castabout: Castabout, urls: list[str]) -> None:
    with castabout.store.writing() as connection:
        for number, url in enumerate(urls, start=1):
            connection.exec_driver_sql(
                "INSERT INTO podcasts (id, source, digest, value, episodes, added) VALUES (?, ?, '', '{}', 0, 0)",
                (f"00000000-0000-5000-8000-{number:012x}", url),
            )
            connection.exec_driver_sql(
                "INSERT INTO feeds (podcast_row, next_fetch, etag, last_modified, parser, last_good, failures, "
                "is_gone) VALUES (?, 0, ?, ?, 1, 1, 0, false)",
                (number, ETAG, MODIFIED),
            )


def _make_due(castabout: Castabout) -> None:
    with castabout.store.writing() as connection:
        connection.exec_driver_sql("UPDATE feeds SET next_fetch = 0")


def _update(castabout: Castabout, count: int) -> None:
    results = list(update(replace(castabout, spacing_s=0), index=lambda: None))
    assert len(results) == count
    assert all(result.is_as_before for result in results)


def _drain(results: object) -> None:
    for result in results:  # type: ignore[attr-defined]
        assert not getattr(result, "error", None), result


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _print(rates: dict[str, list[float]], peer: str, bound: str) -> None:
    for name, values in rates.items():
        print(f"  {name:10} median {statistics.median(values):7.1f}")
    for name, values in rates.items():
        if name != peer:
            ratio = statistics.median(a / b for a, b in zip(values, rates[peer], strict=True))
            print(f"  {name} / {peer}: {ratio:.2f}   ({bound})")


def _profiled(work: Callable[[], object]) -> None:
    profile = cProfile.Profile()
    profile.runcall(work)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(28)


if __name__ == "__main__":
    main()
