"""Hosts that ask for rest: the feed that was asked waits as they say, their other feeds an hour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from castabout.store import feeds
from tests.engine.crawling import DAY, HOUR, Crawler, crawler_at, errors
from tests.zoo import Answer, Zoo, made_feed

WEEK = 7 * DAY


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    with Zoo(Path("no-such-folder")) as zoo, crawler_at(tmp_path / "home", zoo) as crawler:
        yield crawler


def with_one_that_asks_for_rest(crawler: Crawler, status: int = 429, wait_s: int = WEEK) -> list[str]:
    """The addresses of 12 feeds of one host, all due; the first has enough of us."""
    refusal = Answer(status=status, headers={"Retry-After": str(wait_s)})
    crawler.zoo.pages["/asks"] = lambda asked: Answer(made_feed("/asks")) if asked.times == 1 else refusal
    urls = [crawler.zoo.url(path) for path in ("/asks", *(f"/made/{number}" for number in range(11)))]
    crawler.add(*urls)
    crawler.later(8 * DAY)
    with crawler.castabout.store.writing() as connection:
        # The one that asks for rest comes first.
        connection.exec_driver_sql("UPDATE feeds SET next_fetch = podcast_row")
    return urls


@pytest.mark.parametrize("status", [429, 503])
def test_only_the_asked_feed_waits_as_long_as_its_host_says(crawler: Crawler, status: int) -> None:
    asks, *_ = with_one_that_asks_for_rest(crawler, status)
    results = crawler.update()
    assert len(results) == 12
    assert [str(status) in error for error in errors(results)] == [True]
    waiting = [result for result in results if result.not_asked]
    # One more may have been on its way already.
    assert len(waiting) >= 10
    assert {result.not_asked for result in waiting} == {"its host asks for rest until 9 Nov 2026, 13:00 UTC"}
    assert not any(result.is_as_before or result.error for result in waiting)
    assert WEEK <= (crawler.state(asks).next_fetch or 0) - crawler.now <= 1.1 * WEEK + 240
    for result in waiting:
        state = crawler.state(result.source)
        assert HOUR <= (state.next_fetch or 0) - crawler.now <= 1.1 * HOUR
        assert (state.failures, state.last_error, state.last_good) == (0, None, crawler.now - 8 * DAY)
    crawler.later(1.1 * HOUR)
    assert all(result.is_as_before for result in crawler.update())
    assert all(crawler.zoo.requests[f"/made/{number}"] == 2 for number in range(11))
    assert crawler.zoo.requests["/asks"] == 2


def test_nobody_waits_longer_than_a_month(crawler: Crawler) -> None:
    asks, *_ = with_one_that_asks_for_rest(crawler, wait_s=400 * DAY)
    crawler.update()
    assert 30 * DAY <= (crawler.state(asks).next_fetch or 0) - crawler.now <= 30 * DAY + 240


def test_the_next_run_lets_the_host_rest_as_well(crawler: Crawler, tmp_path: Path) -> None:
    urls = with_one_that_asks_for_rest(crawler)
    with crawler.castabout.store.writing() as connection:
        # Not due yet when the host asks for rest, so that this run does not come to them.
        connection.exec_driver_sql(
            "UPDATE feeds SET next_fetch = ? WHERE podcast_row > 1", (crawler.now + HOUR // 2,)
        )
    elsewhere = crawler.zoo.url("/made/99", host=2)
    crawler.add(elsewhere)
    crawler.update()
    crawler.later(HOUR - 1)
    before = crawler.zoo.requests.total()
    with crawler_at(tmp_path / "home", crawler.zoo) as other:
        other.time = crawler.time
        assert other.update() == []
        assert other.update(everything=True) == []
        (told,) = other.add(urls[1])
        assert told.not_asked and told.not_asked.startswith("its host asks for rest until ")
    assert crawler.zoo.requests.total() == before
    crawler.later(0.1 * HOUR + 1)
    assert len(crawler.update()) == 11


def test_feeds_of_hosts_with_a_similar_name_do_not_wait(crawler: Crawler) -> None:
    store = crawler.castabout.store
    hosts = ("a.example", "a.example.org", "aa.example", "a.example:8080", "b.example")
    with store.writing() as connection:
        for row, (scheme, host) in enumerate(((s, h) for s in ("http", "https") for h in hosts), start=1):
            connection.exec_driver_sql(
                "INSERT INTO podcasts (row, id, source, digest, value, episodes, added)"
                " VALUES (?, ?, ?, x'', '{}', 0, 0)",
                (row, str(row), f"{scheme}://{host}/feed"),
            )
            connection.exec_driver_sql(
                "INSERT INTO feeds (podcast_row, next_fetch, failures, is_gone) VALUES (?, 50, 0, 0)", (row,)
            )
    feeds.put_off(store, "a.example", now=100, until=200, spread_s=10, status=503)
    known = feeds.by_rows(store, range(1, 11)).values()
    waiting = {feed.url: feed.state for feed in known if feed.state.next_fetch != 50}
    assert sorted(waiting) == [
        "http://a.example/feed",
        "http://a.example:8080/feed",
        "https://a.example/feed",
        "https://a.example:8080/feed",
    ]
    assert all(200 <= (s.next_fetch or 0) < 210 and s.last_status == 503 for s in waiting.values())
