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


def best(
    title: str,
    about: int,
    total: int,
    latest: date | None = date(2026, 6, 1),
    *,
    written: int | None = None,
    in_titles: int = 0,
    is_named: bool = False,
    popularity: int | None = None,
) -> BestPodcast:
    line = PodcastLine(
        id=title, title=title, author=None, link=None, image=None, language=None, episodes_total=total
    )
    return BestPodcast(
        podcast=line,
        episodes_about=about,
        last_year=0,
        written=about if written is None else written,
        in_titles=in_titles,
        latest=latest,
        is_named=is_named,
        is_described=False,
        popularity=popularity,
    )


def order(*candidates: BestPodcast) -> list[str]:
    return [candidate.podcast.title for candidate in ranked(candidates, today=TODAY)]


def test_a_show_about_it_comes_before_one_that_mentions_it() -> None:
    assert order(best("mentions", 3, 300), best("about", 30, 40)) == ["about", "mentions"]
    assert order(best("one of one", 1, 1), best("three of three", 3, 3)) == ["three of three", "one of one"]


def test_titles_count_for_more_than_notes_and_these_for_more_than_what_is_only_said() -> None:
    said, noted, titled = (
        best("said", 5, 9, written=0),
        best("noted", 5, 9),
        best("titled", 5, 9, in_titles=5),
    )
    assert order(said, noted, titled) == ["titled", "noted", "said"]
    assert order(best("40 of 2,000", 40, 2000), best("none", 0, 40), best("1 of 400", 1, 400)) == [
        "40 of 2,000",
        "1 of 400",
        "none",
    ]


def test_a_show_of_that_name_is_about_it_whatever_its_episodes_are_called() -> None:
    assert order(best("passing", 3, 90), best("named", 0, 2, None, is_named=True)) == ["named", "passing"]


def test_of_equals_the_one_that_more_people_hear_comes_first() -> None:
    assert order(best("a", 5, 9), best("b", 5, 9, popularity=8), best("c", 5, 9, popularity=10**9)) == [
        "c",
        "b",
        "a",
    ]


def test_a_lively_show_comes_before_a_dead_one() -> None:
    dead, undated = best("dead", 5, 9, date(2009, 1, 1)), best("undated", 5, 9, None)
    assert order(dead, undated, best("lively", 5, 9)) == ["lively", "undated", "dead"]
