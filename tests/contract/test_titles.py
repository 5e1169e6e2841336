"""The contract of what comes first, run on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from castabout.index import Index
from castabout.index.document import Document, episode_document, podcast_document
from castabout.model.feed import Episode, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.query.ast import Without
from castabout.query.parser import parse
from castabout.query.sought import called, sought
from tests.contract.test_contract import ENGINES

CONTRACT: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "titles.yaml").read_text())


def podcast(row: int, title: str) -> StoredPodcast:
    return StoredPodcast(
        row=row,
        id=str(row),
        source="",
        podcast=Podcast(title=title, language="en"),
        added=datetime(2024, 1, 1, tzinfo=UTC),
        episodes=0,
    )


def documents() -> Iterator[Document]:
    podcasts = [podcast(row, title) for row, title in CONTRACT["podcasts"].items()]
    yield from map(podcast_document, podcasts)
    for row, title in CONTRACT["episodes"].items():
        episode = Episode(key=str(row), title=title, notes=CONTRACT["notes"].get(row))
        yield episode_document(
            StoredEpisode(row=row, id=str(row), podcast_row=1, episode=episode), podcasts[0]
        )


@pytest.fixture(params=ENGINES, scope="module")
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = ENGINES[request.param](tmp_path_factory.mktemp("index"))
    index.write(documents())
    yield index
    index.close()


@pytest.mark.parametrize("case", CONTRACT["queries"], ids=lambda case: repr(case["ask"]))
def test_queries(index: Index, case: dict[str, Any]) -> None:
    query = sought(parse(case["ask"]))
    if episodes := case.get("episodes"):
        assert list(index.best(query)) == episodes
        assert index.count(query) == len(episodes)
        assert sorted(index.newest(query)) == sorted(episodes)
    if podcasts := case.get("podcasts"):
        assert list(index.podcasts(query)) == podcasts
        assert index.podcast_count(query) == len(podcasts)
    if "called" in case:
        name = called(query)
        assert (list(index.podcasts(name)) if name else []) == case["called"]


def test_what_is_left_out_is_not_called_so(index: Index) -> None:
    query = Without(sought(parse("dh unplugged")), frozenset({1}))
    assert index.podcasts(query) == (4,)
    assert str(query) == "dh unplugged"
    name = called(query)
    assert name is not None
    assert index.podcasts(name) == ()
