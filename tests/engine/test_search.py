"""What is typed, as a library is searched: names of podcasts, ages, a show of the name that is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.decide import decide
from castabout.engine.indexing import catch_up
from castabout.engine.moments import moments_page
from castabout.engine.search import find_podcasts, search_page
from castabout.engine.topic import topic_page
from castabout.parse.feed import parse_feed
from castabout.store.apply import apply
from tests.support import NOW, open_at

CRUMB, CRUST, SECRET = (
    "https://a.example/feed",
    "https://b.example/feed",
    "https://c.example/feed?token=s3cr3t",
)
_FEED = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>{title}</title>{items}</channel></rss>"""
_ITEM = """<item><title>{title}</title><guid>{title}</guid><pubDate>{date}</pubDate>
<itunes:duration>{duration}</itunes:duration>
<description>00:00 Flour and water &lt;br&gt; 05:00 Electric ovens &lt;br&gt; 12:00 Rye</description></item>"""


def item(title: str, date: str, duration: str) -> str:
    return _ITEM.format(title=title, date=date, duration=duration)


FEEDS = {
    CRUMB: _FEED.format(
        title="Crumb &amp; Crust",
        # The clock stands at 1 November 2026, 12:00 UTC.
        items=item("Rye today", "Sun, 01 Nov 2026 08:00:00 +0000", "1:30:01")
        + item("Rye in summer", "Sat, 01 Aug 2026 08:00:00 +0000", "30:00"),
    ),
    CRUST: _FEED.format(title="Crusts", items=item("Old rye", "Fri, 31 Jul 2026 08:00:00 +0000", "20:00")),
    SECRET: _FEED.format(
        title="Crumb &amp; Crust", items=item("Paid rye", "Sun, 01 Nov 2026 07:00:00 +0000", "15:00")
    ),
}


@pytest.fixture(scope="module")
def castabout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Castabout]:
    castabout = open_at(tmp_path_factory.mktemp("home"))
    for source, feed in FEEDS.items():
        change = decide(
            None, parse_feed(feed.encode()), id=str(uuid5(NAMESPACE_URL, source)), source=source, now=NOW
        )
        apply(castabout.store, change)
    catch_up(castabout, progress=lambda _: None)
    yield castabout
    castabout.close()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("rye podcast:crumb", ["Rye today", "Paid rye", "Rye in summer"]),
        ("rye podcast:crust*", ["Rye today", "Paid rye", "Rye in summer", "Old rye"]),
        (f"podcast:{uuid5(NAMESPACE_URL, CRUST)}", ["Old rye"]),
        ("rye -podcast:crumb", ["Old rye"]),
        ("rye after:3months", ["Rye today", "Paid rye", "Rye in summer"]),
        ('rye before:"3 months"', ["Old rye"]),
        ("after:0d", ["Rye today", "Paid rye"]),
        ("rye longer:90", ["Rye today"]),
        ("has:chapters shorter:25", ["Paid rye", "Old rye"]),
        ("language:de", []),
    ],
)
def test_what_narrows(castabout: Castabout, query: str, titles: list[str]) -> None:
    page = search_page(castabout, query, sort="date")
    assert [line.title for line in page.hits] == titles
    assert page.episodes == len(titles)
    assert {line.title for line in search_page(castabout, query).hits} == set(titles)


def test_without_words_the_newest_is_first(castabout: Castabout) -> None:
    found = search_page(castabout, "podcast:(crumb OR crusts)").hits
    assert [line.title for line in found] == ["Rye today", "Paid rye", "Rye in summer", "Old rye"]


def test_topics_and_moments_are_narrowed_too(castabout: Castabout) -> None:
    assert topic_page(castabout, "electric ovens").episodes == 4
    assert topic_page(castabout, "electric ovens podcast:crusts").episodes == 1
    assert topic_page(castabout, "electric ovens after:3 months").episodes == 3
    found = moments_page(castabout, "electric podcast:crusts before:2027")
    assert [line.title for line in found.hits] == ["Old rye"]
    assert found.moments == 1


def test_a_podcast_of_the_name_that_is_typed(castabout: Castabout) -> None:
    page = search_page(castabout, "crumbcrust")
    assert page.episodes == 0
    assert [line.title for line in page.called] == ["Crumb & Crust", "Crumb & Crust"]
    assert [line.title for line in search_page(castabout, "Crusts after:2020").called] == ["Crusts"]
    assert search_page(castabout, "crumb").called == ()
    assert search_page(castabout, "crusts", offset=1).called == ()
    assert [line.title for line in find_podcasts(castabout, "CRUMB CRUST").hits] == ["Crumb & Crust"] * 2


def test_where_few_have_all_words_others_come_after(castabout: Castabout) -> None:
    page = search_page(castabout, "summer today rye podcast:crumb")
    # “Rye in summer” and “Rye today” have two of the three, “Paid rye” one, which is enough.
    titles = [line.title for line in page.hits]
    assert (set(titles[:2]), titles[2:]) == ({"Rye today", "Rye in summer"}, ["Paid rye"])
    assert (page.episodes, page.with_some) == (0, 3)
    all_but_one = search_page(castabout, "rye summer", limit=1)
    assert [line.title for line in all_but_one.hits] == ["Rye in summer"]
    assert (all_but_one.episodes, all_but_one.with_some) == (1, 3)
    further = [line.title for line in search_page(castabout, "rye summer", offset=1).hits]
    assert sorted(further) == ["Old rye", "Paid rye", "Rye today"]
    assert search_page(castabout, "rye summer", offset=4).hits == ()
    assert not search_page(castabout, "rye summer", sort="date").with_some
    nothing = search_page(castabout, '"rye summer"')
    assert (nothing.episodes, nothing.with_some) == (0, 0)


def test_what_is_hidden_has_no_name(castabout: Castabout) -> None:
    public = replace(castabout, shows_private=False)
    assert [line.id for line in search_page(public, "crumb & crust").called] == [
        str(uuid5(NAMESPACE_URL, CRUMB))
    ]
    assert [line.title for line in search_page(public, "podcast:crumb").hits] == [
        "Rye today",
        "Rye in summer",
    ]
