"""When words are said that stand between words with a time."""

from __future__ import annotations

from castabout.text.estimate import estimates


def test_between_two_times_by_length() -> None:
    # 40 characters in 20 s are 2 a second: after 10 of them 5 s are gone, after 30 of them 15 s.
    assert estimates([100.0, None, None, 120.0], [10, 20, 10, 5]) == {1: 105.0, 2: 115.0}


def test_neither_before_the_first_time_nor_after_the_last() -> None:
    assert estimates([None, 10.0, None], [5, 5, 5]) == {}
    assert estimates([None, None], [5, 5]) == {}
    assert estimates([], []) == {}


def test_each_stretch_by_itself() -> None:
    found = estimates([0.0, None, 10.0, 20.0, None, 26.0], [1, 1, 9, 1, 2, 1])
    assert found == {1: 5.0, 4: 22.0}


def test_between_equal_times() -> None:
    assert estimates([7.0, None, 7.0], [3, 3, 3]) == {1: 7.0}
