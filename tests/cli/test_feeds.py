"""What the command line tells of feeds: which fail, which are private, the list of them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from castabout.cli.app import run
from castabout.engine.decide import decide
from castabout.parse.feed import parse_feed
from castabout.parse.identity import podcast_id
from castabout.parse.opml import parse_opml
from castabout.store.apply import apply
from tests.support import NOW, open_at

FEED = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{title}</title>
{more}<item><title>About rye</title><guid>1</guid></item></channel></rss>"""
SELF = '<atom:link rel="self" href="https://own.example/feed"/>'
HOUR = 3600


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with feeds that fare differently."""
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path))
    castabout = open_at(tmp_path)
    for title, source, more in (
        ("Good & fine", "https://good.example/feed?a=1&b=2", "<language>en</language>"),
        ("Failing", "https://failing.example/feed", "<link>https://failing.example/</link>"),
        ("Gone", "https://gone.example/feed", ""),
        ("Paid", "https://paid.example/feed?token=s3cr3t", ""),
        ("From a file", "file:///feeds/a.xml", SELF),
        ("Only a file", "file:///feeds/b.xml", ""),
    ):
        parsed = parse_feed(FEED.format(title=title, more=more).encode())
        apply(castabout.store, decide(None, parsed, id=podcast_id(None, source), source=source, now=NOW))
    castabout.close()
    with closing(sqlite3.connect(tmp_path / "library.db")) as database:
        database.executemany(
            "INSERT INTO feeds (podcast_row, next_fetch, failures, last_good, last_error, is_gone)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (1, 4_000_000_000, 0, 1_700_000_000, None, False),
                (2, 1_000, 3, None, "no such host", False),
                (3, None, 1, 1_000_000, "was taken away for good", True),
                (4, 4_000_000_000, 2, 1_700_000_000, "the host wants a password (401)", False),
            ],
        )
        database.commit()
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def exported(text: str) -> list[str]:
    return [feed.url for feed in parse_opml(text.encode()).feeds]


PUBLIC = [
    "https://good.example/feed?a=1&b=2",
    "https://failing.example/feed",
    "https://gone.example/feed",
    "https://own.example/feed",
]


def test_export(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = said(capsys, "export", "opml")
    assert status == 0
    assert exported(out) == PUBLIC
    assert 'title="Good &amp; fine"' in out
    assert 'language="en"' in out
    assert 'htmlUrl="https://failing.example/"' in out
    assert "s3cr3t" not in out + err
    assert err == (
        "castabout: note: 1 private podcast left out (see --private)\n"
        "castabout: note: 1 podcast from files left out (no address on the web is known)\n"
    )


def test_export_of_private_ones_too(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "export", "opml", "--private")[1]
    assert exported(out) == [*PUBLIC[:3], "https://paid.example/feed?token=s3cr3t", PUBLIC[3]]


def test_export_of_failing_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(said(capsys, "export", "opml", "--failing")[1]) == PUBLIC[1:3]


def test_export_into_a_file_and_add_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    status, out, _ = said(capsys, "export", "opml", str(file))
    assert (status, out) == (0, "")
    assert exported(file.read_text()) == PUBLIC
    status, _, err = said(capsys, "export", "opml", str(tmp_path / "none" / "feeds.opml"))
    assert status == 1
    assert "feeds.opml: cannot be written to (no such file or directory)" in err


def test_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "export", "xlsx")[0] == 2
    assert said(capsys, "export")[0] == 2


def test_check_tells_which_feeds_fail(capsys: pytest.CaptureFixture[str]) -> None:
    run(["reindex"])
    capsys.readouterr()
    status, out, err = said(capsys, "check")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].endswith("Everything is sound.")
    assert lines[1] == "1 podcast is private."
    assert lines[2] == ("3 of 4 feeds fail, 1 of them taken away for good (castabout export opml --failing):")
    assert lines[3] == "  Failing (https://failing.example/feed): no such host, never read, next try due"
    assert lines[4].startswith("  Gone (https://gone.example/feed): taken away for good, last read ")
    assert lines[4].endswith(" years ago")
    assert lines[5].startswith("  Paid: the host wants a password (401), last read ")
    assert " next try in " in lines[5]
    assert "s3cr3t" not in out
    assert len(lines) == 6


def test_check_names_a_list_that_is_not_empty(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    with closing(sqlite3.connect(home / "library.db")) as database:
        database.execute(
            "UPDATE feeds SET failures = 0, last_error = NULL, is_gone = 0 WHERE podcast_row < 4"
        )
        database.commit()
    run(["reindex"])
    capsys.readouterr()
    lines = said(capsys, "check")[1].splitlines()
    assert lines[2] == "1 of 4 feeds fails (castabout export opml --failing --private):"
    assert exported(said(capsys, "export", "opml", "--failing")[1]) == []
    assert len(exported(said(capsys, "export", "opml", "--failing", "--private")[1])) == 1


def test_check_shows_the_first_ones(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    castabout = open_at(home)
    parsed = parse_feed(FEED.format(title="More", more="").encode())
    for n in range(20):
        source = f"https://more.example/{n}"
        apply(castabout.store, decide(None, parsed, id=podcast_id(None, source), source=source, now=NOW))
    castabout.close()
    with closing(sqlite3.connect(home / "library.db")) as database:
        database.execute(
            "INSERT INTO feeds (podcast_row, next_fetch, failures, last_error, is_gone)"
            " SELECT row, 1, 1, 'no such host', 0 FROM podcasts WHERE row > 6"
        )
        database.commit()
    run(["reindex"])
    capsys.readouterr()
    out = said(capsys, "check")[1]
    assert out.endswith("  and 13 more feeds (--feeds shows all)\n")
    assert out.count("\n") == 3 + 10 + 1
    assert said(capsys, "check", "--feeds")[1].count("no such host") == 21


def test_check_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["reindex"])
    capsys.readouterr()
    assert json.loads(said(capsys, "check", "--json")[1])["feeds"] == {
        "known": 4,
        "failing": 2,
        "gone": 1,
        "private_podcasts": 1,
    }
