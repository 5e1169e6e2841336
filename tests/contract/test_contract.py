"""The contract of `castabout.index.Index`, run on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from castabout.index import Contents, Copies, Index
from castabout.index.document import (
    EpisodeDocument,
    PodcastDocument,
    episode_document,
    podcast_document,
)
from castabout.index.tantivy import TantivyIndex
from castabout.model.feed import Episode, Person, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.query.ast import Everything, Once, Without
from castabout.query.parser import parse

CONTRACT: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "episodes.yaml").read_text())
ENGINES: dict[str, Callable[[Path], Index]] = {"tantivy": TantivyIndex}


def podcast(row: int) -> StoredPodcast:
    value = Podcast(title=f"Show {row}", language=CONTRACT["podcasts"][row])
    return StoredPodcast(
        row=row, id=str(row), source="", podcast=value, added=datetime(2026, 1, 1, tzinfo=UTC), episodes=0
    )


def document(said: dict[str, Any], first_copy: int | None = None) -> EpisodeDocument:
    episode = Episode(
        key=str(said["row"]),
        title=said["title"],
        notes=said["notes"],
        published=datetime.fromisoformat(said["published"]) if "published" in said else None,
        duration=said.get("duration"),
        keywords=tuple(said.get("keywords", ())),
        people=tuple(Person(name=name) for name in said.get("people", ())),
    )
    stored = StoredEpisode(row=said["row"], id=str(said["row"]), podcast_row=said["podcast"], episode=episode)
    return episode_document(stored, podcast(said["podcast"]), first_copy=first_copy)


def documents() -> list[EpisodeDocument | PodcastDocument]:
    return [
        *map(document, CONTRACT["episodes"]),
        *(podcast_document(podcast(row)) for row in CONTRACT["podcasts"]),
    ]


@pytest.fixture(params=ENGINES, scope="module")
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = ENGINES[request.param](tmp_path_factory.mktemp("index"))
    index.write(documents())
    yield index
    index.close()


@pytest.fixture(params=ENGINES)
def own_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    index = ENGINES[request.param](tmp_path)
    yield index
    index.close()


@pytest.mark.parametrize("case", CONTRACT["queries"], ids=lambda case: repr(case["ask"]))
def test_queries(index: Index, case: dict[str, Any]) -> None:
    query = parse(case["ask"])
    if "newest" in case:
        assert index.newest(query) == tuple(case["newest"])
    elif "best" in case:
        assert index.best(query) == tuple(case["best"])
    else:
        assert sorted(index.best(query)) == sorted(case["finds"])
        assert sorted(index.newest(query)) == sorted(case["finds"])
        assert index.count(query) == len(case["finds"])


@pytest.mark.parametrize("case", CONTRACT["figures"], ids=lambda case: repr(case["ask"]))
def test_figures(index: Index, case: dict[str, Any]) -> None:
    found = index.figures(parse(case["ask"]), since=date.fromisoformat(case["since"]))
    assert found.episodes == case["episodes"]
    assert found.podcasts == case["podcasts"]
    assert found.mean_duration == case["mean_duration"]
    assert found.with_duration == case["with_duration"]
    assert found.latest == (case["latest"] and date.fromisoformat(case["latest"]))
    assert found.years == case["years"]
    assert found.recent == case["recent"]
    assert {top.row: top.episodes for top in found.top_podcasts} == case["top_podcasts"]
    assert [top.episodes for top in found.top_podcasts] == sorted(case["top_podcasts"].values(), reverse=True)
    assert found.languages == index.languages_of(parse(case["ask"])) == case["languages"]


def test_latest_of_each_podcast(index: Index) -> None:
    found = index.figures(parse("electric OR a2c"), since=date(2021, 7, 1))
    assert {top.row: top.latest for top in found.top_podcasts} == {
        1: date(2022, 6, 1),
        2: date(2021, 3, 3),
        5: None,
    }


def test_pages_follow_each_other(index: Index) -> None:
    query = parse("electric OR a2c OR languages OR 大阪")
    everything = index.newest(query)
    assert index.newest(query, offset=2, limit=3) == everything[2:5]
    assert index.newest(query, offset=7, limit=5) == everything[7:]
    assert index.newest(query, offset=100, limit=5) == ()


def test_without_some_podcasts(index: Index) -> None:
    query = parse("electric OR a2c")
    everything = index.figures(query, since=date(2021, 7, 1))
    without = Without(query, frozenset({1, 3}))
    found = index.figures(without, since=date(2021, 7, 1))
    assert {top.row: top.episodes for top in found.top_podcasts} == {
        top.row: top.episodes for top in everything.top_podcasts if top.row not in (1, 3)
    }
    assert index.count(without) == found.episodes < everything.episodes
    assert set(index.newest(without)) == set(index.best(without)) < set(index.newest(query))
    assert index.count(Without(query, frozenset())) == everything.episodes
    for nothing in ("", "?!", "()"):
        assert index.count(Without(parse(nothing), frozenset({1}))) == 0


def test_without_some_episodes(index: Index) -> None:
    query = parse("electric")
    assert index.newest(Without(query, episodes=frozenset({2, 6}))) == (3, 1)
    assert index.count(Without(query, frozenset({2}), frozenset({1, 2, 3}))) == 0
    # A podcast of the same row is not meant.
    assert index.podcasts(Without(parse("show"), episodes=frozenset({1}))) == index.podcasts(parse("show"))


def test_how_common_terms_are(index: Index) -> None:
    found = index.commonness(["electric", "electric trams", "no such word", ""])
    assert found.episodes >= len(CONTRACT["episodes"])
    assert [found.of(term) for term in ("electric", "electric trams", "no such word", "")] == [2, 1, 0, 0]


@pytest.mark.parametrize("engine", ENGINES)
def test_copies(engine: str, tmp_path: Path) -> None:
    """Of copies that match the first is shown; where it does not match, the earliest of the others."""
    first_copies = {1: 1, 2: 1, 3: 1, 4: 4, 5: 4, 7: 7, 8: 8}
    index = ENGINES[engine](tmp_path)
    index.write(document(said, first_copies.get(said["row"])) for said in CONTRACT["episodes"])
    query = parse("electric OR a2c OR 大阪 OR strasse")
    found = index.copies(query)
    assert found == index.figures(query, since=date(2021, 7, 1)).copies == Copies(3)
    assert set(index.newest(Once(query, found.shown))) == {1, 4, 7, 9, 10}
    assert set(index.best(Once(query, found.shown))) == {1, 4, 7, 9, 10}
    others = parse("trams OR radios OR a2c")
    assert index.copies(others) == Copies(1, frozenset({2}))
    assert set(index.newest(Once(others, frozenset({2})))) == {2, 4, 9, 10}
    assert index.copies(parse("strasse")) == index.copies(parse("languages")) == Copies()
    index.close()


def test_years_of_the_library(index: Index) -> None:
    assert index.years() == {2019: 1, 2020: 1, 2021: 1, 2022: 2}


def test_languages_of_the_library(index: Index) -> None:
    assert index.languages_of(Everything()) == {"en": 3, "ja": 2, "ar": 1, "de": 1, "da": 1}
    assert index.languages_of(Everything(), limit=1) == {"en": 3}


def test_contents(index: Index) -> None:
    assert index.contents() == Contents(frozenset(range(1, 7)), frozenset(range(1, 12)))


def test_an_empty_index_answers(own_index: Index) -> None:
    assert own_index.newest(parse("bread")) == ()
    assert own_index.best(parse("bread")) == ()
    assert own_index.years() == {}
    assert own_index.contents() == Contents(frozenset(), frozenset())


def test_writing_again_replaces(own_index: Index) -> None:
    own_index.write(documents())
    own_index.write([document({"row": 1, "podcast": 1, "title": "Bread", "notes": ""})])
    assert own_index.best(parse("bread")) == (1,)
    assert 1 not in own_index.best(parse("electric"))
    assert own_index.contents() == Contents(frozenset(range(1, 7)), frozenset(range(1, 12)))
    assert own_index.years() == {2019: 1, 2021: 1, 2022: 2}


def test_clear(own_index: Index) -> None:
    own_index.write(documents())
    assert own_index.exists()
    own_index.clear()
    assert not own_index.exists()
    assert own_index.best(parse("electric")) == ()
    own_index.write(documents())
    assert len(own_index.best(parse("electric"))) == 3


def test_podcasts_are_found_by_what_is_said_of_them(index: Index) -> None:
    rows = sorted(CONTRACT["podcasts"])
    assert sorted(index.podcasts(parse("show"))) == rows
    assert index.podcasts(parse("show"), limit=1) + index.podcasts(parse("show"), offset=1) == index.podcasts(
        parse("show")
    )
    assert index.podcast_count(parse("show")) == len(rows)
    first = rows[0]
    assert index.podcasts(parse(f"show {first}")) == (first,)
    assert sorted(index.podcasts(parse(f"-{first}"))) == rows[1:]
    assert first not in index.podcasts(Without(parse("show"), frozenset({first})))
    assert index.podcasts(parse("")) == ()
    assert index.podcast_count(parse("bread")) == 0


def test_documents_that_are_surely_new(index: Index, tmp_path: Path) -> None:
    made = ENGINES["tantivy"](tmp_path)
    all_of_them = documents()
    with made.adding() as add:
        add(all_of_them[:3])
        assert made.contents().episodes == {one.row for one in all_of_them[:3]}
        add(all_of_them[3:])
    assert made.contents() == index.contents()
    assert made.newest(parse("bread")) == index.newest(parse("bread"))
    made.close()
