"""Right values on real input: figures that were worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.check import check
from castabout.engine.indexing import catch_up, reindex
from castabout.engine.results import FeedResult
from castabout.engine.search import search_page
from castabout.engine.topic import topic_page
from castabout.engine.update import add
from castabout.render.json import topic_json
from castabout.store import episodes, inventory
from tests.support import open_at

SAMPLES = Path(__file__).parents[2] / "examples" / "feeds"


def added(castabout: Castabout, *sources: Path) -> list[FeedResult]:
    results = list(add(castabout, [str(source) for source in sources], found=lambda _: None))
    catch_up(castabout, progress=lambda _: None)
    return results


@pytest.fixture(scope="module")
def a2c(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Castabout]:
    castabout = open_at(tmp_path_factory.mktemp("a2c"))
    added(castabout, shared_data / "a2c" / "feeds")
    yield castabout
    castabout.close()


@pytest.fixture(scope="module")
def library(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Castabout, list[FeedResult]]]:
    castabout = open_at(tmp_path_factory.mktemp("feeds"))
    yield castabout, added(castabout, shared_data / "feeds")
    castabout.close()


def test_samples(tmp_path: Path) -> None:
    """Counted by hand: see examples/README.md."""
    castabout = open_at(tmp_path)
    added(castabout, SAMPLES)
    page = topic_page(castabout, "sourdough")
    assert inventory.counts(castabout.store) == (12, 92)
    assert (page.podcasts, page.episodes, page.episodes_with_date) == (8, 28, 25)
    assert (page.average_duration, page.episodes_with_duration) == (2252, 26)
    assert {count.year: count.episodes for count in page.popularity} == {
        2016: 1, 2017: 1, 2018: 1, 2019: 1, 2020: 3, 2021: 1, 2022: 1, 2023: 2, 2024: 3, 2025: 4, 2026: 7,
    }  # fmt: skip
    about = {best.podcast.title: best.episodes_about for best in page.best_podcasts}
    assert about == {
        "Crumb & Crust": 9, "Fermento e Farinha": 4, "発酵日和": 4, "Le Fournil du dimanche": 4,
        "Nachtzug-Notizen": 3, "Cuaderno de volcanes": 2, "The Quiet Move": 1, "Tidal Notes": 1,
    }  # fmt: skip
    # Sorted by date; its keywords alone name the topic.
    assert page.latest_episodes[0].published == datetime.fromisoformat("2026-10-16T06:00:00+01:00")
    leaven = next(line for line in page.latest_episodes if line.title == "Leaven from the strandline")
    assert leaven.summary.spans == ()
    castabout.close()


def test_a2c(a2c: Castabout, shared_data: Path) -> None:
    expected = json.loads((shared_data / "a2c" / "expected.json").read_text())["by_exact_word"]
    assert inventory.counts(a2c.store) == (16, 22)
    page = json.loads(topic_json(topic_page(a2c, "a2c")))
    assert (page["podcasts"], page["episodes"]) == (expected["podcasts"], expected["episodes"]) == (14, 19)
    assert page["average_duration_seconds"] == expected["average_duration_s"] == 3786
    assert page["latest"] == expected["latest"] == "2024-09-27"
    per_year = {str(count["year"]): count["episodes"] for count in page["popularity"]}
    assert per_year == expected["episodes_per_year"]
    assert page["episodes"] - page["episodes_with_date"] == 3
    assert page["frequency"] == "infrequent"


def test_a2c_copies(a2c: Castabout) -> None:
    """Audio and video of one talk, and a talk that another show repeats: said by their feeds."""
    page = json.loads(topic_json(topic_page(a2c, "a2c")))
    assert (page["podcasts"], page["episodes"], page["copies"]) == (14, 19, 2)
    assert len(page["latest_episodes"]) == 17
    also = {
        one["podcast"]["title"].partition(":")[0]: [
            copy["podcast"]["title"].partition(":")[0] for copy in one["also_in"]
        ]
        for one in page["latest_episodes"]
        if one["also_in"]
    }
    assert also == {
        "CERIAS Security Seminar Podcast": ["CERIAS Security Seminar Podcast"],
        "SinceroCast - Marketing Digital Sincero - Podcast": ["De Cabeça"],
    }
    best = topic_page(a2c, "a2c", sort="best")
    assert {line.id for line in best.best_episodes} == {one["id"] for one in page["latest_episodes"]}
    assert (best.latest_episodes, best.episodes, best.copies) == ((), 19, 2)


def test_words_glued_to_a2c(a2c: Castabout) -> None:
    titles = {line.podcast.title for line in topic_page(a2c, "a2c").latest_episodes}
    assert "Entre 2 Pubs" in titles  # l'A2C
    assert "MILLS RADIO CLUB" in titles  # 警備員のA2C(あっくん)
    assert "BAWL! on Bulls Podcast" not in titles  # A2Sources
    # By its itunes:keywords alone.
    assert "From the Underground: Episode 12" in {
        line.title for line in topic_page(a2c, "a2c").latest_episodes
    }


def test_a_topic_is_marked_where_the_notes_name_it(a2c: Castabout) -> None:
    for line in topic_page(a2c, "a2c").latest_episodes:
        for span in line.summary.spans:
            assert line.summary.text[span.start : span.end].lower() == "a2c"


def test_every_item_is_an_episode_or_a_problem(library: tuple[Castabout, list[FeedResult]]) -> None:
    castabout, results = library
    assert len(results) == 43
    assert all(result.podcast for result in results)
    lost = sum(problem.lost_item for result in results for problem in result.problems)
    podcasts, stored = inventory.counts(castabout.store)
    assert podcasts == 43
    assert stored + lost == 4086


def test_unknown_stays_unknown(library: tuple[Castabout, list[FeedResult]]) -> None:
    castabout, _ = library
    _, rows = inventory.rows(castabout.store)
    stored = [episode.episode for episode in episodes.by_rows(castabout.store, rows).values()]
    # Of the copies that were left out one has neither (in “Dave Winer: Grateful Dead”), the others have both.
    assert sum(episode.published is None for episode in stored) + 1 == 936
    # 1,359 items have no duration; 34 more say 0, which is unknown too.
    assert sum(episode.duration is None for episode in stored) + 1 == 1359 + 34


def test_adding_again_changes_nothing(library: tuple[Castabout, list[FeedResult]], shared_data: Path) -> None:
    castabout, _ = library
    again = added(castabout, shared_data / "feeds")
    assert not any(result.has_news for result in again)
    assert check(castabout).is_sound


@pytest.mark.parametrize(
    ("topic", "shows"),
    [("中国", {"每日中国通史"}), ("السنة", {"شرح السنة للكرماني"}), ("c++", {"LINUX Unplugged"})],
)
def test_topics_in_any_script(
    library: tuple[Castabout, list[FeedResult]], topic: str, shows: set[str]
) -> None:
    castabout, _ = library
    page = topic_page(castabout, topic)
    assert {best.podcast.title for best in page.best_podcasts} >= shows
    assert page.episodes >= len(shows)


def test_cpp_is_only_cpp(library: tuple[Castabout, list[FeedResult]]) -> None:
    castabout, _ = library
    for line in topic_page(castabout, "c++").latest_episodes:
        assert "c++" in f"{line.title} {line.summary.text}".lower()


def test_the_index_built_anew_answers_the_same(library: tuple[Castabout, list[FeedResult]]) -> None:
    castabout, _ = library

    def answers() -> object:
        pages = [topic_page(castabout, topic) for topic in ("linux", "中国", "new york", "street*")]
        found = [search_page(castabout, query) for query in ("open source", "music -rock", '"video games"')]
        return (
            [[page.episodes, page.popularity, page.best_podcasts, page.latest_episodes] for page in pages],
            [[page.episodes, page.hits] for page in found],
        )

    before = answers()
    reindex(castabout, progress=lambda _: None)
    assert answers() == before
