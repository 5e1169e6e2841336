"""Ages and names of podcasts, looked up."""

from __future__ import annotations

from datetime import date

import pytest

from castabout.query.ast import Age, Field, Of, Published, Query, Without, Word
from castabout.query.parser import parse
from castabout.query.settle import day_before, settled

TODAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("age", "day"),
    [
        (Age(0, "day"), TODAY),
        (Age(1, "day"), date(2024, 3, 30)),
        (Age(2, "week"), date(2024, 3, 17)),
        (Age(1, "month"), date(2024, 2, 29)),
        (Age(3, "month"), date(2023, 12, 31)),
        (Age(4, "month"), date(2023, 11, 30)),
        (Age(1, "year"), date(2023, 3, 31)),
        (Age(9999, "year"), date.min),
        (Age(2023, "year"), date(1, 3, 31)),
        (Age(2024, "year"), date.min),
    ],
)
def test_days(age: Age, day: date) -> None:
    assert day_before(TODAY, age) == day


def test_even_at_the_beginning_of_time() -> None:
    assert day_before(date(1, 1, 2), Age(9999, "week")) == date.min
    assert day_before(date(2024, 2, 29), Age(1, "year")) == date(2023, 2, 28)


def look_up(name: Field) -> frozenset[int]:
    return frozenset({len(str(name.text))})


def settle(query: Query) -> Query:
    return settled(query, today=TODAY, podcasts=look_up)


def test_everything_in_a_tree_is_settled_and_prints_as_it_was() -> None:
    typed = parse('rye (-podcast:crumb OR after:"1 year") podcast:"a b" before:2020 language:de')
    found = settle(typed)
    assert settle(found) == found
    assert str(Without(found, frozenset({9}))) == str(found)
    assert (
        str(found) == 'rye (-podcast:crumb OR after:2023-03-31) podcast:"a b" before:2020-01-01 language:de'
    )
    assert Published("after", date(2023, 3, 31)) in found.parts[1].parts  # type: ignore[union-attr]
    crumb = Field("podcast", Word("crumb"))
    assert settle(Without(crumb, frozenset({9}))) == Without(Of(crumb, frozenset({5})), frozenset({9}))
