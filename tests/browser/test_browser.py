"""Pages in a real browser: small and large, light and dark, with and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1280)


def overflow(page: Page) -> list[str]:
    """What sticks out of the page to the right."""
    sticking_out: list[str] = page.evaluate(
        """[...document.querySelectorAll("body *")].filter((e) =>
             e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
             && !e.closest("pre, svg, .hidden")).map((e) => e.outerHTML.slice(0, 80))"""
    )
    scrolls = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*sticking_out, *(["the page scrolls sideways"] if scrolls else [])]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_topic_page(open_page: Open, width: int, scheme: str) -> None:
    page = open_page("/topics/rye", width=width, scheme=scheme)
    expect(page.get_by_role("heading", level=1)).to_have_text("Podcasts about rye")
    expect(page.get_by_role("img", name="Episodes per year from 2021 to 2024")).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("audio").first).to_have_attribute("src", "https://media.example/rye.mp3?a=1&b=2")
    later = page.get_by_role("button", name="Listen later").first
    expect(later).to_be_visible()
    expect(later).to_have_attribute("aria-pressed", "false")
    assert overflow(page) == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search",
        "/search?q=rye",
        "/compare?topic=rye&topic=loaf",
        "/topics/nothingatall",
        "/topics/" + "x" * 200,
        "/topics/خبز",
        "/api/docs",
    ],
)
def test_no_page_scrolls_sideways_on_a_phone(open_page: Open, path: str) -> None:
    assert overflow(open_page(path, width=360)) == []


def test_a_walk_from_the_first_page_to_an_episode_without_script(open_page: Open) -> None:
    page = open_page("/", width=360, script=False)
    page.get_by_role("searchbox").fill("package.json")
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Podcasts about package.json")
    page.get_by_text("As a table").click()
    expect(page.get_by_role("row", name="2024")).to_be_visible()
    page.get_by_role("link", name="Why rye?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Why rye?")
    expect(page.locator(".deck audio")).to_be_visible()
    page.get_by_role("link", name="Bread & Butter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bread & Butter")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("21 to 27 of 27 episodes")).to_be_visible()


def test_hostile_notes_are_shown_and_do_not_run(open_page: Open) -> None:
    page = open_page("/topics/rye")
    page.get_by_role("link", name="<script>hacked()</script>").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>hacked()</script>")
    expect(page.locator(".notes")).to_contain_text("rye")


def test_more_of_the_notes_takes_the_place_of_the_extract(open_page: Open) -> None:
    page = open_page("/topics/rye")
    page.evaluate(
        """document.querySelector(".extract").insertAdjacentHTML("beforeend",
             "<details><summary>More</summary><p id=more>more</p></details>")"""
    )
    extract = page.locator(".extract").first
    extract.locator("summary").click()
    expect(page.locator("#more")).to_be_visible()
    expect(extract.locator(":scope > p")).to_be_hidden()


def test_right_to_left_text_runs_from_the_right(open_page: Open) -> None:
    page = open_page("/topics/rye")
    extract = page.locator(".extract", has_text="خبز")
    assert extract.evaluate("(e) => getComputedStyle(e).direction") == "rtl"
    assert page.locator("html").evaluate("(e) => getComputedStyle(e).direction") == "ltr"


def test_a_dark_screen_gets_dark_pages(open_page: Open) -> None:
    def paper(scheme: str) -> str:
        colour: str = open_page("/", scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        return colour

    assert paper("light") == "rgb(251, 250, 246)"
    assert paper("dark") == "rgb(19, 23, 22)"


def test_the_keyboard(open_page: Open) -> None:
    page = open_page("/topics/rye")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("either/or")
    expect(box).to_have_value("either/or")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Podcasts about either/or")


def test_one_player_at_a_time(open_page: Open) -> None:
    page = open_page("/topics/loaf")
    first, second = page.locator("audio").nth(0), page.locator("audio").nth(1)
    first.evaluate("(player) => { player.muted = true; return player.play(); }")
    assert first.evaluate("(player) => player.paused") is False
    second.evaluate("(player) => { player.muted = true; return player.play(); }")
    assert first.evaluate("(player) => player.paused") is True
    assert second.evaluate("(player) => player.paused") is False


def test_a_picture_that_cannot_be_had_makes_way_for_the_initial(open_page: Open) -> None:
    page = open_page("/topics/rye")
    page.evaluate(
        """document.querySelector(".cover").insertAdjacentHTML("beforeend",
             "<img alt='' src='/robots.txt'>")"""
    )
    expect(page.locator(".cover img")).to_have_count(0)
    expect(page.locator(".cover").first).to_have_text("B")
