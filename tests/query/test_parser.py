"""From typed text to a tree, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.query.ast import NOTHING, And, Not, Or, Phrase, Prefix, Query, Word, needles
from castabout.query.parser import parse, parse_topic
from castabout.text.matching import Needle


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("bread", Word("bread")),
        ("rye bread", And((Word("rye"), Word("bread")))),
        ('"rye bread" -yeast', And((Phrase("rye bread"), Not(Word("yeast"))))),
        ("rye OR wheat flour", Or((Word("rye"), And((Word("wheat"), Word("flour")))))),
        ("(rye OR wheat) flour*", And((Or((Word("rye"), Word("wheat"))), Prefix("flour")))),
        ("-(rye OR wheat)", Not(Or((Word("rye"), Word("wheat"))))),
        ("well-known l'A2C c++", And((Word("well-known"), Word("l'A2C"), Word("c++")))),
        ("„Brot und Salz“", Phrase("Brot und Salz")),
        ('"open', Phrase("open")),
        ("((((bread", Word("bread")),
        ("bread ) rye", And((Word("bread"), Word("rye")))),
        ("OR bread OR", Word("bread")),
        ("or", Word("or")),
    ],
)
def test_by_hand(text: str, tree: Query) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize("text", ["", " ", '"', "()", "-", "*", "!!! ???", "OR", '""', "-*"])
def test_without_a_word_it_is_the_empty_query(text: str) -> None:
    assert parse(text) == NOTHING
    assert parse_topic(text) == NOTHING


def test_a_topic_of_several_words_is_a_phrase() -> None:
    assert parse_topic("electric  car") == Phrase("electric car")
    assert parse_topic("car") == Word("car")
    assert parse_topic("car OR bike") == Or((Word("car"), Word("bike")))
    assert parse_topic('"electric car" -toy') == And((Phrase("electric car"), Not(Word("toy"))))


def test_what_is_marked_is_what_is_wanted() -> None:
    assert needles(parse('bread "old maps" sour* -yeast')) == (
        Needle("bread"),
        Needle("old maps"),
        Needle("sour", prefix=True),
    )


@given(st.text(max_size=600))
def test_any_text_is_a_query_that_prints_back(text: str) -> None:
    tree = parse(text)
    assert parse(str(tree)) == tree


operators = st.sampled_from(["(", ")", "-", "OR", '"', "*", " ", "a", "b c", "−", "”", "c++"])


@given(st.lists(operators, max_size=40).map("".join))
def test_any_heap_of_operators_is_a_query_that_prints_back(text: str) -> None:
    tree = parse(text)
    assert parse(str(tree)) == tree
    parse_topic(text)
