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


def test_a_name_begins_with_its_first_word_or_a_later_one() -> None:
    assert beginnings("Rye Bx") == ("rye bx", "bx")
    assert beginnings("Zoë at the café") == ("zoe at the cafe", "at the cafe", "the cafe", "cafe")


def test_every_letter_where_there_are_no_blanks() -> None:
    assert beginnings("東京都") == ("东京都", "京都", "都")


def test_signs_inside_words_are_left_out_too() -> None:
    assert beginnings("The O'Reilly") == ("the o reilly", "o reilly", "reilly", "the oreilly", "oreilly")
    assert begins("O'Reilly", "oreil")


def test_of_long_names_all_is_compared() -> None:
    assert begins("The very long name of a show about rye", "very long name of a sh")
    assert not begins("The very long name of a show about rye", "very long name of b")
