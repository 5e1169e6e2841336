"""`castabout add` of a show that the library reads elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from castabout.cli.app import run

FEED = (
    "<rss version='2.0'><channel><title>Bread</title>{}"
    "<item><title>Rye</title><guid>https://bread.example/rye</guid></item></channel></rss>"
)
OAT = "<item><title>Oat</title><guid>https://bread.example/oat</guid></item>"


def test_it_is_said_and_counted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))
    first, second, third = (tmp_path / name for name in ("a.xml", "b.xml", "c.xml"))
    first.write_text(FEED.format(""))
    second.write_text(FEED.format(""))
    third.write_text(FEED.format(OAT))
    assert run(["add", str(first)]) == 0
    capsys.readouterr()

    assert run(["add", str(second)]) == 0
    here = f"Bread: already here as {first.as_uri()}"
    nothing = "1 feed read: nothing new, the library holds all of it already.\n"
    assert capsys.readouterr().out == f"{here}, 1 as before\n{nothing}"
    assert run(["add", str(third)]) == 0
    assert capsys.readouterr().out == f"{here}, 1 new, 1 as before\n1 feed read: 1 episode added.\n"
    assert run(["add", str(second), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["feeds"][0]["known_as"] == first.as_uri()
    assert run(["topic", "rye", "--json"]) == 0
    topic = json.loads(capsys.readouterr().out)
    assert (topic["podcasts"], topic["episodes"]) == (1, 1)
