"""The feeds that web pages link."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.parse.discover import FEEDS, LinkedFeed, linked_feeds

PAGE = "https://show.example/about/"


def link(href: str, title: str = "", type: str = "application/rss+xml", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{type}" title="{title}" href="{href}">'


def urls(page: str, at: str = PAGE) -> list[str]:
    return [feed.url for feed in linked_feeds(page.encode(), at)]


def test_several_with_their_titles_those_of_comments_last() -> None:
    page = f"""<!DOCTYPE html><html><head><title>A show</title>
        {link("/comments/feed/", "A show » Comments Feed")}
        {link("/feed/", "A show &amp; more")}
        {link("atom.xml", "By Atom", "application/atom+xml; charset=utf-8")}
        {link("feed.json", "", "application/feed+json")}
        <link rel=stylesheet href=style.css></head><body>Hello</body></html>"""
    assert linked_feeds(page.encode(), PAGE) == (
        LinkedFeed("https://show.example/feed/", "A show & more"),
        LinkedFeed("https://show.example/about/atom.xml", "By Atom"),
        LinkedFeed("https://show.example/about/feed.json", None),
        LinkedFeed("https://show.example/comments/feed/", "A show » Comments Feed"),
    )


def test_relative_to_the_base_of_the_page() -> None:
    page = f'<head><base href="//cdn.example/x/"><base href="https://second.example/">{link("f.xml")}</head>'
    assert urls(page) == ["https://cdn.example/x/f.xml"]
    assert urls(f'<base href="../up/">{link("f.xml")}') == ["https://show.example/up/f.xml"]


@pytest.mark.parametrize(
    "page",
    [
        "<LINK REL='Alternate' TYPE='APPLICATION/RSS+XML' HREF='/f'>",
        "<link href=/f rel=alternate type=application/rss+xml>",
        '<html><body><p>Late:<link rel="alternate home" type="application/rss+xml" href="/f"></body>',
        '<head><script>"<link rel=alternate type=application/rss+xml href=/no>"</script>' + link("/f"),
        '<!-- <link rel="alternate" type="application/rss+xml" href="/old"> -->' + link("/f"),
        "<div><table><p></div><ul>" + link("/f") + "<b><",
        link("/f") + link("/f", "again"),
        link("feed://show.example/f").replace("feed:", "feed:https:"),
        '<link rel="feed" type="application/rss+xml" href="/f">',
    ],
)
def test_pages_in_any_shape(page: str) -> None:
    assert urls(page) == ["https://show.example/f"]


@pytest.mark.parametrize(
    "head",
    [
        link("/wp-json/wp/v2/pages/2", "JSON", "application/json"),
        link("/oembed?format=xml", "oEmbed", "text/xml+oembed"),
        link("/osd.xml", "Search", "application/opensearchdescription+xml", rel="search"),
        link("/de/", "Deutsch", "text/html"),
        link("/f.xml", rel="alternate stylesheet"),
        link("javascript:alert(1)"),
        link("file:///etc/passwd"),
        link(""),
        link("https://[bad/f"),
        '<a href="/about">About</a><a href="/food">Food feeds the soul</a>',
        "",
    ],
)
def test_what_is_no_feed(head: str) -> None:
    assert urls(f"<html><head>{head}</head></html>") == []


def test_plain_links_where_nothing_is_declared() -> None:
    page = """<a href="/about">About</a> <a href="/rss.xml">Our <b>feed</b></a> <a href="/rss.xml">again</a>
        <a href="https://feeds.host.example/show">Subscribe</a>"""
    assert linked_feeds(page.encode(), PAGE) == (
        LinkedFeed("https://show.example/rss.xml", "Our feed"),
        LinkedFeed("https://feeds.host.example/show", "Subscribe"),
    )
    assert urls(page + link("/f")) == ["https://show.example/f"]


def test_letters_of_other_encodings() -> None:
    page = f'<html><head><meta charset="windows-1251">{link("/f", "Радио")}</head></html>'
    (feed,) = linked_feeds(page.encode("windows-1251"), PAGE)
    assert feed.title == "Радио"
    assert linked_feeds(link("/f", "Radio Über").encode("utf-16"), PAGE)[0].title == "Radio Über"
    assert linked_feeds(f'<meta charset="nonsense">{link("/f", "Ü")}'.encode(), PAGE)[0].title == "Ü"


def test_a_page_of_a_million_links_is_bounded() -> None:
    page = "".join(link(f"/f{number}") for number in range(100_000))
    assert len(linked_feeds(page.encode(), PAGE)) == FEEDS


def test_deep_and_endless_pages() -> None:
    assert linked_feeds(b"<div>" * 600_000, PAGE) == ()
    assert linked_feeds(b"\0" * 1_000, PAGE) == ()


@given(st.binary())
def test_no_bytes_raise(data: bytes) -> None:
    linked_feeds(data, PAGE)
    linked_feeds(b"<html><link rel=alternate " + data, PAGE)
