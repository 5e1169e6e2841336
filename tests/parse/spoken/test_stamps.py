"""Times of a recording, and what only looks like them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.parse.spoken.stamps import STAMP, rising, seconds_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:00 Hello", 0),
        ("00:38 Hello", 38),
        ("12:34", 754),
        ("(12:34)", 754),
        ("[01:02:03]", 3723),
        (r"\[12:34\]", 754),
        (r"\[01:02:03.50\]", 3723.5),
        ("[00:16:16:05]", 976),  # the last are pictures of a second
        ("[00:32: 14.03]", 1934.03),
        ("95:00", 5700),
        ("at 1:02:03.", 3723),
        ("0:00-1:10 Hello", 0),
        ("[00:05 - 00:09]", 5),
    ],
)
def test_times(text: str, seconds: float) -> None:
    found = re.search(STAMP, text)
    assert found and seconds_of(found[0]) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "text",
    [
        "at 3:15 AM",
        "at 3:15am",
        "at 3:15 p.m.",
        "8:00 ET, 5:00 PT",
        "20:00 CEST",
        "20:00 UTC",
        "19:30 Uhr",
        "19:30 h",
        "we won 3:2",
        "at odds of 10:1",
        "John 3:16-18",
        "12:60",
        "2021-11-14T10:15:00",
        "10.15:30",
        "http://a.example:80:80",
        "1:2:3",
        "abc12:34",
    ],
)
def test_no_times(text: str) -> None:
    assert not re.search(STAMP, text)


@given(st.lists(st.integers(0, 20)))
def test_rising_rows_rise_and_none_is_longer(times: list[int]) -> None:
    row = [times[position] for position in rising([float(time) for time in times])]
    assert row == sorted(row)
    longest = [1] * len(times)
    for last, time in enumerate(times):
        longest[last] = 1 + max((longest[at] for at in range(last) if times[at] <= time), default=0)
    assert len(row) == max(longest, default=0)
