"""Feeds that end before their end: what is there is read, and all of it is asked for again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from castabout.engine.health import failing_feeds
from castabout.store import episodes, health, inventory
from tests.engine.crawling import DAY, HOUR, NOW, Crawler, crawler_at
from tests.zoo import Answer, Asked, Zoo, made_feed

WORDS = "cut off before its end; what was there is read"
WHOLE = made_feed("/cut", items=5)
#: Behind each item.
ENDS = [at + len(b"</item>") for at in range(len(WHOLE)) if WHOLE.startswith(b"</item>", at)]
JSON = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "Show", "items": ['
    b'{"id": "1", "title": "One"}, {"id": "2", "title": "Two"}'
)


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    with Zoo(Path("no-such-folder")) as zoo, crawler_at(tmp_path / "home", zoo) as crawler:
        yield crawler


def cut(crawler: Crawler, *bodies: bytes) -> str:
    """A feed that answers with each of ``bodies``, then with the last of them; each has an ETag of its own."""
    crawler.zoo.pages["/cut"] = lambda asked: tagged(asked, bodies[min(asked.times, len(bodies)) - 1])
    return crawler.zoo.url("/cut")


def tagged(asked: Asked, body: bytes) -> Answer:
    etag = f'"{len(body)}"'
    return Answer(body, 304 if asked.headers.get("if-none-match") == etag else 200, {"ETag": etag})


def titles(crawler: Crawler) -> set[str | None]:
    return {found.episode.title for found in episodes.of_podcast(crawler.castabout.store, 1)}


@pytest.mark.parametrize(
    ("body", "read"),
    [
        # In the middle of the third item, and of its end tag: it may lack what tells which it is.
        (WHOLE[: ENDS[2] - 40], {5, 4}),
        (WHOLE[: ENDS[2] - 1], {5, 4}),
        # Right behind it, and further on.
        (WHOLE[: ENDS[2]], {5, 4, 3}),
        (WHOLE[: ENDS[2] + 3], {5, 4, 3}),
        (WHOLE[: ENDS[4] + 3], {5, 4, 3, 2, 1}),
        # One item that is all there is a feed with an item.
        (WHOLE[: ENDS[0]], {5}),
        # The same where the item is no XML, so that it is read as far as it makes sense.
        (WHOLE[: ENDS[2]].replace(b"<guid>", b"<b>&nbsp;<guid>"), {5, 4, 3}),
    ],
)
def test_only_an_item_that_is_itself_cut_is_left_out(crawler: Crawler, body: bytes, read: set[int]) -> None:
    (result,) = crawler.add(cut(crawler, body))
    assert (result.error, [warning.cause for warning in result.warnings]) == (None, [WORDS])
    assert titles(crawler) == {f"Episode {number} of /cut" for number in read}


async def short(body: bytes) -> AsyncIterator[bytes]:
    """Less than was announced, after which the host hangs up."""
    yield b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (len(body) + 1000) + body
    # So that it has been taken when the connection ends.
    await asyncio.sleep(0.1)


def test_a_connection_that_breaks_off(crawler: Crawler) -> None:
    crawler.zoo.pages["/cut"] = lambda _: Answer(talk=short(WHOLE[: ENDS[2] + 9]))
    (result,) = crawler.add(crawler.zoo.url("/cut"))
    assert (result.error, [warning.cause for warning in result.warnings]) == (None, [WORDS])
    assert titles(crawler) == {f"Episode {number} of /cut" for number in (5, 4, 3)}


def test_a_host_that_announces_more_than_the_whole_feed(crawler: Crawler) -> None:
    crawler.zoo.pages["/cut"] = lambda _: Answer(talk=short(WHOLE))
    (result,) = crawler.add(crawler.zoo.url("/cut"))
    assert (result.error, result.warnings, result.added) == (None, (), 5)


@pytest.mark.parametrize("body", [b"<!doctype html><title>Show</title>", b"<opml><body>", b"<rss><channel>"])
def test_what_broke_off_and_has_no_items_is_a_failure(crawler: Crawler, body: bytes) -> None:
    crawler.zoo.pages["/cut"] = lambda _: Answer(talk=short(body))
    (result,) = crawler.add(crawler.zoo.url("/cut"))
    assert result.error is not None and " off " in str(result.error)


@pytest.mark.parametrize("rest", [b"", b", ", b', {"id": "3", "title": "Thr'])
def test_json_that_is_cut_off(crawler: Crawler, rest: bytes) -> None:
    (result,) = crawler.add(cut(crawler, JSON + rest))
    assert (result.error, len(result.warnings)) == (None, 1)
    assert titles(crawler) == {"One", "Two"}


def test_it_is_asked_for_in_full_in_its_own_time(crawler: Crawler) -> None:
    url = cut(crawler, WHOLE[: ENDS[3]], WHOLE)
    crawler.add(url)
    state = crawler.state(url)
    assert (state.failures, state.last_good, state.last_error) == (0, NOW, WORDS)
    assert (state.etag, state.body_hash, state.parser) == (None, None, None)
    # The newest of the four is of 5 October, 08:00: an eighth of 27 days and 4 hours.
    wait = (27 * DAY + 4 * HOUR) // 8
    assert wait <= (state.next_fetch or 0) - NOW <= 1.1 * wait + 240
    crawler.later(1.1 * wait + 240)
    (result,) = crawler.update()
    assert (result.added, result.warnings, crawler.state(url).last_error) == (1, (), None)
    assert inventory.counts(crawler.castabout.store) == (1, 5)
    crawler.later(8 * DAY)
    assert [again.is_as_before for again in crawler.update()] == [True]


def test_what_was_read_whole_before_is_asked_for_in_full_too(crawler: Crawler) -> None:
    url = cut(crawler, WHOLE, made_feed("/cut", items=7)[: ENDS[3]], WHOLE)
    crawler.add(url)
    whole = crawler.state(url)
    crawler.later(8 * DAY)
    crawler.update()
    state = crawler.state(url)
    assert (state.etag, state.parser, state.failures, state.interval_s) == (None, None, 0, whole.interval_s)
    # The bytes of the first time are read, though they have been before: what was cut off may have changed things.
    crawler.later(8 * DAY)
    (result,) = crawler.update()
    assert (result.is_as_before, result.unchanged, crawler.state(url).etag) == (False, 5, whole.etag)


def test_one_that_is_always_cut_off_is_told_each_time(crawler: Crawler) -> None:
    url = cut(crawler, WHOLE[: ENDS[3]])
    crawler.add(url)
    for _ in range(3):
        crawler.later(8 * DAY)
        (result,) = crawler.update()
        assert (len(result.warnings), result.has_news, crawler.state(url).failures) == (1, False, 0)
    (failing,) = failing_feeds(crawler.castabout)
    assert (failing.health.last_error, failing.health.last_good) == (WORDS, crawler.time)
    assert (failing.health.is_part, health.counts(crawler.castabout.store).failing) == (True, 1)


def test_one_without_a_whole_item_is_a_failure(crawler: Crawler) -> None:
    url = cut(crawler, WHOLE, WHOLE[: ENDS[0] - 9])
    crawler.add(url)
    crawler.later(8 * DAY)
    (result,) = crawler.update()
    assert result.error is not None and result.error.cause == "cut off before the end of its first item"
    assert crawler.state(url).failures == 1


def test_pages_are_read_once_the_feed_is_whole(crawler: Crawler) -> None:
    then = f'<link xmlns="http://www.w3.org/2005/Atom" rel="next" href="{crawler.zoo.url("/older")}"/>'
    whole = made_feed("/cut", items=5, channel=then)
    url = cut(crawler, whole[:-300], whole)
    crawler.zoo.pages["/older"] = lambda _: Answer(made_feed("/cut", guid="older-{n}"))
    crawler.add(url)
    assert crawler.zoo.requests["/older"] == 0
    crawler.later(8 * DAY)
    crawler.update()
    assert inventory.counts(crawler.castabout.store) == (1, 7)


def test_a_length_in_characters_cuts_off_the_end(crawler: Crawler) -> None:
    whole = WHOLE.replace(b"Episode 5", ("é" * 60).encode())

    async def counted() -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(whole.decode()) + whole

    crawler.zoo.pages["/cut"] = lambda asked: Answer(talk=counted())
    (result,) = crawler.add(crawler.zoo.url("/cut"))
    assert (result.error, [warning.cause for warning in result.warnings]) == (None, [WORDS])
    assert len(titles(crawler)) == 4
