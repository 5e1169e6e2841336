"""Limits that are chosen: the same as if they were typed."""

from __future__ import annotations

from datetime import date

import pytest

from castabout.query.ast import Age, Lasting, Published, Trait
from castabout.query.narrowed import Limit, is_narrowed, narrowed, widened
from castabout.query.parser import parse

GERMAN = Trait("language", "de")
LATE = Published("after", Age(1, "year"))
LONG = Lasting("longer", 3600)


@pytest.mark.parametrize(
    ("typed", "limit", "text"),
    [
        ("bread", GERMAN, "bread language:de"),
        ("rye bread", GERMAN, "rye bread language:de"),
        ("rye OR bread", GERMAN, "(rye OR bread) language:de"),
        ("bread language:english", GERMAN, "bread language:de"),
        ("bread -language:en", GERMAN, "bread -language:en language:de"),
        ("(bread language:en) OR rye", GERMAN, "((bread language:en) OR rye) language:de"),
        ("shorter:20m bread", LONG, "bread longer:60m"),
        (
            "after:2020 before:2021 bread",
            Published("after", Age(1, "year")),
            'before:2021-01-01 bread after:"1 year"',
        ),
        ("has:transcript bread", Trait("explicit", "no"), "has:transcript bread explicit:no"),
        ("", GERMAN, "language:de"),
    ],
)
def test_chosen(typed: str, limit: Limit, text: str) -> None:
    chosen = narrowed(parse(typed), limit)
    assert str(chosen) == text
    assert parse(str(chosen)) == parse(text)
    assert is_narrowed(parse(text), limit)


def test_taken_back() -> None:
    assert str(widened(parse("bread language:de longer:1h"), "language")) == "bread longer:60m"
    assert str(widened(parse("bread longer:1h"), "shorter")) == "bread"
    assert str(widened(parse("language:de"), "language")) == ""
    assert str(widened(parse("a -language:de"), "language")) == "a -language:de"


def test_what_is_not_asked_of_all() -> None:
    assert is_narrowed(parse("bread language:German"), GERMAN)
    for typed in ("bread -language:de", "bread OR language:de", "(bread OR rye) language:en", "language"):
        assert not is_narrowed(parse(typed), GERMAN)
    assert not is_narrowed(parse("before:2020"), Published("after", date(2020, 1, 1)))
