"""Listen Later in a real browser: pressed, undone, ordered by key and by hand, put away, read as a feed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.request import urlopen

import feedparser
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.test_browser import WIDTHS, overflow
from tests.web.asking import Site

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _no_lists(site: str) -> Iterator[None]:
    """What a test puts into the list is taken out again."""
    yield
    page = Site(site)
    for path in ("/later", "/later?archive=yes"):
        for id in page.ask(path).page.values("//li[@data-episode]/@data-episode"):
            assert page.press("remove", id).status == 303


def later(page: Page, title: str) -> Locator:
    return page.get_by_role("button", name=f"Listen later: {title}", exact=True)


def keep(page: Page, *titles: str) -> None:
    for title in titles:
        later(page, title).click()
        expect(later(page, title)).to_have_attribute("aria-pressed", "true")


def kept(page: Page) -> list[str]:
    return page.locator(".kept h2").all_inner_texts()


def heard(address: str) -> list[str]:
    """The titles that a podcast program finds at the address that stands on a page."""
    with urlopen(address) as answer:
        read = feedparser.parse(answer.read())
    assert not read.bozo
    return [entry.title for entry in read.entries]


@pytest.mark.parametrize("script", [True, False])
def test_from_a_press_to_the_feed(open_page: Open, script: bool) -> None:
    page = open_page("/topics/rye", script=script)
    keep(page, "Why rye?", "Loaf 25")
    assert page.url.partition("#")[0].endswith("/topics/rye")
    page.get_by_role("link", name="Listen Later", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listen Later")
    assert kept(page) == ["Why rye?", "Loaf 25"]
    address = page.get_by_label("Address of the private feed").input_value()
    assert heard(address) == ["Why rye?", "Loaf 25"]

    page.get_by_role("button", name="Move up: Loaf 25").click()
    expect(page.locator(".kept h2").first).to_have_text("Loaf 25")
    assert heard(address) == ["Loaf 25", "Why rye?"]
    page.get_by_role("button", name="Archive: Loaf 25").click()
    expect(page.locator(".kept h2")).to_have_count(1)
    assert heard(address) == ["Why rye?"]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".kept h2").first).to_have_text("Loaf 25")
    assert heard(address) == ["Loaf 25", "Why rye?"]
    page.get_by_role("button", name="Remove: Why rye?").click()
    expect(page.locator(".kept h2")).to_have_text(["Loaf 25"])
    assert heard(address) == ["Loaf 25"]

    page.get_by_role("button", name="New address").click()
    expect(page.get_by_label("Address of the private feed")).not_to_have_value(address)
    site, _, path = address.partition("/later.rss")
    assert Site(site).ask(f"/later.rss{path}").status == 410


def test_a_press_is_said_and_undone(open_page: Open) -> None:
    page = open_page("/topics/rye")
    button = later(page, "Why rye?")
    button.focus()
    page.keyboard.press("Enter")
    told = page.get_by_role("status").filter(has_text="Added")
    expect(told).to_contain_text("Added to Listen Later.")
    expect(button).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#told")).to_contain_text("Removed from Listen Later.")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_the_order_by_keyboard(open_page: Open) -> None:
    keep(open_page("/topics/rye"), "Loaf 25", "Loaf 24", "Loaf 23")
    page = open_page("/later")
    up = page.get_by_role("button", name="Move up: Loaf 23")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("Loaf 23 is number 2 of 3.")
    expect(up).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#told")).to_have_text("Loaf 23 is number 1 of 3.")
    expect(up).to_be_focused()
    assert kept(page) == ["Loaf 23", "Loaf 25", "Loaf 24"]
    page.get_by_role("button", name="Remove: Loaf 25").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove: Loaf 24")).to_be_focused()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(".kept h2")).to_have_text(["Loaf 23", "Loaf 25", "Loaf 24"])
    expect(page.get_by_role("button", name="Remove: Loaf 25")).to_be_focused()
    page.reload()
    assert kept(page) == ["Loaf 23", "Loaf 25", "Loaf 24"]


def test_the_order_by_hand(open_page: Open) -> None:
    keep(open_page("/topics/rye"), "Loaf 25", "Loaf 24", "Loaf 23")
    page = open_page("/later")
    handle = page.locator(".handle").nth(2).bounding_box()
    first = page.locator(".kept > li").first.bounding_box()
    assert handle and first
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5, first["y"] + first["height"] / 2 + 20, steps=5)
    page.mouse.move(handle["x"] + 5, first["y"] + 5, steps=5)
    page.mouse.up()
    expect(page.locator("#told")).to_have_text("Loaf 23 is number 1 of 3.")
    page.reload()
    assert kept(page) == ["Loaf 23", "Loaf 25", "Loaf 24"]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out(open_page: Open, width: int) -> None:
    page = open_page("/later", width=width)
    expect(page.get_by_text("Nothing to listen to here yet.")).to_be_visible()
    assert overflow(page) == []
    keep(open_page("/topics/rye"), "Why rye?", "كل شيء عن rye", "Loaf 25")
    page = open_page("/later", width=width, scheme="dark")
    expect(page.locator(".kept h2")).to_have_count(3)
    assert overflow(page) == []


def test_another_list(open_page: Open) -> None:
    page = open_page("/later")
    page.get_by_label("Name of a new list").fill("For the train")
    page.get_by_role("button", name="Make").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For the train")
    page.goto(page.url.partition("/later")[0] + "/topics/loaf")
    page.get_by_role("link", name="Loaf 25").click()
    page.get_by_role("button", name="For the train: Loaf 25").click()
    expect(page.locator("#told")).to_contain_text("Added to For the train.")
    expect(later(page, "Loaf 25")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("link", name="Listen Later", exact=True).click()
    page.get_by_role("navigation", name="Lists").get_by_role("link", name="For the train").click()
    expect(page.locator(".kept h2")).to_have_text(["Loaf 25"])
    page.get_by_role("button", name="Remove this list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listen Later")
    expect(page.get_by_text("For the train")).to_have_count(0)
