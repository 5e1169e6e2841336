"""The first value that can be read, all of them, and those under a condition."""

from __future__ import annotations

from castabout.parse.fields import plain_line
from castabout.parse.find import first_of, texts_of, url_of
from castabout.parse.table import Field, fields
from castabout.parse.xml import Node, StrictReader


def field(places: str) -> Field:
    return fields(("it", places, ""))["it"]


def node(xml: str) -> Node:
    (found,) = StrictReader(f"<rss><item>{xml}</item></rss>").items()
    return found


BREAD = "<title> </title><title> Rye </title><image><url>u</url></image>"


def test_the_first_value_that_can_be_read() -> None:
    assert first_of(node(BREAD), field("itunes:title title"), plain_line) == "Rye"
    assert first_of(node(BREAD), field("image/url"), plain_line) == "u"
    assert first_of(node(BREAD), field("image@href x/y/z"), plain_line) is None


def test_all_texts_best_place_first() -> None:
    assert texts_of(node(BREAD), field("image/url title")) == ["u", "Rye"]


def test_only_elements_of_which_a_condition_is_true() -> None:
    links = '<link rel="self Alternate" href="a"/><link rel="hub" href="https://b.example/"/>'
    assert texts_of(node(links), field("link[rel=alternate]@href")) == ["a"]
    assert url_of(node(links), field("link[rel=alternate]@href link[rel=hub]@href")) == "https://b.example/"
