"""The player in a page of others, sharing, and that no page of ours stands in a frame otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Open, _play
from tests.support import open_at
from tests.web.asking import Site
from tests.web.feeds import fill
from tests.web.serving import served
from tests.zoo import Answer, Zoo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that everybody reaches."""
    folder = tmp_path_factory.mktemp("public")
    castabout = open_at(folder / "home")
    fill(castabout, folder / "feeds")
    castabout.close()
    with served(folder / "home", public_url="https://casts.example") as address:
        yield address.rstrip("/")


def episode(site: str) -> str:
    (path,) = Site(site).ask("/topics/either%2For").page.values("//h3/a[text()='Why rye?']/@href")
    return path


def test_in_a_page_of_others(chromium: Browser, public: str) -> None:
    path = episode(public)
    player = public + path.replace("episodes", "embed") + "?t=30"
    html = f'<iframe src="{player}" width="320" height="190"></iframe><iframe src="{public}{path}"></iframe>'
    with Zoo(Path("no-such-folder")) as zoo, chromium.new_context() as context:
        zoo.pages["/elsewhere"] = lambda _: Answer(html.encode(), headers={"Content-Type": "text/html"})
        context.route("https://media.example/**", _play)
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(zoo.url("/elsewhere"))
        frame = page.frame_locator("iframe >> nth=0")
        expect(frame.get_by_role("heading", level=1), str(refused)).to_have_text("Why rye?")
        audio = frame.locator("audio")
        audio.evaluate("(player) => { player.muted = true; return player.play(); }")
        assert audio.evaluate("(player) => player.currentTime") >= 27
        assert frame.locator("html").evaluate("(html) => html.scrollWidth <= html.clientWidth")
        expect(page.frame_locator("iframe >> nth=1").get_by_role("heading", level=1)).to_have_count(0)
        assert any("frame-ancestors" in message for message in refused)


def test_a_link_is_shared(open_page: Open, site: str) -> None:
    page = open_page(episode(site))
    share = page.get_by_role("link", name="Share Why rye?")
    # Headless, the device offers nothing.
    page.evaluate("delete Navigator.prototype.share")
    share.press("Enter")
    expect(page.get_by_text("Link copied").first).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == site + episode(site)
    page.evaluate("Navigator.prototype.share = async (what) => { window.shared = what; }")
    share.click()
    assert page.evaluate("window.shared") == {"title": "Why rye?", "url": site + episode(site)}


def test_the_app_can_be_installed(open_page: Open) -> None:
    page = open_page("/")
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == [] and manifest["url"].endswith("/manifest.webmanifest")
