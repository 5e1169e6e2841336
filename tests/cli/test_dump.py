"""`castabout add` of the dump of a directory, and search for what it brought."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from castabout.cli.app import run
from tests.dumps import show, write_dump


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a dump in it."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))
    write_dump(
        folder / "feeds.db",
        show(1, title="Rye bread", language="en", itunesAuthor="Ann", episodeCount=9),
        show(2, title="Roggenbrot", language="de", newestItemPubdate=1_800_000_000),
        show(3, title="Gone", dead=1),
        show(4, url="nowhere"),
        show(1, url="https://other.example/"),
    )
    return folder


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


ALL = "2 podcasts added; left out: 1 here already or there twice, 1 dead, 1 without a usable address or title.\n"


def test_bare_and_packed(capsys: pytest.CaptureFixture[str], work: Path) -> None:
    assert said(capsys, "add", "feeds.db") == (0, f"feeds.db: {ALL}", "")
    assert said(capsys, "search", "--in", "podcasts", "rye") == (
        0,
        "1 podcast found:\n  Rye bread  Ann, not read yet\n",
        "",
    )
    with tarfile.open("feeds.tgz", "w:gz") as archive:
        archive.add("feeds.db")
    status, out, _ = said(capsys, "add", "feeds.tgz")
    assert (status, out[:27]) == (0, "feeds.tgz: 0 podcasts added")
    assert sorted(path.name for path in (work.parent / "home").iterdir() if "tmp" in path.name) == []
    assert said(capsys, "check")[0] == 0


def test_filters(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "add", "feeds.db", "--language", "en-US", "--min-episodes", "9")
    assert out.startswith("feeds.db: 1 podcast added; left out: 1 dead, 2 not asked for, 1 without a usable")
    _, out, _ = said(capsys, "add", "feeds.db", "--newer-than", "2027", "--language", "german")
    assert out.startswith("feeds.db: 1 podcast added; left out: 1 dead, 2 not asked for, 1 without a usable")


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (
            ["feeds.db", "--newer-than", "yesterday"],
            "--newer-than yesterday: no date; write it as 2024-01-31",
        ),
        (["feeds.db", "--newer-than", "2024-13"], "--newer-than 2024-13: no date"),
        (["feeds.db", "--language", "!"], "--language !: no language"),
        (["feeds.db", "--min-episodes", "many"], "Invalid value"),
        (["feed.xml", "--min-episodes", "3"], "are for the file of a dump"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str], cause: str) -> None:
    status, out, err = said(capsys, "add", *arguments)
    assert (status, out) == (2, "")
    assert cause in err
    assert err.count("\n") == 1


def test_beside_feeds_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    Path("feed.xml").write_text(
        "<rss><channel><title>A</title><item><title>Oat</title></item></channel></rss>"
    )
    status, out, _ = said(capsys, "add", "feed.xml", "feeds.db", "--json")
    report = json.loads(out)
    assert (status, report["added"], report["failed"]) == (0, 1, 0)
    assert report["dumps"] == [
        {
            "source": "feeds.db",
            "added": 2,
            "known": 1,
            "dead": 1,
            "unwanted": 0,
            "unusable": 1,
            "error": None,
        }
    ]
    found = json.loads(said(capsys, "search", "--in", "podcasts", "brot*", "OR", "rye", "--json")[1])
    assert (found["podcasts"], [hit["title"] for hit in found["hits"]]) == (1, ["Rye bread"])
    assert found["hits"][0]["episodes_total"] == 0


def test_what_is_no_dump_is_one_line(capsys: pytest.CaptureFixture[str], work: Path) -> None:
    said(capsys, "add", "feeds.db")
    own = str(work.parent / "home" / "library.db")
    status, out, err = said(capsys, "add", own)
    assert (status, out) == (1, "")
    assert err == f"castabout: {own}: a SQLite database, but no dump of the Podcast Index\n"


def test_a_packed_one_that_is_too_large(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASTABOUT_DUMP_LIMIT_GB", "0")
    with tarfile.open("feeds.tgz", "w:gz") as archive:
        archive.add("feeds.db")
    assert said(capsys, "add", "feeds.tgz")[2].startswith("castabout: CASTABOUT_DUMP_LIMIT_GB: must be")
