"""Lists of the best: no show fills them, and every episode is in them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.search import search_page
from castabout.engine.topic import topic_page
from tests.engine.test_copies import episode, read
from tests.support import open_at

#: Podcast → how many episodes are about rye; of the first, all are so by their titles.
SHOWS = {"rye": 60, "a": 4, "b": 3, "c": 2, "d": 1, "e": 1}


@pytest.fixture(scope="module")
def castabout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Castabout]:
    castabout = open_at(tmp_path_factory.mktemp("home"))
    for name, number in SHOWS.items():
        title = "All about rye {}" if name == "rye" else "Bread {}"
        read(
            castabout,
            name,
            [
                episode(title.format(place), key=str(place), notes="<p>Rye</p>", published=None)
                for place in range(number)
            ],
        )
    yield castabout
    castabout.close()


def test_no_show_fills_the_best(castabout: Castabout) -> None:
    page = topic_page(castabout, "rye", sort="best")
    shows = [line.podcast.title for line in page.best_episodes]
    assert (page.sort, page.latest_episodes) == ("best", ())
    # Two of each, and one of those that have one: ten in all.
    assert Counter(shows[:10]) == {"rye": 2, "a": 2, "b": 2, "c": 2, "d": 1, "e": 1}
    # What was held back comes at once after them, the best first.
    assert set(shows[10:]) == {"rye"}
    # Told beside the second one of those that have more as good.
    told = [place for place, line in enumerate(page.best_episodes) if line.has_more]
    assert {shows[place] for place in told} == {"rye", "a", "b"}
    assert all(shows[: place + 1].count(shows[place]) == 2 for place in told)
    assert topic_page(castabout, "rye").best_episodes == ()


def test_pages_of_the_best_have_each_episode_once(castabout: Castabout) -> None:
    total = sum(SHOWS.values())
    for limit in (3, 7, 10, 20):
        found = [
            line.id
            for offset in range(0, total, limit)
            for line in search_page(castabout, "rye", sort="varied", offset=offset, limit=limit).hits
        ]
        assert len(found) == len(set(found)) == total
    # The order is the same whatever the pages.
    whole = [line.id for line in search_page(castabout, "rye", sort="varied", limit=100).hits]
    assert whole == found


def test_few_shows_are_no_limit(castabout: Castabout) -> None:
    lines = search_page(castabout, "rye podcast:rye", sort="varied", limit=100).hits
    assert len(lines) == SHOWS["rye"]


def test_the_best_are_by_fit_alone(castabout: Castabout) -> None:
    page = search_page(castabout, "rye")
    assert {line.podcast.title for line in page.hits} == {"rye"}
    assert not any(line.has_more for line in page.hits)
