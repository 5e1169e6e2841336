"""What axe finds on each page: the rules of WCAG 2.2 AA that can be told by a program. https://www.w3.org/TR/WCAG22/

The rest was looked at by hand: see the guide.
"""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "/",
    "/topics/rye",
    "/topics/rye?sort=best",
    "/topics/nothingatall",
    "/topics/خبز",
    "/compare?topic=rye&topic=loaf",
    "/search",
    "/search?q=rye",
    "/search?q=rye+language:en+longer:1m",
    "/search?q=nothingatall",
    "/search?q=rye&in=podcasts",
    "/search?q=rye&in=moments",
    "/help/search",
    "/tags",
    "/people",
    "/people/Zo%C3%AB%20Dupont",
    "/languages",
    "/later",
    "/sources",
    "/api/docs",
)


def faults(page: Page) -> list[str]:
    """What is wrong in either scheme, with the elements; in the dark one only colours are different."""
    page.emulate_media(color_scheme="light")
    found = _found(page, {"runOnly": _RULES})
    page.emulate_media(color_scheme="dark")
    return found + _found(page, {"runOnly": ["color-contrast"]})


def _found(page: Page, options: dict[str, Any]) -> list[str]:
    found: dict[str, Any] = Axe().run(page, options=options).response
    assert found["passes"]
    return [
        f"{one['id']}: {node['html'][:120]}: {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_pages(open_page: Open, path: str) -> None:
    assert faults(open_page(path)) == []


def test_pages_that_others_lead_to(open_page: Open) -> None:
    page = open_page("/search?q=rye", width=390)
    page.locator(".episode h3 a").first.click()
    page.wait_for_url("**/episodes/**")
    assert faults(page) == []
    page.locator("h1 a").click()
    page.wait_for_url("**/podcasts/**")
    assert faults(page) == []


def test_faults_are_found(open_page: Open) -> None:
    page = open_page("/tags")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    page.evaluate("document.querySelector('h1').style.color = 'light-dark(black, #222)'")
    assert [fault.partition(":")[0] for fault in faults(page)] == ["button-name", "color-contrast"]
