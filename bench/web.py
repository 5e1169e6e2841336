"""The pages as they are served: how many a second, how heavy, how soon they are seen, whether they jump.

    ./run bench web [--episodes 1000000] [--connections 16] [--seconds 20]

The server runs in a process of its own, over a library of `bench.generated`; whoever asks is another one, with as
many connections as wanted, each of which asks again as soon as it is answered, for other topics each time, packed
as browsers have them. ``/healthz`` and a page that is known already (304) show what of it is the server's own.
Weights are those of the bytes sent. The browser is Chromium, with an empty cache for each page.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from playwright.sync_api import sync_playwright

from bench.generated import KEPT, fill, vocabulary
from castabout.assemble import assemble
from castabout.config import load_settings

WANTED_PER_SECOND, WANTED_P99_MS, WANTED_KB, WANTED_PAINT_MS = 100, 150, 60, 500
_TOPICS = 400
_WARM_S = 3.0
_WIDTHS = (390, 1280)
#: What a page loads of ours that has to be there for it to be seen.
_LINKED = re.compile(r'(?:src|href)="(/static/[^"]+\.(?:css|js)\?[^"]*)"')
_OBSERVE = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"


@dataclass(frozen=True, slots=True)
class Load:
    """What many requests took, in milliseconds."""

    per_second: float
    times: tuple[float, ...]
    faults: int

    def at(self, percent: float) -> float:
        """The time within which so many of a hundred were answered."""
        ordered = sorted(self.times)
        return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)]


def main() -> None:
    """Build what is missing, serve it, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=1_000_000)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    home = KEPT / f"episodes-{options.episodes}"
    if not (home / "library.db").exists():
        castabout = assemble(load_settings(home, {"CASTABOUT_INDEX_MEMORY_MB": "400"}))
        fill(castabout, options.episodes)
        castabout.close()
    with _served(home) as address:
        print(f"{options.episodes:,} episodes, {options.connections} connections, {os.cpu_count()} cores")
        _speed(address, options.connections, options.seconds)
        pages = _pages(address)
        _weights(address, pages)
        _seen(address, pages)


@contextmanager
def _served(home: Path) -> Iterator[str]:
    environment = {**os.environ, "CASTABOUT_HOME": str(home), "CASTABOUT_CRAWL": "no"}
    command = [sys.executable, "-m", "castabout", "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        if found is None:
            raise SystemExit("the server did not start")
        try:
            yield found[0].rstrip("/")
        finally:
            server.send_signal(signal.SIGINT)


def _speed(address: str, connections: int, seconds: float) -> None:
    """Requests a second, and how long each took."""
    rng = random.Random(7)
    words = vocabulary()
    topics = dict.fromkeys(rng.choices(words.words, cum_weights=words.weights, k=4 * _TOPICS))
    paths = [f"/topics/{quote(word)}" for word in list(topics)[:_TOPICS]]
    tags = {paths[0]: _tag(address + paths[0])}
    runs: tuple[tuple[str, list[str], dict[str, str]], ...] = (
        ("topic pages", paths, {}),
        ("one topic page, known (304)", paths[:1], tags),
        ("/healthz", ["/healthz"], {}),
    )
    for name, asked, known in runs:
        asyncio.run(_load(address, asked, known, connections, _WARM_S))
        load = asyncio.run(_load(address, asked, known, connections, seconds))
        wanted = f" (wanted: {WANTED_PER_SECOND}, p99 under {WANTED_P99_MS})" if asked is paths else ""
        print(
            f"{name:28} {load.per_second:7.0f} a second; ms: median {statistics.median(load.times):.1f}, "
            f"95 of 100 {load.at(95):.1f}, 99 of 100 {load.at(99):.1f}, slowest {max(load.times):.1f}"
            f"; {load.faults} faults{wanted}"
        )


def _tag(url: str) -> str:
    with urlopen(url) as answer:
        return str(answer.headers["etag"])


async def _load(
    address: str, paths: list[str], known: dict[str, str], connections: int, seconds: float
) -> Load:
    """Ask for ``paths`` in turn until the time is over; ``known`` are tags of what whoever asks has."""
    place = urlsplit(address)
    times: list[float] = []
    faults = 0
    begun = time.perf_counter()

    async def ask(first: int) -> None:
        nonlocal faults
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        at = first
        while time.perf_counter() < begun + seconds:
            path = paths[at % len(paths)]
            at += connections
            sent = time.perf_counter()
            writer.write(_request(path, place.netloc, known.get(path)))
            status = await _read(reader)
            times.append(1000 * (time.perf_counter() - sent))
            faults += status != (304 if path in known else 200)
        writer.close()

    await asyncio.gather(*(ask(number) for number in range(connections)))
    return Load(len(times) / (time.perf_counter() - begun), tuple(times), faults)


def _request(path: str, host: str, tag: str | None) -> bytes:
    known = f"If-None-Match: {tag}\r\n" if tag else ""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n{known}\r\n".encode()


async def _read(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end; its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if length := re.search(rb"content-length: (\d+)", head):
        await reader.readexactly(int(length[1]))
    elif b"transfer-encoding: chunked" in head:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head[9:12])


def _pages(address: str) -> dict[str, str]:
    """One page of each kind, by its name."""
    word = vocabulary().words[40]
    topic = _get(f"{address}/topics/{quote(word)}")[1].decode()
    links = {
        kind: found[0]
        for kind in ("podcasts", "episodes")
        if (found := re.search(rf"/{kind}/[0-9a-f-]+", topic))
    }
    return {
        "home": "/",
        "topic": f"/topics/{quote(word)}",
        "search": f"/search?q={quote(word)}",
        "moments": f"/search?q={quote(word)}&in=moments",
        "compare": f"/compare?topic={quote(word)}&topic={quote(vocabulary().words[60])}",
        "podcast": links["podcasts"],
        "episode": links["episodes"],
        "Listen Later": "/later",
        "sources": "/sources",
        "help": "/help/search",
    }


def _get(url: str) -> tuple[int, bytes]:
    """How many bytes were sent, and the body."""
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        body = answer.read()
        is_packed = answer.headers["content-encoding"] == "gzip"
        return len(body), gzip.decompress(body) if is_packed else body


def _weights(address: str, pages: dict[str, str]) -> None:
    """HTML, style and script of each page, as sent."""
    print(f"\n{'KB sent':14} {'HTML':>6} {'CSS':>6} {'JS':>6} {'all':>6}   (wanted: under {WANTED_KB})")
    for name, path in pages.items():
        html, body = _get(address + path)
        linked = {asset: _get(address + asset)[0] for asset in _LINKED.findall(body.decode())}
        css = sum(size for asset, size in linked.items() if ".css?" in asset)
        js = sum(linked.values()) - css
        sizes = (html, css, js, html + css + js)
        print(f"{name:14} " + " ".join(f"{size / 1000:6.1f}" for size in sizes))


def _seen(address: str, pages: dict[str, str]) -> None:
    """When something of each page is seen first, and how far what is seen moves."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    print(
        f"\n{'Chromium':14} first paint, ms (wanted: under {WANTED_PAINT_MS}), and layout shift (wanted: 0)"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, path in pages.items():
            told = []
            for width in _WIDTHS:
                context = browser.new_context(viewport={"width": width, "height": 800})
                context.route(lambda url: not url.startswith(address), lambda route: route.abort())
                page = context.new_page()
                page.add_init_script(_OBSERVE)
                page.goto(address + path, wait_until="load")
                # Two frames: what moves after the first paint has moved.
                page.evaluate(
                    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
                )
                told.append(
                    f"{width} px wide: {page.evaluate(_PAINT):4.0f}, {page.evaluate('window.shift'):.4f}"
                )
                context.close()
            print(f"{name:14} " + "   ".join(told))
        browser.close()


if __name__ == "__main__":
    main()
