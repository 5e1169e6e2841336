"""The page of settings: who may open it, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from castabout.config import environment, load_settings
from castabout.engine import users
from castabout.web.app import create_app
from castabout.web.get import get
from tests.support import open_at
from tests.web.asking import Site
from tests.web.reading import dangers, read
from tests.web.serving import served
from tests.web.users import PASSWORD, Browser, fill, logged_in, token_for

#: There are more forms on this page than on one that outside text is on.
FORMS = ["too many <form>"]
CHANGES = {
    "/settings/preferences": {"reading": "private"},
    "/settings/users/add": {"name": "Eve", "password": PASSWORD, "again": PASSWORD},
    "/settings/users/remove": {"user": "x", "own": PASSWORD},
    "/settings/users/password": {"user": "x", "own": PASSWORD, "password": PASSWORD, "again": PASSWORD},
    "/settings/users/end-all": {"user": "x"},
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def site(home: Path) -> Iterator[Site]:
    """A library with two users, Ana the owner."""
    fill(home, "Ana", "Béla")
    with served(home) as address:
        yield Site(address.rstrip("/"))


def id_of(home: Path, name: str) -> str:
    castabout = open_at(home)
    try:
        return users.user_named(castabout, name).id
    finally:
        castabout.close()


def names(browser: Browser) -> list[str]:
    return [h3.text_content() for h3 in browser.ask("/settings").page.all("//article/h3")]


def trouble(browser: Browser, path: str, form: dict[str, str]) -> str:
    answer = browser.ask(path, form=form)
    assert (answer.status, dangers(answer.body.decode())) == (409, FORMS)
    assert PASSWORD not in answer.body.decode()
    return answer.page.text("//*[@role='alert']")


def test_the_owner_alone(site: Site) -> None:
    ana, bela = logged_in(site, "Ana"), logged_in(site, "Béla")
    page = ana.ask("/settings")
    assert (page.status, page.headers["cache-control"]) == (200, "no-store")
    assert dangers(page.body.decode()) == FORMS
    assert names(ana) == ["Ana", "Béla"]
    assert ana.ask("/account").page.values("//main//a[@href='/settings']/@href") == ["/settings"]
    assert not bela.ask("/account").page.all("//a[@href='/settings']")
    token = token_for(ana, "read", "lists")
    nobody = Browser(site, "castabout=none")
    for path, form in {"/settings": None, **CHANGES}.items():
        assert nobody.ask(path, form=form).headers["location"].startswith("/login")
        assert bela.ask(path, form=form).status == 403
        assert site.ask(path, form=form, headers=token).status == 403
    for path, form in CHANGES.items():
        elsewhere = {"sec-fetch-site": "cross-site"}
        assert ana.ask(path, form=form, headers=elsewhere).status == 403
    assert site.ask("/topics/rye").status == 200
    assert names(ana) == ["Ana", "Béla"]


def test_reading_becomes_private_and_open_again(site: Site) -> None:
    ana = logged_in(site, "Ana")
    policy = site.ask("/").headers["content-security-policy"]
    assert "img-src 'self'" in policy.split("; ")
    saved = ana.ask("/settings/preferences", form={"reading": "private", "pictures": "no"})
    assert (saved.status, saved.headers["location"]) == (303, "/settings?done=saved")
    page = ana.ask(saved.headers["location"]).page
    assert page.text("//*[@role='status']") == "Saved."
    assert page.values("//input[@checked]/@value") == ["private", "no"]
    assert site.ask("/topics/rye").status == 303
    assert ana.ask("/topics/rye").status == 200
    policy = ana.ask("/topics/rye").headers["content-security-policy"]
    assert "img-src 'self' https: http:" in policy.split("; ")
    assert ana.ask("/settings/preferences", form={"reading": "shut"}).status == 400
    ana.ask("/settings/preferences", form={"reading": "open"})
    assert site.ask("/topics/rye").status == 200
    # What was not sent stays.
    assert ana.ask("/settings").page.values("//input[@checked]/@value") == ["open", "no"]


def test_users_are_made_and_removed(site: Site, home: Path) -> None:
    ana, bela = logged_in(site, "Ana"), logged_in(site, "Béla")
    new = {"name": "Carla", "password": PASSWORD, "again": PASSWORD}
    assert (
        trouble(ana, "/settings/users/add", {**new, "again": "x"}) == "A password: the two are not the same"
    )
    assert trouble(ana, "/settings/users/add", {**new, "name": "ana"}) == "Ana: the name is taken"
    assert ana.ask("/settings/users/add", form=new).status == 303
    assert names(ana) == ["Ana", "Béla", "Carla"]
    logged_in(site, "Carla")

    them = {"user": id_of(home, "Béla"), "own": PASSWORD}
    fresh = {"password": "a new loaf of oats", "again": "a new loaf of oats"}
    wrong = {**them, **fresh, "own": "another loaf"}
    assert trouble(ana, "/settings/users/password", wrong) == "Your password: yours is another one"
    assert (
        trouble(ana, "/settings/users/remove", {**them, "own": ""}) == "Your password: yours is another one"
    )
    assert bela.ask("/later").status == 200
    assert ana.ask("/settings/users/password", form={**them, **fresh}).status == 303
    assert bela.ask("/later").status == 303
    bela = logged_in(site, "Béla", "a new loaf of oats")
    token = token_for(bela, "lists")
    assert ana.ask("/settings/users/end-all", form={"user": them["user"]}).status == 303
    assert (bela.ask("/later").status, site.ask("/later", headers=token).status) == (303, 401)
    assert ana.ask("/settings/users/remove", form=them).status == 303
    assert names(ana) == ["Ana", "Carla"]
    assert trouble(ana, "/settings/users/remove", them) == "A user: no user of this name"

    # Nobody takes away the last door: the owner's own password is changed on the page of the account.
    own = {"user": id_of(home, "Ana"), "own": PASSWORD}
    assert "page of your account" in trouble(ana, "/settings/users/remove", own)
    assert "page of your account" in trouble(ana, "/settings/users/password", {**own, **fresh})


def test_the_person_at_the_machine_makes_the_first_user(home: Path) -> None:
    fill(home)
    with served(home) as address:
        site = Site(address.rstrip("/"))
        assert "There are none" in site.ask("/settings").page.text()
        assert site.ask("/settings", headers={"host": "casts.example"}).status == 403
        form = CHANGES["/settings/users/add"]
        assert site.ask("/settings/users/add", form=form, headers={"host": "casts.example"}).status == 403
        made = site.ask("/settings/users/add", form=form)
        assert (made.status, made.headers["location"]) == (303, "/login?next=%2Fsettings")
        assert site.ask("/settings").status == 303
        assert names(logged_in(site, "Eve")) == ["Eve"]


def test_what_the_environment_says_goes_before_and_shows_no_secret(home: Path) -> None:
    environ = {
        "CASTABOUT_READING": "open",
        "CASTABOUT_PODCASTINDEX_KEY": "key-of-mine",
        "CASTABOUT_PODCASTINDEX_SECRET": "secret-of-mine",
        "CASTABOUT_CONTACT": "mail@example.org",
    }
    set_there = load_settings(home, environ)
    castabout = open_at(home)
    app = create_app(
        replace(castabout),
        reading=set_there.reading,
        pictures=set_there.pictures,
        environment=environment(set_there, environ),
    )
    try:
        answer = get(app, "/settings")
    finally:
        castabout.close()
    page = read(answer.body)
    assert b"-of-mine" not in answer.body
    assert page.values("//input[@disabled]/@name") == ["reading", "reading"]
    rows = {row.xpath("string(dt)"): row.xpath("string(dd/p[1])") for row in page.all("//dl/div")}
    assert rows["CASTABOUT_PODCASTINDEX_SECRET"] == "not shown"
    assert rows["CASTABOUT_CONTACT"] == "mail@example.org"
    assert rows["CASTABOUT_HOME"].startswith(str(home))
    assert rows["CASTABOUT_TIMEOUT"] == "60 without being set"
    assert rows["CASTABOUT_PUBLIC_URL"] == "not set"
