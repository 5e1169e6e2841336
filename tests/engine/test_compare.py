"""Topics side by side, and those that rise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from castabout.engine.castabout import Castabout
from castabout.engine.compare import MOST_TOPICS, compare_page
from castabout.engine.rising import rising_topics
from castabout.model.answers import YearCount
from castabout.model.feed import Episode
from castabout.model.names import RisingTopic
from tests.engine.test_suggest import put
from tests.support import NOW


def about(tag: str, days_ago: int, number: int = 0) -> Episode:
    key = f"{tag} {days_ago} {number}"
    return Episode(key=key, notes=f"On {tag}.", keywords=(tag,), published=NOW - timedelta(days=days_ago))


def test_the_same_years_of_all(castabout: Castabout) -> None:
    """Of 2026 there are two episodes, of 2025 none, of 2024 one."""
    put(castabout, "Grain", about("barley", 10), about("oats", 10), about("oats", 800))
    page = compare_page(castabout, ["barley", "", "oats", "Barley"])
    assert [one.topic for one in page.topics] == ["barley", "oats"]
    barley, oats = page.topics
    assert barley.popularity == (YearCount(2024, 0, 0.0), YearCount(2025, 0, 0.0), YearCount(2026, 1, 0.5))
    assert oats.popularity == (YearCount(2024, 1, 1.0), YearCount(2025, 0, 0.0), YearCount(2026, 1, 0.5))
    assert (barley.episodes, oats.episodes) == (1, 2)


def test_nothing_to_compare(castabout: Castabout) -> None:
    assert compare_page(castabout, []).topics == ()
    (rye,) = compare_page(castabout, ["rye"]).topics
    assert (rye.episodes, rye.popularity) == (0, ())
    assert len(compare_page(castabout, map(str, range(9))).topics) == MOST_TOPICS


def fill(castabout: Castabout, *, secret: str = "") -> None:
    """Sorghum is new; rye was spoken of a year ago as often; millet is of one show alone."""
    for show in ("North", "South"):
        put(
            castabout,
            show,
            *(about("sorghum", days, number) for number, days in enumerate((1, 5))),
            *(about("rye", days) for days in (1, 40, 80, 120, 160, 200, 240, 280, 320, 360, 380)),
            secret=secret,
        )
    put(castabout, "West", *(about("millet", days) for days in (1, 2, 3, 4)), secret=secret)


def test_what_rises(castabout: Castabout) -> None:
    fill(castabout)
    assert rising_topics(castabout) == (RisingTopic("sorghum", month=4, year=0),)


def test_private_podcasts_make_nothing_rise_for_others(castabout: Castabout) -> None:
    fill(castabout, secret="?token=abc")
    assert rising_topics(replace(castabout, shows_private=False)) == ()
    assert [one.topic for one in rising_topics(castabout)] == ["sorghum"]


def test_it_is_found_out_once_an_hour(castabout: Castabout) -> None:
    assert rising_topics(castabout) == ()
    fill(castabout)
    soon = replace(castabout, clock=lambda: NOW + timedelta(minutes=59))
    later = replace(castabout, clock=lambda: NOW + timedelta(minutes=60))
    assert rising_topics(soon) == ()
    assert [one.topic for one in rising_topics(later)] == ["sorghum"]
