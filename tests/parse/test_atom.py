"""Atom 1.0 and 0.3, into the values that RSS gives too."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone

import pytest

from castabout.model.feed import Enclosure, Episode, ParsedFeed, Person
from castabout.model.podcasting20 import LinkedFile, SimpleChapter, TextLink
from castabout.parse.feed import parse_feed

ATOM = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters"'
)


def feed(inside: str, attributes: str = ATOM) -> ParsedFeed:
    return parse_feed(f"<feed {attributes}>{inside}</feed>".encode(), address="https://host.example/feed.xml")


def entry(inside: str, attributes: str = ATOM) -> Episode:
    (episode,) = feed(f"<entry>{inside}</entry>", attributes).episodes
    return episode


def test_a_whole_entry() -> None:
    # The example of RFC 4287, section 1.1, with what podcasts add.
    episode = entry(
        """<title>Atom draft-07 snapshot</title>
        <link rel="alternate" type="text/html" href="http://example.org/2005/04/02/atom"/>
        <link rel="enclosure" type="audio/mpeg" length="1337" href="http://example.org/audio/ph34r_my_podcast.mp3"/>
        <link rel="http://podlove.org/deep-link" href="http://example.org/2005/04/02/atom#"/>
        <link rel="http://podlove.org/simple-chapters" href="http://example.org/chapters.psc"/>
        <link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/>
        <id>tag:example.org,2003:3.2397</id>
        <updated>2005-07-31T12:29:29Z</updated><published>2003-12-13T08:29:29-04:00</published>
        <author><name>Mark Pilgrim</name><uri>http://example.org/</uri><email>f8dy@example.com</email></author>
        <author><name>Sam Ruby</name></author>
        <contributor><name>Joe Gregorio</name></contributor>
        <category term="atom" label="Atom feeds"/><category term="http://example.org/scheme#post"/>
        <content type="xhtml" xml:lang="en" xml:base="http://diveintomark.org/">
          <div xmlns="http://www.w3.org/1999/xhtml"><p><i>[Update: The Atom draft is finished.]</i></p></div>
        </content>
        <itunes:duration>1:02</itunes:duration><itunes:explicit>no</itunes:explicit>
        <podcast:person role="guest">A Guest</podcast:person>
        <psc:chapters><psc:chapter start="00:00:07.5" title="Welcome"/></psc:chapters>"""
    )
    assert episode == Episode(
        key="tag:example.org,2003:3.2397",
        title="Atom draft-07 snapshot",
        link="http://example.org/2005/04/02/atom",
        notes=episode.notes,
        published=datetime(2003, 12, 13, 8, 29, 29, tzinfo=timezone(timedelta(hours=-4))),
        duration=62,
        enclosures=(
            Enclosure(url="http://example.org/audio/ph34r_my_podcast.mp3", type="audio/mpeg", length=1337),
        ),
        author="Mark Pilgrim, Sam Ruby",
        keywords=("Atom feeds", "atom"),
        explicit=False,
        people=(Person(name="A Guest", role="guest"),),
        license=TextLink(
            text="https://creativecommons.org/licenses/by/4.0/",
            url="https://creativecommons.org/licenses/by/4.0/",
        ),
        chapters=LinkedFile(url="http://example.org/chapters.psc"),
        simple_chapters=(SimpleChapter(start=7.5, title="Welcome"),),
        deep_link="http://example.org/2005/04/02/atom#",
    )
    assert episode.notes is not None
    assert "<p><i>[Update: The Atom draft is finished.]</i></p>" in episode.notes


def test_a_whole_feed() -> None:
    podcast = feed(
        """<title type="text">dive into mark</title>
        <subtitle type="html">A &lt;em&gt;lot&lt;/em&gt; of effort went into making this effortless</subtitle>
        <updated>2005-07-31T12:29:29Z</updated><id>tag:example.org,2003:3</id>
        <link rel="alternate" type="text/html" hreflang="en" href="http://example.org/"/>
        <link rel="self" type="application/atom+xml" href="http://example.org/feed.atom"/>
        <link rel="next" href="http://example.org/feed.atom?page=2"/>
        <link rel="hub" href="https://hub.example/"/>
        <rights>Copyright (c) 2003, Mark Pilgrim</rights><logo>/logo.png</logo>
        <author><name>Mark Pilgrim</name></author><category term="technology"/>
        <itunes:new-feed-url>https://new.example/</itunes:new-feed-url><itunes:block>yes</itunes:block>
        <podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>""",
        f'{ATOM} xml:lang="en_us"',
    ).podcast
    assert podcast.title == "dive into mark"
    assert podcast.description == "A <em>lot</em> of effort went into making this effortless"
    assert podcast.link == "http://example.org/"
    assert podcast.self_url == "http://example.org/feed.atom"
    assert podcast.next_url == "http://example.org/feed.atom?page=2"
    assert podcast.hub_url == "https://hub.example/"
    assert podcast.copyright == "Copyright (c) 2003, Mark Pilgrim"
    assert podcast.image == "http://example.org/logo.png"
    assert podcast.author == "Mark Pilgrim"
    assert podcast.categories == ("technology",)
    assert podcast.language == "en-US"
    assert podcast.new_feed_url == "https://new.example/"
    assert podcast.is_blocked is True
    assert podcast.guid == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def test_atom_0_3() -> None:
    parsed = feed(
        """<title>Old</title><tagline mode="escaped" type="text/html">A &lt;b&gt;line&lt;/b&gt;</tagline>
        <copyright>2003</copyright>
        <entry><title mode="base64" type="text/html">PGI+Sm9iPC9iPg==</title><id>tag:1</id>
        <issued>2003-12-13T08:29:29Z</issued><modified>2004-01-01T00:00:00Z</modified>
        <content type="application/xhtml+xml" mode="xml"><p xmlns="http://www.w3.org/1999/xhtml">Text</p></content>
        </entry>""",
        'version="0.3" xmlns="http://purl.org/atom/ns#"',
    )
    assert parsed.podcast.description == "A <b>line</b>"
    assert parsed.podcast.copyright == "2003"
    (episode,) = parsed.episodes
    assert episode.title == "Job"
    assert episode.published == datetime(2003, 12, 13, 8, 29, 29, tzinfo=UTC)
    assert episode.notes is not None
    assert "Text" in episode.notes


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("<title>Less: &lt;</title>", "Less: <"),
        ('<title type="html">Less: &lt;em> &amp;lt; &lt;/em></title>', "Less: <"),
        ('<title type="text">the &lt;blink&gt; tag</title>', "the <blink> tag"),
        ('<title type="html">the &lt;blink&gt;tag&lt;/blink&gt;</title>', "the tag"),
        ('<title type="html">Q&amp;amp;A</title>', "Q&A"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Less: <em>&lt;</em></div></title>',
            "Less: <",
        ),
        ('<title type="html">safe&lt;script>x()&lt;/script> title</title>', "safe title"),
        ('<title type="html">sa&lt;!-- never closed &gt;fe</title>', "safe"),
        ('<title type="">plain</title>', "plain"),
        ('<title type="text">How to use &lt;b&gt; and &lt;i&gt;</title>', "How to use <b> and <i>"),
        ("<title>Tom &lt;b&gt;and&lt;/b&gt; Jerry</title>", "Tom and Jerry"),
        ("<title> </title>", None),
    ],
)
def test_titles(title: str, line: str | None) -> None:
    assert entry(f"<id>1</id>{title}").title == line


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        ('<content type="html">&lt;p>One &amp;amp; two&lt;/p></content>', "<p>One &amp; two</p>"),
        ('<content type="text">a &lt; b</content>', "<p>a &lt; b</p>"),
        ('<content type="text">the &lt;b>bold&lt;/b> tag</content>', "<p>the &lt;b&gt;bold&lt;/b&gt; tag</p>"),
        ("<content>the &lt;b>bold&lt;/b> word</content>", "the <b>bold</b> word"),
        (f'<content type="text/html" mode="base64">{b64encode(b"<p>Hi</p>").decode()}</content>', "<p>Hi</p>"),
        (f'<content type="image/png">{b64encode(bytes(range(256))).decode()}</content>', None),
        ('<summary>Short</summary><content type="html">&lt;p>A long one&lt;/p></content>', "<p>A long one</p>"),
        ("<summary>A long one, says this</summary><content>Short</content>", "<p>A long one, says this</p>"),
        ('<content type="audio/mpeg" src="https://a.example/1.mp3"/>', None),
    ],
)  # fmt: skip
def test_content(content: str, notes: str | None) -> None:
    found = entry(f"<id>1</id>{content}").notes
    assert notes is None or found == notes


def test_binary_content_is_no_text() -> None:
    assert (
        entry(f'<id>1</id><content type="image/png">{b64encode(bytes(range(256))).decode()}</content>').notes
        is None
    )


def test_links_whose_address_is_text_or_without_a_rel() -> None:
    assert entry("<link>https://a.example/1</link>").link == "https://a.example/1"
    assert entry('<link href="https://a.example/1"/>').link == "https://a.example/1"
    assert (
        entry(
            '<link rel="http://www.iana.org/assignments/relation/alternate" href="https://a.example/1"/>'
        ).link
        == "https://a.example/1"
    )


def test_a_page_is_preferred_to_other_alternates() -> None:
    episode = entry(
        '<link rel="alternate" type="application/json" href="https://a.example/1.json"/>'
        '<link rel="alternate" type="text/html" href="https://a.example/1"/>'
    )
    assert episode.link == "https://a.example/1"


def test_media_that_content_points_to_is_an_enclosure() -> None:
    assert entry('<content type="video/mp4" src="https://a.example/1"/>').enclosures == (
        Enclosure(url="https://a.example/1", type="video/mp4"),
    )
    assert entry('<content src="https://a.example/1.mp3"/>').enclosures == (
        Enclosure(url="https://a.example/1.mp3"),
    )
    assert entry('<id>1</id><content type="text/html" src="https://a.example/1"/>').enclosures == ()


def test_bases_are_inherited() -> None:
    episode = entry(
        '<id>1</id><link xml:base="1/" rel="enclosure" href="a.mp3"/><link href="2"/>',
        f'{ATOM} xml:base="https://base.example/x/"',
    )
    assert episode.enclosures[0].url == "https://base.example/x/1/a.mp3"
    assert episode.link == "https://base.example/x/2"


def test_languages_are_inherited() -> None:
    parsed = parse_feed(
        f'<feed {ATOM} xml:lang="de"><entry><id>1</id></entry><entry xml:lang="fr-CA"><id>2</id></entry>'
        "</feed>".encode()
    )
    assert [episode.language for episode in parsed.episodes] == ["de", "fr-CA"]


def test_an_entry_that_nothing_tells_from_others_is_a_problem() -> None:
    parsed = feed("<entry><updated>2003-12-13T08:29:29Z</updated></entry><entry><id>1</id></entry>")
    assert [episode.key for episode in parsed.episodes] == ["1"]
    assert [(p.where, p.lost_item) for p in parsed.problems] == [("item 1", True)]


def test_ill_formed_atom_is_read_as_far_as_it_makes_sense() -> None:
    parsed = feed(
        "<title>Bread & butter</title><entry><id>1</id><title>Rye</title>"
        '<link href="https://a.example/?a=1&b=2"/><summary>One<br>two</summary></entry>'
        "<entry><id>2</id><title>Oat</title></entry>"
    )
    assert parsed.podcast.title == "Bread & butter"
    assert [(e.key, e.title, e.link) for e in parsed.episodes] == [
        ("1", "Rye", "https://a.example/?a=1&b=2"),
        ("2", "Oat", None),
    ]
    assert parsed.problems[0].what.startswith("not well-formed")


def test_atom_without_a_namespace_or_with_a_prefix() -> None:
    assert entry("<id>1</id><title>Rye</title>", "").title == "Rye"
    parsed = parse_feed(
        b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Bread</a:title>'
        b"<a:entry><a:id>1</a:id><a:title>Rye</a:title></a:entry></a:feed>"
    )
    assert parsed.podcast.title == "Bread"
    assert [(e.key, e.title) for e in parsed.episodes] == [("1", "Rye")]
