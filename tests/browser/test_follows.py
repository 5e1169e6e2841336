"""Follows in a real browser: pressed, told where notices go, tested, paused, ended; with and without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_browser import WIDTHS, overflow
from tests.hook import hook
from tests.web.asking import Site

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _nothing_followed(site: str) -> Iterator[None]:
    """What a test follows is followed no more."""
    yield
    page = Site(site)
    for query in page.ask("/follows").page.values(
        "//ol[@class='follows']//form[@class='notices']/input/@value"
    ):
        assert page.ask("/follows/remove", form={"query": query}).status == 303


@pytest.mark.parametrize("script", [True, False])
def test_from_a_press_to_a_test_notice(open_page: Open, script: bool) -> None:
    page = open_page("/topics/rye", script=script)
    button = page.get_by_role("button", name="Follow", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith("/topics/rye")
    # Pressed by mistake, and once more.
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Notices", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Follows")
    expect(page.locator(".follows h2")).to_have_text(["rye"])

    page.get_by_text("Send me notices").click()
    with hook() as web:
        page.get_by_label("Where they go").fill(f"{web.address}/my-secret")
        page.get_by_label("When").select_option("Once a day")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#noted")).to_have_text("rye is changed.")
        expect(page.locator(".follows .about").first).to_contain_text("once a day to JSON, 127.0.0.1")
        expect(page.get_by_label("Where they go")).to_have_value("")
        page.get_by_role("button", name="Send a test").click()
        expect(page.locator("#noted")).to_have_text("The test notice was sent: look for it.")
        assert web.titles == ["A test from castabout"]
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator("#noted")).to_contain_text("The test notice was not delivered")
    expect(page.locator(".deliveries li")).to_have_count(2)

    page.get_by_role("button", name="Pause: rye").click()
    expect(page.get_by_text("Paused")).to_be_visible()
    page.get_by_role("button", name="Go on: rye").click()
    expect(page.get_by_text("Paused")).to_have_count(0)
    page.get_by_role("button", name="Unfollow: rye").click()
    expect(page.get_by_text("You follow nothing yet.")).to_be_visible()
    page.get_by_role("button", name="Follow again").click()
    expect(page.locator(".follows h2")).to_have_text(["rye"])


def test_a_query_is_previewed_and_followed(open_page: Open) -> None:
    page = open_page("/follows")
    page.get_by_label("A topic or search to follow").fill("rye OR wheat")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("rye OR wheat")
    page.wait_for_load_state()
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Follow", exact=True)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Notices", exact=True).click()
    expect(page.locator(".follows h2")).to_have_text(["rye OR wheat"])


def test_by_keyboard(open_page: Open) -> None:
    page = open_page("/topics/rye")
    button = page.get_by_role("button", name="Follow", exact=True)
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Notices", exact=True)).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(open_page: Open, site: str, width: int, scheme: str) -> None:
    long = "donaudampfschifffahrtsgesellschaftskapitaensmuetzenfabrik OR " + "a" * 90
    assert Site(site).ask("/follows/add", form={"query": long}).status == 303
    page = open_page("/follows", width=width, scheme=scheme)
    page.get_by_text("Send me notices").click()
    assert overflow(page) == []
    assert overflow(open_page("/follows/preview?query=rye", width=width, scheme=scheme)) == []
