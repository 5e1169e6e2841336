"""The contract of words with signs inside them, run on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from castabout.index import Index
from castabout.index.document import episode_document
from castabout.model.feed import Episode, Person, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.query.parser import parse
from castabout.query.sought import sought
from tests.contract.test_contract import ENGINES

CONTRACT: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "joining.yaml").read_text())


@pytest.fixture(params=ENGINES, scope="module")
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    show = StoredPodcast(
        row=1, id="1", source="", podcast=Podcast(), added=datetime(2024, 1, 1, tzinfo=UTC), episodes=0
    )
    index = ENGINES[request.param](tmp_path_factory.mktemp("index"))
    index.write(
        episode_document(StoredEpisode(row=row, id=str(row), podcast_row=1, episode=episode(row, said)), show)
        for row, said in CONTRACT["episodes"].items()
    )
    yield index
    index.close()


def episode(row: int, said: dict[str, Any]) -> Episode:
    people = tuple(Person(name=name) for name in said.get("people", ()))
    return Episode(key=str(row), title=said["title"], notes=said.get("notes"), people=people)


@pytest.mark.parametrize("case", CONTRACT["queries"], ids=lambda case: repr(case["ask"]))
def test_queries(index: Index, case: dict[str, Any]) -> None:
    query = sought(parse(case["ask"]))
    found = index.best(query)
    if "best" in case:
        assert list(found) == case["best"]
    expected = case.get("best") or case["finds"]
    assert sorted(found) == sorted(index.newest(query)) == sorted(expected)
    assert index.count(query) == len(expected)
