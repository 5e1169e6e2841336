"""Well-formed XML: names whatever the prefixes, items one by one, what is inherited."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from castabout.parse.soup import SoupReader
from castabout.parse.xml import (
    IllFormed,
    Node,
    Reader,
    StrictReader,
    attribute_of,
    language_of,
    text_of,
)

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
ATOM = "http://www.w3.org/2005/Atom"
#: Both readers give the same of what is well-formed.
READERS = (StrictReader, SoupReader)


def read(text: str, reader: Callable[[bytes], Reader] = StrictReader) -> tuple[list[dict[str, str]], Node]:
    """The texts of each item by name, and the channel."""
    opened = reader(text.encode())
    names = (
        "title",
        "guid",
        "itunes:duration",
        "atom:title",
        "atom:id",
        "podcast:season",
        "dc:creator",
        "x:y",
    )
    items = [
        {name: text_of(node.elements(name)[0]) for name in names if node.elements(name)}
        for node in opened.items()
    ]
    return items, opened.channel()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "declaration",
    [
        f'xmlns:itunes="{ITUNES}"',
        f'xmlns:itunes="{ITUNES.upper()}"',
        'xmlns:itunes="https://www.itunes.com/DTDs/Podcast-1.0.dtd/"',
    ],
)
def test_namespaces_are_known_however_their_address_is_written(
    declaration: str, reader: Callable[[bytes], Reader]
) -> None:
    items, _ = read(
        f"<rss {declaration}><channel><item><itunes:duration>61</itunes:duration></item></channel></rss>",
        reader,
    )
    assert items == [{"itunes:duration": "61"}]


@pytest.mark.parametrize("reader", READERS)
def test_prefixes_do_not_matter(reader: Callable[[bytes], Reader]) -> None:
    items, _ = read(
        f'<rss xmlns:i="{ITUNES}" xmlns:itunes="https://podcastindex.org/namespace/1.0"><channel>'
        "<item><i:duration>61</i:duration><itunes:season>2</itunes:season></item></channel></rss>",
        reader,
    )
    assert items == [{"itunes:duration": "61", "podcast:season": "2"}]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "root",
    [
        'rss xmlns="http://backend.userland.com/rss2"',
        f'rss xmlns="{ATOM}"',
        'rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"',
        'RSS version="2.0"',
    ],
)
def test_what_rss_says_of_its_own_namespace_does_not_matter(
    root: str, reader: Callable[[bytes], Reader]
) -> None:
    items, channel = read(
        f"<{root}><channel><title>Bread</title></channel><item><title>Rye</title></item></{root.split()[0]}>",
        reader,
    )
    assert items == [{"title": "Rye"}]
    assert [text_of(element) for element in channel.elements("title")] == ["Bread"]


def test_an_rss_feed_in_which_all_has_a_prefix() -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:r="http://purl.org/rss/1.0/">'
        "<r:channel><r:title>Bread</r:title></r:channel><r:item><r:title>Rye</r:title></r:item></rdf:RDF>"
    )
    for reader in READERS:
        assert read(text, reader)[0] == [{"title": "Rye"}]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("root", "prefix"),
    [
        (f'feed xmlns="{ATOM}"', ""),
        ('feed version="0.3" xmlns="http://purl.org/atom/ns#"', ""),
        ("feed", ""),
        (f'a:feed xmlns:a="{ATOM}"', "a:"),
    ],
)
def test_atom(root: str, prefix: str, reader: Callable[[bytes], Reader]) -> None:
    items, channel = read(
        f"<{root}><{prefix}title>Bread</{prefix}title>"
        f"<{prefix}entry><{prefix}title>Rye</{prefix}title><{prefix}id>1</{prefix}id></{prefix}entry>"
        f"<{prefix}entry/></{root.split()[0]}>",
        reader,
    )
    assert items == [{"atom:title": "Rye", "atom:id": "1"}, {}]
    assert [text_of(element) for element in channel.elements("atom:title")] == ["Bread"]


@pytest.mark.parametrize("reader", READERS)
def test_language_and_base_are_inherited(reader: Callable[[bytes], Reader]) -> None:
    text = (
        f'<feed xmlns="{ATOM}" xml:lang="fr" xml:base="http://a.example/x/">'
        '<entry xml:base="y/"><title xml:lang="de" xml:base="z">Roggen</title></entry><entry/></feed>'
    )
    opened = reader(text.encode())
    found = []
    for node in opened.items():
        titles = node.elements("atom:title")
        found.append(
            (node.base, node.language, [(node.base_of(title), language_of(title)) for title in titles])
        )
    assert found == [
        ("http://a.example/x/y/", "fr", [("http://a.example/x/y/z", "de")]),
        ("http://a.example/x/", "fr", []),
    ]
    assert (opened.channel().base, opened.channel().language) == ("http://a.example/x/", "fr")


def test_markup_inside_text_is_html() -> None:
    items, _ = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml"><entry>'
        "<title>1 &lt; <h:b>2</h:b> &amp; 3</title></entry></feed>"
    )
    assert (
        items[0]["atom:title"]
        .replace(' xmlns:h="http://www.w3.org/1999/xhtml"', "")
        .replace(' xmlns="http://www.w3.org/2005/Atom"', "")
        == "1 &lt; <b>2</b> &amp; 3"
    )


def test_attributes_however_they_are_written() -> None:
    (node,) = StrictReader(b'<rss><item><enclosure URL="a" Type="b"/></item></rss>').items()
    (enclosure,) = node.elements("enclosure")
    assert attribute_of(enclosure, "url") == "a"
    assert attribute_of(enclosure, "type") == "b"
    assert attribute_of(enclosure, "length") is None


def test_items_within_items_are_items() -> None:
    items, _ = read(
        "<rss><channel><item><title>1</title><item><title>2</title></item></item></channel></rss>"
    )
    assert [item["title"] for item in items] == ["2", "1"]


def test_comments_and_instructions_are_nothing() -> None:
    items, _ = read(
        "<?xml version='1.0'?><!-- <item> --><rss><?a b?>"
        "<item><title>R<!-- y -->y<![CDATA[<e>]]></title></item></rss>"
    )
    assert items == [{"title": "Ry<e>"}]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"<rss>",
        b"<rss><item></rss>",
        b"<rss>&nbsp;</rss>",
        b"<rss><itunes:x/></rss>",
        b"<rss>\x01</rss>",
        b"\xff",
    ],
)
def test_what_is_not_well_formed_is_said_on_one_line(data: bytes) -> None:
    with pytest.raises(IllFormed) as caught:
        list(StrictReader(data).items())
    assert "\n" not in caught.value.said
    assert len(caught.value.said) < 200


def test_what_libxml2_says_to_programmers_is_left_out() -> None:
    with pytest.raises(IllFormed) as caught:
        list(StrictReader(b"<rss>" + b"<a>" * 300).items())
    assert caught.value.said == "not well-formed (elements more than 256 deep, line 1)"


def test_bytes_are_utf_8_whatever_they_say() -> None:
    items, _ = read(
        "\ufeff<?xml version='1.0' encoding='koi8-r'?><rss><item><title>Köln</title></item></rss>"
    )
    assert items == [{"title": "Köln"}]
