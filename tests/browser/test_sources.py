"""From the empty library to a topic in a real browser: sources added, watched, paused and removed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_axe import faults
from tests.browser.test_browser import WIDTHS, overflow
from tests.engine.crawling import ENVIRONMENT
from tests.web.serving import served
from tests.zoo import Answer, Zoo, made_feed

pytestmark = pytest.mark.browser


@pytest.fixture
def zoo() -> Iterator[Zoo]:
    with Zoo(Path("no-such-folder")) as zoo:
        yield zoo


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A server over a library that is empty, in the place of the one of the other tests."""
    with served(tmp_path / "home", {**ENVIRONMENT, "CASTABOUT_TIMEOUT": "30"}) as address:
        yield address.rstrip("/")


async def held(body: bytes, gate: Event) -> AsyncIterator[bytes]:
    """The answer of a host that waits for `gate`."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
    while not gate.is_set():
        await asyncio.sleep(0.02)
    yield b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


@pytest.mark.parametrize("script", [True, False])
def test_from_the_empty_library_to_a_topic(open_page: Open, zoo: Zoo, script: bool) -> None:
    gate = Event()
    zoo.pages["/slow"] = lambda _: Answer(talk=held(made_feed("/slow"), gate))
    page = open_page("/", script=script)
    page.get_by_label("Add podcasts").fill(
        f"{zoo.url('/made/a')}\n{zoo.url('/slow', host=2)}\n{zoo.url('/status/404')}"
    )
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Adding 3 sources")
    bar = page.get_by_role("progressbar", name="Adding 3 sources")
    expect(bar).to_be_visible()
    address = page.url
    expect(page.get_by_text("answered 404")).to_be_visible(timeout=30_000)
    expect(page.locator("#state")).to_contain_text("of 3 sources …")
    gate.set()
    expect(page.locator("#state")).to_have_text(
        "2 feeds read: 4 episodes added; 1 source failed.", timeout=30_000
    )
    assert page.url == address
    assert bar.evaluate("(bar) => bar.value / bar.max") == 1
    expect(page.get_by_role("link", name="Show /slow")).to_be_visible()
    page.get_by_role("link", name="Look something up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What podcasts say about anything")
    page.get_by_role("searchbox" if not script else "combobox").fill("episode")
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Podcasts about episode")


def test_an_opml_list_from_this_machine(open_page: Open, zoo: Zoo, tmp_path: Path) -> None:
    file = tmp_path / "subscriptions.opml"
    file.write_text(f'<opml version="2.0"><body><outline xmlUrl="{zoo.url("/made/a")}"/></body></opml>')
    page = open_page("/sources")
    page.get_by_label("Or the list that your podcast app exports").set_input_files(file)
    page.get_by_role("button", name="Add", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Adding subscriptions.opml")
    expect(page.locator("#state")).to_have_text("1 feed read: 2 episodes added.", timeout=30_000)


@pytest.mark.parametrize("script", [True, False])
def test_paused_and_removed(open_page: Open, script: bool) -> None:
    page = open_page("/", script=script)
    page.get_by_role("button", name="Try it with sample feeds").click()
    expect(page.locator("#state")).to_contain_text("12 feeds read", timeout=20_000)
    page.get_by_role("link", name="All sources").click()
    page.get_by_role("searchbox", name="Podcast").fill("crust")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Remove: Crumb & Crust").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Remove Crumb & Crust?")
    if script:
        assert faults(page) == []
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator("#state")).to_have_text("14 episodes removed.", timeout=30_000)
    page.get_by_role("link", name="All sources").click()
    expect(page.get_by_role("heading", name="Crumb & Crust")).to_have_count(0)
    expect(page.locator(".sources > li")).to_have_count(11)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out(open_page: Open, zoo: Zoo, scheme: str) -> None:
    for path in ("/", "/sources"):
        assert overflow(open_page(path, width=WIDTHS[0], scheme=scheme)) == []
    page = open_page("/sources", width=WIDTHS[0], scheme=scheme)
    page.get_by_label("Add podcasts").fill(
        "\n".join([zoo.url("/made/" + "long" * 60), zoo.url("/status/404/" + "x" * 300)])
    )
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("1 source failed")).to_be_visible(timeout=30_000)
    assert overflow(page) == []
    assert faults(page) == []
    for width in WIDTHS:
        assert overflow(open_page("/sources", width=width, scheme=scheme)) == []
