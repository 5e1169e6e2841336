"""Feeds in files."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from castabout.errors import NotFound, SourceError, TooLarge
from castabout.fetch.file import FileFetcher
from tests.support import unprivileged_folder

fetcher = FileFetcher(limit_bytes=10)


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "my feed ü.xml"
    file.write_bytes(b"<rss/>")
    fetched = fetcher.fetch(str(file))
    assert fetched.source == str(file)
    assert fetched.url == f"file://{tmp_path}/my%20feed%20%C3%BC.xml"
    assert fetched.data == b"<rss/>"


def test_one_file_has_one_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "feed.xml").write_bytes(b"<rss/>")
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path)
    uri = f"file://{tmp_path}/feed.xml"
    for source in (
        "feed.xml",
        "./sub/../feed.xml",
        uri,
        f"file://localhost{tmp_path}/feed.xml",
        f"FILE:{tmp_path}/feed.xml",
    ):
        fetched = fetcher.fetch(source)
        assert (fetched.source, fetched.url) == (source, uri)


def test_a_name_with_percent_signs_is_not_decoded_unless_it_is_an_address(tmp_path: Path) -> None:
    file = tmp_path / "a%20b.xml"
    file.write_bytes(b"<rss/>")
    assert fetcher.fetch(str(file)).url == f"file://{tmp_path}/a%2520b.xml"
    assert fetcher.fetch(f"file://{tmp_path}/a%2520b.xml").data == b"<rss/>"


def test_the_limit_is_the_last_size_that_is_read(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(b"x" * 10)
    assert fetcher.fetch(str(file)).data == b"x" * 10
    file.write_bytes(b"x" * 11)
    with pytest.raises(TooLarge) as error:
        fetcher.fetch(str(file))
    assert error.value.subject == str(file)


def test_the_limit_is_said_in_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    with file.open("wb") as sparse:
        sparse.truncate(1_500_001)
    with pytest.raises(TooLarge) as error:
        FileFetcher(limit_bytes=1_500_000).fetch(str(file))
    assert error.value.cause == "larger than the limit of 1.5 MB"


@pytest.mark.parametrize(
    "source", ["missing.xml", "feed.xml/more", "a\0b", "a\ud800b", "", "missing\nfeed.xml"]
)
def test_what_is_not_there(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("feed.xml").touch()
    with pytest.raises(SourceError) as error:
        fetcher.fetch(source)
    assert "\n" not in str(error.value)
    if source:
        assert type(error.value) is NotFound
        assert error.value.cause == "no such file or folder"


def test_an_address_that_is_none_is_shown_without_its_password() -> None:
    with pytest.raises(NotFound) as error:
        fetcher.fetch("ftp://ann:secret@a.example/feed")
    assert (
        str(error.value) == "ftp://a.example/feed: no such file; an address begins with http:// or https://"
    )


def test_an_address_of_another_machine() -> None:
    with pytest.raises(SourceError, match="a file: address of another machine"):
        fetcher.fetch("file://nas.lan/feed.xml")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        fetcher.fetch(str(tmp_path))
    assert error.value.cause == "a folder, not a file"


def test_a_device() -> None:
    with pytest.raises(SourceError) as error:
        fetcher.fetch("/dev/zero")
    assert error.value.cause == "a device or pipe, not a file"


def test_a_pipe_that_nobody_writes_into_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "feed.xml"
    os.mkfifo(pipe)
    with pytest.raises(SourceError) as error:
        fetcher.fetch(str(pipe))
    assert error.value.cause == "a device or pipe, not a file"


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("feed.xml")
        with pytest.raises(SourceError, match="cannot be read"):
            fetcher.fetch("feed.xml")


def test_links_in_a_ring(tmp_path: Path) -> None:
    (tmp_path / "a.xml").symlink_to(tmp_path / "b.xml")
    (tmp_path / "b.xml").symlink_to(tmp_path / "a.xml")
    with pytest.raises(SourceError) as error:
        fetcher.fetch(str(tmp_path / "a.xml"))
    assert error.value.cause == "cannot be read (too many levels of symbolic links)"


def test_a_file_that_may_not_be_read() -> None:
    with unprivileged_folder() as folder:
        file = folder / "feed.xml"
        file.touch(mode=0)
        with pytest.raises(SourceError) as error:
            fetcher.fetch(str(file))
    assert error.value.cause == "cannot be read (permission denied)"
