"""How often a feed wants to be asked."""

from __future__ import annotations

import pytest

from castabout.model.feed import Podcast
from castabout.parse.feed import parse_feed

SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


def podcast(channel: str) -> Podcast:
    feed = f'<rss version="2.0" {SY}><channel><title>Bread</title>{channel}</channel></rss>'
    return parse_feed(feed.encode()).podcast


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>60</ttl>", 3_600),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>999999999</ttl>", 31_536_000),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1_800),
        ("<sy:updatePeriod> Daily </sy:updatePeriod>", 86_400),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 86_400),
        ("<ttl>5</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 300),
        ("", None),
    ],
)
def test_seconds_between_two_questions(channel: str, seconds: int | None) -> None:
    assert podcast(channel).keep_s == seconds


def test_hours_and_days_without_news() -> None:
    found = podcast(
        "<skipHours><hour>23</hour><hour>0</hour><hour>24</hour><hour>25</hour><hour>x</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>monday</day><day>Someday</day></skipDays>"
    )
    assert found.skip_hours == (0, 23)
    assert found.skip_days == (0, 6)
