"""What RSS, iTunes, Google Play, Media RSS, Atom and Podlove add: one value a test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from castabout.model.feed import Enclosure, Episode, Podcast
from castabout.model.podcasting20 import SimpleChapter
from castabout.parse.feed import parse_feed
from castabout.parse.reach import feeds_page
from castabout.parse.table import EPISODE, PODCAST

HEAD = (
    '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0" xmlns:a="http://www.w3.org/2005/Atom" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters">'
)


def podcast(inside: str) -> Podcast:
    return parse_feed(f"{HEAD}<channel>{inside}</channel></rss>".encode()).podcast


def episode(inside: str) -> Episode:
    (found,) = parse_feed(f"{HEAD}<channel><item>{inside}</item></channel></rss>".encode()).episodes
    return found


def test_links_of_a_channel() -> None:
    found = podcast(
        '<a:link rel="self" href="https://a.example/feed"/><a:link rel="next" href="https://a.example/feed?page=2"/>'
        '<a:link rel="hub" href="https://hub.example/"/><a:link rel="alternate" href="https://a.example/"/>'
        '<a:link rel="payment" href="https://pay.example/"/>'
        "<itunes:new-feed-url>\nhttps://b.example/feed\n</itunes:new-feed-url>"
    )
    assert (found.self_url, found.next_url) == ("https://a.example/feed", "https://a.example/feed?page=2")
    assert (found.hub_url, found.new_feed_url) == ("https://hub.example/", "https://b.example/feed")
    assert found.link == "https://a.example/"


def test_its_own_address_is_not_the_page_about_it() -> None:
    assert podcast('<a:link rel="self" href="https://a.example/feed"/>').link is None


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("<itunes:block>Yes</itunes:block>", True),
        ("<itunes:block>no</itunes:block>", False),
        ("<googleplay:block>yes</googleplay:block>", True),
        ("<itunes:block/>", None),
        ("", None),
    ],
)
def test_blocked(text: str, blocked: bool | None) -> None:
    assert podcast(text).is_blocked is blocked
    assert episode(f"<title>T</title>{text}").is_blocked is blocked


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("<itunes:complete>Yes</itunes:complete>", True),
        ("<itunes:complete>no</itunes:complete>", False),
        ("<itunes:complete/>", None),
    ],
)
def test_complete(text: str, complete: bool | None) -> None:
    assert podcast(text).is_complete is complete


@pytest.mark.parametrize(
    "text",
    [
        "<copyright>© The Bakery</copyright>",
        "<dc:rights>© The Bakery</dc:rights>",
        "<media:copyright>&amp;copy; The Bakery</media:copyright>",
    ],
)
def test_copyright(text: str) -> None:
    assert podcast(text).copyright == "© The Bakery"


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("<itunes:author>The Bakery</itunes:author>", "The Bakery"),
        ("<managingEditor>desk@bread.example (The Bakery)</managingEditor>", "The Bakery"),
        ("<author>The Bakery (desk@bread.example)</author>", "The Bakery"),
        ("<author>The Bakery &lt;desk@bread.example&gt;</author>", "The Bakery"),
        ("<author>The Bakery (London)</author>", "The Bakery (London)"),
        ("<dc:creator>The Bakery</dc:creator>", "The Bakery"),
        ("<googleplay:author>The Bakery</googleplay:author>", "The Bakery"),
        ("<itunes:owner><itunes:name>The Bakery</itunes:name></itunes:owner>", "The Bakery"),
        ("<a:author><a:name>The Bakery</a:name><a:uri>https://a.example/</a:uri></a:author>", "The Bakery"),
        ("<itunes:author> </itunes:author><author>The Bakery</author>", "The Bakery"),
        ("<itunes:owner><itunes:email>desk@bread.example</itunes:email></itunes:owner>", None),
    ],
)
def test_authors(text: str, author: str | None) -> None:
    assert podcast(text).author == author


def test_google_play() -> None:
    found = podcast(
        '<googleplay:image href="https://a.example/1.jpg"/><googleplay:explicit>yes</googleplay:explicit>'
        '<googleplay:category text="Arts"/><googleplay:description>About bread.</googleplay:description>'
    )
    assert (found.image, found.explicit, found.categories) == ("https://a.example/1.jpg", True, ("Arts",))
    assert found.description == "<p>About bread.</p>"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("<title>12: Rye</title><itunes:title>Rye</itunes:title>", "12: Rye"),
        ("<itunes:title>Rye</itunes:title><title>12: Rye</title>", "12: Rye"),
        ("<itunes:title>Rye</itunes:title><title/>", "Rye"),
        ("<media:title>Rye</media:title>", "Rye"),
        ("<media:group><media:title>Rye</media:title></media:group>", "Rye"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert episode(f"<guid>g</guid>{text}").title == title


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("<link>https://a.example/1</link>", "https://a.example/1"),
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ('<guid isPermaLink="true">https://a.example/1</guid>', "https://a.example/1"),
        ('<guid isPermaLink="false">https://a.example/1</guid>', None),
        ('<link>/1</link><guid isPermaLink="TRUE">https://a.example/1</guid>', "https://a.example/1"),
        ("<guid>g</guid>", None),
        ('<title>T</title><a:link rel="alternate" href="https://a.example/1"/>', "https://a.example/1"),
        ('<title>T</title><a:link rel="enclosure" href="https://a.example/1"/>', None),
    ],
)
def test_links(text: str, link: str | None) -> None:
    assert episode(text).link == link


@pytest.mark.parametrize("address", ["http://podlove.org/deep-link", "https://podlove.org/deep-link"])
def test_deep_link(address: str) -> None:
    found = episode(f'<title>T</title><a:link rel="{address}" href="https://a.example/1"/>')
    assert (found.deep_link, found.link) == ("https://a.example/1", None)


def test_media_in_groups() -> None:
    found = episode(
        '<media:group><media:content url="https://a.example/1.mp3" type="audio/mpeg" fileSize="1000" duration="9"/>'
        '<media:content url="https://a.example/1.mp4" type="video/mp4" medium="video"/>'
        '<media:content url="https://a.example/1.ogg" medium="audio"/>'
        '<media:content url="https://a.example/1.jpg" medium="image"/>'
        '<media:content url="https://a.example/1.png"/><media:content url="https://a.example/1.swf" '
        'type="application/x-shockwave-flash"/><media:thumbnail url="https://a.example/t.jpg"/>'
        "<media:description>About rye.</media:description></media:group>"
    )
    assert found.enclosures == (
        Enclosure(url="https://a.example/1.mp3", type="audio/mpeg", length=1000),
        Enclosure(url="https://a.example/1.mp4", type="video/mp4"),
        Enclosure(url="https://a.example/1.ogg"),
    )
    assert (found.duration, found.image, found.notes) == (9, "https://a.example/t.jpg", "<p>About rye.</p>")


def test_what_is_given_twice_is_one() -> None:
    found = episode(
        '<media:content url="https://a.example/1.mp3" type="audio/mpeg" fileSize="9"/>'
        '<enclosure url="https://a.example/1.mp3" type="audio/mp3" length="1"/>'
        '<enclosure url="https://a.example/2.m4a" type="audio/x-m4a" length="2000"/>'
    )
    assert found.enclosures == (
        Enclosure(url="https://a.example/1.mp3", type="audio/mpeg"),
        Enclosure(url="https://a.example/2.m4a", type="audio/mp4", length=2000),
    )


@pytest.mark.parametrize(
    ("text", "image"),
    [
        ('<itunes:image href="https://a.example/1.jpg"/>', "https://a.example/1.jpg"),
        ('<itunes:image url="https://a.example/1.jpg"/>', "https://a.example/1.jpg"),
        ("<itunes:image>https://a.example/1.jpg</itunes:image>", "https://a.example/1.jpg"),
        (
            '<itunes:link rel="image" href="https://a.example/1.jpg">T</itunes:link>',
            "https://a.example/1.jpg",
        ),
        ('<media:thumbnail url="https://a.example/1.jpg"/>', "https://a.example/1.jpg"),
        ('<media:content medium="image" url="https://a.example/1.jpg"/>', "https://a.example/1.jpg"),
        ("<image><url>https://a.example/1.jpg</url><title>T</title></image>", "https://a.example/1.jpg"),
        (
            '<itunes:image href="1.jpg"/><media:thumbnail url="https://a.example/1.jpg"/>',
            "https://a.example/1.jpg",
        ),
        ('<itunes:image href="data:image/png;base64,AA"/>', None),
    ],
)
def test_images(text: str, image: str | None) -> None:
    assert episode(f"<title>T</title>{text}").image == image


@pytest.mark.parametrize(
    "text",
    [
        "<pubDate>Fri, 27 Sep 2024 12:00:00 GMT</pubDate>",
        "<dc:date>2024-09-27T12:00:00Z</dc:date>",
        "<a:published>2024-09-27T12:00:00Z</a:published>",
        "<pubDate>soon</pubDate><dc:date>2024-09-27T12:00:00Z</dc:date>",
    ],
)
def test_dates(text: str) -> None:
    assert episode(f"<title>T</title>{text}").published == datetime(2024, 9, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("<itunes:season>2</itunes:season><itunes:episode>14</itunes:episode>", (2, 14)),
        (
            "<itunes:season>2</itunes:season><itunes:episode>14</itunes:episode><podcast:episode>14.5</podcast:episode>",
            (2, 14.5),
        ),
        ("<itunes:episode>0</itunes:episode>", (None, 0)),
    ],
)
def test_numbers(text: str, number: tuple[int | None, float | None]) -> None:
    found = episode(f"<title>T</title>{text}")
    assert (found.season, found.number) == number


def test_addresses_are_relative_to_what_the_feed_says() -> None:
    text = (
        '<rss xml:base="https://a.example/shows/"><channel><link>bread/</link><item><guid>g</guid>'
        "<link>./1</link><description>&lt;a href='2'>two&lt;/a></description></item></channel></rss>"
    )
    parsed = parse_feed(text.encode())
    assert parsed.podcast.link == "https://a.example/shows/bread/"
    (found,) = parsed.episodes
    assert found.link == "https://a.example/shows/1"
    assert 'href="https://a.example/shows/2"' in (found.notes or "")


def test_links_of_notes_are_relative_to_the_page_about_the_episode() -> None:
    found = episode(
        "<link>https://a.example/2024/rye</link><description>&lt;a href='/about'>about&lt;/a></description>"
    )
    assert 'href="https://a.example/about"' in (found.notes or "")


def test_notes_that_say_clearly_more_are_taken() -> None:
    short, same, long = "About rye.", "About rye!!", "About rye, and how to bake with it."
    assert episode(f"<description>{short}</description><itunes:summary>{same}</itunes:summary>").notes == (
        f"<p>{short}</p>"
    )
    assert episode(f"<description>{short}</description><itunes:summary>{long}</itunes:summary>").notes == (
        f"<p>{long}</p>"
    )
    tagged = f"&lt;b class='a-long-name-of-a-class'>{short}&lt;/b>"
    assert episode(f"<description>{same}</description><itunes:summary>{tagged}</itunes:summary>").notes == (
        f"<p>{same}</p>"
    )


def test_pictures() -> None:
    found = podcast(
        '<podcast:image href="https://a.example/banner.webp" purpose="banner"/>'
        '<podcast:image href="https://a.example/a.mp4" purpose="artwork" type="video/mp4"/>'
        '<podcast:image href="https://a.example/a.png" purpose="Artwork social"/>'
    )
    assert found.image == "https://a.example/a.png"
    assert podcast('<podcast:image href="https://a.example/1.jpg"/>').image == "https://a.example/1.jpg"


def test_simple_chapters() -> None:
    found = episode(
        '<title>T</title><psc:chapters version="1.2"><psc:chapter start="00:03:07.250" title="Two" href="http://podlove.org/"/>'
        '<psc:chapter start="00:00:00" title="One" image="https://a.example/1.jpg"/>'
        '<psc:chapter start="08:26" title="Three"/><psc:chapter start="12:42.345" title="Four"/>'
        '<psc:chapter start="soon" title="Never"/><psc:chapter start="1"/></psc:chapters>'
        '<psc:chapters><psc:chapter start="00:00:00" title="Ignore me"/></psc:chapters>'
    )
    assert found.simple_chapters == (
        SimpleChapter(start=0.0, title="One", image="https://a.example/1.jpg"),
        SimpleChapter(start=187.25, title="Two", link="http://podlove.org/"),
        SimpleChapter(start=506.0, title="Three"),
        SimpleChapter(start=762.345, title="Four"),
    )


def test_the_page_lists_every_value() -> None:
    page = feeds_page()
    for table in (PODCAST, EPISODE):
        for field in table.values():
            assert f"| {field.name} |" in page
    assert len(PODCAST.keys() - Podcast.__dataclass_fields__.keys()) == 0
    assert EPISODE.keys() - Episode.__dataclass_fields__.keys() == {"guid"}
    # Directories say it, not feeds.
    assert Podcast.__dataclass_fields__.keys() - PODCAST.keys() == {"popularity"}
    # The language is detected later, when an episode is new or changed.
    assert Episode.__dataclass_fields__.keys() - EPISODE.keys() == {"key", "detected_language"}
