"""``castabout follow`` as it is given in a terminal."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from castabout.cli.app import run
from tests.hook import Hook, hook

FEED = """<rss version="2.0"><channel><title>Bread</title><item><title>Rye today</title>
<guid>1</guid><pubDate>{}</pubDate></item></channel></rss>"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))


@pytest.fixture
def web() -> Iterator[Hook]:
    with hook() as kept:
        yield kept


def said(capsys: pytest.CaptureFixture[str], *command: str, status: int = 0) -> str:
    assert run(["follow", *command]) == status
    out, err = capsys.readouterr()
    return out + err


def test_from_a_follow_to_a_notice(capsys: pytest.CaptureFixture[str], tmp_path: Path, web: Hook) -> None:
    assert "Nothing is followed" in said(capsys, "list")
    secret = f"{web.address}/my-secret"
    assert said(capsys, "add", "rye", "--notify", secret) == (
        "rye is followed; notices go to JSON, 127.0.0.1, at once.\n"
    )
    (tmp_path / "feed.xml").write_text(FEED.format(formatdate()))
    assert run(["add", str(tmp_path / "feed.xml")]) == 0
    capsys.readouterr()
    web.statuses = [500, 200]
    told = said(capsys, "deliver", status=1)
    assert "1 new episode of what is followed; 0 notices sent, 1 not delivered" in told
    assert "error=500" in told
    listed = said(capsys, "list")
    assert "Rye today · Bread · " in listed
    assert "The last notice was not delivered" in listed
    said(capsys, "again", "rye")
    assert json.loads(said(capsys, "deliver", "--json")) == {"found": 0, "sent": 1, "failed": 0}
    assert web.titles == ["rye: Rye today"] * 2
    assert said(capsys, "test", "rye") == "The notice was sent.\n"
    (line,) = json.loads(said(capsys, "list", "--json"))["follows"]
    assert (line["query"], line["found"], len(line["deliveries"])) == ("rye", 1, 2)
    assert "my-secret" not in told + listed + json.dumps(line)
    assert said(capsys, "remove", "rye") == "rye is not followed any more.\n"


def test_update_sends_notices(capsys: pytest.CaptureFixture[str], tmp_path: Path, web: Hook) -> None:
    said(capsys, "add", "rye", "--notify", web.address)
    (tmp_path / "feed.xml").write_text(FEED.format(formatdate()))
    assert run(["add", str(tmp_path / "feed.xml")]) == 0
    assert run(["update"]) == 0
    assert "1 new episode of what is followed; 1 notice sent.\n" in capsys.readouterr().out
    assert run(["update", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["notices"] == {"found": 0, "sent": 0, "failed": 0}


def test_changes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, web: Hook) -> None:
    assert said(capsys, "add", "electric", "car") == "electric car is followed; no notices are sent.\n"
    # Known by its topic and by its query.
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{web.address}\n"))
    changed = said(capsys, "change", '"electric car"', "--notify", "ask", "--pace", "weekly")
    assert changed == "electric car is followed; notices go to JSON, 127.0.0.1, once a week.\n"
    assert said(capsys, "pause", "electric car") == "electric car is paused.\n"
    assert "paused" in said(capsys, "list")
    assert "once a week" in said(capsys, "resume", "electric car")
    assert "no notices" in said(capsys, "change", "electric car", "--notify", "none")
    assert "electric car: 0 episodes" in said(capsys, "preview", "electric", "car")
    assert json.loads(said(capsys, "preview", "rye", "--json"))["total"] == 0


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["add"], "name the topic"),
        (["list", "rye"], "takes no topic"),
        (["pause", "rye", "--pace", "daily"], "go with add and change"),
        (["change", "rye"], "change what?"),
        (["add", "rye", "--pace", "hourly"], "hourly"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], command: list[str], words: str) -> None:
    assert words in said(capsys, *command, status=2)


def test_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "not followed" in said(capsys, "pause", "rye", status=1)
    refused = said(capsys, "add", "rye", "--notify", "nosuch://my-secret", status=1)
    assert "no address that the Apprise library knows" in refused
    assert "my-secret" not in refused
