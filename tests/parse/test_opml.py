"""Lists of feeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from castabout.errors import NotAFeed
from castabout.parse.opml import parse_opml


def urls(text: str) -> list[str]:
    return [feed.url for feed in parse_opml(text.encode()).feeds]


def test_nested_anyhow() -> None:
    parsed = parse_opml(
        b"""<?xml version="1.0"?><opml version="2.0"><head><title>My shows</title></head><body>
        <outline text="Food"><outline text="Bread" type="rss" xmlUrl="https://bread.example/feed"/>
        <outline><outline title="Rye" xmlurl="https://rye.example/feed"/></outline></outline>
        <outline xmlUrl=""/><outline text="Bread again" xmlUrl="https://bread.example/feed"/>
        </body></opml>"""
    )
    assert [(feed.title, feed.url) for feed in parsed.feeds] == [
        ("Bread", "https://bread.example/feed"),
        ("Rye", "https://rye.example/feed"),
    ]
    assert parsed.problems == ()


def test_only_addresses_of_the_web() -> None:
    parsed = parse_opml(
        b'<opml><body><outline text="Bad" xmlUrl="file:///etc/passwd"/>'
        b'<outline xmlUrl="https://good.example/f"/></body></opml>'
    )
    assert [feed.url for feed in parsed.feeds] == ["https://good.example/f"]
    (problem,) = parsed.problems
    assert problem.where == "entry “Bad”"


def test_bare_ampersands() -> None:
    text = '<opml><body><outline text="A & B" xmlUrl="https://a.example/f?x=1&y=2"/></body></opml>'
    assert urls(text) == ["https://a.example/f?x=1&y=2"]


def test_each_entry_without_an_address_is_told() -> None:
    parsed = parse_opml(
        b'<opml><body><outline text="Folder"/><outline text="Empty" xmlUrl=" "/><outline type="rss" text="No"/>'
        b'<outline xmlUrl="mailto:me@show.example" title="Mail"/><outline xmlUrl="https://good.example/f"/></body></opml>'
    )
    assert [feed.url for feed in parsed.feeds] == ["https://good.example/f"]
    assert [(problem.where, problem.what) for problem in parsed.problems] == [
        ("entry “Empty”", "it has no address"),
        ("entry “No”", "it has no address"),
        ("entry “Mail”", "its address is not http or https"),
    ]


def test_addresses_for_programs_and_without_a_scheme() -> None:
    text = '<opml><body><outline xmlUrl="feed://a.example/f"/><outline xmlUrl="b.example/f"/></body></opml>'
    assert urls(text) == ["http://a.example/f", "https://b.example/f"]
    assert [feed.otherwise for feed in parse_opml(text.encode()).feeds] == [None, "http://b.example/f"]


def test_a_broken_list_keeps_names_and_the_entries_behind_the_break() -> None:
    parsed = parse_opml(
        b"""<opml><body><outline text="A & B" htmlUrl="https://no.example" xmlUrl="https://a.example/f?x=1&amp;y=2">
        <outline title='Cut' xmlUrl="https://cut.example/f" <outline text="C" xmlUrl='https://c.example/f'/>"""
    )
    assert [(feed.title, feed.url) for feed in parsed.feeds] == [
        ("A & B", "https://a.example/f?x=1&y=2"),
        ("Cut", "https://cut.example/f"),
        ("C", "https://c.example/f"),
    ]
    assert [problem.where for problem in parsed.problems] == ["list"]


def test_nested_a_thousand_deep() -> None:
    deep = "<outline text='x'>" * 1_000 + "<outline xmlUrl='https://a.example/f'/>" + "</outline>" * 1_000
    assert urls(f"<opml><body>{deep}</body></opml>") == ["https://a.example/f"]


@pytest.mark.parametrize("text", ["", "<html></html>", "hello", "<rss/>", "<opml><body><outline text='"])
def test_no_list(text: str) -> None:
    with pytest.raises(NotAFeed):
        parse_opml(text.encode())


def test_a_real_list(shared_data: Path) -> None:
    data = next((shared_data / "opml").glob("*.opml")).read_bytes()
    assert len(parse_opml(data).feeds) == data.count(b"xmlUrl=")
