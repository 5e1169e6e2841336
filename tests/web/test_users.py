"""Logging in over real HTTP: sessions, tokens, what others may not do, and what is whose."""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import delete, select

from castabout.store.database import open_store
from castabout.store.schema import access_keys, list_items, lists, users
from tests.web.asking import Site
from tests.web.reading import dangers
from tests.web.serving import served
from tests.web.users import PASSWORD, Browser, cookie_of, fill, first_id, logged_in, token_for

_PLACES = count(1)
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A library with two users, and where it is served."""
    home = tmp_path_factory.mktemp("users") / "home"
    fill(home, "Ana", "Béla")
    with served(home) as address:
        yield home, address.rstrip("/")


@pytest.fixture
def site(served_home: tuple[Path, str]) -> Site:
    """The server, nobody logged in, without lists."""
    home, address = served_home
    store = open_store(home / "library.db")
    with store.writing() as connection:
        for table in (list_items, lists, access_keys):
            connection.execute(delete(table))
    store.close()
    # From another place each time: tries that failed count where they were made, and here no time goes by.
    return Site(address, f"127.0.1.{next(_PLACES)}")


@pytest.fixture
def ana(site: Site) -> Browser:
    return logged_in(site, "Ana")


def test_whoever_is_at_the_machine_logs_in_too_once_there_are_users(site: Site) -> None:
    assert site.ask("/topics/rye").status == 200
    assert b'form="later"' not in site.ask("/topics/rye").body
    asked = site.ask("/later?list=For+the+train")
    assert (asked.status, asked.headers["location"]) == (
        303,
        "/login?next=%2Flater%3Flist%3DFor%2Bthe%2Btrain",
    )
    pressed = site.press("add", "x", headers={"referer": f"{site.address}/topics/rye"})
    assert (pressed.status, pressed.headers["location"]) == (303, "/login?next=%2Ftopics%2Frye")
    told = site.press("add", "x", headers={"accept": "application/json"})
    assert (told.status, told.headers["www-authenticate"]) == (401, "Bearer")


def test_in_and_out(site: Site) -> None:
    page = site.ask("/login?next=%2Flater")
    assert page.headers["cache-control"] == "no-store"
    assert page.page.values("//input[@name='next']/@value") == ["/later"]
    assert dangers(page.body.decode()) == []
    form = {"name": "  ANA ", "password": PASSWORD, "next": "/later"}
    answer = site.ask("/session/start", form=form, headers={"sec-fetch-site": "same-origin"})
    assert (answer.status, answer.headers["location"]) == (303, "/later")
    ((name, cookie),) = SimpleCookie(answer.headers["set-cookie"]).items()
    assert (name, cookie["httponly"], cookie["samesite"].lower(), cookie["path"]) == (
        "castabout", True, "lax", "/",
    )  # fmt: skip
    assert (cookie["max-age"], cookie["domain"], cookie["secure"]) == (str(90 * 86_400), "", "")
    browser = Browser(site, cookie_of(answer))
    assert browser.ask("/later").status == 200
    assert browser.ask("/login").headers["location"] == "/"

    assert browser.ask("/logout").status == 200
    assert browser.ask("/later").status == 200
    out = browser.ask("/session/end", form={})
    assert (out.status, out.headers["location"]) == (303, "/login")
    assert "Max-Age=0" in out.headers["set-cookie"]
    # The session has ended at our side too.
    assert browser.ask("/later").status == 303


def test_names_and_passwords_that_do_not_fit(site: Site) -> None:
    pages = []
    for name, password in (("Ana", "another loaf"), ("Nobody", PASSWORD), ("", ""), ("Ana", "\udcff" * 20)):
        answer = site.ask(
            "/session/start", form={"name": name, "password": password.encode(errors="replace").decode()}
        )
        assert answer.status == 403
        assert "set-cookie" not in answer.headers
        pages.append(answer.page.text("//*[@role='alert']"))
    assert set(pages) == {"No user has this name and password."}
    logged_in(site, "Béla")


def test_nobody_is_told_by_the_time_it_takes_who_there_is(site: Site) -> None:
    def seconds(name: str) -> float:
        began = time.perf_counter()
        assert site.ask("/session/start", form={"name": name, "password": "another loaf"}).status == 403
        return time.perf_counter() - began

    logged_in(site, "Ana")
    first = seconds("Nobody"), seconds("Ana")
    logged_in(site, "Ana")
    second = seconds("Nobody"), seconds("Ana")
    nobody, somebody = (min(times) for times in zip(first, second, strict=True))
    # A page without a password to check takes a tenth of that.
    assert nobody > somebody / 5


def test_a_session_that_somebody_else_chose_is_none(site: Site) -> None:
    mallory = logged_in(site, "Béla")
    for planted in ("castabout=chosen", mallory.cookie):
        form = {"name": "Ana", "password": PASSWORD}
        answer = site.ask("/session/start", form=form, headers={"cookie": planted})
        assert answer.status == 303
        assert cookie_of(answer) != planted
        assert Browser(site, planted).ask("/later").status == 303
        assert Browser(site, cookie_of(answer)).ask("/account").page.text("//h1") == "Account Ana"


def test_pages_of_others_change_nothing(site: Site, ana: Browser) -> None:
    elsewhere = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    forms = {
        "/session/start": {"name": "Ana", "password": PASSWORD},
        "/session/end": {},
        "/users/first": {"key": "x", "name": "Eve", "password": PASSWORD, "again": PASSWORD},
        "/account/password": {"present": PASSWORD, "password": "x" * 20, "again": "x" * 20},
        "/account/sessions/end": {"row": "1"},
        "/account/sessions/end-all": {},
        "/account/tokens/make": {"name": "x", "read": "yes"},
        "/account/tokens/end": {"row": "1"},
        "/later/add": {"episode": first_id(ana)},
    }
    for path, form in forms.items():
        answer = ana.ask(path, form=form, headers=elsewhere)
        assert (path, answer.status) == (path, 403)
        assert "set-cookie" not in answer.headers
        assert ana.ask(path, "GET", headers=elsewhere).status in (200, 303, 404, 405, 410)
    assert ana.titles() == []
    assert not ana.ask("/account").page.all("//form[@action='/account/tokens/end']")
    logged_in(site, "Ana")


@pytest.mark.parametrize(
    "next",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "later", "/\t/evil"],
)
def test_after_logging_in_one_stays_here(site: Site, next: str) -> None:
    form = {"name": "Ana", "password": PASSWORD, "next": next}
    assert site.ask("/session/start", form=form).headers["location"] == "/"
    assert site.ask(f"/login?{urlencode({'next': next})}").page.values("//input[@name='next']/@value") == [
        "/"
    ]


def test_two_users_never_see_each_others_lists(site: Site, ana: Browser) -> None:
    bela = logged_in(site, "Béla")
    episode = first_id(ana)
    assert ana.ask("/later/add", form={"episode": episode}).status == 303
    assert ana.ask("/later/lists/make", form={"name": "For the train"}).status == 303
    assert len(ana.titles()) == 1
    assert bela.titles() == []
    assert "For the train" not in bela.ask("/later").body.decode()
    assert "For the train" not in bela.ask(f"/episodes/{episode}").body.decode()
    assert bela.ask("/later?list=For+the+train").status == 404
    assert set(bela.ask("/search?q=rye").page.values("//button[@form='later']/@aria-pressed")) == {"false"}
    for action in ("remove", "archive", "up"):
        assert bela.ask(f"/later/{action}", form={"episode": episode}).status == 404
    for action in ("rename", "remove", "address"):
        form = {"name": "Mine"}
        assert bela.ask(f"/later/lists/{action}?list=For+the+train", form=form).status == 404
    assert len(ana.titles()) == 1


def test_nobody_ends_what_is_somebody_elses(site: Site, ana: Browser, served_home: tuple[Path, str]) -> None:
    bela = logged_in(site, "Béla")
    token = token_for(ana, "lists")
    store = open_store(served_home[0] / "library.db")
    with store.reading() as connection:
        rows = connection.execute(select(access_keys.c.row, access_keys.c.hash)).all()
    store.close()
    for row, hash in rows:
        # What the store holds opens nothing.
        assert Browser(site, f"castabout={hash}").ask("/later").status == 303
        if len(rows) == 3:
            for what in ("sessions", "tokens"):
                assert bela.ask(f"/account/{what}/end", form={"row": str(row)}).status in (303,)
    assert ana.ask("/later").status == 200
    assert site.ask("/later", headers=token).status == 200


def test_out_everywhere(site: Site, ana: Browser) -> None:
    other, bela, token = logged_in(site, "Ana"), logged_in(site, "Béla"), token_for(ana, "lists")
    page = ana.ask("/account", headers={"user-agent": "x"}).page
    assert len(page.all("//form[@action='/account/sessions/end']//li")) == 2
    (row,) = page.values("//form[@action='/account/sessions/end']//button[@name='row']/@value")
    third = logged_in(site, "Ana")
    assert ana.ask("/account/sessions/end", form={"row": row}).status == 303
    assert [browser.ask("/later").status for browser in (ana, other, third)] == [200, 303, 200]
    ended = ana.ask("/account/sessions/end-all", form={})
    assert (ended.status, ended.headers["location"]) == (303, "/login")
    assert [browser.ask("/later").status for browser in (ana, third, bela)] == [303, 303, 200]
    assert site.ask("/later", headers=token).status == 200


def test_another_password(site: Site, ana: Browser) -> None:
    def change(present: str, new: str, again: str | None = None) -> str:
        form = {"present": present, "password": new, "again": new if again is None else again}
        answer = ana.ask("/account/password", form=form)
        assert dangers(answer.body.decode()) == []
        return answer.page.text("//*[@role='alert' or @role='status']")

    other = logged_in(site, "Ana")
    assert change("wrong", "a new loaf of oats") == "The present password is another one."
    assert change(PASSWORD, "a new loaf of oats", "x") == "The two new passwords are not the same."
    assert change(PASSWORD, "short") == "A password: has 10 to 1,000 characters"
    assert change(PASSWORD, "abababababab") == "A password: this one is too easy to guess"
    assert other.ask("/later").status == 200
    assert change(PASSWORD, "a new loaf of oats").startswith("The password is changed.")
    assert (ana.ask("/later").status, other.ask("/later").status) == (200, 303)
    assert site.ask("/session/start", form={"name": "Ana", "password": PASSWORD}).status == 403
    other = logged_in(site, "Ana", "a new loaf of oats")
    assert other.ask("/account/password", form={
        "present": "a new loaf of oats", "password": PASSWORD, "again": PASSWORD,
    }).status == 200  # fmt: skip


def test_what_a_token_is_for(site: Site, ana: Browser) -> None:
    reads, lists_alone = token_for(ana, "read"), token_for(ana, "lists")
    assert ana.ask("/account/tokens/make", form={"name": "nothing"}).status == 409
    assert ana.ask("/account/tokens/make", form={"name": " ", "read": "yes"}).status == 409
    episode = first_id(ana)
    refused = site.press("add", episode, headers={**reads, "accept": "application/json"})
    assert (refused.status, refused.values["error"]) == (
        403, {"code": "forbidden", "message": "this token may not see or change lists"},
    )  # fmt: skip
    assert site.ask("/later", headers=reads).status == 403
    done = site.press("add", episode, headers={**lists_alone, "accept": "application/json"})
    assert (done.status, done.values["place"]) == (200, 1)
    assert len(ana.titles()) == 1
    # No token makes others, and none is a session.
    for token in (reads, lists_alone):
        assert site.ask("/account", headers=token).status == 403
        form = {"name": "more", "lists": "yes"}
        assert site.ask("/account/tokens/make", form=form, headers=token).status == 403
        key = token["authorization"].removeprefix("Bearer ")
        assert Browser(site, f"castabout={key}").ask("/later").status == 303
    session = ana.cookie.removeprefix("castabout=")
    assert site.ask("/later", headers={"authorization": f"Bearer {session}"}).status == 401
    page = ana.ask("/account").page
    assert page.all("//input[@id='token']") == []
    rows = page.values("//form[@action='/account/tokens/end']//button/@value")
    for row in rows:
        assert ana.ask("/account/tokens/end", form={"row": row}).status == 303
    gone = site.ask("/later", headers=lists_alone)
    assert (gone.status, gone.headers["www-authenticate"]) == (401, "Bearer")


def test_who_fails_has_to_wait_and_nobody_else(site: Site) -> None:
    def try_from(address: str, password: str) -> tuple[int, str | None]:
        connection = HTTPConnection(site.host, timeout=10, source_address=(address, 0))
        connection.request("POST", "/session/start", urlencode({"name": "Ana", "password": password}), FORM)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, answer.getheader("retry-after")

    for _ in range(5):
        assert try_from("127.0.0.7", "another loaf") == (403, None)
    # The clock of this server stands still. Even the right password has to wait, from there.
    assert try_from("127.0.0.7", PASSWORD) == (429, "1")
    assert try_from("127.0.0.8", PASSWORD) == (303, None)


def test_a_form_that_is_too_large(ana: Browser) -> None:
    answer = ana.ask("/session/start", form={"name": "Ana", "password": "x" * 30_000})
    assert answer.status == 413
    assert ana.ask("/session/start", form={"name": "Ana", "password": "x" * 5_000}).status == 403
    assert ana.ask("/account/sessions/end", form={"row": "x"}).status == 400


def test_a_session_is_over_one_day(site: Site, ana: Browser, served_home: tuple[Path, str]) -> None:
    assert ana.ask("/later").status == 200
    store = open_store(served_home[0] / "library.db")
    with store.writing() as connection:
        # As far as the clock goes that stands still in the server: now.
        begun = access_keys.c.created
        connection.execute(access_keys.update().values(expires=begun))
        hashes = connection.execute(select(users.c.password)).scalars().all()
        assert [hash.partition("$v=")[0] for hash in hashes] == ["$argon2id", "$argon2id"]
    store.close()
    assert ana.ask("/later").status == 303
