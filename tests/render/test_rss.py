"""Our own feeds: whatever outside text holds, they are well-formed and say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from castabout.model.feed import Enclosure, Episode, Person, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.lists import EpisodeFeed, FeedEntry
from castabout.model.podcasting20 import LinkedFile, SimpleChapter, Soundbite
from castabout.render.rss import Addresses, rss

ADDRESSES = Addresses(
    page="https://casts.example/later",
    feed="https://casts.example/later.rss?key=a&order=newest",
    next_page=None,
    picture="https://casts.example/cover.png",
    episodes="https://casts.example/episodes/",
)
WHEN = datetime(2024, 9, 27, 6, 30, tzinfo=UTC)


def entry(episode: Episode, podcast: Podcast | None = None) -> FeedEntry:
    owner = StoredPodcast(
        row=1, id="show", source="", podcast=podcast or Podcast(title="Show"), added=WHEN, episodes=1
    )
    stored = StoredEpisode(row=1, id="one", podcast_row=1, episode=episode)
    return FeedEntry(podcast=owner, episode=stored, source=None, published=episode.published)


def feed(*entries: FeedEntry, title: str = "Listen Later") -> EpisodeFeed:
    return EpisodeFeed(
        title=title, description=title, language="en", updated=WHEN, entries=entries, next_offset=None
    )


def attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.items()}


def written(
    *entries: FeedEntry, title: str = "Listen Later", addresses: Addresses = ADDRESSES
) -> etree._Element:
    text = "".join(rss(feed(*entries, title=title), addresses))
    assert not feedparser.parse(text.encode()).bozo
    return etree.fromstring(text.encode())[0]


RECORDING = (Enclosure(url="https://media.example/1.mp3"),)
BARE = Episode(key="1", enclosures=RECORDING)
#: Everything that strings can hold, half surrogates and control characters too.
TEXT = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(
    (
        "]]>",
        "<![CDATA[",
        "</item></channel>",
        "&#0;",
        "&amp;lt;",
        "\x00\x1f\ufffe\ud800",
        "<!DOCTYPE x>",
        "--><?x ?>",
    )
)


@given(TEXT, TEXT, TEXT)
def test_nothing_breaks_a_feed(one: str, other: str, third: str) -> None:
    hostile = Episode(
        key=one,
        title=other,
        notes=third,
        season=1,
        season_name=one,
        number=2,
        number_name=other,
        people=(Person(name=one, role=other, group=third, url=one),),
        enclosures=(Enclosure(url=f"https://media.example/{one}", type=other),),
        transcripts=(LinkedFile(url=f"https://media.example/{one}", type=one, language=other),),
        simple_chapters=(SimpleChapter(start=61.5, title=third),),
        soundbites=(Soundbite(start=1, duration=2, title=one),),
    )
    channel = written(entry(hostile, Podcast(title=third)), entry(BARE), title=one)
    assert len(channel.findall("item")) == 2
    assert channel.getnext() is None


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("</title><script>x</script>", "</title><script>x</script>"),
        ("]]> & &amp;", "]]> & &amp;"),
        ("a\x00b\x0bc\ud800d\uffff", "abcd"),
        ("機械学習 🎧", "機械学習 🎧"),
    ],
)
def test_text_says_the_same_without_what_xml_forbids(title: str, said: str) -> None:
    item = written(entry(replace(BARE, title=title))).find("item")
    assert item is not None
    assert item.findtext("title") == said


def test_what_is_unknown_is_left_out() -> None:
    item = written(entry(BARE, Podcast())).find("item")
    assert item is not None
    names = [etree.QName(child).localname for child in item]
    assert names == ["title", "link", "guid", "description", "enclosure", "explicit"]
    assert item.findtext("link") == "https://casts.example/episodes/one"
    assert item.findtext("guid") == "show:1"


@pytest.mark.parametrize(
    ("file", "type", "length"),
    [
        (Enclosure(url="https://media.example/a.mp3?x", type="audio/mpeg", length=5), "audio/mpeg", "5"),
        (Enclosure(url="https://media.example/a.mp4"), "video/mp4", "0"),
        (Enclosure(url="https://media.example/stream"), "audio/mpeg", "0"),
    ],
)
def test_an_enclosure_has_all_that_is_required(file: Enclosure, type: str, length: str) -> None:
    found = written(entry(replace(BARE, enclosures=(file,)))).find("item/enclosure")
    assert found is not None
    assert attributes(found) == {"url": file.url, "type": type, "length": length}


def test_only_addresses_of_the_web_are_named() -> None:
    bad = "javascript:hacked()"
    hostile = replace(
        BARE, link=bad, image=bad, transcripts=(LinkedFile(url=bad),), chapters=LinkedFile(url=bad)
    )
    assert "javascript" not in "".join(rss(feed(entry(hostile, Podcast(image=bad))), ADDRESSES))


def test_explicit_is_what_any_of_it_is() -> None:
    itunes = "{http://www.itunes.com/dtds/podcast-1.0.dtd}explicit"
    channel = written(
        entry(BARE, Podcast(explicit=True)), entry(replace(BARE, explicit=False), Podcast(explicit=True))
    )
    assert channel.findtext(itunes) == "true"
    assert [item.findtext(itunes) for item in channel.findall("item")] == ["true", "false"]


def test_the_next_page() -> None:
    links = "{http://www.w3.org/2005/Atom}link"
    channel = written(
        entry(BARE), addresses=replace(ADDRESSES, next_page="https://casts.example/x.rss?offset=100")
    )
    assert {link.get("rel"): link.get("href") for link in channel.findall(links)} == {
        "self": ADDRESSES.feed,
        "next": "https://casts.example/x.rss?offset=100",
    }


def test_chapters_in_the_feed_stay_chapters() -> None:
    chapter = written(entry(replace(BARE, simple_chapters=(SimpleChapter(start=3723.5, title="Rye"),)))).find(
        "item/{http://podlove.org/simple-chapters}chapters/{http://podlove.org/simple-chapters}chapter"
    )
    assert chapter is not None
    assert attributes(chapter) == {"start": "01:02:03.500", "title": "Rye"}
