"""Feeds in pages: how far they are read when something comes between, and what is told."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from threading import Event
from types import MappingProxyType

import pytest

from castabout.engine.results import FeedResult
from castabout.engine.update import add
from castabout.store import inventory
from tests.engine.crawling import DAY, ENVIRONMENT, HOUR, NOW, Crawler, crawler_at, errors
from tests.zoo import XML, Answer, Asked, Page, Zoo, made_feed


@pytest.fixture(scope="module")
def zoo() -> Iterator[Zoo]:
    with Zoo(Path("no-such-folder")) as zoo:
        yield zoo


@pytest.fixture
def crawler(zoo: Zoo, tmp_path: Path) -> Iterator[Crawler]:
    zoo.requests.clear()
    zoo.pages.clear()
    with crawler_at(tmp_path / "home", zoo) as crawler:
        yield crawler


def linked(url: str | None) -> str:
    return f'<link xmlns="http://www.w3.org/2005/Atom" rel="next" href="{url}"/>' if url else ""


def page(number: int, then: str | None, *, items: int = 2, name: str = "/p") -> Answer:
    return Answer(made_feed(name, items=items, guid=f"{number}-{{n}}", channel=linked(then)), headers=XML)


def paged(crawler: Crawler, pages: int, first: Mapping[int, Answer] = MappingProxyType({})) -> str:
    """A feed of so many pages with two episodes each. What some of them answer ``first`` is something else."""

    def answer(asked: Asked) -> Answer:
        number = int(asked.kind)
        if asked.times == 1 and number in first:
            return first[number]
        return page(number, crawler.zoo.url(f"/p/{number + 1}") if number < pages else None)

    crawler.zoo.pages |= {f"/p/{number}": answer for number in range(1, pages + 1)}
    return crawler.zoo.url("/p/1")


def asked(crawler: Crawler, pages: int) -> list[int]:
    return [crawler.zoo.requests[f"/p/{number}"] for number in range(1, pages + 1)]


def told(results: list[FeedResult]) -> list[str]:
    return [warning.cause for result in results for warning in result.warnings]


def due_in(crawler: Crawler, url: str) -> float:
    return (crawler.state(url).next_fetch or 0) - crawler.now


def test_a_feed_with_its_pages_is_one_result(crawler: Crawler) -> None:
    url = paged(crawler, 3)
    (result,) = crawler.add(url)
    assert (result.error, result.title, result.added, result.is_more) == (None, "Show /p", 6, False)
    assert (result.warnings, result.source) == ((), url)
    assert inventory.counts(crawler.castabout.store) == (1, 6)
    # It is asked again when its rhythm says, and the pages never.
    assert due_in(crawler, url) > 3 * DAY
    crawler.later(8 * DAY)
    (again,) = crawler.update()
    assert again.is_as_before
    assert asked(crawler, 3) == [2, 1, 1]


@pytest.mark.parametrize(
    ("answer", "cause", "wait"),
    [
        (Answer(status=503), "answered 503 (service unavailable)", 4 * HOUR),
        (Answer(status=500), "answered 500 (internal server error)", HOUR),
        (Answer(status=403), "answered 403 (forbidden): the host does not let castabout read it", DAY),
        (Answer(made_feed("/p", guid="3-{n}")[:-199]), "cut off before its end", HOUR),
        (Answer(made_feed("/p", guid="3-{n}")[:100]), "cut off before the end of its first item", HOUR),
    ],
)
def test_a_page_that_cannot_be_read_now_is_read_later(
    crawler: Crawler, answer: Answer, cause: str, wait: int
) -> None:
    url, third = paged(crawler, 4, {3: answer}), crawler.zoo.url("/p/3")
    (result,) = crawler.add(url)
    assert told([result]) == [f"not all of its older pages were read: {third}: {cause}; it is tried again"]
    assert (result.error, result.added) in [(None, 4), (None, 5)]
    assert (crawler.state(url).next_page, crawler.state(url).page_failures) == (third, 1)
    assert wait <= due_in(crawler, url) <= 1.1 * wait + 240
    crawler.later(1.1 * wait + 240)
    (again,) = crawler.update()
    assert (again.warnings, again.error, result.added + again.added) == ((), None, 8)
    assert (crawler.state(url).next_page, crawler.state(url).page_failures) == (None, 0)
    assert due_in(crawler, url) > 3 * DAY
    assert inventory.counts(crawler.castabout.store) == (1, 8)
    assert asked(crawler, 4) == [2, 1, 2, 1]


def test_a_page_that_goes_on_failing_is_asked_ever_more_seldom(crawler: Crawler) -> None:
    url = crawler.zoo.url("/p/1")
    crawler.zoo.pages["/p/1"] = lambda asked: (
        page(1, crawler.zoo.url("/p/2")) if asked.times < 4 else page(1, None, items=3)
    )
    crawler.zoo.pages["/p/2"] = lambda _: Answer(status=500)
    crawler.add(url)
    for hours in (1, 2):
        assert hours * HOUR <= due_in(crawler, url) <= 1.1 * hours * HOUR + 240
        crawler.later(due_in(crawler, url))
        crawler.update()
    assert crawler.state(url).page_failures == 3
    # The feed is well all the while, and what is new in it is read.
    crawler.later(due_in(crawler, url))
    (result,) = crawler.update()
    assert (result.error, result.added, crawler.state(url).failures) == (None, 1, 0)
    # An hour after it, its rhythm apart, it would be asked more often than it wants for the sake of a page.
    assert due_in(crawler, url) >= 8 * HOUR


def test_a_host_that_wants_to_be_left_alone_is_for_the_sake_of_pages_too(crawler: Crawler) -> None:
    url = crawler.zoo.url("/p/1")
    answer = page(1, crawler.zoo.url("/p/2"))
    kept = Answer(answer.body, headers={**XML, "Cache-Control": "max-age=172800"})
    crawler.zoo.pages |= {"/p/1": lambda _: kept, "/p/2": lambda _: Answer(status=500)}
    crawler.add(url)
    assert due_in(crawler, url) >= 2 * DAY


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (Answer(status=404), "answered 404 (not found)"),
        (Answer(status=410), "answered 410 (gone)"),
        (Answer(b"<!doctype html><p>Nothing here"), "an HTML page, not a feed"),
        (Answer(status=302, headers={"Location": "/p/2"}), "more than 5 redirects"),
        (Answer(status=302, headers={"Location": "http://10.0.0.1/"}), "10.0.0.1 is not a public address"),
    ],
)
def test_a_page_that_never_can_be_read_is_told_once(crawler: Crawler, answer: Answer, cause: str) -> None:
    url, second = paged(crawler, 1), crawler.zoo.url("/p/2")
    crawler.zoo.pages |= {"/p/1": lambda _: page(1, second), "/p/2": lambda _: answer}
    (result,) = crawler.add(url)
    (said,) = told([result])
    assert said.startswith(f"not all of its older pages were read: {second}: {cause}")
    assert (result.error, result.added, crawler.state(url).next_page) == (None, 2, None)
    assert due_in(crawler, url) > 3 * DAY
    times = crawler.zoo.requests["/p/2"]
    crawler.later(8 * DAY)
    assert told(crawler.update()) == []
    assert crawler.zoo.requests["/p/2"] == times


def test_a_last_page_without_episodes_is_the_end(crawler: Crawler) -> None:
    url = paged(crawler, 2, {2: Answer(made_feed("/p", items=0))})
    (result,) = crawler.add(url)
    assert (result.added, told([result]), crawler.state(url).next_page) == (2, [], None)


@pytest.mark.parametrize("back_to", [1, 2, 3])
def test_pages_that_go_round_in_a_circle(crawler: Crawler, back_to: int) -> None:
    url, back = paged(crawler, 3), crawler.zoo.url(f"/p/{back_to}")
    crawler.zoo.pages["/p/3"] = lambda _: page(3, back)
    (result,) = crawler.add(url)
    assert told([result]) == [f"not all of its older pages were read: {back}: its pages go round in a circle"]
    assert (result.added, asked(crawler, 3)) == (6, [1, 1, 1])


def endless(crawler: Crawler, guid: Callable[[int], int]) -> str:
    """Pages without end."""

    def answer(asked: Asked) -> Answer:
        number = int(asked.kind)
        return page(guid(number), crawler.zoo.url(f"/p/{number + 1}"))

    crawler.zoo.pages |= {f"/p/{number}": answer for number in range(1, 200)}
    return crawler.zoo.url("/p/1")


def test_so_many_pages_are_read_in_one_run(crawler: Crawler) -> None:
    url = endless(crawler, lambda number: number)
    (result,) = crawler.add(url)
    assert told([result]) == ["50 of its pages are read; the next fetch goes on with older ones"]
    assert (result.added, crawler.state(url).next_page) == (100, crawler.zoo.url("/p/51"))
    assert HOUR <= due_in(crawler, url) <= 2 * HOUR
    crawler.later(2 * HOUR)
    (again,) = crawler.update()
    assert (again.added, crawler.zoo.requests["/p/99"], crawler.zoo.requests["/p/100"]) == (98, 1, 0)


def test_pages_that_say_the_same_for_ever_come_to_an_end(crawler: Crawler) -> None:
    url = endless(crawler, lambda number: min(number, 10))
    assert told(crawler.add(url)) == ["50 of its pages are read; the next fetch goes on with older ones"]
    crawler.later(2 * HOUR)
    (said,) = told(crawler.update())
    assert said.endswith("its pages go round in a circle")
    assert crawler.state(url).next_page is None


def test_a_crawler_that_ends_in_the_middle_is_gone_on_with_by_the_next(
    crawler: Crawler, zoo: Zoo, tmp_path: Path
) -> None:
    url = paged(crawler, 6)
    stop_at(crawler, zoo, 4)
    adding = add(crawler.castabout, [url], found=lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        list(adding)
    assert 2 <= inventory.counts(crawler.castabout.store)[1] < 12
    assert HOUR <= due_in(crawler, url) <= 2 * HOUR
    with crawler_at(tmp_path / "home", zoo) as next_one:
        # Whoever asks for the feed again reads what is left, and not the feed itself within the hour.
        (result,) = next_one.add(url)
        assert (result.error, result.title, result.not_asked) == (None, "Show /p", None)
        assert inventory.counts(next_one.castabout.store) == (1, 12)
        assert zoo.requests["/p/1"] == 1
        (again,) = next_one.add(url)
        assert again.not_asked is not None


def test_a_crawler_that_is_killed_loses_no_page(crawler: Crawler, zoo: Zoo, tmp_path: Path) -> None:
    url = paged(crawler, 6)
    reached = Event()

    async def silent() -> AsyncIterator[bytes]:
        reached.set()
        await asyncio.Event().wait()
        yield b""

    whole = zoo.pages["/p/4"]
    zoo.pages["/p/4"] = lambda asked: Answer(talk=silent()) if asked.times == 1 else whole(asked)
    command = [sys.executable, "-m", "castabout", "--home", str(tmp_path / "home"), "add", url]
    killed = subprocess.Popen(command, env={**os.environ, **ENVIRONMENT, "CASTABOUT_TIMEOUT": "60"})
    assert reached.wait(20)
    killed.kill()
    killed.wait()
    # It had the pages so far, or at least knew where to go on.
    assert errors(crawler.add(url)) == []
    assert inventory.counts(crawler.castabout.store) == (1, 12)
    assert crawler.state(url).next_page is None


def test_a_page_at_an_address_that_is_refused(crawler: Crawler) -> None:
    crawler.zoo.pages["/p/1"] = lambda _: page(1, "http://10.0.0.1/feed")
    (result,) = crawler.add(crawler.zoo.url("/p/1"))
    (said,) = told([result])
    assert "http://10.0.0.1/feed: 10.0.0.1 is not a public address" in said
    assert crawler.state(crawler.zoo.url("/p/1")).next_page is None


def stop_at(crawler: Crawler, zoo: Zoo, number: int) -> None:
    """Let the crawler's own clock stop it once the page of this number was asked for."""
    clock = crawler.castabout.clock

    def stops() -> object:
        if zoo.requests[f"/p/{number}"]:
            raise KeyboardInterrupt
        return clock()

    object.__setattr__(crawler.castabout, "clock", stops)


def test_a_page_is_of_the_show_whose_feed_leads_to_it(crawler: Crawler) -> None:
    url = paged(crawler, 2)
    crawler.zoo.pages["/p/2"] = lambda _: page(2, None, name="/archive")
    (result,) = crawler.add(url)
    assert (result.title, result.added) == ("Show /p", 4)
    assert inventory.counts(crawler.castabout.store) == (1, 4)


def test_a_password_goes_to_no_other_host_with_a_page(crawler: Crawler) -> None:
    sent: dict[str, str | None] = {}

    def noted(answer: Answer) -> Page:
        def noting(asked: Asked) -> Answer:
            sent[asked.path] = asked.headers.get("authorization")
            return answer

        return noting

    home, other = crawler.zoo.url("/p/2"), crawler.zoo.url("/p/3", host=2)
    given_away = other.replace("://", "://bob:HUSH@")
    crawler.zoo.pages |= {
        "/p/1": noted(page(1, home)),
        "/p/2": noted(page(2, given_away)),
        "/p/3": noted(Answer(status=500)),
    }
    url = crawler.zoo.url("/p/1")
    (result,) = crawler.add(url.replace("://", "://ann:secret@"))
    assert sent == {"/p/1": "Basic YW5uOnNlY3JldA==", "/p/2": "Basic YW5uOnNlY3JldA==", "/p/3": None}
    assert crawler.state(url).next_page == other
    assert "HUSH" not in str(result)
    # Neither after a while, when the feed is asked with the password again.
    crawler.later(2 * HOUR)
    crawler.update()
    assert (crawler.zoo.requests["/p/3"], sent["/p/3"]) == (2, None)


def test_a_page_of_a_host_that_wants_rest_waits_for_that_long(crawler: Crawler) -> None:
    url = paged(crawler, 2, {2: Answer(status=503, headers={"Retry-After": "864000"})})
    crawler.add(url)
    state = crawler.state(url)
    assert state.next_page is not None and (state.next_fetch or 0) >= NOW + 10 * DAY
