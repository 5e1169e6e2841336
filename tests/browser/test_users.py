"""Logging in, the account and the settings in a real browser; covers that are fetched by us."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_axe import faults
from tests.browser.test_browser import overflow
from tests.fetch.servers import Machine
from tests.web.serving import served
from tests.web.users import FEED, PASSWORD, fill

pytestmark = pytest.mark.browser

LONG = "Carla Constanza de la Vega y Montenegro von und zu Wolkenheim"[:60]
PAGES = ("/logout", "/account", "/settings", "/settings?done=saved")


@pytest.fixture(scope="module")
def covers() -> Iterator[str]:
    """A host of covers on this machine."""
    out = BytesIO()
    Image.new("RGB", (300, 300), "red").save(out, "PNG")
    machine = Machine()
    yield machine.site().says("/red.png", body=out.getvalue())
    machine.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, covers: str) -> Iterator[str]:
    """The address of a library with three users, Ana the owner."""
    home = tmp_path_factory.mktemp("users") / "home"
    image = f'<itunes:image xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" href="{covers}"/>'
    fill(home, "Ana", "Béla", LONG, feed_xml=FEED.replace("<channel>", f"<channel>{image}"))
    with served(home, {"CASTABOUT_ALLOW_HOSTS": "127.0.0.0/8"}) as address:
        yield address.rstrip("/")


def log_in(page: Page, name: str = "Ana", password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("script", [True, False])
def test_in_a_token_and_out(open_page: Open, script: bool) -> None:
    page = open_page("/later" if script else "/account", width=390, script=script)
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    log_in(page)
    # The page that was wanted.
    expect(page).to_have_title("Listen Later – castabout" if script else "Account – castabout")
    page.goto(page.url.partition("/later")[0].partition("/account")[0] + "/account")
    page.get_by_label("What the new token is for").fill("a script")
    page.get_by_label("see and change your lists").check()
    page.get_by_role("button", name="Make a token").click()
    assert page.get_by_label("Token", exact=True).input_value().startswith("castabout_")
    expect(page.get_by_text("may read and change lists")).to_be_visible()
    page.get_by_role("button", name="Revoke a script").click()
    expect(page.get_by_role("button", name="Revoke a script")).to_have_count(0)
    page.get_by_role("link", name="Log out").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_or_keeps_people_out(open_page: Open, width: int) -> None:
    page = open_page("/login", width=width)
    site = page.url.removesuffix("/login")
    assert (overflow(page), faults(page)) == ([], [])
    log_in(page)
    for path in PAGES:
        page.goto(site + path)
        page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        assert overflow(page) == [], path
        assert faults(page) == [], path


@pytest.mark.parametrize("script", [True, False])
def test_the_owner_shuts_the_doors_and_adds_a_user(open_page: Open, script: bool) -> None:
    page = open_page("/login?next=%2Fsettings", width=390, script=script)
    log_in(page)
    page.get_by_label("Users alone").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    try:
        guest = open_page("/topics/rye", script=script)
        expect(guest.get_by_role("heading", level=1)).to_have_text("Log in")
        expect(guest.get_by_text("Only users can read this library.")).to_be_visible()
        log_in(guest, "Béla")
        expect(guest.get_by_role("heading", level=1)).to_have_text("Podcasts about rye")
    finally:
        page.get_by_label("Everybody").check()
        page.get_by_role("button", name="Save").click()
    name = f"Dora {script}"
    form = page.locator("form[action='/settings/users/add']")
    form.get_by_label("Name").fill(name)
    form.get_by_label("Password, of 10 characters or more").fill(PASSWORD)
    form.get_by_label("The same again").fill(PASSWORD)
    form.get_by_role("button").click()
    dora = page.get_by_role("article").filter(has_text=name)
    dora.locator("summary").click()
    remove = page.locator("form[action='/settings/users/remove']").filter(has_text=name)
    remove.get_by_label("Your own password").fill(PASSWORD)
    remove.get_by_role("button", name=f"Remove {name}").click()
    expect(page.get_by_text("The user is removed, with all lists and follows.")).to_be_visible()
    expect(dora).to_have_count(0)


def test_a_cover_is_ours(open_page: Open, covers: str) -> None:
    page = open_page("/topics/rye")
    cover = page.locator(".cover img").first
    expect(cover).to_have_js_property("naturalWidth", 128)
    assert covers not in page.content()
    page.get_by_role("link", name="Rye, one").first.click()
    expect(page.locator(".cover.large img")).to_have_js_property("naturalWidth", 320)
