"""Names that are offered as one types: by keyboard, by mouse, and to those who cannot see them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_browser import WIDTHS, overflow

pytestmark = pytest.mark.browser


def test_by_keyboard(open_page: Open) -> None:
    page = open_page("/")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("r")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").first).to_have_text(
        re.compile(r"\d+ suggestions?, up and down to choose")
    )
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    first = options.first.get_attribute("id")
    assert first
    expect(box).to_have_attribute("aria-activedescendant", first)
    box.press("ArrowUp")
    expect(box).to_have_value("r")
    expect(box).not_to_have_attribute("aria-activedescendant", first)
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Podcasts about r")


def test_a_podcast_that_is_chosen_is_gone_to(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("combobox").press_sequentially("butt")
    page.get_by_role("option", name="Bread & Butter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bread & Butter")


def test_a_topic_that_is_chosen_is_looked_up(open_page: Open) -> None:
    page = open_page("/help/search")
    box = page.get_by_role("combobox").first
    box.press_sequentially("eith")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    expect(box).to_have_value("either/or")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Podcasts about either/or")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_fits(open_page: Open, width: int) -> None:
    page = open_page("/search", width=width)
    page.get_by_role("combobox").press_sequentially("b")
    expect(page.get_by_role("option").first).to_be_visible()
    assert overflow(page) == []
