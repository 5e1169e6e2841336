"""What is wrong with a document, in words."""

from __future__ import annotations

import pytest

from castabout.parse.feed import parse_feed

ITEM = "<item><guid>{0}</guid><title>{0}</title></item>\n"


def said(item: str, *, before: str = "", after: str = "") -> str:
    feed = f"{before}<rss version='2.0'><channel><title>Bread</title>\n{item}\n</channel></rss>{after}"
    return parse_feed(feed.encode()).problems[0].what


@pytest.mark.parametrize(
    ("item", "cause"),
    [
        ("<item><title>a &mdash; b</title></item>", "unknown entity &mdash;, line 2"),
        ("<item><title>rye & oat</title></item>", "a bare &, line 2"),
        ("<item><link>https://a.example/?a=1&b=2</link></item>", "a bare &, line 2"),
        ("<item><title>\x1b</title></item>", "a control character (27), line 2"),
        ("<item><title>a</titel></item>", "<title> is ended by </titel>, line 2"),
        ("<item><itunes:title>a</itunes:title></item>", "the prefix “itunes” is not declared, line 2"),
        ("<item><enclosure url=a/></item>", "an attribute without quotation marks, line 2"),
        ("<item><title>a < b</title></item>", "a bare <, line 2"),
        ("<item><enclosure url='a'b='c'/></item>", "attributes that are none, line 2"),
        ("<item><enclosure url='a' ' /></item>", "attributes that are none, line 2"),
        ("<item><enclosure url /></item>", "the attribute “url” has no value, line 2"),
        ("<item><enclosure url='a' url='b'/></item>", "the attribute “url” is there twice, line 2"),
        ("<item><enclosure url='<b>'/></item>", "a < in an attribute, line 2"),
        ("<item><enclosure url='\x01'/></item>", "a control character in an attribute, line 2"),
        ("<item><title>\0</title></item>", "a control character (0x0), line 2"),
        ("<item><title>a</title x></item>", "a tag without end, line 2"),
        ("<item><title>]]></title></item>", "]]> outside CDATA, line 2"),
        ("<item><a:b:c/></item>", "a name that is none (a:b:c), line 2"),
        ("<item><title>&#0;</title></item>", "a reference to a character that does not exist, line 2"),
        ("<item><title>&#x;</title></item>", "a reference to a character that does not exist, line 2"),
        ("<item xmlns:a=''/>", "a namespace without an address, line 2"),
        ("<?xMl a?>", "an instruction that cannot be read, line 2"),
    ],
)
def test_the_cause_in_words(item: str, cause: str) -> None:
    assert said(item) == f"not well-formed ({cause}); read as far as it makes sense"


def test_what_stands_before_or_behind_the_feed() -> None:
    assert "something before the XML declaration" in said(ITEM.format(1), before="\n<?xml version='1.0'?>")
    assert "more behind its end" in said(ITEM.format(1), after="<p>")


def test_a_declaration_that_cannot_be_read() -> None:
    for before in (
        "<?xml version=1.0?>",
        "<?xml version='1.0' encoding='utf-8'><",
        "<!DOCTYPE rss [<!ENTITY a 'x' ]>",
    ):
        assert "an XML declaration or document type that cannot be read, line 1" in said(
            ITEM.format(1), before=before
        )


def test_an_error_is_not_taken_for_size() -> None:
    text = "bread " * 1_000
    items = "".join(
        f"<item><guid>{n}</guid><title>{n}</title><description>{text}</description></item>"
        for n in range(900)
    )
    for wrong, cause in (
        ("rye & oat", "a bare &"),
        ("rye &mdash; oat", "unknown entity &mdash;"),
        ("rye</titel>", "<title> is ended by </titel>"),
    ):
        damaged = f"<item><title>{wrong}</title></item>"
        for feed in (damaged + items, items + damaged):
            assert said(feed).startswith(f"not well-formed ({cause}, line 2)")
