"""``castabout later``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import home, said, write_feed

__all__ = ["home"]


@pytest.fixture
def loaves(home: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The ids of three episodes, by title."""
    said(capsys, "add", write_feed("rye.xml", "Rye", "Oat", "Spelt"))
    out = said(capsys, "search", "about", "--json")[1]
    return {episode["title"]: episode["id"] for episode in json.loads(out)["hits"]}


def test_a_list_by_hand(loaves: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nothing is in it" in said(capsys, "later", "list")[1]
    added = said(capsys, "later", "add", loaves["Rye"], f"http://127.0.0.1:8321/episodes/{loaves['Oat']}?t=4")
    assert added == (0, "Rye is number 1 of Listen Later.\nOat is number 2 of Listen Later.\n", "")
    assert (
        said(capsys, "later", "move", loaves["Oat"], "--to", "1")[1] == "Oat is number 1 of Listen Later.\n"
    )
    page = json.loads(said(capsys, "later", "list", "--json")[1])
    assert (page["list"], page["episodes"]) == ("Listen Later", 2)
    assert [(episode["place"], episode["title"]) for episode in page["hits"]] == [(1, "Oat"), (2, "Rye")]
    assert said(capsys, "later", "archive", loaves["Oat"])[1] == "Oat is in the archive of Listen Later.\n"
    out = said(capsys, "later", "list", "--archived")[1]
    assert out.startswith("Listen Later, archive\n   1. Oat\n") and loaves["Oat"] in out
    assert said(capsys, "later", "remove", loaves["Rye"])[1] == "Rye is out of Listen Later.\n"
    assert said(capsys, "later", "lists")[1] == "Listen Later: 0 episodes, 1 put away\n"


def test_a_list_by_name_and_its_address(loaves: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "later", "add", loaves["Spelt"], "--list", "For the train")
    assert said(capsys, "later", "lists")[1] == "For the train: 1 episode\n"
    feed = said(capsys, "later", "feed", "--list", "for the train")[1].strip()
    status, out, _ = said(capsys, "get", feed.removeprefix("http://127.0.0.1:8321"))
    assert status == 0
    assert "<title>For the train</title>" in out
    assert said(capsys, "later", "feed", "--list", "for the train", "--new")[1].strip() != feed
    assert said(capsys, "get", feed.removeprefix("http://127.0.0.1:8321"))[0] == 1


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (("add",), 2, "name the episode, by its id or the address of its page"),
        (("add", "nothing"), 1, "nothing: no such episode in the library"),
        (("list", "nothing"), 2, "list takes no episodes"),
        (("list", "--list", "nothing"), 1, "nothing: no list of this name; `castabout later lists` shows"),
        (("move", "nothing"), 2, "move takes one episode and its place: --to 1"),
        (("move", "nothing", "--to", "0"), 2, "--to"),
        (("burn", "nothing"), 2, "burn"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    capsys: pytest.CaptureFixture[str], home: Path, arguments: tuple[str, ...], status: int, complaint: str
) -> None:
    found, out, err = said(capsys, "later", *arguments)
    assert (found, out) == (status, "")
    assert complaint in err.replace("python -m castabout", "castabout")
    assert err.count("\n") == 1


def test_one_that_fails_keeps_none_of_the_others(
    loaves: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = said(capsys, "later", "add", "nothing", loaves["Rye"])
    assert (status, out) == (1, "Rye is number 1 of Listen Later.\n")
    assert err.startswith("castabout: nothing: no such episode")
