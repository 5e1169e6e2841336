"""Durations, dates and counts in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from castabout.text.numbers import clock, count_words, date_words, duration_words, percent_words, short_count


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 m"),
        (89, "1 m"),
        (90, "2 m"),
        (42 * 60, "42 m"),
        (59 * 60 + 29, "59 m"),
        (59 * 60 + 30, "1 h"),
        (3600, "1 h"),
        (3840, "1 h 4 m"),
        (24 * 3600, "24 h"),
    ],
)
def test_durations_are_rounded_to_the_minute(seconds: int | None, words: str) -> None:
    assert duration_words(seconds) == words


def test_dates() -> None:
    assert date_words(date(2024, 9, 27)) == "27 Sep 2024"
    assert date_words(date(2011, 1, 1)) == "1 Jan 2011"
    assert date_words(None) == ""


def test_a_time_is_shown_as_the_day_in_its_own_zone() -> None:
    late = datetime(2024, 9, 27, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    assert date_words(late) == "27 Sep 2024"
    assert date_words(late.astimezone(UTC)) == "28 Sep 2024"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 episodes"),
        (1, "1 episode"),
        (2, "2 episodes"),
        (1204, "1,204 episodes"),
        (2_000_000, "2,000,000 episodes"),
    ],
)
def test_counts(number: int, words: str) -> None:
    assert count_words(number, "episode") == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1k"),
        (1249, "1.2k"),
        (9999, "9.9k"),
        (13_500, "13k"),
        (153_000, "153k"),
        (1_000_000, "1M"),
        (2_560_000, "2.5M"),
    ],
)
def test_short_counts_are_cut_not_rounded_up(number: int, words: str) -> None:
    assert short_count(number) == words


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (0.0, "0"),
        (0.00001, "under 0.01"),
        (0.0123, "0.012"),
        (4.56, "4.6"),
        (45.6, "46"),
        (98.7, "99"),
        (99.49, "99.4"),
        (99.5, "99.5"),
        (99.99, "99.9"),
        (100.0, "100"),
    ],
)
def test_shares(percent: float, words: str) -> None:
    assert percent_words(percent) == words


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (9.9, "0:09"), (83, "1:23"), (3599, "59:59"), (3723, "1:02:03"), (360_000, "100:00:00")],
)
def test_times_as_a_player_shows_them(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown
