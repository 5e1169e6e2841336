"""Many feeds at once: first import, second run, stopped and killed crawls. Real processes, a zoo of hosts."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from castabout.engine.check import check
from castabout.engine.crawl import LEASE_S
from castabout.store import feeds, inventory
from tests.engine.crawling import ENVIRONMENT, Crawler, crawler_at
from tests.zoo import Answer, Asked, Zoo, made_feed

FEEDS = 2000
#: How often the crawl is killed; fifty times with CASTABOUT_KILLS=50.
KILLS = int(os.environ.get("CASTABOUT_KILLS", "6"))
#: One feed in twenty fails, each in a way of its own.
STATUSES = (*range(400, 409), *range(411, 432), 451, *range(500, 512), *range(520, 531))
WAYS = (
    *(f"/status/{status}" for status in STATUSES),
    "/status/410",
    "/retry-after/120",
    "/retry-after/date",
    "/retry-after/garbage",
    "/unavailable",
    "/cloudflare",
    "/login",
    "/html",
    "/empty",
    "/chain/6",
    "/loop",
    "/to/file",
    "/to/gopher",
    "/to/metadata",
    "/to/private",
    "/slow/silent",
    "/slow/headers",
    "/slow/body",
    "/slow/endless",
    "/broken/short",
    "/broken/closed",
    "/broken/ssh",
    "/broken/packed",
    "/bomb",
    "/none",
    *(f"/is/{name}" for name in ("png", "mp3", "pdf", "zip", "text", "json", "sitemap", "no-items", "cut")),
)
OTHERS = {
    "png": b"\x89PNG\r\n\x1a\n",
    "mp3": b"ID3\x04",
    "pdf": b"%PDF-1.7\n",
    "zip": b"PK\x03\x04",
    "text": b"Hello\n",
    "json": b'{"hello": 1}',
    "sitemap": b"<urlset><url/></urlset>",
    "no-items": made_feed("/none", items=0),
    "cut": made_feed("/cut", items=1)[:200],
}


@pytest.fixture
def zoo() -> Iterator[Zoo]:
    with Zoo(Path("no-such-folder")) as zoo:
        zoo.pages |= {f"/is/{name}": lambda asked: Answer(OTHERS[asked.kind]) for name in OTHERS}
        yield zoo


def start(home: Path, *arguments: str, timeout: str = "1") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "castabout", "--home", str(home), *arguments],
        env={**os.environ, **ENVIRONMENT, "CASTABOUT_TIMEOUT": timeout},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def done(process: subprocess.Popen[str]) -> int:
    """Its exit status, once it has ended."""
    process.communicate()
    return process.returncode


def opml(path: Path, urls: list[str]) -> str:
    outlines = "".join(f'<outline type="rss" xmlUrl="{url}"/>' for url in urls)
    path.write_text(f"<opml><body>{outlines}</body></opml>")
    return str(path)


def test_two_thousand_feeds_of_which_a_hundred_fail(zoo: Zoo, tmp_path: Path) -> None:
    failing = (*WAYS, *(f"/status/{status}" for status in range(432, 532)))[:100]
    good = [zoo.url(f"/made/{number}", host=1000 + number) for number in range(FEEDS - len(failing))]
    bad = [zoo.url(way, host=10_000 + number) for number, way in enumerate(failing)]
    urls = good + bad
    random.Random(5).shuffle(urls)
    home = tmp_path / "home"
    adding = start(home, "add", opml(tmp_path / "feeds.opml", urls))
    out, err = adding.communicate()
    assert adding.returncode == 1
    assert out.splitlines()[-1] == "1,900 feeds read: 3,800 episodes added; 100 sources failed."
    reasons = err.splitlines()
    assert len(reasons) == 100
    assert all(sum(url in reason for reason in reasons) >= 1 for url in bad)

    with crawler_at(home, zoo) as crawler:
        assert check(crawler.castabout).faults == ()
        # Before the second run more than the hour passes that nobody shortens.
        crawler.time = datetime.now(UTC) + timedelta(hours=2)  # noqa: TID251 - the process above took the real one
        before = zoo.bodies.total()
        results = crawler.update(everything=True)
        assert len(results) == 1900
        assert [result for result in results if not result.is_as_before] == []
        assert zoo.bodies.total() == before


def crawl_of_slow_and_quick(zoo: Zoo, home: Path) -> tuple[set[str], subprocess.Popen[str]]:
    """A library whose feeds are all due; a crawl that waits for five hosts that do not answer."""
    quick = [zoo.url(f"/made/{number}", host=number + 2) for number in range(30)]
    slow = [zoo.url(f"/stops/{number}", host=number + 100) for number in range(5)]

    async def silence() -> AsyncIterator[bytes]:
        await asyncio.Event().wait()
        yield b""

    def stops(asked: Asked) -> Answer:
        return Answer(made_feed(asked.path)) if asked.times == 1 else Answer(talk=silence())

    zoo.pages |= {f"/stops/{number}": stops for number in range(5)}
    adding = start(home, "add", opml(home.with_suffix(".opml"), quick + slow), timeout="60")
    assert adding.communicate()[0].splitlines()[-1] == "35 feeds read: 70 episodes added."
    make_all_due(home, zoo)
    updating = start(home, "update", timeout="60")
    wait_for(lambda: not set(quick) & due(home, zoo))
    wait_for(lambda: zoo.requests.total() == 2 * 35)
    return set(quick), updating


@pytest.mark.parametrize("wanted", [signal.SIGTERM, signal.SIGINT])
def test_a_crawl_that_is_stopped_keeps_what_it_fetched(zoo: Zoo, tmp_path: Path, wanted: int) -> None:
    home = tmp_path / "home"
    quick, updating = crawl_of_slow_and_quick(zoo, home)
    updating.send_signal(wanted)
    _, err = updating.communicate()
    assert updating.returncode == 130
    assert err == "castabout: stopped; what was done is kept, run it again to go on\n"
    with crawler_at(home, zoo) as crawler:
        assert leases(crawler) == []
    assert len(due(home, zoo)) == 5
    assert not quick & due(home, zoo)


def test_two_processes_share_the_work(zoo: Zoo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    urls = [zoo.url(f"/grows/{number}", host=number + 2) for number in range(200)]
    assert done(start(home, "add", opml(tmp_path / "feeds.opml", urls))) == 0
    make_all_due(home, zoo)
    updating = [start(home, "update", "--json") for _ in range(3)]
    told = [json.loads(process.communicate()[0]) for process in updating]
    assert [process.returncode for process in updating] == [0, 0, 0]
    assert sum(one["asked"] for one in told) == 200
    assert sum(one["added"] for one in told) == 200
    assert set(zoo.requests.values()) == {2}
    with crawler_at(home, zoo) as crawler:
        assert inventory.counts(crawler.castabout.store) == (200, 400)
        assert check(crawler.castabout).faults == ()


def test_feeds_are_fetched_and_stored_while_another_process_adds(zoo: Zoo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    # A second, as in the other tests, is little for a host in this process where the machine is busy.
    first = start(home, "add", zoo.url("/grows/1"), timeout="60")
    _, err = first.communicate()
    assert (first.returncode, err) == (0, "")
    make_all_due(home, zoo)
    adding = start(home, "add", zoo.url("/made/1"), zoo.url("/slow/silent", host=2), timeout="60")
    wait_for(lambda: zoo.requests["/slow/silent"] == 1)
    with crawler_at(home, zoo) as crawler:
        (result,) = crawler.update()
        assert (result.error, result.added) == (None, 1)
    adding.send_signal(signal.SIGINT)
    assert done(adding) == 130


def test_a_crawl_killed_at_any_moment_loses_nothing(zoo: Zoo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    urls = [zoo.url(f"/grows/{number}", host=number + 2) for number in range(150)]
    assert done(start(home, "add", opml(tmp_path / "feeds.opml", urls))) == 0
    moments = random.Random(11)
    before = held(home, zoo)
    survived = 0
    for _ in range(KILLS):
        make_all_due(home, zoo)
        updating = start(home, "update")
        try:
            updating.wait(timeout=moments.uniform(0.3, 1.5))
            survived += 1
        except subprocess.TimeoutExpired:
            updating.kill()
        updating.communicate()
        after = held(home, zoo)
        assert before <= after
        before = after
    assert survived < KILLS, "no crawl was killed before its end: the moments come too late"
    with crawler_at(home, zoo) as crawler:
        now = datetime.now(UTC)  # noqa: TID251 - the processes took the real one
        assert all(until <= now.timestamp() + LEASE_S for until in leases(crawler))
        # When the last lease has run out all feeds are fetched, and nothing is missing or wrong.
        crawler.time = now + timedelta(days=30)
        assert len(crawler.update(everything=True)) == 150
        assert leases(crawler) == []
        assert inventory.faults(crawler.castabout.store) == ()
        # Each feed has one more episode each time it is asked.
        assert inventory.counts(crawler.castabout.store) == (150, zoo.requests.total())
    assert done(start(home, "check", "--repair")) == 0


def make_all_due(home: Path, zoo: Zoo) -> None:
    with crawler_at(home, zoo) as crawler, crawler.castabout.store.writing() as connection:
        connection.exec_driver_sql("UPDATE feeds SET next_fetch = 1, lease_until = NULL, lease_owner = NULL")


def due(home: Path, zoo: Zoo) -> set[str]:
    """The addresses of feeds that were not fetched since `make_all_due`."""
    with crawler_at(home, zoo) as crawler:
        known = feeds.by_rows(crawler.castabout.store, range(1, 36)).values()
        return {feed.url for feed in known if feed.state.next_fetch == 1}


def held(home: Path, zoo: Zoo) -> set[tuple[str, str]]:
    """All stored episodes, as they are."""
    with crawler_at(home, zoo) as crawler, crawler.castabout.store.reading() as connection:
        return {(row[0], row[1]) for row in connection.exec_driver_sql("SELECT id, value FROM episodes")}


def leases(crawler: Crawler) -> list[int]:
    """Until when feeds are leased."""
    with crawler.castabout.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT lease_until FROM feeds WHERE lease_until IS NOT NULL")
        return [row[0] for row in rows]


def wait_for(happened: Callable[[], bool]) -> None:
    """Until it has, 20 seconds at most."""
    patience = Event()
    for _ in range(2000):
        if happened():
            return
        patience.wait(0.01)
    raise AssertionError("it did not happen")
