"""Reading that is private, the link for the first user, and where a library may be served at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from castabout.engine import later as lists
from castabout.engine import users
from castabout.engine.search import search_page
from castabout.errors import CastaboutError
from castabout.model.lists import LOCAL_OWNER
from castabout.web.doors import FirstRun
from castabout.web.serve import serve
from castabout.web.throttle import FREE, LONGEST_SECONDS, Throttle, home_of
from tests.support import NOW, open_at
from tests.web.asking import Site
from tests.web.reading import dangers
from tests.web.serving import served
from tests.web.users import FEED, PASSWORD, Browser, cookie_of, fill, logged_in, token_for

ENVIRONMENT = {**os.environ, "CASTABOUT_CRAWL": "no", "CASTABOUT_READING": "open"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where a library may be made."""
    return tmp_path / "home"


@contextmanager
def started(home: Path) -> Iterator[tuple[Site, str]]:
    """`castabout serve` as it is typed: the site, and where the link for the first user leads."""
    command = [sys.executable, "-m", "castabout", "serve", "--port", "0", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().split()[3]
            link = server.stdout.readline().split()[-1]
            assert link.startswith(f"{address}setup?key=")
            yield Site(address.rstrip("/")), link.removeprefix(address.rstrip("/"))
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=10)


def test_the_link_makes_the_first_user_once(home: Path) -> None:
    fill(home)
    castabout = open_at(home)
    episode = search_page(castabout, "rye", sort="newest", offset=0, limit=1).hits[0].id
    lists.add(castabout, LOCAL_OWNER, episode)
    with started(home) as (site, link):
        (key,) = parse_qs(urlsplit(link).query)["key"]
        assert len(key) == 43
        # Until then whoever is at the machine is asked for nothing.
        assert site.ask("/later").status == 200
        assert "There are no users" in site.ask("/account").page.text()
        assert "Nobody can log in yet" in site.ask("/login").page.text()
        page = site.ask(link)
        assert (page.status, page.headers["cache-control"], dangers(page.body.decode())) == (
            200,
            "no-store",
            [],
        )
        form = {"key": key, "name": "Ana", "password": PASSWORD, "again": PASSWORD}
        for wrong, status in (
            ({"key": key[:-1] + "~"}, 410), ({"key": ""}, 410), ({"again": "x"}, 409), ({"name": " "}, 409),
            ({"password": "short", "again": "short"}, 409), ({"name": PASSWORD}, 409),
        ):  # fmt: skip
            answer = site.ask("/users/first", form={**form, **wrong})
            assert (answer.status, "set-cookie" in answer.headers) == (status, False)
            assert PASSWORD not in answer.body.decode() or "name" in wrong
        assert not users.has_users(castabout)
        made = site.ask("/users/first", form=form)
        assert (made.status, made.headers["location"]) == (303, "/account")
        ana = Browser(site, cookie_of(made))
        # What the person at the machine had is hers now.
        assert len(ana.titles()) == 1
        assert site.ask("/later").status == 303
        assert site.ask(link).status == 410
        assert site.ask("/users/first", form={**form, "name": "Eve"}).status == 410
        users.remove_user(castabout, "ana")
        assert site.ask(link).status == 410
        # The last one is gone: the person at the machine is the owner again.
        assert b"Rye" in site.ask("/later").body
    castabout.close()


def test_a_link_is_too_old_after_an_hour() -> None:
    link = FirstRun(NOW)
    assert link.opens(link.key, NOW + timedelta(minutes=59))
    assert not link.opens(link.key, NOW + timedelta(hours=1))
    assert not link.opens(link.key + "a", NOW)
    link.use()
    assert not link.opens(link.key, NOW)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_nobody_else_is_answered_without_a_user(home: Path, host: str) -> None:
    castabout = open_at(home)
    with pytest.raises(CastaboutError, match="others can reach it there and nobody can log in yet"):
        serve(castabout, host=host, port=0)
    castabout.close()


def test_others_are_answered_where_that_is_said(home: Path) -> None:
    fill(home)
    with served(home, host="0.0.0.0", is_open=True) as address:
        site = Site(f"http://127.0.0.1:{urlsplit(address).port}")
        assert site.ask("/topics/rye").status == 200
        assert site.ask("/later", headers={"host": "192.168.1.5"}).status == 403
        assert site.ask("/account", headers={"host": "192.168.1.5"}).status == 403
    castabout = open_at(home)
    users.add_user(castabout, "Ana", PASSWORD)
    castabout.close()
    with served(home, host="0.0.0.0") as address:
        site = Site(f"http://127.0.0.1:{urlsplit(address).port}")
        assert logged_in(site, "Ana").ask("/later").status == 200


def test_reading_that_is_private(home: Path) -> None:
    fill(home, "Ana")
    with served(home, reading="private") as address:
        site = Site(address.rstrip("/"))
        for path in ("/", "/topics/rye", "/search?q=rye", "/people/ana", "/help/search", "/api/docs"):
            answer = site.ask(path)
            assert (path, answer.status) == (path, 303)
            assert answer.headers["location"].startswith("/login")
            assert "rye" not in answer.body.decode().lower()
        for path in ("/topics/rye.rss", "/topics/rye.json", "/podcasts.opml", "/api/v1/topics/rye"):
            assert (path, site.ask(path).status) == (path, 401)
        assert site.ask("/api/openapi/openapi.json").status == 401
        style = site.ask("/login").page.values("//link[@rel='stylesheet']/@href")[0]
        for path in ("/login", "/robots.txt", "/healthz", style):
            assert (path, site.ask(path).status) == (path, 200)
        assert "Only users can read" in site.ask("/login").page.text()

        ana = logged_in(site, "Ana")
        for path in ("/", "/topics/rye.rss", "/api/v1/topics/rye", "/api/openapi/openapi.json"):
            answer = ana.ask(path)
            assert (answer.status, answer.headers["cache-control"]) == (200, "private, no-cache")
        reads, lists_alone = token_for(ana, "read"), token_for(ana, "lists")
        assert site.ask("/api/v1/topics/rye", headers=reads).status == 200
        assert site.ask("/api/v1/topics/rye", headers=lists_alone).status == 403
        assert site.ask("/later", headers=lists_alone).status == 200
        assert site.ask("/later", headers=reads).status == 403
        # A list as a feed is open to whoever has its address: podcast programs cannot log in.
        episode = ana.ask("/search?q=rye").page.values("//button[@form='later']/@value")[0]
        ana.ask("/later/add", form={"episode": episode})
        feed = ana.ask("/later").page.values("//input[@id='address']/@value")[0]
        assert site.ask(feed.removeprefix(site.address)).status == 200


@pytest.mark.parametrize("public_url", ["", "https://casts.example"])
def test_private_podcasts_are_shown_to_users_alone(home: Path, public_url: str) -> None:
    block = (
        '<channel xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><itunes:block>Yes</itunes:block>'
    )
    fill(home, "Ana", feed_xml=FEED.replace("<channel>", block))
    with served(home, **({"public_url": public_url} if public_url else {})) as address:
        site = Site(address.rstrip("/"))
        ana = logged_in(site, "Ana")
        reads = token_for(ana, "read")
        for path in ("/search?q=rye", "/topics/rye"):
            assert "Rye, one" not in site.ask(path).page.text()
            assert "Rye, one" in ana.ask(path).page.text()
        assert b"Rye, one" not in site.ask("/api/v1/search?q=rye").body
        assert b"Rye, one" in site.ask("/api/v1/search?q=rye", headers=reads).body
        for browser in (site, ana):
            assert b"Rye, one" not in browser.ask("/topics/rye.rss").body


def test_behind_a_proxy_over_tls(home: Path) -> None:
    fill(home, "Ana")
    with served(home, public_url="https://casts.example") as address:
        site = Site(address.rstrip("/"))
        form = {"name": "Ana", "password": PASSWORD}
        answer = site.ask("/session/start", form=form, headers={"x-forwarded-for": "192.0.2.1"})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-castabout=")
        assert "Secure" in cookie and "HttpOnly" in cookie and "Path=/" in cookie and "Domain" not in cookie
        ana = Browser(site, cookie_of(answer))
        assert ana.ask("/later").status == 200
        # A cookie that a neighbour could set is not looked at.
        assert Browser(site, ana.cookie.removeprefix("__Host-")).ask("/later").status == 303
        wrong = {"name": "Ana", "password": "another loaf"}
        statuses = [
            # What a client says itself stands before what the proxy says.
            site.ask(
                "/session/start", form=wrong, headers={"x-forwarded-for": f"198.51.100.{n}, 192.0.2.7"}
            ).status
            for n in range(FREE + 1)
        ]
        assert statuses == [403] * FREE + [429]
        elsewhere = {"x-forwarded-for": "192.0.2.8"}
        assert site.ask("/session/start", form=form, headers=elsewhere).status == 303


def test_each_try_waits_longer_a_minute_at_most() -> None:
    now = NOW
    throttle = Throttle(lambda: now)
    waits = []
    for _ in range(14):
        waits.append(wait := throttle.begin("192.0.2.1"))
        if wait:
            assert throttle.begin("192.0.2.2") == 0
            throttle.succeeded("192.0.2.2")
            now += timedelta(seconds=wait)
            assert throttle.begin("192.0.2.1") == 0
    assert waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert max(waits) == LONGEST_SECONDS
    now += timedelta(hours=2)
    assert [throttle.begin("192.0.2.1") for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    throttle.succeeded("192.0.2.1")
    assert throttle.begin("192.0.2.1") == 0


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", ""),
    ],
)
def test_what_counts_as_one_address(address: str, home: str) -> None:
    assert home_of(address) == home
