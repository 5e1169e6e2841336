"""What names are found by while they are typed."""

from __future__ import annotations

import pytest

from castabout.text.beginnings import beginnings, begins, plain


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Zoë's  Café!", "zoe s cafe"),
        ("C++ & C#", "c++ c#"),
        ("  ", ""),
        ("ΕΛΛΗΝΟΦΡΈΝΕΙΑ", "ελληνοφρενεια"),
        ("Straße", "strasse"),
        ("ＮＨＫ", "nhk"),
    ],
)
def test_plain(name: str, key: str) -> None:
    assert plain(name) == key


def test_the_beginning_and_those_of_later_words() -> None:
    first, inner = beginnings("Rye Bx")
    assert first == ("r", "ry", "rye", "rye ", "rye b", "rye bx")
    assert sorted(inner) == ["b", "bx"]


def test_what_is_among_the_first_is_not_repeated() -> None:
    assert set(beginnings("rye ryebread")[1]) == {"ryeb", "ryebr", "ryebre", "ryebrea", "ryebread"}


def test_every_letter_where_there_are_no_blanks() -> None:
    first, inner = beginnings("東京都")
    assert first == ("东", "东京", "东京都")
    assert sorted(inner) == ["京", "京都", "都"]


def test_of_long_names_all_is_compared() -> None:
    assert begins("The very long name of a show about rye", "very long name of a sh")
    assert not begins("The very long name of a show about rye", "very long name of b")
