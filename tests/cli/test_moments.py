"""Moments in the terminal: who says what, at about which time, and what is told where there are none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from castabout.cli.app import run

FEED = """<rss version="2.0"><channel><title>Crumb</title><item><title>Loaf 1</title><guid>1</guid>
<description>Notes.</description><pubDate>Fri, 27 Sep 2024 12:00:00 GMT</pubDate></item></channel></rss>"""
# Of 40 characters in 20 seconds the first 10 are over after 5.
TALK = "[00:01:00] Ada: Good days.\n\nBo: Is it sourdough bread, by now?\n\n[00:01:20] Ada: Yes, rye sourdough.\n"


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with an episode and its transcript in the library."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "300")
    Path("feed.xml").write_text(FEED)
    Path("talk").mkdir()
    Path("talk/1.txt").write_text(TALK)
    assert run(["add", "feed.xml"]) == 0
    assert run(["transcript", "add", "Crumb", "talk"]) == 0
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = run(["search", *arguments])
    out, err = capsys.readouterr()
    return status, re.sub(r"\s+", " ", out), err


def test_each_turn_with_its_name_and_a_time_that_is_about_right(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "bread", "--in", "moments")
    assert status == 0
    assert "1 moment in 1 episode:" in out
    assert "≈1:05 Bo: Is it sourdough bread, by now? Ada: Yes, rye sourdough." in out


def test_those_alone_who_say_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "sourdough", "--in", "moments", "--speaker", "ada", "--sort", "date")[1]
    assert "1:20 Ada: Yes, rye sourdough." in out
    assert "Bo:" not in out


def test_nothing_within_limits(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "bread", "--in", "moments", "--speaker", "ada")[1]
    assert out.strip() == (
        "Nothing is found for “bread” within what it is narrowed to; without that 1 moment."
    )
    out = said(capsys, "bread", "after:2025")[1]
    assert out.strip().endswith("within what it is narrowed to; without that 1 episode.")
    assert "speaks of “barley”" in said(capsys, "barley", "--in", "moments", "--speaker", "ada")[1]


def test_days_that_cannot_be(capsys: pytest.CaptureFixture[str]) -> None:
    days = ("--since", "2024-02-02", "--until", "2024-02-01")
    status, _, err = said(capsys, "bread", "--in", "moments", *days)
    assert status == 2
    assert "until is before since" in err


def test_a_search_shows_where_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert "≈1:05 Bo: Is it sourdough bread," in said(capsys, "bread")[1]
    assert "Bo:" not in said(capsys, "notes")[1]
