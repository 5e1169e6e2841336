"""Feeds that are not asked: `castabout add` and `castabout update` say which, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from castabout.cli.app import run
from castabout.store.database import Store, open_store
from tests.engine.crawling import DAY, ENVIRONMENT
from tests.zoo import Answer, Zoo, made_feed


@pytest.fixture
def zoo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Zoo]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with Zoo(Path("no-such-folder")) as zoo:
        yield zoo


@pytest.fixture
def store(zoo: Zoo, tmp_path: Path) -> Iterator[Store]:
    """The library that the commands use."""
    (tmp_path / "home").mkdir()
    store = open_store(tmp_path / "home" / "library.db")
    yield store
    store.close()


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def change(store: Store, what: str) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql(f"UPDATE feeds SET {what}")


def test_a_feed_that_was_read_within_the_hour(
    capsys: pytest.CaptureFixture[str], zoo: Zoo, store: Store
) -> None:
    url = zoo.url("/made/1")
    said(capsys, "add", url)
    change(store, "last_good = last_good - 720")
    assert said(capsys, "add", url) == (
        0,
        "Show /made/1: already here; not asked again: it was last asked 12 minutes ago,"
        " and no feed is asked more than once an hour\n1 feed already here, not asked again.\n",
        "",
    )
    (result,) = json.loads(said(capsys, "add", url, "--json")[1])["feeds"]
    assert result["not_asked"].startswith("it was last asked 12 minutes ago")
    assert zoo.requests["/made/1"] == 1


def test_a_long_list_of_them_is_counted(capsys: pytest.CaptureFixture[str], zoo: Zoo) -> None:
    urls = [zoo.url(f"/made/{number}") for number in range(12)]
    said(capsys, "add", *urls[:11])
    lines = said(capsys, "add", *urls)[1].splitlines()
    assert sum("not asked again: " in line for line in lines) == 10
    assert lines[-1] == "1 feed read: 2 episodes added; 11 feeds already here, not asked again."


def test_feeds_that_another_crawler_has(capsys: pytest.CaptureFixture[str], zoo: Zoo, store: Store) -> None:
    urls = [zoo.url(f"/made/{number}") for number in range(3)]
    said(capsys, "add", *urls)
    # The last second of the year 2100: 4,133,980,799.
    change(
        store, "next_fetch = 1, last_good = 1, last_fetch = 1, lease_owner = 'x', lease_until = 4133980799"
    )
    elsewhere = "left to another castabout (until 31 Dec 2100, 23:59 UTC at the latest).\n"
    assert said(capsys, "update") == (0, f"3 feeds {elsewhere}", "")
    assert said(capsys, "update", "--all") == (0, f"3 feeds {elsewhere}", "")
    assert json.loads(said(capsys, "update", "--json")[1])["with_others"] == 3
    assert (
        "another castabout is fetching it, and leaves it by 31 Dec 2100, 23:59 UTC at the latest"
        in said(capsys, "add", urls[0])[1]
    )
    change(store, "lease_until = 1 WHERE podcast_row = 2")
    assert said(capsys, "update")[1] == f"1 feed asked: 1 as before; 2 feeds {elsewhere}"
    change(store, "lease_until = NULL, lease_owner = NULL, next_fetch = 4133980799")
    assert said(capsys, "update")[1] == "No feed is due.\n"


def test_feeds_of_a_host_that_asks_for_rest(
    capsys: pytest.CaptureFixture[str], zoo: Zoo, store: Store
) -> None:
    refusal = Answer(status=429, headers={"Retry-After": str(7 * DAY)})
    zoo.pages["/asks"] = lambda asked: Answer(made_feed("/asks")) if asked.times == 1 else refusal
    urls = [zoo.url(path) for path in ("/asks", *(f"/made/{number}" for number in range(9)))]
    said(capsys, "add", *urls)
    change(store, "next_fetch = podcast_row, last_good = 1, last_fetch = 1")
    status, out, err = said(capsys, "update")
    assert status == 1
    # One or none was on its way when the host asked for rest.
    assert out in (
        "1 feed asked: 1 failed; 9 feeds put off.\n",
        "2 feeds asked: 1 as before, 1 failed; 8 feeds put off.\n",
    )
    told, note = sorted(err.splitlines())
    assert "429" in told
    assert note.startswith(f"castabout: note: 127.0.0.1:{zoo.port}: its host asks for rest until ")
    assert said(capsys, "update")[1] == "No feed is due.\n"
