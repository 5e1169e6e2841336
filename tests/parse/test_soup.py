"""What is not well-formed is read as far as it makes sense: one kind of damage a test."""

from __future__ import annotations

import pytest

from castabout.parse.soup import SoupReader
from castabout.parse.xml import CUT, attribute_of, text_of

HEAD = '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Bread</title>'
RYE = "<item><title>Rye</title><guid>1</guid></item>"
OAT = "<item><title>Oat</title><guid>2</guid></item>"
END = "</channel></rss>"


def read(text: str | bytes) -> list[dict[str, str]]:
    """The texts of each item by name, where there is any."""
    names = (
        "title",
        "guid",
        "link",
        "description",
        "itunes:duration",
        "pubdate",
        "atom:title",
        "atom:content",
    )
    items = []
    for node in SoupReader(text.encode() if isinstance(text, str) else text).items():
        texts = {name: text_of(node.elements(name)[0]) for name in names if node.elements(name)}
        items.append({name: value for name, value in texts.items() if value})
    return items


def item(inside: str) -> dict[str, str]:
    (found,) = read(f"{HEAD}<item>{inside}</item>{END}")
    return found


BOTH = [{"title": "Rye", "guid": "1"}, {"title": "Oat", "guid": "2"}]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + RYE + OAT + END,
        HEAD + RYE + OAT,
        HEAD + RYE.removesuffix("</item>") + OAT + END,
        HEAD + RYE.replace("</item>", "") + OAT.replace("</item>", "") + END,
        HEAD + RYE.replace("<item>", "<itam>") + OAT + END,
        HEAD + RYE + OAT.replace("<item>", "<itm>") + END,
        HEAD + RYE + OAT.replace("<item>", "<item") + END,
        HEAD + RYE + OAT.replace("<item>", "item>") + END,
        HEAD + RYE.replace("item", "Item") + OAT.replace("<item>", "<ITEM>") + END,
        HEAD + RYE + "</item></item>" + OAT + END,
        HEAD + RYE + "<!-- <item><title>No</title></item> -->" + OAT + END,
        HEAD + RYE + "<!-- never closed " + OAT + END,
        HEAD + RYE + "<![CDATA[ never closed " + OAT + END,
        f"Warning: a < b\n{HEAD}{RYE}{OAT}{END}</html> &nbsp; <",
        HEAD.replace("<rss", "<rss version=2.0 &") + RYE + OAT + END,
        (HEAD + RYE + OAT + END).replace("><", ">\x00\x08<"),
    ],
)
def test_items_are_found(text: str) -> None:
    assert read(text) == BOTH
    reader = SoupReader(text.encode())
    assert len(list(reader.items())) == 2
    assert text_of(reader.channel().elements("title")[0]) == "Bread"
    assert not reader.channel().elements("guid")


@pytest.mark.parametrize(
    ("inside", "value"),
    [
        ("<title>Rye & oat</title>", "Rye & oat"),
        ("<title>Rye &nbsp;&eacute;&#233;&#xe9;</title>", "Rye \xa0ééé"),
        ("<title>Rye&#0;&#xD800;&#x1F;</title>", "Rye"),
        ("<title>Rye\x0b\x1f</title>", "Rye"),
        ("<title>1 < 2</title>", "1 < 2"),
        ("<title>Rye</titel><link>x</link>", "Rye"),
        ("<titel>Rye</title><link>x</link>", "Rye"),
        ("<title>Rye</TITLE>", "Rye"),
        ("<title>Rye<link>x</link>", "Rye"),
        ("<title>Rye</title", "Rye"),
        ("<title >Rye</title\n>", "Rye"),
        ("<title><![CDATA[Rye <b>]]> & oat</title>", "Rye <b> & oat"),
        ("<title><![CDATA[Rye]]</title><link>x</link>", "Rye"),
        ("<title><![CDATA[Rye]></title><link><![CDATA[x]]></link>", "Rye"),
        ("<title><![CDATA[Rye</title><link>x</link>", "Rye"),
        ("<title><!CDATA[Rye]]></title><a b>", "<!CDATA[Rye"),
        ("<title><[CDATA[Rye]]></title><a b>", "Rye"),
        ("<title>Rye<!-- & --></title><a b>", "Rye"),
        ("<title>Rye</title><title>Oat</title>&", "Rye"),
    ],
)
def test_titles(inside: str, value: str) -> None:
    assert item(inside)["title"] == value


def test_html_in_descriptions_stays() -> None:
    html = '<p class=x>One<br>two <a href="/a?b=1&c=2">three</a> & <i>four'
    assert item(f"<description>{html}</description><guid>1</guid>") == {"description": html, "guid": "1"}
    assert item(f"<description>{html}<guid>1</guid>") == {"description": html, "guid": "1"}
    assert item("<description>&lt;p&gt;a &amp;amp; b</description>&") == {"description": "<p>a &amp; b"}


@pytest.mark.parametrize(
    "attributes",
    [
        'url="http://a.example/?a=1&b=2" type="audio/mpeg"',
        "url='http://a.example/?a=1&amp;b=2' type='audio/mpeg'",
        "url=http://a.example/?a=1&b=2 type=audio/mpeg",
        'url=""http://a.example/?a=1&b=2"" type=""audio/mpeg""',
        'url="http://a.example/?a=1&b=2"type="audio/mpeg"',
        'url="http://a.example/?a=1&b=2" url="x" type="audio/mpeg" checked',
        'type="audio/mpeg" url="http://a.example/?a=1&b=2',
        'URL = "http://a.example/?a=1&b=2" Type\n=\n"audio/mpeg"',
    ],
)
def test_attributes(attributes: str) -> None:
    (node,) = SoupReader(f"{HEAD}<item>&<enclosure {attributes}/></item>{END}".encode()).items()
    (enclosure,) = node.elements("enclosure")
    assert attribute_of(enclosure, "type") == "audio/mpeg"
    found = attribute_of(enclosure, "url")
    assert found is not None
    assert found.removesuffix("/") == "http://a.example/?a=1&b=2"


@pytest.mark.parametrize("prefix", ["itunes", "itune", "ituness", "iTunes", "itunse"])
def test_prefixes_that_are_not_declared_or_misspelt(prefix: str) -> None:
    items = read(f"<rss><channel><item><{prefix}:duration>61</{prefix}:duration></item></channel></rss>")
    assert items == [{"itunes:duration": "61"}]


def test_a_feed_may_misspell_as_often_as_it_likes() -> None:
    items = read(
        "<rss><channel>"
        + "<item><itune:duration>61</itune:duration><tilte>Rye</tilte><giud>1</guid></item>" * 2_000
        + "&</channel></rss>"
    )
    assert items == [{"itunes:duration": "61", "guid": "1"}] * 2_000


def test_other_prefixes_are_none_of_ours() -> None:
    assert item("<x:duration>61</x:duration><title>Rye</title>") == {"title": "Rye"}


def test_elements_of_others_keep_their_children() -> None:
    assert item("<source><title>No</title></source><x:y><title>No</title></x:y><title>Rye</title>&") == {
        "title": "Rye"
    }


def test_a_bad_item_does_not_touch_the_others() -> None:
    text = f"{HEAD}{RYE}<item><title>A & <![CDATA[ <b </item>{OAT}{END}"
    titles = [found["title"] for found in read(text)]
    assert (titles[0], titles[-1], len(titles)) == ("Rye", "Oat", 3)


def test_cut_off() -> None:
    reader = SoupReader(f"{HEAD}{RYE}<item><title>Oat</title><guid>2".encode())
    nodes = [
        (node.problem, [text_of(title) for title in node.elements("title")], node.elements("guid"))
        for node in reader.items()
    ]
    assert nodes == [(None, ["Rye"], nodes[0][2]), (CUT, ["Oat"], [])]
    assert reader.cut_off
    whole = SoupReader(f"{HEAD}{RYE}{END}".encode())
    assert [node.problem for node in whole.items()] == [None]
    assert not whole.cut_off


def test_atom() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Bread</title><id>&nbsp;</id>'
        '<author><name>A</name></author><entry><title>Rye & oat</title><content type="xhtml"><div>a<br>b</div>'
        "</content></entry><entry><title>Oat</title></feed>"
    )
    assert read(text) == [
        {"atom:title": "Rye & oat", "atom:content": "<div>a<br>b</div>"},
        {"atom:title": "Oat"},
    ]
    reader = SoupReader(text.encode())
    languages = [node.language for node in reader.items()]
    assert languages == ["fr", "fr"]
    (author,) = reader.channel().elements("atom:author")
    assert [text_of(name) for name in reader.channel().inside(author).elements("atom:name")] == ["A"]


@pytest.mark.parametrize(
    "text", ["", "<", "<rss", "\x00", "<item>", "</item>", "<item/>", "<![CDATA[", "<!--", "<!DOCTYPE ["]
)
def test_next_to_nothing(text: str) -> None:
    reader = SoupReader(text.encode())
    assert len(list(reader.items())) == (1 if text in ("<item>", "<item/>") else 0)
    assert reader.channel().elements("title") == []
