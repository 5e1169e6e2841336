"""The contract of what narrows a query, run on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from castabout.engine.passages import passages
from castabout.index import Index
from castabout.index.document import Document, episode_document, podcast_document, spoken_document
from castabout.model.feed import Episode, Person, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.transcript import Chapter, Cue, Spoken, Transcript
from castabout.query.ast import Field, Published, Query
from castabout.query.parser import parse
from castabout.query.settle import settled
from tests.contract.test_contract import ENGINES

CONTRACT: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "narrowing.yaml").read_text())
#: Seconds; so long that each cue is a passage.
_CUE = 70.0


def people(said: dict[str, Any]) -> tuple[Person, ...]:
    return tuple(Person(name=name) for name in said.get("people", ()))


def podcast(said: dict[str, Any]) -> StoredPodcast:
    value = Podcast(
        title=said["title"], language=said["language"], people=people(said), explicit=said.get("explicit")
    )
    return StoredPodcast(
        row=said["row"],
        id=str(said["row"]),
        source="",
        podcast=value,
        added=datetime(2024, 1, 1, tzinfo=UTC),
        episodes=0,
    )


def spoken(said: dict[str, Any]) -> Spoken:
    cues = [
        Cue(text, at * _CUE, (at + 1) * _CUE, speaker)
        for at, cue in enumerate(said.get("said", ()))
        for speaker, text in cue.items()
    ]
    chapters = tuple(Chapter(at * _CUE, title) for at, title in enumerate(said.get("chapters", ())))
    return Spoken(Transcript(tuple(cues)) if cues else None, chapters)


def documents() -> Iterator[Document]:
    podcasts = {said["row"]: podcast(said) for said in CONTRACT["podcasts"]}
    yield from map(podcast_document, podcasts.values())
    for said in CONTRACT["episodes"]:
        day = said.get("day")
        episode = Episode(
            key=str(said["row"]),
            title=said["title"],
            published=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
            duration=said.get("duration"),
            people=people(said),
            type=said.get("type"),
            explicit=said.get("explicit"),
        )
        stored = StoredEpisode(
            row=said["row"], id=str(said["row"]), podcast_row=said["podcast"], episode=episode
        )
        of, show = spoken(said), podcasts[said["podcast"]]
        yield episode_document(stored, show, of)
        yield spoken_document(stored, show, passages(of), None, of)


@pytest.fixture(params=ENGINES, scope="module")
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = ENGINES[request.param](tmp_path_factory.mktemp("index"))
    index.write(documents())
    yield index
    index.close()


def asked(index: Index, text: str) -> Query:
    def named(name: Field) -> frozenset[int]:
        return frozenset(index.podcasts(name))

    return settled(parse(text), today=date.fromisoformat(CONTRACT["today"]), podcasts=named)


@pytest.mark.parametrize("case", CONTRACT["queries"], ids=lambda case: repr(case["ask"]))
def test_queries(index: Index, case: dict[str, Any]) -> None:
    query = asked(index, case["ask"])
    if "episodes" in case:
        assert sorted(index.best(query)) == case["episodes"]
        assert sorted(index.newest(query)) == case["episodes"]
        assert index.count(query) == len(case["episodes"])
        assert index.figures(query, since=date(2024, 1, 1)).episodes == len(case["episodes"])
    if "podcasts" in case:
        assert sorted(index.podcasts(query)) == case["podcasts"]
        assert index.podcast_count(query) == len(case["podcasts"])
    if "moments" in case:
        assert sorted(group.row for group in index.moments(query).groups) == case["moments"]


def test_every_kind_is_asked() -> None:
    asked_for = " ".join(case["ask"] for case in CONTRACT["queries"])
    for name in (
        "podcast",
        "person",
        "language",
        "after",
        "before",
        "longer",
        "shorter",
        "has",
        "type",
        "explicit",
    ):
        assert f"{name}:" in asked_for


def test_what_narrows_is_no_better_or_worse(index: Index) -> None:
    assert index.best(asked(index, "bread")) == index.best(
        asked(index, "bread (language:en OR has:transcript OR after:2023 OR longer:60 OR podcast:crumb)")
    )


@pytest.mark.parametrize("text", ["podcast:crumb", "after:1week"])
def test_an_index_is_asked_what_is_settled(index: Index, text: str) -> None:
    with pytest.raises((TypeError, KeyError)):
        index.count(parse(text))
    assert isinstance(asked(index, "after:1week"), Published)
