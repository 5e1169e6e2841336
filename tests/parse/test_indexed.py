"""Rows of the Podcast Index's dump."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.model.feed import Podcast
from castabout.parse.indexed import Unusable, indexed_podcast

_NAMES = "url title link dead author owner explicit image language popularity guid description".split()


def read(*categories: object, **row: Any) -> tuple[str, Podcast] | Unusable:
    said = {**dict.fromkeys(_NAMES, ""), "url": "https://a.example/f", "title": "T", **row}
    return indexed_podcast(*(said[name] for name in _NAMES), *categories)


def podcast(*categories: object, **row: Any) -> Podcast:
    found = read(*categories, **row)
    assert not isinstance(found, Unusable)
    return found[1]


def test_what_is_no_podcast() -> None:
    assert read(dead=1) is Unusable.DEAD
    for url in (None, "", 3, b"https://a.example/f", "feed", "ftp://a.example/f", "https://a b/"):
        assert read(url=url) is Unusable.NO_ADDRESS, url
    for title in (None, "", " \x00 ", "<b></b>", b"T", 7):
        assert read(title=title) is Unusable.NO_TITLE, title


def test_what_is_unknown_is_none() -> None:
    assert podcast() == Podcast(title="T")
    assert podcast(popularity=0, explicit=2, language="?", image="x", guid=" ", author=1) == Podcast(
        title="T"
    )
    assert podcast(popularity=-3).popularity is None
    assert podcast(popularity=29).popularity == 29
    assert (podcast(explicit=0).explicit, podcast(explicit=1).explicit) == (False, True)


def test_texts() -> None:
    assert podcast(author="", owner="The owner").author == "The owner"
    assert podcast(title="A\n B &amp; C\x07").title == "A B & C"
    assert podcast(description="a < b\n\nc").description == "<p>a &lt; b</p><p>c</p>"
    assert (
        podcast(description="<a href='javascript:x'>y</a>").description
        == '<a rel="noopener nofollow ugc">y</a>'
    )
    assert podcast("news", "", None, "News", 3, "arts & design").categories == ("news", "arts & design")


def test_addresses_are_read_as_those_of_feeds() -> None:
    for given_, read_ in {
        "https://a.example/f?x=1&y=%20": "https://a.example/f?x=1&y=%20",
        "HTTP://A.example/F": "http://A.example/F",
        " https://a.example/a b ": "https://a.example/a%20b",
    }.items():
        found = read(url=given_)
        assert not isinstance(found, Unusable)
        assert found[0] == read_


_anything = st.none() | st.text() | st.binary() | st.integers() | st.floats()


@given(st.tuples(*[_anything] * 22))
def test_no_row_raises(row: tuple[Any, ...]) -> None:
    assert isinstance(indexed_podcast(*row), tuple | Unusable)


@pytest.mark.parametrize("name", _NAMES)
@given(value=_anything)
def test_no_value_raises(name: str, value: object) -> None:
    read(**{name: value})
