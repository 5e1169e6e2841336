"""Pictures in a folder of bounded size."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from castabout.store.pictures import KeptPicture, PictureCache

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_what_is_put_is_there_with_its_time(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "images", 1_000_000)
    assert cache.get("small https://a.example/../../x") is None
    cache.put("small https://a.example/../../x", b"first", NOW)
    cache.put("small https://a.example/../../x", b"second", NOW + timedelta(hours=1))
    cache.put("none", b"", NOW)
    again = PictureCache(tmp_path / "images", 1_000_000)
    found = again.get("small https://a.example/../../x")
    assert found == KeptPicture(b"second", NOW + timedelta(hours=1))
    assert again.get("none") == KeptPicture(b"", NOW)
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 2
    assert not (tmp_path / "x").exists()


def test_those_fetched_first_make_way(tmp_path: Path) -> None:
    # Each takes two blocks of 4096 bytes, so that five fit into 45,000 bytes.
    cache = PictureCache(tmp_path, 45_000)
    for n in range(20):
        cache.put(f"picture {n}", bytes(5_000), NOW + timedelta(minutes=n))
        held = sum(8_192 for file in tmp_path.rglob("*") if file.is_file())
        assert held <= 45_000
    kept = [n for n in range(20) if cache.get(f"picture {n}")]
    # The sixth makes way for four, at nine tenths.
    assert kept == [16, 17, 18, 19]
    # Somebody else's count begins with what there is.
    other = PictureCache(tmp_path, 20_000)
    other.put("picture 20", bytes(5_000), NOW + timedelta(hours=1))
    assert [n for n in range(21) if other.get(f"picture {n}")] == [19, 20]


def test_a_folder_that_cannot_be_written_to_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "images").write_text("a file is in the way")
    cache = PictureCache(tmp_path / "images", 1_000_000)
    cache.put("picture", b"x", NOW)
    assert cache.get("picture") is None
