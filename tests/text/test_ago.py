"""How far away a time is, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from castabout.text.numbers import ago_words

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 minute ago"),
        (timedelta(minutes=119), "1 hour ago"),
        (timedelta(hours=47), "1 day ago"),
        (timedelta(days=29), "29 days ago"),
        (timedelta(days=61), "2 months ago"),
        (timedelta(days=365), "1 year ago"),
        (timedelta(days=4000), "10 years ago"),
        (-timedelta(seconds=1), "any moment"),
        (-timedelta(seconds=90), "in 1 minute"),
        (-timedelta(hours=5, minutes=59), "in 5 hours"),
        (-timedelta(days=7), "in 7 days"),
    ],
)
def test_ago(distance: timedelta, words: str) -> None:
    assert ago_words(NOW - distance, NOW) == words
