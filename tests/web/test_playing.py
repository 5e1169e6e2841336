"""What the player asks for and tells, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from castabout.model.playing import Position
from castabout.render.json import encode
from castabout.web.templates import heard_words
from tests.browser.talk import put_talk
from tests.support import NOW, open_at
from tests.web import users
from tests.web.asking import Answer, Site
from tests.web.feeds import fill
from tests.web.serving import served

LONG_AGO = "2020-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("playing")
    castabout = open_at(folder / "home")
    fill(castabout, folder / "feeds")
    put_talk(castabout)
    castabout.close()
    with served(folder / "home") as address:
        yield Site(address.rstrip("/"))


@pytest.fixture(scope="module")
def named(site: Site) -> dict[str, str]:
    """The ids of episodes by title."""
    return {
        button.xpath("string(ancestor::li//h3)"): str(button.get("value"))
        for offset in (0, 20)
        for button in site.ask(f"/search?q=rye&offset={offset}").page.all("//button[@form='later']")
    }


def tell(site: Site, id: str, told: dict[str, object], headers: dict[str, str] | None = None) -> Answer:
    named = {"content-type": "application/json", **(headers or {})}
    return site.send(f"/api/v1/positions/{id}", "PUT", body=encode(told), headers=named)


def test_an_episode_for_the_player(site: Site, named: dict[str, str]) -> None:
    answer = site.ask(f"/api/v1/player/episodes/{named['Why rye?']}")
    assert answer.headers["cache-control"] == "private, no-store"
    values = dict(answer.values)
    podcast = values.pop("podcast")
    assert isinstance(podcast, dict) and podcast["title"] == "Bread & Butter"
    assert values == {
        "id": named["Why rye?"],
        "title": "Why rye?",
        "audio_url": "https://media.example/rye.mp3?a=1&b=2",
        "type": "audio/mpeg",
        "image": None,
        "duration_seconds": 3840,
        "position": None,
        "chapters": [
            {"start_seconds": 0.0, "title": "Hello"},
            {"start_seconds": 20.0, "title": "The loaf"},
        ],
        "listener": "25bf8e1a2393f110",
    }
    hostile = site.ask("/api/v1/player/episodes/" + named['<script>hacked()</script> "rye"'])
    assert hostile.values["audio_url"] is None
    assert site.ask("/api/v1/player/episodes/none").status == 404


def test_the_newest_position_is_kept(site: Site, named: dict[str, str]) -> None:
    id = named["Loaf 25"]
    assert tell(site, id, {"seconds": 600, "when": "2026-11-01T11:59:59.5Z"}).values["seconds"] == 600
    stale = tell(site, id, {"seconds": 5, "when": LONG_AGO})
    assert (stale.status, stale.values["seconds"]) == (200, 600)
    # A clock that is years ahead does not shut out the others.
    ahead = tell(site, id, {"seconds": 700, "when": "2999-01-01T00:00:00Z", "finished": True})
    assert ahead.values == {"seconds": 700.0, "is_finished": True, "when": "2026-11-01T12:00:00Z"}
    assert tell(site, id, {"seconds": 12.5, "when": "2026-11-01T13:00:00+01:00"}).values["seconds"] == 12.5
    kept = site.ask(f"/api/v1/player/episodes/{id}").values["position"]
    assert kept == {"seconds": 12.5, "is_finished": False, "when": "2026-11-01T12:00:00Z"}


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"seconds": 1},
        {"seconds": -1, "when": LONG_AGO},
        {"seconds": 1e300, "when": LONG_AGO},
        {"seconds": "x", "when": LONG_AGO},
        {"seconds": 1, "when": "yesterday"},
        {"seconds": 1, "when": "2020-01-01T00:00:00"},
        {"seconds": 1, "when": LONG_AGO, "finished": 2},
    ],
)
def test_what_is_no_position(site: Site, named: dict[str, str], told: dict[str, object]) -> None:
    answer = tell(site, named["Loaf 24"], told)
    assert answer.status == 400
    assert json.loads(answer.body)["error"].keys() == {"code", "message"}
    assert site.ask(f"/api/v1/player/episodes/{named['Loaf 24']}").values["position"] is None


def test_times_at_the_ends_of_the_calendar(site: Site, named: dict[str, str]) -> None:
    for when in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert tell(site, named["Loaf 23"], {"seconds": 1, "when": when}).status in (200, 400)
    assert tell(site, "none", {"seconds": 1, "when": LONG_AGO}).status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"x-forwarded-for": "203.0.113.7"},
        {"host": "library.example"},
    ],
)
def test_others_keep_nothing_here(site: Site, named: dict[str, str], headers: dict[str, str]) -> None:
    id = named["Loaf 22"]
    assert tell(site, id, {"seconds": 1, "when": LONG_AGO}, headers).status == 403
    assert site.ask(f"/api/v1/player/episodes/{id}").values["position"] is None


def test_a_visitor_hears_and_has_no_queue(site: Site, named: dict[str, str]) -> None:
    visitor = {"x-forwarded-for": "203.0.113.7"}
    tell(site, named["Loaf 21"], {"seconds": 9, "when": LONG_AGO})
    found = site.ask(f"/api/v1/player/episodes/{named['Loaf 21']}", headers=visitor).values
    assert (found["listener"], found["position"]) == (None, None)
    assert site.ask("/api/v1/player/queue", headers=visitor).status == 403


def queue(site: Site, query: str = "") -> tuple[object, list[str]]:
    values = site.ask(f"/api/v1/player/queue{query}").values
    episodes = values["episodes"]
    assert isinstance(episodes, list)
    return values["is_within"], [one["title"] for one in episodes]


def test_what_comes_next(site: Site, named: dict[str, str]) -> None:
    assert queue(site) == (False, [])
    loaves = ("Loaf 1", "Loaf 2", "Loaf 3", "Loaf 4")
    # The last one has nothing to play.
    for title in (*loaves, "كل شيء عن rye"):
        assert site.press("add", named[title]).status == 303
    assert queue(site) == (False, list(loaves))
    assert queue(site, f"?after={named['Loaf 2']}") == (True, ["Loaf 3", "Loaf 4"])
    assert queue(site, f"?after={named['Why rye?']}") == (False, list(loaves))
    tell(site, named["Loaf 3"], {"seconds": 60, "when": LONG_AGO, "finished": True})
    assert queue(site, f"?after={named['Loaf 2']}") == (True, ["Loaf 4"])
    about = site.ask("/later").page.all("//ol[contains(@class, 'kept')]//p[@class='about']")
    assert [one.text_content().split()[-1] for one in about[:4]] == ["English", "English", "heard", "English"]
    site.press("archive", named["Loaf 4"])
    assert queue(site, f"?after={named['Loaf 2']}") == (True, [])
    assert site.ask("/api/v1/player/queue?list=nothing").status == 404


def test_positions_are_kept_over_a_restart(tmp_path: Path) -> None:
    castabout = open_at(tmp_path / "home")
    fill(castabout, tmp_path / "feeds")
    castabout.close()
    with served(tmp_path / "home") as address:
        site = Site(address.rstrip("/"))
        id = str(site.ask("/search?q=rye").page.values("//button[@form='later']/@value")[0])
        assert tell(site, id, {"seconds": 77, "when": LONG_AGO}).status == 200
    with served(tmp_path / "home") as address:
        kept = Site(address.rstrip("/")).ask(f"/api/v1/player/episodes/{id}").values["position"]
        assert kept == {"seconds": 77.0, "is_finished": False, "when": LONG_AGO}


def test_users_keep_positions_of_their_own(tmp_path: Path) -> None:
    users.fill(tmp_path / "home", "ana", "ben")
    with served(tmp_path / "home") as address:
        site = Site(address.rstrip("/"))
        ana, ben = users.logged_in(site, "ana"), users.logged_in(site, "ben")
        id = str(ana.ask("/search?q=rye").page.values("//button[@form='later']/@value")[0])
        told: dict[str, object] = {"seconds": 50, "when": LONG_AGO}
        assert tell(site, id, told).status == 401
        headers = {"cookie": ana.cookie, "sec-fetch-site": "same-origin"}
        assert tell(site, id, told, headers).status == 200
        path = f"/api/v1/player/episodes/{id}"
        hers, his, nobodys = ana.ask(path).values, ben.ask(path).values, site.ask(path).values
        assert hers["position"] == {"seconds": 50.0, "is_finished": False, "when": LONG_AGO}
        assert (his["position"], nobodys["position"], nobodys["listener"]) == (None, None, None)
        assert hers["listener"] != his["listener"]
        # A token for reading alone tells nothing of what she hears, and one for lists keeps it.
        reads, lists = users.token_for(ana, "read"), users.token_for(ana, "lists")
        assert site.ask(path, headers=reads).values["position"] is None
        assert site.ask("/api/v1/player/queue", headers=reads).status == 403
        assert tell(site, id, told, dict(reads)).status == 403
        newer: dict[str, object] = {"seconds": 60, "when": "2020-01-01T00:00:01Z"}
        assert tell(site, id, newer, dict(lists)).values["seconds"] == 60


@pytest.mark.parametrize(
    ("seconds", "finished", "duration", "words"),
    [
        (3600.0, True, 3600, "heard"),
        (600.4, False, 3600, "50 m left"),
        (3600.0, False, 3600, "heard to 1:00:00"),
        (83.9, False, None, "heard to 1:23"),
    ],
)
def test_how_far_it_was_heard(seconds: float, finished: bool, duration: int | None, words: str) -> None:
    assert heard_words(Position(seconds, finished, NOW), duration) == words
