"""Which files of a folder are feeds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from castabout.errors import NoFeeds, NotFound
from castabout.fetch.folder import feed_files
from tests.support import unprivileged_folder


def touch(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def names(folder: Path) -> list[str]:
    return [str(file.relative_to(folder)) for file in feed_files(folder)]


def test_by_their_endings_in_all_folders_sorted(tmp_path: Path) -> None:
    touch(tmp_path, "z.xml", "a.RSS", "sub/b.atom", "sub/deep/c.rdf", "d.json", "e.Opml", "sub.feed")
    touch(tmp_path, "readme.txt", "feed", "feed.xml.bak", "xml", "sub/picture.jpg")
    assert names(tmp_path) == [
        "a.RSS",
        "d.json",
        "e.Opml",
        "sub/b.atom",
        "sub/deep/c.rdf",
        "sub.feed",
        "z.xml",
    ]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.xml", ".b.xml", ".git/c.xml", "sub/.cache/d.xml", "sub/._e.xml")
    assert names(tmp_path) == ["a.xml"]


def test_a_hidden_folder_that_is_named_is_read(tmp_path: Path) -> None:
    touch(tmp_path, ".feeds/a.xml")
    assert names(tmp_path / ".feeds") == ["a.xml"]


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    touch(tmp_path, "outside/a.xml", "feeds/b.xml", "feeds/.data/c")
    feeds = tmp_path / "feeds"
    (feeds / "out.xml").symlink_to(tmp_path / "outside/a.xml")
    (feeds / "out").symlink_to(tmp_path / "outside")
    (feeds / "ring").symlink_to(feeds)
    (feeds / "broken.xml").symlink_to(feeds / "missing.xml")
    (feeds / "inside.xml").symlink_to(feeds / ".data/c")
    assert names(feeds) == ["b.xml", "inside.xml"]
    (tmp_path / "link").symlink_to(feeds)
    assert names(tmp_path / "link") == ["b.xml", "inside.xml"]


def test_only_files(tmp_path: Path) -> None:
    touch(tmp_path, "a.xml", "folder.xml/b.xml")
    os.mkfifo(tmp_path / "pipe.xml")
    assert names(tmp_path) == ["a.xml", "folder.xml/b.xml"]


def test_no_feeds(tmp_path: Path) -> None:
    touch(tmp_path, "readme.txt")
    with pytest.raises(NoFeeds) as error:
        feed_files(tmp_path)
    assert (
        str(error.value)
        == f"{tmp_path}: no feeds in it (files ending .xml .rss .atom .rdf .json .opml .feed)"
    )


def test_no_folder(tmp_path: Path) -> None:
    touch(tmp_path, "a.xml")
    for path in (tmp_path / "missing", tmp_path / "a.xml"):
        with pytest.raises(NotFound) as error:
            feed_files(path)
        assert error.value.subject == str(path)


def test_a_folder_that_may_not_be_listed_is_left_to_whoever_reads_it() -> None:
    with unprivileged_folder() as folder:
        touch(folder, "a.xml", "closed/b.xml")
        closed = folder / "closed"
        closed.chmod(0)
        try:
            assert names(folder) == ["a.xml", "closed"]
        finally:
            closed.chmod(0o700)


def test_the_index_of_a_library_is_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "home/library.db", "home/index/v7/meta.json", "home/feed.xml", "index/a.json")
    assert names(tmp_path) == ["home/feed.xml", "index/a.json"]
