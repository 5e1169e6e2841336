"""A served library and a page of a browser that reaches nothing else."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser.talk import put_talk
from tests.conftest import CHROMIUM, require
from tests.support import open_at
from tests.web.feeds import fill
from tests.web.serving import served

#: A minute of silence: 8,000 samples a second of 8 bits.
_SAMPLES = 8_000 * 60
SILENCE = (
    struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + _SAMPLES,
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        8_000,
        8_000,
        1,
        8,
        b"data",
        _SAMPLES,
    )
    + b"\x80" * _SAMPLES
)
#: What hostile markup calls if it ever runs.
TRAP = "window.wasHacked = false; window.hacked = () => { window.wasHacked = true; };"

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the library of tests/web."""
    folder = tmp_path_factory.mktemp("browser")
    castabout = open_at(folder / "home")
    fill(castabout, folder / "feeds")
    put_talk(castabout)
    castabout.close()
    with served(folder / "home") as address:
        yield address.rstrip("/")


def _play(route: Route) -> None:
    """Silence from the byte that was asked for: without ranges a player cannot jump."""
    first = int(route.request.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
    content_range = f"bytes {first}-{len(SILENCE) - 1}/{len(SILENCE)}"
    headers = {"accept-ranges": "bytes", "content-range": content_range, "content-type": "audio/wav"}
    route.fulfill(status=206, body=SILENCE[first:], headers=headers)


# Playwright keeps a running loop for its time, beside which no other test could start one.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    require(CHROMIUM is not None, "no Chromium on this machine")
    options = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[Open]:
    """Opens a path of `site` in a fresh window; at the end nothing may have run or complained."""
    complaints: list[str] = []
    pages: list[Page] = []

    def answer(route: Route) -> None:
        if route.request.url.startswith("https://media.example/"):
            _play(route)
        else:
            route.abort()

    def opened(path: str, *, width: int = 1280, scheme: str = "light", script: bool = True) -> Page:
        context = chromium.new_context(
            permissions=["clipboard-read", "clipboard-write"],
            reduced_motion="reduce",
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
        )
        context.add_init_script(TRAP)
        context.route(lambda url: not url.startswith(site), answer)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        response = page.goto(site + path)
        assert response is not None and response.status == 200
        pages.append(page)
        return page

    yield opened
    for page in pages:
        assert page.evaluate("window.wasHacked") in (False, None)
        page.context.close()
    assert complaints == []
