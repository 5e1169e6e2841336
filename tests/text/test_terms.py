from __future__ import annotations

from time import thread_time

import pytest

from castabout.text.people import named_people
from castabout.text.terms import terms, words


def names(title: str, *sentences: str, language: str | None = "en") -> set[str]:
    return {name for name, weight in terms(title, sentences, language).names.items() if weight >= 0.8}


@pytest.mark.parametrize(
    ("sentence", "language", "found"),
    [
        ("We met Nolan Bushnell at the fair.", "en", {"nolan bushnell"}),
        ("All about Call of Duty and Into the Breach.", "en", {"call of duty", "into the breach"}),
        (
            "We watched South Korea’s Park Chan-wook at work in his studio.",
            "en",
            {"south korea", "park chan-wook"},
        ),
        ("I like the iPhone 12, BitWarden and C++ a lot.", "en", {"iphone 12", "bitwarden", "c++"}),
        ("He lived in New York, then somewhere in the United States.", "en", {"new york", "united states"}),
        ("Nous parlons de l’Élysée et d’Emmanuel Macron.", "fr", {"élysée", "emmanuel macron"}),
        ("Мы говорим о Льве Толстом и Москве.", "ru", {"льве толстом", "москве"}),
        ("Μιλάμε για τον Νίκο Καζαντζάκη.", "el", {"νίκο καζαντζάκη"}),
        ("Wir lesen „Der Zauberberg“ noch einmal.", "de", {"der zauberberg"}),
        ("今天我们聊《三体》。", "zh", {"三体"}),
        ("昨日はマリオの話をした。", "ja", {"マリオ"}),
        ("今天嘉宾用Clojure写程序。", "zh", {"clojure"}),
    ],
)
def test_names(sentence: str, language: str, found: set[str]) -> None:
    assert names("", sentence, language=language) == found


def test_a_capital_letter_at_the_beginning_of_a_sentence_says_nothing() -> None:
    assert names("", "Today we bake.", "Tomatoes are red.", "• Onions too") == set()


def test_nor_does_one_at_the_beginning_of_a_part_of_a_title() -> None:
    assert names("Ep. 4: Caught | Lost and found", language="en") == set()


def test_what_is_an_abbreviation_is_a_name_anywhere() -> None:
    assert names("", "SSL is explained.", "MK11 too.") == {"ssl", "mk11"}
    assert names("", "LINE GO POOF") == set()


def test_the_number_of_an_episode_belongs_to_no_name() -> None:
    assert names("", "Here is Atari Episode 15 for you.") == {"atari"}


def test_a_single_word_that_is_called_into_question_is_no_work() -> None:
    assert names("", "They feel “safe” in “Brazil”.") == {"brazil"}


def test_nouns_stand_after_an_article_or_a_preposition() -> None:
    found = terms("Questing the cataclysm", ["Nobody slept in the harbour."], "en").words
    assert found.keys() == {"cataclysm", "harbour"}
    assert found["cataclysm"] > found["harbour"]
    titled = terms("Le droit à la vie privée", ["L’effacement de données."], "fr").words
    assert {"vie privée", "effacement", "données"} <= titled.keys()


def test_nor_does_one_where_all_words_have_one() -> None:
    assert names("", "Making A Better World With Bread And Butter Again") == set()


def test_an_address_is_no_name() -> None:
    assert names("", "See https://example.com/Some_Name, www.Example.com and @SomeBody or #SomeTag.") == set()


def test_words_that_come_again_and_pairs_of_them() -> None:
    notes = ("my electric bicycle is old. " * 3 + "it goes on and on and so do we. " * 20).split(". ")
    found = terms("", notes, None).words
    assert {"electric", "electric bicycle"} <= found.keys()
    assert not {"goes", "and", "on"} & found.keys()


def test_chinese_strings_that_come_again_the_longest_of_them() -> None:
    found = terms("交易策略", ["今天談交易策略。", "還有交易策略。"], "zh").names
    assert "交易策略" in found
    assert "易策" not in found


def test_words_of_all_scripts() -> None:
    assert words("L’État, c++ and node.js", "fr") == ["état", "c++", "and", "node.js"]
    assert words("東京都 Tokyo") == ["tokyo", "東京", "京都"]
    assert words("한국어 팟캐스트") == ["한국어", "팟캐스트"]


@pytest.mark.parametrize(
    "text",
    [
        "A " * 200_000,
        '"' * 200_000,
        "Aa" * 100_000,
        "交易策略的" * 40_000,
        "iiiA" * 50_000,
        "A of the " * 50_000,
    ],
)
def test_hostile_text_ends_soon(text: str) -> None:
    began = thread_time()
    terms(text, [text], "en")
    named_people(text, text[:20_000], "en")
    assert thread_time() - began < 2
