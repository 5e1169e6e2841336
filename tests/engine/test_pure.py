"""Frequency, popularity, ranking."""

from __future__ import annotations

from datetime import date

import pytest

from castabout.engine.figures import frequency, languages, popularity
from castabout.engine.ranking import ranked
from castabout.model.answers import BestPodcast, LanguageCount, PodcastLine, YearCount

TODAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("episodes", "word"),
    [
        (0, "infrequent"),
        (9, "infrequent"),
        (10, "monthly"),
        (44, "monthly"),
        (45, "weekly"),
        (299, "weekly"),
        (300, "daily"),
    ],
)
def test_frequency(episodes: int, word: str) -> None:
    assert frequency(episodes) == word


def test_popularity_has_no_gap_and_is_a_share_of_the_year() -> None:
    assert popularity({2019: 1, 2021: 3}, {2018: 9, 2019: 4, 2020: 7, 2021: 6}) == (
        YearCount(2019, 1, 0.25),
        YearCount(2020, 0, 0.0),
        YearCount(2021, 3, 0.5),
    )
    assert popularity({}, {2018: 9}) == ()


def test_languages_commonest_first() -> None:
    assert languages({"fr": 2, "de": 5, "en": 2}) == (
        LanguageCount("de", 5),
        LanguageCount("en", 2),
        LanguageCount("fr", 2),
    )


def best(title: str, about: int, total: int, latest: date | None = date(2026, 6, 1)) -> BestPodcast:
    line = PodcastLine(
        id=title, title=title, author=None, link=None, image=None, language=None, episodes_total=total
    )
    return BestPodcast(podcast=line, episodes_about=about, latest=latest)


def order(*candidates: BestPodcast) -> list[str]:
    return [candidate.podcast.title for candidate in ranked(candidates, today=TODAY)]


def test_a_show_about_it_comes_before_one_that_mentions_it() -> None:
    assert order(best("mentions", 3, 300), best("about", 30, 40)) == ["about", "mentions"]
    assert order(best("one of one", 1, 1), best("three of three", 3, 3)) == ["three of three", "one of one"]


def test_a_lively_show_comes_before_a_dead_one() -> None:
    dead, undated = best("dead", 5, 9, date(2009, 1, 1)), best("undated", 5, 9, None)
    assert order(dead, undated, best("lively", 5, 9)) == ["lively", "undated", "dead"]
