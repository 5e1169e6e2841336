"""Relative addresses: resolved against ``xml:base``, the show's page or the feed itself, never against nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from castabout.model.feed import Episode
from castabout.parse.feed import parse_feed

ITUNES = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'


def addresses(channel: str, inside: str, address: str | None = None, attributes: str = "") -> Episode:
    item = f"<item><guid isPermaLink='false'>1</guid>{inside}</item>"
    text = f"<rss {attributes}><channel>{channel}{item}</channel></rss>"
    (episode,) = parse_feed(text.encode(), address=address).episodes
    return episode


RELATIVE = (
    '<link>/2017/10/one/</link><itunes:image href="../one.jpg"/>'
    '<description>&lt;a href="two/"&gt;two&lt;/a&gt;</description>'
)


@pytest.mark.parametrize(
    ("channel", "address", "attributes", "link", "image", "inside"),
    [
        # A page of its own, whatever the address of the feed.
        ("<link>https://a.example/x/y/</link>", "https://b.example/feed", "",
         "https://a.example/2017/10/one/", "https://a.example/x/one.jpg", "https://a.example/2017/10/one/two/"),
        # A relative page says nothing; the feed's own address does.
        ('<link>/</link><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://c.example/f/g"/>',
         "https://b.example/feed", "",
         "https://c.example/2017/10/one/", "https://c.example/one.jpg", "https://c.example/2017/10/one/two/"),
        ("<link>/</link>", "https://b.example/feed", "",
         "https://b.example/2017/10/one/", "https://b.example/one.jpg", "https://b.example/2017/10/one/two/"),
        ("<link>https://a.example/</link>", None, ' xml:base="https://d.example/x/y"',
         "https://d.example/2017/10/one/", "https://d.example/one.jpg", "https://d.example/2017/10/one/two/"),
        ("<link>https://a.example/z/</link>", None, ' xml:base="/x/y/"',
         "https://a.example/2017/10/one/", "https://a.example/x/one.jpg", "https://a.example/2017/10/one/two/"),
    ],
)  # fmt: skip
def test_relative_addresses_are_resolved(
    channel: str, address: str | None, attributes: str, link: str, image: str, inside: str
) -> None:
    episode = addresses(channel, RELATIVE, address, f"{attributes} {ITUNES}")
    assert (episode.link, episode.image) == (link, image)
    assert episode.notes == f'<a href="{inside}" rel="noopener nofollow ugc">two</a>'


def test_relative_addresses_are_never_resolved_against_nothing() -> None:
    episode = addresses("<link>/</link>", RELATIVE, None, ITUNES)
    assert (episode.link, episode.image) == (None, None)
    assert "two/" not in (episode.notes or "")


def test_words_are_no_relative_addresses() -> None:
    assert addresses("<link>https://a.example/</link>", "<link>coming soon</link>").link is None
    assert addresses("<link>https://a.example/</link>", "<link>soon</link>").link is None
    assert addresses("<link>https://a.example/</link>", "<link>javascript:x()</link>").link is None


def test_ill_formed_feeds_have_a_base_too() -> None:
    parsed = parse_feed(
        b"<rss><channel><title>A & B</title><item><link>/1</link></item>", address="https://b.example/f"
    )
    assert [episode.link for episode in parsed.episodes] == ["https://b.example/1"]


def test_a_real_feed_whose_addresses_are_all_relative(shared_data: Path) -> None:
    data = (shared_data / "feeds" / "the-geek-whisperers.xml").read_bytes()
    parsed = parse_feed(data, address="https://geek-whisperers.com/feed/podcast/")
    assert parsed.podcast.link == "https://geek-whisperers.com/"
    assert parsed.podcast.image == (
        "https://geek-whisperers.com/wp-content/uploads/2016/01/geek-whisperers-bw-logo.jpg"
    )
    first = next(
        episode for episode in parsed.episodes if episode.title and "Final Whispers" in episode.title
    )
    assert first.link == "https://geek-whisperers.com/2017/10/the-final-whispers-episode-140/"
