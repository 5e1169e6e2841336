"""Feeds damaged by chance raise nothing, hang nowhere, and lose no item without a word: see `bench.fuzz`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.fuzz import document, read, read_folders
from tests.conftest import ROOT

BATCHES = 8
#: Of each batch; the benchmark tries 100,000.
DOCUMENTS = 60


def check(folders: list[Path], batch: int) -> None:
    feeds = read_folders(folders)
    assert all(feeds)
    outcomes = {
        number: read(document(feeds, number)) for number in range(batch * DOCUMENTS, (batch + 1) * DOCUMENTS)
    }
    assert {number: outcome.fault for number, outcome in outcomes.items() if outcome.fault} == {}
    assert any(outcome.episodes for outcome in outcomes.values())


@pytest.mark.parametrize("batch", range(BATCHES))
def test_sample_feeds(batch: int) -> None:
    check([ROOT / "examples" / "feeds"], batch)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_real_feeds(batch: int, shared_data: Path) -> None:
    check([shared_data / "feeds", shared_data / "parser-tests"], batch)


def test_the_same_number_is_the_same_document() -> None:
    feeds = read_folders([ROOT / "examples" / "feeds"])
    assert document(feeds, 7) == document(feeds, 7)
    assert document(feeds, 7) != document(feeds, 8)
