"""Marking what was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.model.answers import Span
from castabout.text.matching import Needle, find


def found(text: str, *needles: str, language: str | None = None) -> list[str]:
    return [text[span.start : span.end] for span in find(text, [Needle(n) for n in needles], language)]


@pytest.mark.parametrize(
    ("text", "needle", "marked"),
    [
        ("Das l’A2C, A2Sources und a2c", "a2c", ["A2C", "a2c"]),
        ("警備員のA2C(あっくん)", "a2c", ["A2C"]),
        ("我在中国通史里", "中国", ["中国"]),
        ("Straße und Strasse", "strasse", ["Straße", "Strasse"]),
        ("ÉLECTRIQUE électrique", "electrique", ["ÉLECTRIQUE", "électrique"]),
        ("C++, C#, and c", "c", ["c"]),
        ("C++, C#, and c", "c++", ["C++"]),
        ("C++, C#, and c", "C#", ["C#"]),
        (".NET is not asp.net", ".net", [".NET"]),
        ("electric car, electric-car, electric vehicle", "electric car", ["electric car", "electric-car"]),
        ("الرد على السُّنَّة", "السنة", ["السُّنَّة"]),
        ("Ο ΛΟΓΟΣ, ο λόγος", "λογος", ["ΛΟΓΟΣ", "λόγος"]),
        ("nothing here", "!!!", []),
    ],
)
def test_exact_words(text: str, needle: str, marked: list[str]) -> None:
    assert found(text, needle) == marked


def test_other_forms_only_where_there_is_no_exact_one() -> None:
    assert found("Electric cars are here", "electric car", language="en") == ["Electric cars"]
    assert found("Electric cars, one electric car", "electric car", language="en") == ["electric car"]
    assert found("Electric cars are here", "electric car") == []


def test_prefix() -> None:
    spans = find("reinforcement learning", [Needle("learn", prefix=True)])
    assert spans == (Span(14, 22),)


def test_overlaps_are_one_span() -> None:
    assert found("new york city", "new york", "york city") == ["new york city"]


@given(st.text(max_size=300), st.text(max_size=20))
def test_spans_are_in_order_and_inside(text: str, needle: str) -> None:
    end = 0
    for span in find(text, [Needle(needle)], "en"):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("It’s O’Reilly's day", "oreilly", ["O’Reilly"]),
        ("as Oreilly says", "o'reilly", ["Oreilly"]),
        ("but don't panic", "dont panic", ["don't panic"]),
        ("DHUnplugged, again", "dh unplugged", ["DHUnplugged"]),
        ("in the U.S.A. today", "usa", ["U.S.A"]),
        ("Çà: L'Oréal", "loreal", ["L'Oréal"]),
        ("he'll be there", "hell", []),
        # What is there as it was asked for is enough.
        ("wifi and wi-fi", "wifi", ["wifi"]),
    ],
)
def test_words_with_other_signs_inside(text: str, asked: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in find(text, [Needle(asked)])] == found


def test_letters_that_are_written_either_way() -> None:
    text = "らーめん、ラーメン、投資"
    assert [text[s.start : s.end] for s in find(text, [Needle("ラーメン"), Needle("投资")])] == [
        "らーめん",
        "ラーメン",
        "投資",
    ]
