"""From typed text to a tree, and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.query.ast import (
    NOTHING,
    Age,
    And,
    Field,
    Lasting,
    Leaf,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    Query,
    Trait,
    Word,
    needles,
)
from castabout.query.filters import NAMES, misread
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
    assert needles(
        parse('bread "old maps" sour* -yeast podcast:x person:y language:de after:2023 longer:9')
    ) == (
        Needle("bread"),
        Needle("old maps"),
        Needle("sour", prefix=True),
    )


@given(st.text(max_size=600))
def test_any_text_is_a_query_that_prints_back(text: str) -> None:
    tree = parse(text)
    assert parse(str(tree)) == tree


operators = st.sampled_from(
    [
        "(",
        ")",
        "-",
        "OR",
        '"',
        "*",
        " ",
        "a",
        "b c",
        "−",
        "”",
        "「",
        "（",
        "：",
        "－x",
        "c++",
        "3",
        "2023",
        "days",
    ]
    + [f"{name}:" for name in NAMES]
    + ["de", "yes", "90 minutes", "1h30", "3 months", "transcript", "Type:Bonus", "a" * 300, "́", "ﷺ"]
)


@given(st.lists(operators, max_size=60).map("".join))
def test_any_heap_of_operators_is_a_query_that_prints_back(text: str) -> None:
    tree = parse(text)
    assert parse(str(tree)) == tree
    topic = parse_topic(text)
    assert parse(str(topic)) == topic


def words() -> st.SearchStrategy[Leaf]:
    text = st.from_regex(r"[a-zßäéıぁ-ん一-十]{1,9}", fullmatch=True)
    return st.one_of(
        text.map(Word), text.map(Prefix), st.lists(text, min_size=1, max_size=3).map(" ".join).map(Phrase)
    )


def leaves() -> st.SearchStrategy[Leaf]:
    ages = st.builds(Age, st.integers(0, 9999), st.sampled_from(("day", "week", "month", "year")))
    return st.one_of(
        words(),
        st.builds(Field, st.sampled_from(("podcast", "person")), words()),
        st.builds(Trait, st.just("language"), st.sampled_from(("de", "zh", "fil"))),
        st.builds(Trait, st.just("explicit"), st.sampled_from(("yes", "no"))),
        st.builds(Published, st.sampled_from(("after", "before")), st.one_of(st.dates(), ages)),
        st.builds(Lasting, st.sampled_from(("longer", "shorter")), st.integers(0, 999_999_999)),
    )


def trees() -> st.SearchStrategy[Query]:
    """Trees as the parser makes them: groups have two parts or more, none of their own kind."""

    def larger(part: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
        parts = st.lists(part, min_size=2, max_size=4)
        return st.one_of(
            parts.map(lambda found: And(tuple(p for p in found if not isinstance(p, And)))),
            parts.map(lambda found: Or(tuple(p for p in found if not isinstance(p, Or)))),
            part.filter(lambda found: not isinstance(found, Not)).map(Not),
        ).filter(lambda found: isinstance(found, Not) or len(found.parts) > 1)

    return st.recursive(leaves(), larger, max_leaves=12)


@given(trees())
def test_every_tree_prints_as_text_that_means_it(tree: Query) -> None:
    assert parse(str(tree)) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("podcast:crumb", Field("podcast", Word("crumb"))),
        ('PODCAST:"crumb  and crust"', Field("podcast", Phrase("crumb and crust"))),
        ("person:ada* bread", And((Field("person", Prefix("ada")), Word("bread")))),
        ("-person:ada bread", And((Not(Field("person", Word("ada"))), Word("bread")))),
        (
            "person:(ada OR bo) rye",
            And((Or((Field("person", Word("ada")), Field("person", Word("bo")))), Word("rye"))),
        ),
        ("language:(de OR klingon)", Or((Trait("language", "de"), Word("klingon")))),
        ("language:pt-BR OR language:PT_br", Or((Trait("language", "pt"),) * 2)),
        ("language:German", Trait("language", "de")),
        ('language:"nb"', Trait("language", "no")),
        ("has:transcript", Trait("has", "transcript")),
        ("has:Chapters type:trailer", And((Trait("has", "chapters"), Trait("type", "trailer")))),
        ("explicit:clean", Trait("explicit", "no")),
        ("after:2023", Published("after", date(2023, 1, 1))),
        ("before:2023-05", Published("before", date(2023, 5, 1))),
        ("after:2024/2/29", Published("after", date(2024, 2, 29))),
        ('after:"3 months"', Published("after", Age(3, "month"))),
        ("after:3 Months ago rye", And((Published("after", Age(3, "month")), Word("rye")))),
        ("before:2w", Published("before", Age(2, "week"))),
        ("longer:90", Lasting("longer", 5400)),
        ("longer:1h30", Lasting("longer", 5400)),
        ("longer:90 minutes bread", And((Lasting("longer", 5400), Word("bread")))),
        ('shorter:"1 hour 5 min"', Lasting("shorter", 3900)),
        ("shorter:90s", Lasting("shorter", 90)),
        # As keyboards for Chinese, Japanese and Korean give them.
        ("（東京　OR　大阪）－京都", And((Or((Word("東京"), Word("大阪"))), Not(Word("京都"))))),
        ("podcast：「東京の話」", Field("podcast", Phrase("東京の話"))),
        ("ｌｏｎｇｅｒ：３０", Lasting("longer", 1800)),
        ("東＊", Prefix("東")),
    ],
)
def test_what_narrows(text: str, tree: Query) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "after:tuesday",
        "after:2023-13",
        "before:2023-02-30",
        "longer:long",
        "has:pictures",
        "type:x",
        "language:x-y-",
    ],
)
def test_what_a_name_does_not_know_is_text(text: str) -> None:
    assert parse(text) == Phrase(text)


@pytest.mark.parametrize("text", ["Re:Zero", "author:ada", "podcast:", "xlonger:90"])
def test_other_names_are_text(text: str) -> None:
    assert parse(text) == Word(text)


def test_a_name_stands_right_before_what_it_names() -> None:
    assert parse("podcast: rye") == And((Word("podcast:"), Word("rye")))
    assert parse('podcast:"" rye') == And((Phrase("podcast:"), Word("rye")))


def test_a_topic_may_be_narrowed() -> None:
    assert parse_topic("electric car language:de") == And((Phrase("electric car"), Trait("language", "de")))
    assert parse_topic("after:2023 electric car") == And(
        (Phrase("electric car"), Published("after", date(2023, 1, 1)))
    )
    assert parse_topic("car language:de") == And((Word("car"), Trait("language", "de")))


def test_there_are_limits() -> None:
    many = parse(" ".join(f"w{number}" for number in range(2_000)))
    assert isinstance(many, And)
    assert len(many.parts) == 40
    assert parse("a" * 9_000) == Word("a" * 500)
    assert parse("a" * 493 + " bread rye") == And((Word("a" * 493), Word("bread")))
    assert parse("(" * 4_000 + "bread") == Word("bread")
    assert parse("-(a " * 1_000) != NOTHING


A_DAY = "a day as 2023, 2023-05, 2023-05-17 or 3 months"


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        (
            "bread after:2023-13",
            [f"after:2023-13 was read as words: after: takes {A_DAY}"],
        ),
        (
            "-language:klingon",
            ["language:klingon was read as words: language: takes a code as de or a name as German"],
        ),
        ("longer:abc OR rye", ["longer:abc was read as words: longer: takes a length as 90m or 1h30m"]),
        ("title:linux", []),
        ("bread after:2023 language:Deutsch", []),
    ],
)
def test_what_is_no_filter_is_told(typed: str, sentences: list[str]) -> None:
    assert list(misread(parse(typed))) == sentences


def test_filters_as_they_are_written_elsewhere() -> None:
    assert parse("after:31.12.2023") == Published("after", date(2023, 12, 31))
    assert parse("after:31.02.2023") == Phrase("after:31.02.2023")
    for name in ("Deutsch", "DEUTSCH", "german", "de-AT"):
        assert parse(f"language:{name}") == Trait("language", "de")
    assert parse("language:日本語") == Trait("language", "ja")
