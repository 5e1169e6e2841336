"""``castabout user``."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.cli.test_cli import home, said, write_feed

__all__ = ["home"]

PASSWORD = "a quiet loaf of rye"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The password comes in by the input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n{PASSWORD}\n"))
    return monkeypatch


@pytest.mark.usefixtures("home", "typed")
def test_users_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "user", "list")[1].startswith("There are no users")
    said(capsys, "add", write_feed("rye.xml", "Rye"))
    said(capsys, "later", "add", said(capsys, "search", "rye", "--json")[1].partition('"id":"')[2][:36])
    assert said(capsys, "user", "add", "Ana")[:2] == (0, "Ana may log in.\n")
    # Hers is what was the machine's.
    assert said(capsys, "later", "lists")[1] == "Listen Later: 1 episode\n"
    assert said(capsys, "user", "add", "Béla")[:2] == (0, "Béla may log in.\n")
    assert said(capsys, "later", "lists", "--user", "béla")[1] == ""
    assert said(capsys, "user", "list")[1].startswith("Ana, since 20")
    assert said(capsys, "user", "remove", "ana")[1] == "Ana is removed.\n"
    assert said(capsys, "user", "remove", "Béla")[1] == "Béla is removed.\n"
    # Of her lists nothing is left to the next one.
    assert said(capsys, "later", "lists")[1] == ""


@pytest.mark.usefixtures("home", "typed")
def test_the_lists_of_the_last_one_stay(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "user", "add", "Ana")
    said(capsys, "add", write_feed("rye.xml", "Rye"))
    said(capsys, "later", "add", said(capsys, "search", "rye", "--json")[1].partition('"id":"')[2][:36])
    changed = said(capsys, "user", "password", "ANA")
    assert changed[:2] == (0, "Ana has another password; all sessions have ended.\n")
    said(capsys, "user", "remove", "Ana")
    assert said(capsys, "later", "lists")[1] == "Listen Later: 1 episode\n"


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (("add",), 2, "add needs the name of a user"),
        (("list", "Ana"), 2, "list takes no name"),
        (("burn", "Ana"), 2, "burn"),
        (("remove", "Ana"), 1, "Ana: no user of this name; `castabout user list` shows"),
        (("password", "Ana"), 1, "Ana: no user of this name"),
        (("add", "x\u202ey"), 1, "a user: a name has 1 to 60 printable characters"),
        (("add", "Ana"), 1, "a password: has 10 to 1,000 characters"),
    ],
)
def test_what_cannot_be(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    status: int,
    complaint: str,
) -> None:
    monkeypatch.setenv("CASTABOUT_STARTED_AS", "castabout")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    found, _, err = said(capsys, "user", *arguments)
    assert (found, complaint in err) == (status, True), err


@pytest.mark.usefixtures("home", "typed")
def test_names_that_look_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "user", "add", "Straße")
    assert said(capsys, "user", "add", "STRASSE ")[2] == "castabout: STRASSE: the name is taken\n"


@pytest.mark.usefixtures("home")
def test_serving_others_needs_a_user(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = said(capsys, "serve", "--host", "0.0.0.0", "--port", "0")
    assert (status, "user add NAME`, or let" in err) == (1, True)
