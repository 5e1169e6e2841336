"""Asking for words that may go on."""

from __future__ import annotations

import pytest

from castabout.query.ast import Without
from castabout.query.loose import open_ended
from castabout.query.parser import parse


@pytest.mark.parametrize(
    ("typed", "longer"),
    [
        ("windkraft", "windkraft*"),
        ("wind kraft language:de", "wind* kraft* language:de"),
        ("of windkraft", "of windkraft*"),
        ("-not windkraft", "-not windkraft*"),
        ("c++", None),
        ("of", None),
        ("windkraft*", None),
        ('"wind kraft"', None),
        ("", None),
    ],
)
def test_words_that_go_on(typed: str, longer: str | None) -> None:
    found = open_ended(parse(typed))
    assert (found and str(found)) == longer


def test_what_is_left_out_stays_so() -> None:
    assert open_ended(Without(parse("rye"), frozenset({1}), frozenset({2}))) == Without(
        parse("rye*"), frozenset({1}), frozenset({2})
    )
