"""Files with a database in them, packed and not."""

from __future__ import annotations

import gzip
import io
import sqlite3
import tarfile
from pathlib import Path

import pytest

from castabout.errors import NotFound, SourceError, TooLarge
from castabout.fetch.dump import is_database, unpacked


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE podcasts (url)")
    connection.execute("INSERT INTO podcasts VALUES (hex(randomblob(100000)))")
    connection.commit()
    connection.close()
    return path


def packed(path: Path, mode: str, *members: tuple[str, bytes]) -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("link.db")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return path


def content(path: Path, folder: Path, limit: int = 10_000_000) -> bytes:
    told: list[int] = []
    with unpacked(path, folder, limit_bytes=limit, progress=told.append) as found:
        data = found.read_bytes()
        assert sum(told) == (0 if found == path else len(data))
    assert list(folder.iterdir()) == []
    return data


@pytest.mark.parametrize("how", ["bare", "gz", "tgz", "tar"])
def test_it_is_found_by_its_content(tmp_path: Path, database: Path, how: str) -> None:
    data = database.read_bytes()
    path = tmp_path / "named-anyhow.xml"
    members = (("../../README", b"no database"), ("/etc/feeds.db", data))
    if how in ("tgz", "tar"):
        packed(path, "w:gz" if how == "tgz" else "w", *members)
    else:
        path.write_bytes(gzip.compress(data) if how == "gz" else data)
    folder = tmp_path / "home"
    folder.mkdir()
    assert is_database(path)
    assert content(path, folder) == data


def test_what_is_none(tmp_path: Path) -> None:
    for name, data in {
        "feed.xml": b"<rss/>",
        "empty": b"",
        "feed.xml.gz": gzip.compress(b"<rss/>"),
        "cut.gz": gzip.compress(b"SQLite format 3\0" * 9)[:12],
        "noise.gz": b"\x1f\x8b\x08" + bytes(range(200)),
    }.items():
        (tmp_path / name).write_bytes(data)
        assert not is_database(tmp_path / name), name
    assert not is_database(packed(tmp_path / "other.tgz", "w:gz", ("a.db", b"none")))
    hidden = (("photos", bytes(11_000_000)), ("feeds.db", b"SQLite format 3\0" + bytes(600)))
    assert not is_database(packed(tmp_path / "photos.tgz", "w:gz", *hidden))
    assert not is_database(tmp_path)
    assert not is_database(tmp_path / "missing")
    with (
        pytest.raises(NotFound),
        unpacked(tmp_path / "missing.db", tmp_path, limit_bytes=9, progress=lambda _: None),
    ):
        pass


def test_a_limit_and_damage(tmp_path: Path, database: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    data = database.read_bytes()
    path = packed(tmp_path / "a.tgz", "w:gz", ("feeds.db", data))
    with pytest.raises(TooLarge, match=r"unpacked it is larger than the limit of 0.0001 GB"):
        content(path, folder, limit=100_000)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match=r"a damaged archive; get it anew"):
        content(path, folder)
    assert list(folder.iterdir()) == []
