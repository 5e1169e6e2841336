from __future__ import annotations

import pytest

from castabout.text.written import as_common, as_name, before_name, counted_words


def test_a_name_has_its_capital_letter_within_a_sentence() -> None:
    found = counted_words("Bread", "Rye is eaten by Zoe Rye, and bread too.", "en")
    assert {"rye", "bread", as_name("zoe"), as_name("rye"), before_name("zoe"), as_common("bread")} <= found
    assert not {as_name("bread"), before_name("rye"), as_common("rye"), as_common("zoe")} & found


def test_where_all_words_have_one_it_says_nothing() -> None:
    found = counted_words("", "Making A Better World With Bread And Butter Again", "en")
    assert {word for word in found if not word.islower()} == set()


@pytest.mark.parametrize(("one", "other"), [("virtues", "virtual"), ("mean-level", "mean"), ("rye", "rye")])
def test_forms_of_a_word_begin_alike(one: str, other: str) -> None:
    assert as_common(one) == as_common(other)


def test_words_are_as_they_are_in_any_script() -> None:
    assert {"état", as_name("élysée")} <= counted_words("", "Un état, dit l’Élysée, et d’Élysée", "fr")
    assert "東京" in counted_words("東京", "", "ja")
