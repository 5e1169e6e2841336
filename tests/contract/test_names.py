"""Completing names and finding those that are nearly what was typed, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from castabout.index import Index
from castabout.index.document import NameDocument
from castabout.index.tantivy import TantivyIndex
from castabout.model.names import NameKind

CONTRACT: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text())
ENGINES: dict[str, Callable[[Path], Index]] = {"tantivy": TantivyIndex}


def document(kind: NameKind, key: str, name: str, episodes: int | None, public: int | None) -> NameDocument:
    return NameDocument(kind=kind, key=key, name=name, episodes=episodes, public=public)


@pytest.fixture(params=ENGINES, scope="module")
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = ENGINES[request.param](tmp_path_factory.mktemp("index"))
    index.write(document(*said) for said in CONTRACT["names"])
    yield index
    index.close()


@pytest.mark.parametrize(("typed", "kind", "private", "names"), CONTRACT["completed"])
def test_completed(
    index: Index, typed: str, kind: NameKind, private: bool, names: list[list[object]]
) -> None:
    found = index.complete(typed, kind, private=private)
    assert [[one.name, one.episodes] for one in found] == names
    assert all(one.kind == kind and (one.id is not None) is (kind == "podcast") for one in found)


def test_no_more_than_wanted(index: Index) -> None:
    assert [one.name for one in index.complete("rye", "topic", private=True, limit=2)] == ["rye", "rye bread"]


@pytest.mark.parametrize(("kind", "private", "names"), CONTRACT["commonest"])
def test_commonest(index: Index, kind: NameKind, private: bool, names: list[list[object]]) -> None:
    found = index.commonest(kind, private=private, limit=3)
    assert [[one.name, one.episodes] for one in found] == names


@pytest.mark.parametrize(("typed", "private", "names"), CONTRACT["alike"])
def test_alike(index: Index, typed: str, private: bool, names: list[str]) -> None:
    assert [one.name for one in index.alike(typed, private=private)] == names


def test_a_name_is_replaced_and_goes(tmp_path: Path) -> None:
    index = ENGINES["tantivy"](tmp_path)
    index.write([document("topic", "rye", "rye", 1, 1)])
    index.write([document("topic", "rye", "rye", 7, 2)])
    assert [one.episodes for one in index.complete("r", "topic", private=True)] == [7]
    assert [one.episodes for one in index.complete("r", "topic", private=False)] == [2]
    index.write([document("topic", "rye", "rye", None, None)])
    assert index.complete("r", "topic", private=True) == ()
    assert index.faults() == ()
    index.close()
