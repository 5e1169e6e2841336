"""What concerns the index on disk: two processes, damage, locks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
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
        called=title,
        notes="",
        subtitle="",
        keywords=(),
        people=(),
        speakers=(),
        chapters=(),
        transcript="",
        title_joined=(),
        joined=(),
        transcript_joined=(),
        language=None,
        published=None,
        day=None,
        year=None,
        duration=None,
        first_copy=None,
        traits=(),
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

    def meanwhile() -> Iterator[EpisodeDocument]:
        yield episode(1)
        with pytest.raises(IndexLocked) as caught:
            second.write([episode(2)])
        assert "try again" in caught.value.for_people

    first.write(meanwhile())
    second.write([episode(2)])
    assert second.newest(Word("bread")) == first.newest(Word("bread")) == (1, 2)
    first.close()
    second.close()


@pytest.mark.parametrize("suffix", ["term", "fast", "idx", "store", "pos", "fieldnorm"])
def test_a_damaged_file_is_found_and_said(tmp_path: Path, suffix: str) -> None:
    index = TantivyIndex(tmp_path)
    index.write([episode(number, f"bread {number}") for number in range(2_000)])
    assert index.faults() == ()
    index.close()
    path = next(tmp_path.glob(f"*/*.{suffix}"))
    data = bytearray(path.read_bytes())
    middle = len(data) // 3
    data[middle : 2 * middle] = random.Random(1).randbytes(middle)
    path.write_bytes(data)
    damaged = TantivyIndex(tmp_path)
    assert damaged.faults() == (f"the index's file {path.name} is damaged",)
    with suppress(IndexDamaged):
        damaged.newest(Word("bread"))
    damaged.clear()
    damaged.write([episode(1)])
    assert damaged.newest(Word("bread")) == (1,)
    assert damaged.faults() == ()
    damaged.close()


def test_a_file_in_the_place_of_the_index(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("")
    index = TantivyIndex(tmp_path / "index")
    with pytest.raises(IndexDamaged):
        index.newest(Word("bread"))
    index.clear()
    index.write([episode(1)])
    assert index.newest(Word("bread")) == (1,)
    index.close()


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


def test_what_a_killed_process_left_unfinished_is_no_damage(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    index.write([episode(1)])
    (folder,) = {path.parent for path in tmp_path.rglob("meta.json")}
    (folder / ".tmpAb3dE9").write_bytes(b'{"segm')
    assert index.faults() == ()
    index.close()
