"""What a person is told to type next works as it stands, or is left out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from castabout.cli import demo
from castabout.cli.app import run
from castabout.cli.started import STARTED_AS

ITEM = "<item><title>L'A2C {0}</title><guid>{0}</guid></item>"


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A feed with more episodes than a topic page shows."""
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))
    path = tmp_path / "feed.xml"
    path.write_text(
        f"<rss><channel><title>Bread</title>{''.join(map(ITEM.format, range(25)))}</channel></rss>"
    )
    return str(path)


@pytest.mark.parametrize(
    ("options", "started", "begin"),
    [
        ([], None, "castabout search"),
        ([], "./run castabout", "./run castabout search"),
        (["--home", "a folder"], None, "castabout --home 'a folder' search"),
    ],
)
def test_how_to_see_the_rest(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    feed: str,
    options: list[str],
    started: str | None,
    begin: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if started:
        monkeypatch.setenv(STARTED_AS, started)
    assert run(["add", feed, *options]) == 0
    capsys.readouterr()
    assert run(["topic", "l'a2c", *options]) == 0
    text = " ".join(capsys.readouterr().out.split())
    found = re.search("… and 5 more episodes: (.*)", text)
    assert found
    assert found[1].startswith(begin)
    words = shlex.split(found[1].removeprefix(started or "castabout"))
    assert run(words) == 0
    assert "25 episodes found:" in capsys.readouterr().out


def test_a_library_that_does_not_stay_is_not_pointed_to(
    capsys: pytest.CaptureFixture[str], feed: str
) -> None:
    assert demo.main(["--once", feed, "l'a2c"]) == 0
    assert "… and 5 more episodes\n" in capsys.readouterr().out
    assert demo.main(["--once", feed, "oat"]) == 0
    assert "castabout" not in capsys.readouterr().out
