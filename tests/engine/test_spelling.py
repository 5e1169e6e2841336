"""What is told to somebody who types a name wrongly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.search import search_page
from castabout.engine.spelling import did_you_mean
from castabout.engine.topic import topic_page
from castabout.model.feed import Episode
from tests.engine.test_suggest import put


def titled(*titles: str) -> list[Episode]:
    return [Episode(key=title, title=title) for title in titles]


@pytest.fixture
def library(castabout: Castabout) -> Castabout:
    put(
        castabout,
        "Grain Hour",
        *titled("Sourdough with Beatrix Barkhausen", "More of sourdough", "Barley and Kvass", "Ржаной хлеб"),
    )
    put(castabout, "Secret", *titled("The Zwieback Conspiracy"), secret="?token=abc")
    return castabout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sourdouhg", "sourdough"),
        ("Soordoug", "sourdough"),
        ("beatrix barkhousen", "beatrix barkhausen"),
        ("beatrics barkhausen", "beatrix barkhausen"),
        ("more of surdough", "more of sourdough"),
        ("kvas", "kvass"),
        ("ржаой хлеб", "ржаной хлеб"),
        ("zwiebak", "zwieback"),
        ("sourdough", None),
        ("barley -kvas", None),
        ("bxrlxy kvass", "barley kvass"),
        ("bxrxxy", None),
        ("zzz", None),
        ("", None),
        ('"', None),
        ("surdough " * 9, None),
    ],
)
def test_meant(library: Castabout, typed: str, meant: str | None) -> None:
    found = search_page(library, typed).episodes
    assert did_you_mean(library, typed, found=found) == meant


def test_on_pages(library: Castabout) -> None:
    assert topic_page(library, "sourdouhg").did_you_mean == "sourdough"
    assert topic_page(library, "sourdough").did_you_mean is None
    assert search_page(library, "sourdouhg").did_you_mean == "sourdough"
    assert search_page(library, "sourdouhg", offset=20).did_you_mean is None
    # It is the name of a podcast.
    assert search_page(library, "grain hour").did_you_mean is None
    assert search_page(library, "graim hour").did_you_mean == "grain hour"
    assert topic_page(library, "grian hour").did_you_mean is None


def test_words_of_private_podcasts_are_not_told(library: Castabout) -> None:
    public = replace(library, shows_private=False)
    assert search_page(public, "zwiebak").did_you_mean is None
    assert topic_page(public, "zwiebak").did_you_mean is None
    assert search_page(public, "sourdouhg").did_you_mean == "sourdough"


def test_a_word_of_a_title_is_no_misspelling(library: Castabout) -> None:
    many = titled(*(f"Barkley {number}" for number in range(40)))
    put(library, "Dogs", *many, Episode(key="1", title="A barkly dog"), Episode(key="2", notes="all barkliy"))
    assert search_page(library, "barkly").did_you_mean is None
    assert search_page(library, "barkliy").did_you_mean == "barkley"
