"""What a person may type or paste as a source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.parse.sources import Address, AppleShow, File, IndexedShow, Name, Source, read_source

SOURCES: dict[str, Source] = {
    "https://a.example/f": Address("https://a.example/f"),
    " HTTP://a.example/f?x=1 ": Address("HTTP://a.example/f?x=1"),
    "<https://a.example/f>": Address("https://a.example/f"),
    "//a.example/f": Address("https://a.example/f"),
    "feed:https://a.example/f": Address("https://a.example/f"),
    "feed://a.example/f": Address("http://a.example/f"),
    "FEED://https://a.example/f": Address("https://a.example/f"),
    "feed://https//a.example/f": Address("https://a.example/f"),
    "feed:a.example/f": Address("http://a.example/f"),
    "pcast://a.example/f": Address("http://a.example/f"),
    "pcast:feed://a.example/f": Address("http://a.example/f"),
    "podcast:https://a.example/f": Address("https://a.example/f"),
    "podcast://a.example/f": Address("http://a.example/f"),
    "itpc://a.example/f": Address("http://a.example/f"),
    "a.example": Address("https://a.example", "http://a.example"),
    "a.example/feed.xml": Address("https://a.example/feed.xml", "http://a.example/feed.xml"),
    "münchen.example/f": Address("https://münchen.example/f", "http://münchen.example/f"),
    "播客.中国/feed": Address("https://播客.中国/feed", "http://播客.中国/feed"),
    "nas:8080/feed": Address("https://nas:8080/feed", "http://nas:8080/feed"),
    "localhost/feed": Address("https://localhost/feed", "http://localhost/feed"),
    "192.168.1.5/feed": Address("https://192.168.1.5/feed", "http://192.168.1.5/feed"),
    "me:secret@a.example/f": Address("https://me:secret@a.example/f"),
    "http://[bad": Address("http://[bad"),
    "https://podcasts.apple.com/gb/podcast/some-show/id1234567890?i=1000": AppleShow(1234567890, "gb"),
    "podcasts.apple.com/podcast/id123456789": AppleShow(123456789),
    "https://itunes.apple.com/us/podcast/x/id123?mt=2": AppleShow(123, "us"),
    "https://itunes.apple.com/WebObjects/x.woa/wa/viewPodcast?id=123456": AppleShow(123456),
    "itms://itunes.apple.com/us/podcast/x/id123": AppleShow(123, "us"),
    "pcast://podcasts.apple.com/us/podcast/x/id123": AppleShow(123, "us"),
    "id123": AppleShow(123),
    "1234567890": AppleShow(1234567890),
    "https://podcasts.apple.com/us/browse": Address("https://podcasts.apple.com/us/browse"),
    "https://podcasts.apple.com.evil.example/id123": Address("https://podcasts.apple.com.evil.example/id123"),
    "https://podcastindex.org/podcast/75075": IndexedShow(75075),
    "podcastindex.org/podcast/75075?episode=1": IndexedShow(75075),
    "https://podcastindex.org/stats": Address("https://podcastindex.org/stats"),
    "feed.xml": File("feed.xml"),
    "my shows.opml": File("my shows.opml"),
    "podcastindex_feeds.db.tgz": File("podcastindex_feeds.db.tgz"),
    "./shows": File("./shows"),
    "~/shows": File("~/shows"),
    "/shows": File("/shows"),
    r"C:\shows": File(r"C:\shows"),
    "missing/feed": File("missing/feed"),
    "file:///etc/passwd": File("file:///etc/passwd"),
    "gopher://a.example/f": File("gopher://a.example/f"),
    "radio lab": Name("radio lab"),
    "  radio \n lab ": Name("radio lab"),
    "radiolab": Name("radiolab"),
    "Mr. Robot": Name("Mr. Robot"),
    "S.H.I.E.L.D.": Name("S.H.I.E.L.D."),
    "Re:Zero": Name("Re:Zero"),
    "AC/DC and friends": Name("AC/DC and friends"),
    "feed: the beast": Name("feed: the beast"),
    "中文播客": Name("中文播客"),
    "99": Name("99"),
}


@pytest.mark.parametrize("text", SOURCES)
def test_what_is_meant(text: str) -> None:
    assert read_source(text) == SOURCES[text]


@given(st.text())
def test_any_text_means_something(text: str) -> None:
    assert isinstance(read_source(text), Address | AppleShow | IndexedShow | File | Name)


def test_what_is_very_long_takes_no_time() -> None:
    assert isinstance(read_source("a." * 500_000), File)
    assert isinstance(read_source("a-" * 1_999), Name)
