"""Every size has a limit, each limit says so when it bites, and nothing hangs."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from bench.hostile import DOCUMENTS
from castabout.errors import NotAFeed
from castabout.parse.feed import parse_feed
from castabout.parse.soup import SoupReader
from castabout.parse.xml import (
    ATTRIBUTES,
    DEPTH,
    ELEMENTS,
    ITEM_BYTES,
    ITEMS,
    IllFormed,
    Reader,
    StrictReader,
    text_of,
)

READERS = (StrictReader, SoupReader)
RYE = "<item><title>Rye</title></item>"
OAT = "<item><title>Oat</title></item>"
#: A thirtieth of what `bench.hostile` reads.
MILLION = 33_000


def rss(inside: str) -> bytes:
    return f"<rss><channel><title>Bread</title>{inside}</channel></rss>".encode()


@pytest.mark.parametrize("reader", READERS)
def test_items(reader: Callable[[bytes], Reader]) -> None:
    opened = reader(rss("<item/>" * (ITEMS + 3)))
    assert sum(1 for _ in opened.items()) == ITEMS
    assert opened.problems == ["more than 100,000 items; the others are left out"]
    assert [text_of(title) for title in opened.channel().elements("title")] == ["Bread"]


def test_items_are_taken_one_by_one() -> None:
    reader = StrictReader(rss(RYE * 5_000))
    most = 0
    for node in reader.items():
        assert node.elements("title")
        most = max(most, len(reader.channel().elements("item")))
    # Those of one piece of 32 KB and no more.
    assert most <= 32_768 // len(RYE) + 2
    assert len(reader.channel().elements("item")) <= 2


def test_an_item_too_large_does_not_touch_the_others() -> None:
    large = (
        f"<item><title>Large</title><description>{'bread ' * (ITEM_BYTES // 6 + 20_000)}</description></item>"
    )
    parsed = parse_feed(rss(RYE + large + OAT))
    assert [episode.title for episode in parsed.episodes] == ["Rye", "Oat"]
    (lost,) = (problem for problem in parsed.problems if problem.lost_item)
    assert (lost.where, lost.what) == ("item 2", "larger than the limit of 4,000,000 bytes")


def test_a_feed_may_be_larger_than_an_item() -> None:
    item = f"<item><title>%d</title><description>{'bread ' * 50_000}</description></item>"
    reader = StrictReader(rss("".join(item % number for number in range(20))))
    assert sum(1 for _ in reader.items()) == 20
    assert reader.problems == []


def test_too_much_beside_items() -> None:
    text = "bread " * (ITEM_BYTES // 6 + 20_000)
    with pytest.raises(IllFormed) as caught:
        list(StrictReader(rss(f"<x>{text}</x>{RYE}")).items())
    assert caught.value.said == "more than 4,000,000 bytes without an item's end"
    parsed = parse_feed(rss(f"<x>{text}</x>{RYE}"))
    assert [episode.title for episode in parsed.episodes] == ["Rye"]
    assert parsed.podcast.title == "Bread"
    assert "more than 4,000,000 bytes beside items; what is beyond is left out" in [
        problem.what for problem in parsed.problems
    ]


@pytest.mark.parametrize(("reader", "harm"), [(StrictReader, ""), (SoupReader, ""), (SoupReader, "&")])
def test_elements_of_an_item(reader: Callable[[bytes], Reader], harm: str) -> None:
    opened = reader(rss(f"<item><title>Rye</title>{'<a/>' * ELEMENTS}{harm}</item>"))
    ((problem, titles),) = ((node.problem, node.elements("title")) for node in opened.items())
    assert problem == "more than 10,000 elements in it; the others are left out"
    assert len(titles) == 1


@pytest.mark.parametrize("reader", READERS)
def test_elements_of_the_channel(reader: Callable[[bytes], Reader]) -> None:
    opened = reader(rss("<link>a</link>" * ELEMENTS + "<link>b</link>" + RYE))
    assert sum(1 for _ in opened.items()) == 1
    assert len(opened.channel().elements("link")) < ELEMENTS
    assert opened.problems == ["more than 10,000 elements in it; the others are left out"]


@pytest.mark.parametrize(
    ("reader", "harm", "limit"),
    [(StrictReader, "", "10,000"), (SoupReader, "", "10,000"), (SoupReader, "&", "200")],
)
def test_attributes(reader: Callable[[bytes], Reader], harm: str, limit: str) -> None:
    attributes = " ".join(f'a{number}=""' for number in range(ATTRIBUTES + 1))
    opened = reader(rss(f'{RYE}<item><enclosure url="a" {attributes}/>{harm}</item>'))
    problems = [node.problem for node in opened.items()]
    assert problems[0] is None
    assert problems[1] is not None
    assert problems[1].startswith(f"an element with more than {limit} attributes")


def test_depth() -> None:
    nested = "<a>" * (DEPTH + 10) + "</a>" * (DEPTH + 10)
    parsed = parse_feed(rss(f"<item><title>Deep</title>{nested}</item>{RYE}"))
    assert [episode.title for episode in parsed.episodes] == ["Deep", "Rye"]
    assert [problem.what for problem in parsed.problems if problem.where != "feed"] == [
        "elements more than 256 deep"
    ]
    assert any("more than 256 deep" in problem.what for problem in parsed.problems)


def test_entities_are_never_expanded() -> None:
    text = (
        '<!DOCTYPE rss [<!ENTITY a "bread"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
        "<rss><channel><item><title>Rye &amp; &eacute;</title><guid>&a;&b;</guid></item></channel></rss>"
    )
    for harm in ("", "&"):
        parsed = parse_feed(text.replace("</channel>", f"{harm}</channel>").encode())
        (episode,) = parsed.episodes
        assert episode.title == "Rye & é"
        assert "bread" not in episode.key


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hostile_documents_take_no_time(name: str) -> None:
    data = DOCUMENTS[name](MILLION)
    began = time.process_time()
    with suppress(NotAFeed):
        assert parse_feed(data).problems or len(data) < 100_000 or "attributes" not in name
    # Of the processor, not of the clock: other programs may be busy beside.
    assert time.process_time() - began < 1
