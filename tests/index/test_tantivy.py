"""What concerns the index on disk: two processes, damage, locks."""

from __future__ import annotations

from pathlib import Path

import pytest

from castabout.errors import IndexDamaged, IndexLocked
from castabout.index.document import EpisodeDocument
from castabout.index.tantivy import TantivyIndex
from castabout.index.tantivy.schema import newness
from castabout.query.ast import Word


def episode(row: int, title: str = "bread") -> EpisodeDocument:
    return EpisodeDocument(
        row=row,
        podcast_row=1,
        title=title,
        notes="",
        keywords=(),
        people=(),
        language=None,
        published=None,
        day=None,
        year=None,
        duration=None,
    )


def test_a_reader_sees_what_another_writes(tmp_path: Path) -> None:
    writer, reader = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
    writer.write([episode(1)])
    assert reader.newest(Word("bread")) == (1,)
    writer.write([episode(2)])
    assert reader.newest(Word("bread")) == (1, 2)
    writer.close()
    reader.close()


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    first, second = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
    first.write([episode(1)])
    with pytest.raises(IndexLocked) as caught:
        second.write([episode(2)])
    assert "try again" in caught.value.for_people
    first.close()
    second.write([episode(2)])
    assert second.newest(Word("bread")) == (1, 2)
    second.close()


@pytest.mark.parametrize("damage", [b"", b"not json", b'{"segments": 3}'])
def test_damaged_list_of_files(tmp_path: Path, damage: bytes) -> None:
    index = TantivyIndex(tmp_path)
    index.write([episode(1)])
    index.close()
    next(tmp_path.glob("*/meta.json")).write_bytes(damage)
    with pytest.raises(IndexDamaged) as caught:
        TantivyIndex(tmp_path).newest(Word("bread"))
    assert "check --repair" in caught.value.for_people


@pytest.mark.parametrize("suffix", ["term", "fast", "idx", "store"])
def test_missing_file(tmp_path: Path, suffix: str) -> None:
    index = TantivyIndex(tmp_path)
    index.write([episode(1)])
    index.close()
    next(tmp_path.glob(f"*/*.{suffix}")).unlink()
    with pytest.raises(IndexDamaged):
        TantivyIndex(tmp_path).newest(Word("bread"))


def test_damaged_file(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    index.write([episode(number) for number in range(200)])
    index.close()
    for path in tmp_path.glob("*/*.term"):
        path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(IndexDamaged):
        TantivyIndex(tmp_path).newest(Word("bread"))


def test_newness_orders_by_date_then_by_row() -> None:
    keys = [newness(2000, 1), newness(1000, 2), newness(1000, 3), newness(None, 4), newness(None, 5)]
    assert keys == sorted(keys, reverse=True)
