"""Feeds of a zoo of hosts: what the store knows after each answer, and when it asks again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from castabout.errors import HostBusy
from castabout.fetch import Fetched, Outcome, Request, WebFetcher
from castabout.store import inventory, podcasts
from tests.engine.crawling import DAY, HOUR, NOW, Crawler, crawler_at, errors
from tests.zoo import MODIFIED, NOT_MODIFIED, Answer, Asked, Zoo, made_feed

NOBODY = Path("no-such-folder")


@pytest.fixture(scope="module")
def zoo() -> Iterator[Zoo]:
    with Zoo(NOBODY) as zoo:
        yield zoo


@pytest.fixture
def crawler(zoo: Zoo, tmp_path: Path) -> Iterator[Crawler]:
    zoo.requests.clear()
    zoo.bodies.clear()
    zoo.pages.clear()
    with crawler_at(tmp_path / "home", zoo) as crawler:
        yield crawler


def due_in(crawler: Crawler, url: str) -> float:
    """Seconds from now until the next fetch."""
    next_fetch = crawler.state(url).next_fetch
    assert next_fetch is not None
    return next_fetch - crawler.now


def assert_about(seconds: float, wait: float) -> None:
    """``seconds`` is ``wait``, a tenth more at most for the jitter, and four minutes off the full hour."""
    assert wait <= seconds <= 1.1 * wait + 240


def test_a_new_feed_is_read_and_its_next_fetch_known(crawler: Crawler) -> None:
    url = crawler.zoo.url("/made/1")
    (result,) = crawler.add(url)
    assert (result.error, result.title, result.added) == (None, "Show /made/1", 2)
    state = crawler.state(url)
    assert state.etag is not None and state.etag.startswith('"')
    assert (state.last_modified, state.last_status, state.failures) == (MODIFIED, 200, 0)
    assert (state.last_fetch, state.last_good, state.last_error) == (NOW, NOW, None)
    # Its episodes are of 1 and 2 October, 08:00; since the later one 30 days and 4 hours have passed,
    # an eighth of which is 325,800 s.
    assert state.interval_s == (30 * DAY + 4 * HOUR) // 8 == 325_800
    assert_about(due_in(crawler, url), 325_800)


def test_a_feed_says_itself_how_long_it_wants_to_be_left_alone(crawler: Crawler) -> None:
    url = crawler.zoo.url("/ttl")
    # Ten days and up to a tenth more: Wednesday, 11 November, 12:00, which is skipped, or up to a day later.
    channel = "<ttl>14400</ttl><skipDays><day>Wednesday</day></skipDays>"
    crawler.zoo.pages["/ttl"] = lambda _: Answer(made_feed("/ttl", channel=channel))
    crawler.add(url)
    state = crawler.state(url)
    assert (state.wait_s, state.skips) == (10 * DAY, 1 << 26)
    assert datetime.fromtimestamp(state.next_fetch or 0, UTC).date() == date(2026, 11, 12)


def test_304_costs_no_body_and_keeps_the_validators(crawler: Crawler) -> None:
    url = crawler.zoo.url("/made/2")
    crawler.add(url)
    before = crawler.state(url)
    crawler.later(4 * DAY + 12 * HOUR)
    (result,) = crawler.update()
    assert (result.is_as_before, result.has_news, result.error) == (True, False, None)
    state = crawler.state(url)
    assert (state.etag, state.last_status, state.last_good) == (before.etag, 304, crawler.now)
    assert crawler.zoo.bodies["/made/2"] == 1
    assert crawler.zoo.requests["/made/2"] == 2


@pytest.mark.parametrize("kind", NOT_MODIFIED)
def test_304_is_one_whatever_comes_with_it(crawler: Crawler, kind: str) -> None:
    """A 304 has no body whatever its header says: https://www.rfc-editor.org/rfc/rfc9112#section-6.3"""
    url = crawler.zoo.url(f"/not-modified/{kind}")
    crawler.add(url)
    before = crawler.state(url)
    crawler.later(5 * DAY)
    (result,) = crawler.update()
    assert (errors([result]), result.is_as_before) == ([], True)
    assert (crawler.state(url).last_status, crawler.state(url).etag) == (304, before.etag)
    assert inventory.counts(crawler.castabout.store) == (1, 2)


def test_nothing_is_asked_before_it_is_due(crawler: Crawler) -> None:
    url = crawler.zoo.url("/made/3")
    crawler.add(url)
    crawler.later(3 * DAY)
    assert crawler.update() == []
    # A person who asks for all gets all but for what was fetched within the hour.
    assert [result.is_as_before for result in crawler.update(everything=True)] == [True]
    crawler.later(HOUR - 1)
    assert crawler.update(everything=True) == []
    (result,) = crawler.add(url)
    assert (result.is_as_before, result.unchanged) == (False, 2)
    assert result.not_asked == "it was last asked 59 minutes ago, and no feed is asked more than once an hour"
    assert crawler.zoo.requests["/made/3"] == 2
    crawler.later(1)
    assert len(crawler.update(everything=True)) == 1


def test_an_unchanged_body_is_not_read_again(crawler: Crawler) -> None:
    url = crawler.zoo.url("/no-validators/1")
    crawler.add(url)
    before = crawler.state(url)
    crawler.later(5 * DAY)
    (result,) = crawler.update()
    assert result.is_as_before
    state = crawler.state(url)
    assert (state.last_status, state.last_good, state.body_hash) == (200, crawler.now, before.body_hash)
    assert crawler.zoo.bodies["/no-validators/1"] == 2


@pytest.mark.parametrize(
    "kind", ["strong", "weak", "weak-small", "unquoted", "half", "spaces", "backslash", "utf8"]
)
def test_validators_come_back_byte_for_byte(crawler: Crawler, kind: str) -> None:
    crawler.add(crawler.zoo.url(f"/etag/{kind}"))
    crawler.later(5 * DAY)
    crawler.update()
    assert (crawler.zoo.requests[f"/etag/{kind}"], crawler.zoo.bodies[f"/etag/{kind}"]) == (2, 1)


def test_hosts_say_how_long_to_wait(crawler: Crawler) -> None:
    url = crawler.zoo.url("/cache/864000")
    crawler.add(url)
    assert_about(due_in(crawler, url), 10 * DAY)
    never = crawler.zoo.url("/cache/99999999")
    crawler.add(never)
    assert_about(due_in(crawler, never), 30 * DAY)
    # An hour is less than what suits the show.
    soon = crawler.zoo.url("/expires")
    crawler.add(soon)
    assert_about(due_in(crawler, soon), 325_800)


def broken(crawler: Crawler, answer: Answer) -> str:
    """A feed that was read well, and 5 days later gives ``answer``."""
    path = "/breaks"
    crawler.zoo.pages[path] = lambda asked: Answer(made_feed(path)) if asked.times == 1 else answer
    url = crawler.zoo.url(path)
    crawler.add(url)
    crawler.later(5 * DAY)
    return url


@pytest.mark.parametrize(
    ("answer", "wait", "words"),
    [
        (Answer(status=404), HOUR, "404"),
        (Answer(status=500), HOUR, "500"),
        (Answer(status=401), DAY, "401"),
        (Answer(status=403), DAY, "403"),
        (Answer(status=429), 4 * HOUR, "429"),
        (Answer(status=429, headers={"Retry-After": "86400"}), DAY, "429"),
        (Answer(status=503), 4 * HOUR, "503"),
        (Answer(status=503, headers={"Retry-After": "Tue, 03 Nov 2026 12:00:00 GMT"}), 2 * DAY, "503"),
        (Answer(b"<!doctype html><title>Parked</title>"), HOUR, "HTML"),
        (Answer(b""), HOUR, "empty"),
        (Answer(made_feed("/breaks", items=0)), HOUR, "without items"),
    ],
)
def test_failures(crawler: Crawler, answer: Answer, wait: int, words: str) -> None:
    url = broken(crawler, answer)
    before = crawler.state(url)
    (result,) = crawler.update()
    assert result.error is not None and words in str(result.error)
    state = crawler.state(url)
    assert (state.failures, state.last_good, state.last_fetch) == (1, before.last_good, crawler.now)
    assert state.last_error is not None and words in state.last_error
    assert_about(due_in(crawler, url), wait)
    assert inventory.counts(crawler.castabout.store) == (1, 2)


def test_each_failure_doubles_the_wait_up_to_a_week(crawler: Crawler) -> None:
    url = broken(crawler, Answer(status=500))
    for hours in (1, 2, 4, 8, 16, 32, 64, 128, 168, 168):
        crawler.update()
        wait = due_in(crawler, url)
        assert_about(wait, hours * HOUR)
        crawler.later(wait)
    assert crawler.state(url).failures == 10


def test_a_feed_that_is_gone_is_not_asked_again_and_kept(crawler: Crawler) -> None:
    url = broken(crawler, Answer(status=410))
    (result,) = crawler.update()
    assert result.error is not None
    state = crawler.state(url)
    assert (state.is_gone, state.next_fetch, state.last_status) == (True, None, 410)
    crawler.later(400 * DAY)
    assert crawler.update() == []
    assert crawler.update(everything=True) == []
    assert inventory.counts(crawler.castabout.store) == (1, 2)


def test_a_host_without_an_answer_is_a_failure(crawler: Crawler) -> None:
    async def hangs_up() -> AsyncIterator[bytes]:
        yield b""

    crawler.zoo.pages["/breaks"] = lambda asked: (
        Answer(made_feed("/breaks")) if asked.times == 1 else Answer(talk=hangs_up())
    )
    url = crawler.zoo.url("/breaks")
    crawler.add(url)
    crawler.later(5 * DAY)
    (result,) = crawler.update()
    assert result.error is not None
    assert (crawler.state(url).failures, crawler.state(url).last_status) == (1, None)


def test_a_feed_that_shrinks_loses_nothing(crawler: Crawler) -> None:
    url = crawler.zoo.url("/shrinks/1")
    (result,) = crawler.add(url)
    assert result.added == 5
    for _ in range(4):
        crawler.later(8 * DAY)
        (result,) = crawler.update()
        assert (result.error, result.added, result.changed) == (None, 0, 0)
    assert inventory.counts(crawler.castabout.store) == (1, 5)


def test_a_feed_that_grows(crawler: Crawler) -> None:
    url = crawler.zoo.url("/grows/1")
    crawler.add(url)
    crawler.later(8 * DAY)
    (result,) = crawler.update()
    assert (result.added, result.unchanged) == (1, 1)
    assert inventory.counts(crawler.castabout.store) == (1, 2)


def test_an_address_that_leads_elsewhere_for_good_is_followed(crawler: Crawler) -> None:
    old, new = crawler.zoo.url("/stays"), crawler.zoo.url("/new-home")
    feed = made_feed("/stays")
    crawler.zoo.pages["/stays"] = lambda asked: (
        Answer(feed) if asked.times == 1 else Answer(status=301, headers={"Location": "/new-home"})
    )
    crawler.zoo.pages["/new-home"] = lambda _: Answer(feed, headers={"ETag": '"new"'})
    crawler.add(old)
    crawler.later(5 * DAY)
    crawler.update()
    assert crawler.source(old) == crawler.source(new) == new
    assert crawler.state(new).etag == '"new"'
    crawler.later(5 * DAY)
    crawler.update()
    assert crawler.zoo.requests["/stays"] == 2
    assert inventory.counts(crawler.castabout.store) == (1, 2)


@pytest.mark.parametrize("status", [302, 303, 307])
def test_one_for_the_time_being_is_not_kept(crawler: Crawler, status: int) -> None:
    url = crawler.zoo.url(f"/moved/{status}")
    crawler.add(url)
    assert crawler.source(url) == url


@pytest.mark.parametrize(
    "elsewhere",
    [
        Answer(b"<!doctype html><title>Parked</title>"),
        Answer(made_feed("/another")),
        Answer(status=404),
    ],
)
def test_a_move_to_what_is_not_this_show_is_a_failure(crawler: Crawler, elsewhere: Answer) -> None:
    url = broken(crawler, Answer(status=301, headers={"Location": "/elsewhere"}))
    crawler.zoo.pages["/elsewhere"] = lambda _: elsewhere
    (result,) = crawler.update()
    assert result.error is not None
    assert (crawler.source(url), crawler.state(url).failures) == (url, 1)
    assert inventory.counts(crawler.castabout.store) == (1, 2)


def test_nothing_moves_from_private_to_public(crawler: Crawler) -> None:
    feed = made_feed("/private")
    crawler.zoo.pages["/private"] = lambda asked: (
        Answer(feed) if asked.times == 1 else Answer(status=308, headers={"Location": "/public"})
    )
    crawler.zoo.pages["/public"] = lambda _: Answer(feed)
    url = crawler.zoo.url("/private?token=abc")
    crawler.add(url)
    crawler.later(5 * DAY)
    (result,) = crawler.update()
    assert (result.error, crawler.source(url)) == (None, url)


def test_a_feed_that_says_where_it_lives_now(crawler: Crawler) -> None:
    old = crawler.zoo.url("/says")
    new = crawler.zoo.url("/lives-here", host=2)
    crawler.zoo.pages["/says"] = lambda asked: Answer(
        made_feed(
            "/says", channel=f"<itunes:new-feed-url>{new}</itunes:new-feed-url>" if asked.times > 1 else ""
        )
    )
    crawler.zoo.pages["/lives-here"] = lambda _: Answer(made_feed("/says", items=3))
    crawler.add(old)
    crawler.later(5 * DAY)
    results = crawler.update()
    assert [result.is_more for result in results] == [False, True]
    assert crawler.source(old) == new
    assert inventory.counts(crawler.castabout.store) == (1, 3)


def test_a_feed_that_claims_to_live_at_another_show(crawler: Crawler) -> None:
    other, url = crawler.zoo.url("/made/other"), crawler.zoo.url("/claims")
    crawler.zoo.pages["/claims"] = lambda asked: Answer(
        made_feed(
            "/claims",
            channel=f"<itunes:new-feed-url>{other}</itunes:new-feed-url>" if asked.times > 1 else "",
        )
    )
    crawler.add(url, other)
    crawler.later(5 * DAY)
    crawler.update()
    assert (crawler.source(url), crawler.source(other)) == (url, other)
    assert inventory.counts(crawler.castabout.store) == (2, 4)


def test_a_page_where_a_feed_was_may_tell_where_it_is(crawler: Crawler) -> None:
    link = '<!doctype html><link rel="alternate" type="application/rss+xml" href="/found">'
    url = broken(crawler, Answer(link.encode()))
    crawler.zoo.pages["/found"] = lambda _: Answer(made_feed("/breaks", items=3))
    (result,) = crawler.update()
    assert (result.error, result.is_more, result.added) == (None, False, 1)
    assert crawler.source(url) == crawler.zoo.url("/found")
    assert (crawler.state(url).failures, crawler.state(url).last_error) == (0, None)
    assert inventory.counts(crawler.castabout.store) == (1, 3)


def test_passwords_that_a_feed_gives_away_are_not_kept(crawler: Crawler) -> None:
    url = crawler.zoo.url("/hub")
    links = "".join(
        f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="{rel}" href="http://ann:HUSH@{rel}.example/"/>'
        for rel in ("hub", "self")
    )
    crawler.zoo.pages["/hub"] = lambda _: Answer(made_feed("/hub", channel=links))
    crawler.add(url)
    state = crawler.state(url)
    assert (state.hub, state.topic) == ("http://hub.example/", "http://self.example/")


def test_a_password_is_kept_apart_and_used(crawler: Crawler) -> None:
    shown = crawler.zoo.url("/login/1")
    (failed,) = crawler.add(shown)
    assert failed.error is not None
    (result,) = crawler.add(shown.replace("://", "://ann:secret@"))
    assert (result.error, result.source) == (None, shown)
    crawler.later(5 * DAY)
    (again,) = crawler.update()
    assert (again.error, again.is_as_before) == (None, True)
    podcast = podcasts.by_id(crawler.castabout.store, result.podcast or "")
    assert podcast is not None and podcast.source == shown
    assert "secret" not in str(podcast) + str(result) + str(again)


def test_a_password_is_not_sent_elsewhere(crawler: Crawler) -> None:
    sent: list[str | None] = []
    elsewhere = crawler.zoo.url("/elsewhere", host=2)

    def listen(asked: Asked) -> Answer:
        sent.append(asked.headers.get("authorization"))
        return Answer(made_feed("/asks"))

    crawler.zoo.pages["/elsewhere"] = listen
    crawler.zoo.pages["/asks"] = lambda asked: (
        Answer(made_feed("/asks", channel=f"<itunes:new-feed-url>{elsewhere}</itunes:new-feed-url>"))
        if asked.times == 1
        else Answer(status=301, headers={"Location": elsewhere})
    )
    url = crawler.zoo.url("/asks")
    crawler.add(url.replace("://", "://ann:secret@"))
    crawler.later(5 * DAY)
    crawler.update()
    assert set(sent) <= {None}
    assert crawler.source(url) == url


def test_a_file_does_not_take_a_podcast_off_the_web(crawler: Crawler, tmp_path: Path) -> None:
    guid = '<podcast:guid xmlns:podcast="https://podcastindex.org/namespace/1.0">{}</podcast:guid>'
    channel = guid.format("917393e3-1b1e-5cef-ace4-edaa54e1f810")
    crawler.zoo.pages["/both"] = lambda _: Answer(made_feed("/both", channel=channel))
    url = crawler.zoo.url("/both")
    crawler.add(url)
    file = tmp_path / "both.xml"
    file.write_bytes(made_feed("/both", items=4, channel=channel))
    (result,) = crawler.add(str(file))
    assert (result.error, result.added, result.unchanged) == (None, 2, 2)
    assert crawler.source(url) == url
    # The other way round the web is where news come from.
    second = tmp_path / "second.xml"
    second.write_bytes(made_feed("/second", channel=guid.format("917393e3-1b1e-5cef-ace4-edaa54e1f811")))
    crawler.add(str(second))
    crawler.zoo.pages["/second"] = lambda _: Answer(second.read_bytes())
    crawler.add(crawler.zoo.url("/second"))
    assert crawler.state(crawler.zoo.url("/second")).last_good == NOW


def test_the_same_show_by_two_addresses_is_one(crawler: Crawler) -> None:
    channel = (
        '<podcast:guid xmlns:podcast="https://podcastindex.org/namespace/1.0">'
        "917393e3-1b1e-5cef-ace4-edaa54e1f812</podcast:guid>"
    )
    for path in ("/one", "/two"):
        crawler.zoo.pages[path] = lambda _: Answer(made_feed("/one", channel=channel))
    one, two = crawler.zoo.url("/one"), crawler.zoo.url("/two", host=2)
    assert errors(crawler.add(one, two)) == []
    assert inventory.counts(crawler.castabout.store) == (1, 2)
    assert crawler.source(one) == crawler.source(two)


def test_two_crawlers_share_the_work(crawler: Crawler, tmp_path: Path) -> None:
    urls = [crawler.zoo.url(f"/made/{number}") for number in range(40)]
    crawler.add(*urls)
    crawler.later(5 * DAY)
    with crawler_at(tmp_path / "home", crawler.zoo) as other:
        other.time = crawler.time
        from_one = crawler.castabout
        assert from_one is not other.castabout
        results = crawler.update() + other.update()
    assert len(results) == 40
    assert all(crawler.zoo.requests[f"/made/{number}"] == 2 for number in range(40))


class Busy:
    """A fetcher that asks one address in each round and has no time for the others."""

    def __init__(self, behind: WebFetcher, *, asks: int) -> None:
        self._behind = behind
        self._asks = asks
        self.rounds = 0

    def fetch(self, source: str) -> Fetched:
        return self._behind.fetch(source)

    def fetch_each(
        self, requests: Iterable[Request], *, workers: int, spacing_s: float, for_s: float | None = None
    ) -> Iterator[tuple[Request, Outcome]]:
        self.rounds += 1
        drawn = list(requests)
        free, self._asks = drawn[: self._asks], max(0, self._asks - len(drawn))
        for request in drawn[len(free) :]:
            yield request, HostBusy(request.url, retry_after_s=7200)
        yield from self._behind.fetch_each(free, workers=workers, spacing_s=spacing_s)

    def post(self, url: str, form: Mapping[str, str]) -> None:
        self._behind.post(url, form)

    def close(self) -> None:
        self._behind.close()


def test_busy_hosts_are_tried_as_long_as_anybody_answers(crawler: Crawler) -> None:
    urls = [crawler.zoo.url(f"/made/{number}") for number in range(40, 43)]
    busy = Busy(crawler.castabout.fetcher, asks=1)
    crawler.castabout = replace(crawler.castabout, fetcher=busy)
    results = crawler.add(*urls)
    # One in the first round; in the second nobody has time for the other two.
    assert [result.source for result in results if not result.error] == urls[:1]
    assert sorted(result.source for result in results if result.error) == urls[1:]
    # No more rounds than one for each level of lists beside.
    assert busy.rounds <= 4


def test_a_known_feed_whose_host_is_busy_is_put_off_which_is_no_failure(crawler: Crawler) -> None:
    url = crawler.zoo.url("/made/43")
    crawler.add(url)
    crawler.castabout = replace(crawler.castabout, fetcher=Busy(crawler.castabout.fetcher, asks=0))
    crawler.later(5 * DAY)
    (result,) = crawler.update()
    assert (result.error, result.is_as_before) == (None, False)
    assert result.not_asked == "its host has many other feeds to answer first"
    assert 7200 <= (crawler.state(url).next_fetch or 0) - crawler.now <= 1.1 * 7200
    assert (crawler.state(url).failures, crawler.state(url).last_status) == (0, 200)
    assert (crawler.state(url).last_fetch, crawler.zoo.requests["/made/43"]) == (NOW, 1)


def test_two_podcasts_at_one_address_are_asked_once(crawler: Crawler) -> None:
    one, two = crawler.zoo.url("/made/20"), crawler.zoo.url("/made/21")
    crawler.add(one, two)
    with crawler.castabout.store.writing() as connection:
        connection.exec_driver_sql("UPDATE podcasts SET source = ? WHERE source = ?", (one, two))
        connection.exec_driver_sql("UPDATE feeds SET etag = (SELECT etag FROM feeds WHERE podcast_row = 1)")
    crawler.later(5 * DAY)
    assert len(crawler.update()) == 2
    assert crawler.zoo.requests["/made/20"] == 2


def test_real_feeds_from_hosts_are_those_from_files(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "feeds"
    with Zoo(folder) as zoo:
        urls = [zoo.url(path, host=number) for number, path in enumerate(zoo.feeds(), start=1)]
        with crawler_at(tmp_path / "web", zoo) as web, crawler_at(tmp_path / "files", zoo) as files:
            assert errors(web.add(*urls)) == errors(files.add(str(folder))) == []
            counts = inventory.counts(web.castabout.store)
            assert counts == inventory.counts(files.castabout.store)
            assert counts[0] == len(urls) == 43
            before = zoo.bodies.total()
            web.later(40 * DAY)
            results = web.update()
            assert [result.is_as_before for result in results] == [True] * 43
            assert zoo.bodies.total() == before
            # A library of files has nothing to fetch.
            assert files.update(everything=True) == []
