from __future__ import annotations

from castabout.engine.tags import MOST_TAGS, Known, tags
from castabout.model.labels import WordCounts
from castabout.text.terms import Terms
from castabout.text.written import as_common, as_name, before_name

#: Of a thousand episodes half have “show”, three “bushnell”.
WORDS = WordCounts(1_000, {"bread": 20, "common": 500, "bushnell": 3, "nolan": 5, "radio": 30})
KNOWN = Known("en", WORDS, frozenset({"crumb", "crust"}))


def test_the_rarer_come_first() -> None:
    found = Terms({"nolan bushnell": 1.0, "bread": 1.0, "atari": 1.0}, {})
    assert tags(found, (), KNOWN) == ("atari", "nolan bushnell", "bread")


def test_common_words_and_the_name_of_the_show_are_no_tags() -> None:
    assert tags(Terms({"common": 2.0, "crumb": 2.0, "crumb crust": 1.0}, {}), (), KNOWN) == ()


def test_an_adjective_of_a_nation_is_a_tag_only_with_what_it_is_of() -> None:
    assert tags(Terms({"british": 2.0, "british museum": 1.0}, {}), (), KNOWN) == ("british museum",)


def test_a_given_name_alone_is_no_tag() -> None:
    assert tags(Terms({"zoe": 2.0, "zoe ryeland": 1.0}, {}), (), KNOWN) == ("zoe ryeland",)
    # Nor what stands before names more often than not.
    counts = {"cold": 4, before_name("cold"): 3, "atari": 4, before_name("atari"): 1}
    known = Known("en", WordCounts(1_000, counts), frozenset())
    assert tags(Terms({"cold": 1.0, "atari": 1.0}, {}), (), known) == ("atari",)


def test_the_first_word_of_a_sentence_is_a_tag_if_it_is_written_as_a_name_elsewhere() -> None:
    counts = {"rome": 3, as_name("rome"): 2, "wave": 3, as_name("wave"): 1, as_common("virtue"): 2}
    known = Known("en", WordCounts(1_000, counts), frozenset())
    weak = Terms({"rome": 0.4, "wave": 0.4, "virtues": 0.4, "bleidorn": 0.4}, {})
    assert set(tags(weak, (), known)) == {"rome", "bleidorn"}


def test_words_that_are_no_names_where_there_are_few_names() -> None:
    words = {"harbour": 1.2, "common": 1.8, "cellar": 0.6}
    assert tags(Terms({"atari": 1.0}, words), (), KNOWN) == ("atari", "harbour")
    names = {f"{letter}tari": 1.0 for letter in "abcdef"}
    assert set(tags(Terms(names, words), (), KNOWN)) == names.keys()


def test_the_name_of_the_show_and_a_number_is_no_tag() -> None:
    assert tags(Terms({"crumb 33": 2.0}, {}), (), KNOWN) == ()


def test_what_may_be_no_name_must_be_rare() -> None:
    assert tags(Terms({"atari": 0.4, "radio": 0.4}, {}), (), KNOWN) == ("atari",)


def test_keywords_of_the_publisher_as_they_are_but_in_lower_case() -> None:
    assert set(tags(Terms({}, {}), ("Rye", "rye ", "Sour  Dough"), KNOWN)) == {"rye", "sour dough"}
    assert tags(Terms({}, {}), ("a list of words without any commas",), KNOWN) == ()


def test_no_tag_is_within_another_nor_its_plural() -> None:
    found = Terms({"ssl": 1.0, "open ssl": 2.0, "atari": 2.0, "ataris": 1.0}, {})
    assert tags(found, (), KNOWN) == ("atari", "open ssl")


def test_the_number_of_the_episode_is_no_tag() -> None:
    known = Known("en", WORDS, frozenset(), number="69")
    assert tags(Terms({"lup 69": 2.0, "fedora 42": 2.0}, {}), (), known) == ("fedora 42",)


def test_not_too_many() -> None:
    found = Terms({f"Name{chr(97 + place)}".lower(): 1.0 for place in range(26)}, {})
    assert len(tags(found, (), KNOWN)) == MOST_TAGS == 12
