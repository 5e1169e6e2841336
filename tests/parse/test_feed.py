"""Feeds in, values out: one oddity a test, and laws."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.errors import NotAFeed
from castabout.model.feed import Enclosure, Episode, ParsedFeed, Person
from castabout.parse.feed import parse_feed

NAMESPACES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
)


def feed(items: str, channel: str = "<title>Bread</title>") -> ParsedFeed:
    text = f'<rss version="2.0" {NAMESPACES}><channel>{channel}{items}</channel></rss>'
    return parse_feed(text.encode())


def item(inside: str) -> Episode:
    (episode,) = feed(f"<item>{inside}</item>").episodes
    return episode


def test_a_whole_item() -> None:
    episode = item(
        """<title>Rye &amp;amp; <![CDATA[wheat]]></title><guid isPermaLink="false"> rye-1 </guid>
        <link>https://bread.example/1</link><pubDate>Fri, 27 Sep 2024 12:00:00 GMT</pubDate>
        <description>Short.</description>
        <content:encoded><![CDATA[<p>Long and <em>good</em>.</p>]]></content:encoded>
        <enclosure url="https://media.example/1.mp3" type="audio/mp3" length="1000"/>
        <itunes:duration>1:02:03</itunes:duration><itunes:season>2</itunes:season><itunes:episode>14</itunes:episode>
        <itunes:episodeType>Full</itunes:episodeType><itunes:explicit>no</itunes:explicit>
        <itunes:keywords>rye, sourdough</itunes:keywords><itunes:image href="https://bread.example/1.jpg"/>
        <itunes:author>desk@bread.example (The Bakery)</itunes:author>
        <podcast:person role="Guest" href="https://guest.example/">A Guest</podcast:person>"""
    )
    assert episode == Episode(
        key="rye-1",
        title="Rye & wheat",
        link="https://bread.example/1",
        notes="<p>Long and <em>good</em>.</p>",
        published=datetime(2024, 9, 27, 12, tzinfo=UTC),
        duration=3723,
        enclosures=(Enclosure(url="https://media.example/1.mp3", type="audio/mpeg", length=1000),),
        season=2,
        number=14,
        type="full",
        explicit=False,
        keywords=("rye", "sourdough"),
        image="https://bread.example/1.jpg",
        author="The Bakery",
        people=(Person(name="A Guest", role="guest", url="https://guest.example/"),),
    )


def test_a_whole_channel() -> None:
    podcast = feed(
        "<item><title>1</title></item>",
        """<title>Bread</title><link>https://bread.example/</link><language>en_us</language>
        <description>About <b>bread</b>.</description><itunes:author>The Bakery</itunes:author>
        <itunes:category text="Society &amp; Culture"><itunes:category text="Food"/></itunes:category>
        <itunes:category text="Arts"/><itunes:image href="https://bread.example/b.jpg"/>
        <itunes:explicit>true</itunes:explicit><podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>""",
    ).podcast
    assert podcast.title == "Bread"
    assert podcast.link == "https://bread.example/"
    assert podcast.language == "en-US"
    assert podcast.description == "About <b>bread</b>."
    assert podcast.author == "The Bakery"
    assert podcast.categories == ("Society & Culture", "Food", "Arts")
    assert podcast.image == "https://bread.example/b.jpg"
    assert podcast.explicit is True
    assert podcast.guid == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def test_unknown_is_none() -> None:
    episode = item("<title>Rye</title><itunes:duration>0</itunes:duration><pubDate>soon</pubDate>")
    assert (episode.published, episode.duration, episode.notes, episode.link) == (None, None, None, None)
    assert (episode.explicit, episode.season, episode.number, episode.enclosures) == (None, None, None, ())


def test_pictures_are_no_enclosures() -> None:
    episode = item(
        '<title>1</title><enclosure url="https://a.example/1.jpg" type="image/jpeg"/>'
        '<media:content url="https://a.example/1.mp3" type="audio/mpeg"/>'
    )
    assert [enclosure.url for enclosure in episode.enclosures] == ["https://a.example/1.mp3"]


def test_bad_addresses_are_left_out() -> None:
    episode = item('<title>1</title><link>javascript:alert(1)</link><enclosure url="file:///etc/passwd"/>')
    assert (episode.link, episode.enclosures) == (None, ())


def test_copies_are_merged_and_said() -> None:
    one = '<item><guid>g</guid><title>Rye</title><enclosure url="https://a.example/1.mp3"/></item>'
    dated = one.replace("</item>", "<pubDate>Fri, 27 Sep 2024 12:00:00 GMT</pubDate></item>")
    parsed = feed(dated + one)
    (episode,) = parsed.episodes
    assert episode.published is not None
    (problem,) = parsed.problems
    assert problem.lost_item
    assert problem.what == "a copy of item 1 “Rye”"


def test_different_episodes_with_one_guid_are_told_apart() -> None:
    rye = '<item><guid>g</guid><title>Rye</title><enclosure url="https://a.example/1.mp3"/></item>'
    oat = '<item><guid>g</guid><title>Oat</title><enclosure url="https://a.example/2.mp3"/></item>'
    parsed = feed(oat + rye)
    assert [episode.title for episode in parsed.episodes] == ["Oat", "Rye"]
    oats, ryes = (episode.key for episode in parsed.episodes)
    assert ryes == "g"
    assert oats.startswith("g#")


def test_a_bad_item_is_a_problem_beside_the_good_ones() -> None:
    parsed = feed("<item><title>1</title></item><item/><item><title>3</title></item>")
    assert [episode.title for episode in parsed.episodes] == ["1", "3"]
    assert [(problem.where, problem.lost_item) for problem in parsed.problems] == [("item 2", True)]


@pytest.mark.parametrize(
    "text",
    [
        "\n<?xml version='1.0'?><rss><channel><item><title>Rye</title></item></channel></rss>",
        "<rss><channel><item><title>Rye</title><description>a & b &nbsp; <br></description></item></channel></rss>",
        "<rss><channel><item><itunes:title>Rye</itunes:title><title>Rye</title></item></channel></rss>",
        "<rss><channel><item><title>Rye</title><item><title>Oat</title></item></channel></rss>",
        "<rss><channel><item><title>Rye\x00\x08</title></item></channel></rss>",
        "Warning: something\n<rss><channel><item><title>Rye</title></item></channel></rss>",
        "<rss><channel><item><title>Rye</title></item></channel></rss> junk <",
    ],
)
def test_what_is_not_well_formed_is_read_as_far_as_it_makes_sense(text: str) -> None:
    parsed = parse_feed(text.encode())
    assert parsed.episodes[0].title == "Rye"
    assert not parsed.cut_off


def test_cut_off() -> None:
    text = "<rss><channel><title>Bread</title><item><title>Rye</title></item><item><title>Oat</title><desc"
    parsed = parse_feed(text.encode())
    assert [episode.title for episode in parsed.episodes] == ["Rye", "Oat"]
    assert parsed.cut_off


@pytest.mark.parametrize("encoding", ["koi8-r", "windows-1251", "utf-16", "iso-8859-5", "utf-8"])
def test_encodings(encoding: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    text = f"{declaration}<rss><channel><item><title>Хлеб</title></item></channel></rss>"
    assert parse_feed(text.encode(encoding)).episodes[0].title == "Хлеб"


def test_entities_are_not_expanded() -> None:
    text = (
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<rss><channel><item><title>Rye</title><description>&b;&x;</description></item></channel></rss>"
    )
    (episode,) = parse_feed(text.encode()).episodes
    assert "aaa" not in (episode.notes or "")
    assert "root" not in (episode.notes or "")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<!DOCTYPE html><html><body>Hi</body></html>", "an HTML page, not a feed"),
        (b"\x89PNG\r\n\x1a\n....", "a picture (PNG), not a feed"),
        (b"<opml version='2.0'><body/></opml>", "an OPML list, not a feed"),
        (b"Hello", "plain text, not a feed"),
        (b'{"a": 1}', "JSON, not a feed"),
        (b"%PDF-1.4", "a document (PDF), not a feed"),
    ],
)
def test_no_feed(data: bytes, cause: str) -> None:
    with pytest.raises(NotAFeed) as caught:
        parse_feed(data)
    assert caught.value.cause == cause


def test_a_feed_without_items_is_a_feed() -> None:
    parsed = feed("")
    assert (parsed.episodes, [problem.what for problem in parsed.problems]) == ((), ["has no items"])


PIECES = st.sampled_from(
    [
        "<rss>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "a",
        "&",
        "&lt;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<description>",
        "</description>",
        "<b>",
        "</b>",
        "<enclosure url='",
        "'/>",
        "\x00",
        "é",
        "<?xml ",
        "?>",
        "<itunes:duration>",
        "</itunes:duration>",
        "</channel>",
        "</rss>",
        '"',
        "<guid",
        ">",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_heap_of_pieces_gives_a_value_or_says_that_it_is_no_feed(text: str) -> None:
    with suppress(NotAFeed):
        parse_feed(("<rss>" + text).encode())


@given(st.binary(max_size=300))
def test_any_bytes_give_a_value_or_are_no_feed(data: bytes) -> None:
    for sample in (data, b"<rss><channel>" + data):
        with suppress(NotAFeed):
            parse_feed(sample)


def test_real_feeds_read_by_hand(shared_data: Path) -> None:
    def read(name: str) -> ParsedFeed:
        return parse_feed((shared_data / "feeds" / name).read_bytes())

    tip_off = read("the-tip-off.xml")
    assert tip_off.podcast.title == "The Tip Off"
    assert len(tip_off.episodes) == 14
    assert all(episode.published and episode.duration and episode.enclosures for episode in tip_off.episodes)
    arabic = read("shar7-kitab-al-sunna-kirmany-podcast-rss.xml")
    assert (arabic.podcast.language, len(arabic.episodes)) == ("ar", 49)
    example = read("podcasting-2-0-namespace-example.xml")
    assert len(example.episodes) == 3
    assert [person.name for person in example.episodes[0].people] != []


def test_rdf_has_its_items_beside_the_channel() -> None:
    parsed = parse_feed(
        b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://a.example/rss"><title>Bread</title><link>https://a.example/</link>
        <items><rdf:Seq><rdf:li rdf:resource="https://a.example/1"/></rdf:Seq></items></channel>
        <image rdf:about="https://a.example/b.png"><url>https://a.example/b.png</url></image>
        <item rdf:about="urn:rye"><title>Rye</title><link>https://a.example/1</link>
        <dc:date>2003-12-31T10:14:55Z</dc:date><dc:creator>First</dc:creator><dc:creator>Second</dc:creator></item>
        <item rdf:about="urn:oat"><title>Oat</title></item></rdf:RDF>"""
    )
    assert parsed.podcast.title == "Bread"
    assert parsed.podcast.image == "https://a.example/b.png"
    assert [(e.key, e.title, e.author) for e in parsed.episodes] == [
        ("urn:rye", "Rye", "First, Second"),
        ("urn:oat", "Oat", None),
    ]
    assert parsed.problems == ()


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://site.invalid/">',
        '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://site.invalid/x.ent"> %x;]>',
    ],
)
def test_document_types_of_others_are_neither_fetched_nor_an_error(doctype: str) -> None:
    channel = "<channel><item><title>Rye</title></item></channel>"
    text = f'<?xml version="1.0"?>\n<!-- a > b -->\n{doctype}<rss>{channel}</rss>'
    parsed = parse_feed(text.encode())
    assert [episode.title for episode in parsed.episodes] == ["Rye"]
    assert parsed.problems == ()


def test_html_beside_the_description_is_notes_too() -> None:
    assert item('<body xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></body>').notes is not None
    assert item("<fullitem>&lt;p&gt;Text&lt;/p&gt;</fullitem>").notes == "<p>Text</p>"


def test_keywords_of_a_podcast_are_not_its_categories() -> None:
    podcast = feed(
        "<item><title>1</title></item>",
        '<itunes:category text="Arts"/><itunes:keywords>Arts, bread</itunes:keywords>',
    ).podcast
    assert (podcast.categories, podcast.keywords) == (("Arts",), ("bread",))


@pytest.mark.parametrize(
    "left", [b'<enclosure url="https://a.example/1" length="1', b"<enclosure ur", b"<", b"</gui"]
)
def test_of_the_tag_that_a_feed_is_cut_off_in_nothing_is_said(left: bytes) -> None:
    parsed = parse_feed(b"<rss><channel><title>Show</title><item><guid>1</guid>" + left)
    assert [(one.where, one.what) for one in parsed.problems] == [
        ("feed", "not well-formed (it ends within <item>, line 1); read as far as it makes sense"),
        ("item 1", "the feed ends in the middle of it"),
    ]
