"""Words with signs inside them."""

from __future__ import annotations

import pytest

from castabout.text.joining import joined_words, pairs, together, without_signs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Life says don't panic, please", ("says dont panic,",)),
        ("It's O’Reilly's day", ("Its O’Reilly's", "It's OReillys day", "It's OReilly day")),
        ("Wi-Fi", ("WiFi",)),
        ("in the U.S.A. today", ("the USA today",)),
        ("node.js/vue.js", ("nodejs", "vuejs")),
        ("state-of-the-art", ("stateoftheart",)),
        ('צה"ל וצה”ל', ("צהל וצה”ל", 'צה"ל וצהל')),
        ('say "ha"ha', ()),
        ("he'll, she'd, we're, I've, I'm", ()),
        ("l'ami qu'il dell'arte", ()),
        ("L'Oréal d'Artagnan", ("LOréal d'Artagnan", "L'Oréal dArtagnan")),
        ("1.2.3 10-12 3.5mm The end.Next", ()),
        ("https://a-b.example/c-d www.a-b.example a-b@c.example example.com", ()),
        ("-a- 'b' .c. d--e f...g", ()),
        ("a-" + 40 * "b", ()),
        ("東京 the wi-fi 東京", ("the wifi 東京",)),
        ("", ()),
    ],
)
def test_joined_words(text: str, words: tuple[str, ...]) -> None:
    assert joined_words(text) == words


def test_a_very_long_word_costs_little() -> None:
    assert joined_words("a-" * 100_000) == ()


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("don't panic", "dont panic"),
        ("O'Reilly's", "OReillys"),
        ("u.s.a.", "usa."),
        ("he'll", None),
        ("plain words", None),
        ("a-b@example.org", None),
    ],
)
def test_without_signs(text: str, joined: str | None) -> None:
    assert without_signs(text) == joined


@pytest.mark.parametrize(
    ("words", "one"),
    [
        (("dh", "unplugged"), "dhunplugged"),
        (("fedora", "40"), "fedora40"),
        (("alpha", "beta", "gamma"), "alphabetagamma"),
        (("the", "rapist"), None),
        (("19", "84"), None),
        (("wi-fi", "zone"), None),
        (("one",), None),
        (("alpha", "beta", "gamma", "delta"), None),
        (("東京", "大阪"), None),
    ],
)
def test_together(words: tuple[str, ...], one: str | None) -> None:
    assert together(words) == one


def test_pairs_of_a_title() -> None:
    assert pairs("DH Unplugged #512: Star Trek, The Rapist") == ("DHUnplugged", "StarTrek")
