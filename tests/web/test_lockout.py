"""Who tries passwords or asks without end has to wait; who has been here before does not, for what others do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from litestar import Litestar

from castabout.engine import users
from castabout.web.app import create_app
from castabout.web.get import get
from castabout.web.throttle import A_SECOND, AT_ONCE, FREE, Pace, Throttle
from tests.support import NOW, open_at
from tests.web.asking import Site
from tests.web.serving import served
from tests.web.users import PASSWORD, Browser, fill, logged_in, token_for

WRONG = {"name": "Ana", "password": "another loaf"}
RIGHT = {"name": "Ana", "password": PASSWORD}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A library with two users behind a proxy that does not say for whom it asks."""
    fill(tmp_path / "home", "Ana", "Béla")
    with served(tmp_path / "home") as address:
        yield Site(address.rstrip("/"))


def known(site: Site, name: str) -> str:
    """The cookie of a browser in which somebody was logged in once."""
    with site.opened() as connection:
        connection.request(
            "POST",
            "/session/start",
            f"name={name}&password={PASSWORD.replace(' ', '+')}",
            {"content-type": "application/x-www-form-urlencoded"},
        )
        answer = connection.getresponse()
        answer.read()
        cookies = [value for key, value in answer.getheaders() if key.lower() == "set-cookie"]
    (cookie,) = [cookie for cookie in cookies if cookie.startswith("castabout-known=")]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    return cookie.partition(";")[0]


def test_nobody_is_locked_out_of_a_browser_that_is_known(site: Site) -> None:
    ana, bela = known(site, "Ana"), known(site, "B%C3%A9la")
    for _ in range(FREE):
        assert site.ask("/session/start", form=WRONG).status == 403
    assert site.ask("/session/start", form=RIGHT).status == 429
    # Neither the browser of somebody else nor a mark that was made up goes before.
    for cookie in (
        bela,
        ana[:-1] + ("0" if ana[-1] != "0" else "1"),
        "castabout-known=.",
        "castabout-known=é",
    ):
        told = {"cookie": cookie.encode().decode("latin-1")}
        assert site.ask("/session/start", form=RIGHT, headers=told).status == 429
    assert site.ask("/session/start", form=RIGHT, headers={"cookie": ana}).status == 303
    # In that browser tries are counted too.
    for _ in range(FREE):
        assert site.ask("/session/start", form=WRONG, headers={"cookie": ana}).status == 403
    assert site.ask("/session/start", form=RIGHT, headers={"cookie": ana}).status == 429


def test_logging_in_oneself_gives_no_more_tries_at_others() -> None:
    throttle = Throttle(lambda: NOW)
    for _ in range(FREE - 1):
        assert throttle.begin("192.0.2.1") == 0
    assert throttle.begin("192.0.2.1") == 0
    throttle.succeeded("192.0.2.1")
    assert throttle.begin("192.0.2.1") == 0
    assert throttle.begin("192.0.2.1") == 1


def test_an_address_may_ask_so_much_at_once_and_then_so_much_a_second() -> None:
    now = NOW
    pace = Pace(lambda: now)
    assert [pace.wait("192.0.2.1") for _ in range(AT_ONCE)] == [0] * AT_ONCE
    assert pace.wait("192.0.2.1") == 1
    assert pace.wait("192.0.2.2") == 0
    now += timedelta(seconds=1)
    assert [pace.wait("192.0.2.1") for _ in range(A_SECOND + 1)] == [0] * A_SECOND + [1]


def test_programs_elsewhere_are_told_to_wait(tmp_path: Path) -> None:
    fill(tmp_path / "home")
    with served(tmp_path / "home", public_url="https://casts.example") as address:
        site = Site(address.rstrip("/"))
        elsewhere = {"x-forwarded-for": "192.0.2.9"}
        statuses = [site.ask("/healthz", headers=elsewhere).status for _ in range(AT_ONCE + 1)]
        assert statuses == [200] * AT_ONCE + [429]
        answer = site.ask("/api/v1/rising", headers=elsewhere)
        assert (answer.status, answer.headers["retry-after"]) == (429, "1")
        assert answer.values["error"] == {
            "code": "too_many_requests",
            "message": "you ask too much at once; go on in 1 s",
        }
        assert site.ask("/healthz", headers={"x-forwarded-for": "192.0.2.10"}).status == 200


def test_nothing_is_read_without_a_login_where_reading_is_private(tmp_path: Path) -> None:
    """Every address there is, also those that are still to come, but for those named here."""
    fill(tmp_path / "home", "Ana")
    castabout = open_at(tmp_path / "home")
    app = create_app(castabout, reading="private")
    try:
        answered = {path for path in _paths(app) if get(app, path, follow=False).status < 300}
    finally:
        castabout.close()
    # Browsers ask for the last two without a login; they tell nothing of the library.
    named = {"/login", "/logout", "/robots.txt", "/healthz", "/manifest.webmanifest", "/opensearch.xml"}
    assert answered == named


def _paths(app: Litestar) -> set[str]:
    return {
        "/".join("x" if part.startswith("{") else part for part in route.path.split("/"))
        for route in app.routes
        if "GET" in getattr(route, "methods", ())
    }


def test_with_a_user_goes_all_that_is_theirs(tmp_path: Path) -> None:
    home = tmp_path / "home"
    fill(home, "Ana", "Béla")
    with served(home) as address:
        site = Site(address.rstrip("/"))
        bela, other = logged_in(site, "Béla"), logged_in(site, "Béla")
        token = token_for(bela, "lists", "read")
        episode = bela.ask("/search?q=rye").page.values("//button[@form='later']/@value")[0]
        bela.ask("/later/add", form={"episode": episode})
        feed = bela.ask("/later").page.values("//input[@id='address']/@value")[0].removeprefix(site.address)
        assert site.ask(feed).status == site.ask("/later", headers=token).status == 200
        castabout = open_at(home)
        users.remove_user(castabout, "Béla")
        assert [bela.ask("/later").status, other.ask("/account").status] == [303, 303]
        assert site.ask("/later", headers=token).status == 401
        assert site.ask(feed).status == 410
        assert site.ask("/session/start", form={"name": "Béla", "password": PASSWORD}).status == 403
        # Somebody else of the same name finds nothing of theirs.
        users.add_user(castabout, "Béla", PASSWORD)
        castabout.close()
        assert Browser(site, bela.cookie).ask("/later").status == 303
        assert logged_in(site, "Béla").titles() == []
