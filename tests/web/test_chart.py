"""The popularity chart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from castabout.model.answers import YearCount
from castabout.web.chart import ABOVE, PLOT, popularity_chart


def counts(*episodes: int, first: int = 2011) -> tuple[YearCount, ...]:
    return tuple(YearCount(first + place, number, number / 1000) for place, number in enumerate(episodes))


def test_nothing_to_draw() -> None:
    assert popularity_chart(()) is None
    assert popularity_chart(counts(0, 0)) is None


def test_bars_are_as_high_as_their_numbers() -> None:
    chart = popularity_chart(counts(10, 0, 5, 20))
    assert chart is not None
    assert [bar.height for bar in chart.bars] == [PLOT // 2, 0, round(PLOT / 4), PLOT]
    assert [bar.y + bar.height for bar in chart.bars] == [ABOVE + PLOT] * 4
    assert [bar.middle for bar in chart.bars] == [12.5, 37.5, 62.5, 87.5]
    assert chart.summary == "Episodes per year from 2011 to 2014; most in 2014: 20 episodes."
    assert chart.bars[0].title == "2011: 10 episodes, 1 % of that year"
    assert chart.bars[1].title == "2012: 0 episodes"


def test_a_single_year() -> None:
    chart = popularity_chart(counts(1, first=2024))
    assert chart is not None
    (bar,) = chart.bars
    assert bar.middle == 50 and bar.width < 10
    assert chart.summary == "1 episode, all of 2024."


def test_even_one_of_very_many_can_be_seen() -> None:
    chart = popularity_chart(counts(1, 100_000))
    assert chart is not None
    assert chart.bars[0].height >= 2
    assert chart.bars[1].number == "100k"


def test_few_years_are_all_named_and_numbered() -> None:
    chart = popularity_chart(counts(1, 2, 3, 4, 5, 6, 7))
    assert chart is not None
    assert {(bar.show_year, bar.show_number) for bar in chart.bars} == {("always", "always")}


def test_of_many_years_some_are_named_the_last_always() -> None:
    chart = popularity_chart(counts(*[1] * 39, 2, first=1985))
    assert chart is not None
    assert [bar.year for bar in chart.bars if bar.show_year == "always"] == [
        1988,
        1994,
        2000,
        2006,
        2012,
        2018,
        2024,
    ]
    assert len([bar for bar in chart.bars if bar.show_year != "never"]) == 20
    assert [bar.year for bar in chart.bars if bar.show_number != "never"] == [2024]


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=80))
def test_it_always_fits(numbers: list[int]) -> None:
    chart = popularity_chart(counts(*numbers, first=1950))
    if chart is None:
        assert not any(numbers)
        return
    for bar in chart.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= 100.001
        assert ABOVE <= bar.y <= chart.axis
        assert 0 <= bar.height <= PLOT
    assert 1 <= sum(bar.show_year == "always" for bar in chart.bars) <= 8
