"""Web pages where feeds are looked for: what they link may be in the library already, or be where a feed is now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from castabout.store import inventory
from tests.engine.crawling import DAY, HOUR, Crawler, crawler_at, errors
from tests.zoo import Answer, Zoo, made_feed


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    with Zoo(Path("no-such-folder")) as zoo, crawler_at(tmp_path / "home", zoo) as crawler:
        yield crawler


def page(*paths: str) -> Answer:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in paths)
    return Answer(f"<!doctype html><title>Show</title>{links}".encode())


def became_a_page(crawler: Crawler, *links: str) -> str:
    """A feed that was read well, and is a page 5 days later."""
    crawler.zoo.pages["/was"] = lambda asked: Answer(made_feed("/was")) if asked.times == 1 else page(*links)
    url = crawler.zoo.url("/was")
    crawler.add(url)
    crawler.later(5 * DAY)
    return url


@pytest.mark.parametrize("answer", [Answer(status=404), page(), Answer(made_feed("/another"))])
def test_a_link_that_leads_nowhere_is_one_failure(crawler: Crawler, answer: Answer) -> None:
    url = became_a_page(crawler, "/linked")
    crawler.zoo.pages["/linked"] = lambda _: answer
    (result,) = crawler.update()
    assert "HTML" in str(result.error)
    assert (crawler.state(url).failures, crawler.source(url)) == (1, url)


def test_a_link_at_a_host_that_asks_for_rest_is_one_failure(crawler: Crawler) -> None:
    url = became_a_page(crawler, crawler.zoo.url("/made/1", host=2))
    resting = crawler.zoo.url("/rests", host=2)
    crawler.zoo.pages["/rests"] = lambda asked: (
        Answer(made_feed("/rests"))
        if asked.times == 1
        else Answer(status=429, headers={"Retry-After": "86400"})
    )
    crawler.add(resting)
    crawler.later(5 * DAY)
    assert len(errors(crawler.update())) == 2
    assert crawler.state(url).failures == 1


def test_a_link_to_what_is_followed_by_itself_is_said(crawler: Crawler) -> None:
    url = became_a_page(crawler, "/other")
    crawler.zoo.pages["/other"] = lambda _: Answer(
        made_feed("/other"), headers={"Cache-Control": "max-age=864000"}
    )
    other = crawler.zoo.url("/other")
    crawler.add(other)
    (result,) = crawler.update()
    assert f"the page there links {other}, which is in the library as well" in str(result.error)
    assert (crawler.source(url), crawler.source(other)) == (url, other)
    assert inventory.counts(crawler.castabout.store) == (2, 4)


@pytest.mark.parametrize(
    "links", [("/made/1",), ("/made/1", "/comments/feed"), ("/comments/feed", "/made/1")]
)
def test_a_new_page_whose_feed_is_followed(crawler: Crawler, links: tuple[str, ...]) -> None:
    feed = crawler.zoo.url("/made/1")
    crawler.add(feed)
    crawler.zoo.pages["/page"] = lambda _: page(*links)
    (result,) = crawler.add(crawler.zoo.url("/page"))
    assert (result.error, result.choices, result.source) == (None, (), feed)
    assert result.not_asked and "last asked" in result.not_asked
    crawler.later(2 * HOUR)
    (result,) = crawler.add(crawler.zoo.url("/page"))
    assert (result.error, result.is_as_before) == (None, True)
    assert inventory.counts(crawler.castabout.store) == (1, 2)


def test_a_page_that_links_another_show_beside(crawler: Crawler) -> None:
    crawler.add(crawler.zoo.url("/made/1"))
    crawler.zoo.pages["/page"] = lambda _: page("/made/1", "/made/2")
    (result,) = crawler.add(crawler.zoo.url("/page"))
    assert [feed.told_by for feed in result.choices] == ["this page, in the library already", "this page"]
