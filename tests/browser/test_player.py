"""The player of all pages: it goes on from page to page, comes back as it was, and knows what is next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from castabout.engine.indexing import catch_up
from castabout.engine.update import add
from castabout.render.json import encode
from castabout.store import episodes, spoken
from tests.browser.conftest import Open
from tests.browser.talk import put_talk
from tests.browser.test_browser import WIDTHS, overflow
from tests.support import NOW, open_at
from tests.web import users
from tests.web.asking import Site
from tests.web.feeds import fill
from tests.web.serving import served

pytestmark = pytest.mark.browser

FILM = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Moving bread</title><language>en</language>
<item><title>A film of rye</title><guid>1</guid><pubDate>Sun, 29 Sep 2024 06:30:00 +0000</pubDate>
<enclosure url="https://media.example/film.mp4" type="video/mp4" length="1"/></item></channel></rss>"""
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the library of tests/web, in which what is said is found."""
    folder = tmp_path_factory.mktemp("player")
    castabout = open_at(folder / "home")
    fill(castabout, folder / "feeds")
    (folder / "film.xml").write_text(FILM)
    assert [found.error for found in add(castabout, [str(folder / "film.xml")], found=lambda _: None)] == [
        None
    ]
    put_talk(castabout)
    with castabout.store.writing() as connection:
        spoken.queue(connection, [one.row for one in episodes.newest(castabout.store, limit=100)])
    catch_up(castabout, progress=lambda _: None)
    castabout.close()
    with served(folder / "home") as address:
        yield address.rstrip("/")


@pytest.fixture(scope="module")
def named(site: str) -> dict[str, str]:
    """The ids of episodes by title."""
    buttons = Site(site).ask("/search?q=rye&sort=date").page.all("//button[@form='later']")
    return {one.xpath("string(ancestor::li//h3)"): str(one.get("value")) for one in buttons}


@pytest.fixture(autouse=True)
def _nothing_heard(site: str, named: dict[str, str]) -> None:
    """Every test begins without a list and at the beginning of every episode."""
    asking = Site(site)
    for id in asking.ask("/later").page.values("//li[@data-episode]/@data-episode"):
        assert asking.press("remove", id).status == 303
    for id in named.values():
        tell(asking, id, 0, when=NOW.isoformat())


def tell(site: Site, id: str, seconds: float, *, when: str) -> None:
    body = encode({"seconds": seconds, "when": when})
    assert site.send(f"/api/v1/positions/{id}", "PUT", body=body, headers=JSON).status == 200


def kept(site: str, id: str) -> tuple[float, bool]:
    position = Site(site).ask(f"/api/v1/player/episodes/{id}").values["position"]
    assert isinstance(position, dict)
    return position["seconds"], position["is_finished"]


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Player", exact=True)


def title(page: Page) -> Locator:
    return bar(page).locator(".title")


def said(page: Page) -> Locator:
    return bar(page).get_by_role("status")


def at(page: Page) -> float:
    seconds: float = page.locator("#player audio").evaluate("(sound) => sound.currentTime")
    return seconds


def jump(page: Page, seconds: float) -> None:
    """To a second of the file, as a hand on the position would."""
    page.get_by_role("slider", name="Position").fill(str(seconds))


def wait_until_at(page: Page, first: float, last: float) -> None:
    page.wait_for_function(
        """([first, last]) => { const { currentTime: at, seeking } = document.querySelector("#player audio");
             return !seeking && first <= at && at < last; }""",
        arg=[first, last],
    )


def wait_until_it_plays(page: Page) -> None:
    page.wait_for_function(
        "() => { const s = document.querySelector('#player audio'); return !s.paused && s.currentTime > 0; }"
    )


def pause(page: Page) -> None:
    """Press pause, and wait until the server knows."""
    with page.expect_response("**/api/v1/positions/*"):
        bar(page).get_by_role("button", name="Pause", exact=True).click()


def is_paused(page: Page) -> bool:
    paused: bool = page.locator("#player audio").evaluate("(sound) => sound.paused")
    return paused


def hear(page: Page, name: str) -> None:
    """Press the button of an episode, and wait for its sound."""
    page.get_by_role("button", name=f"Play: {name}", exact=True).click()
    expect(title(page)).to_have_text(name)
    wait_until_it_plays(page)


def listen_later(page: Page, *titles: str) -> None:
    for name in titles:
        button = page.get_by_role("button", name=f"Listen later: {name}", exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")


def broken(route: Route) -> None:
    route.fulfill(status=200, body="<p>Gone", content_type="text/html")


def test_it_goes_on_over_pages_and_back(open_page: Open) -> None:
    page = open_page("/topics/rye")
    expect(bar(page)).to_be_hidden()
    hear(page, "Why rye?")
    page.evaluate("() => { window.isTheSamePage = true; window.breaks = 0; }")
    page.locator("#player audio").evaluate(
        "(s) => s.addEventListener('pause', () => { window.breaks += 1; })"
    )
    before = at(page)

    page.get_by_role("link", name="Loaf 25", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Loaf 25")
    expect(page).to_have_title(re.compile("^Loaf 25 – Bread & Butter"))
    expect(page.locator("#announced")).to_contain_text("Loaf 25")
    expect(page.locator("main")).to_be_focused()
    page.get_by_role("link", name="Listen Later", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listen Later")
    assert page.locator("link[href*='later.css']").count() == 1
    assert page.locator("link[href*='episode.css']").count() == 0
    page.get_by_role("banner").get_by_role("combobox").fill("loaf")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Podcasts about loaf")
    # The form led on to the page of the topic.
    page.wait_for_function("() => location.pathname === '/topics/loaf'")

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listen Later")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Podcasts about rye")
    page.wait_for_function("() => scrollY > 0")
    expect(page.get_by_role("button", name="Pause: Why rye?")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Loaf 25")
    wait_until_at(page, before + 0.1, 60)
    assert page.evaluate("[window.isTheSamePage, window.breaks]") == [True, 0]


def test_what_is_no_page_of_ours_is_left_to_the_browser(open_page: Open) -> None:
    page = open_page("/topics/rye")
    hear(page, "Why rye?")
    page.evaluate("window.isTheSamePage = true")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Loaf 25", exact=True).click(modifiers=["Control"])
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Loaf 25")
    opened.value.close()
    # Another version of the scripts is on the server: the page is loaded as a whole.
    page.route(
        "**/search", lambda route: route.fulfill(response=(old := route.fetch()), body=newer(old.text()))
    )
    page.get_by_role("link", name="Search episodes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Search")
    page.wait_for_function("() => !window.isTheSamePage")
    # A server that cannot be reached is told by the browser itself, and what was heard comes back.
    expect(title(page)).to_have_text("Why rye?")


def newer(html: str) -> str:
    return re.sub(r"suggest\.js\?v=\w+", "suggest.js?v=newer", html)


def test_a_form_that_changes_something_is_sent_as_ever(open_page: Open) -> None:
    page = open_page("/topics/rye")
    hear(page, "Why rye?")
    page.get_by_role("link", name="Listen Later", exact=True).click()
    page.get_by_label("Name of a new list").fill("For the train")
    page.get_by_role("button", name="Make").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For the train")
    expect(title(page)).to_have_text("Why rye?")
    page.get_by_role("button", name="Remove this list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listen Later")


def test_it_comes_back_after_a_reload(open_page: Open, site: str, named: dict[str, str]) -> None:
    page = open_page("/topics/rye")
    hear(page, "Why rye?")
    page.get_by_label("Speed").select_option("1.5")
    page.get_by_label("Sleep timer").select_option("45")
    jump(page, 30)
    wait_until_at(page, 30, 35)
    pause(page)
    page.reload()
    expect(title(page)).to_have_text("Why rye?")
    expect(bar(page).locator(".past")).to_have_text(re.compile(r"0:3[0-5]"))
    expect(bar(page).locator(".chapter")).to_have_text("The loaf")
    expect(page.get_by_label("Speed")).to_have_value("1.5")
    expect(page.get_by_label("Sleep timer").locator("option:checked")).to_have_text("Sleep: 45 min")
    assert is_paused(page)
    bar(page).get_by_role("button", name="Play", exact=True).click()
    wait_until_at(page, 30, 40)
    assert page.locator("#player audio").evaluate("(sound) => sound.playbackRate") == 1.5
    # What was playing goes on, or asks to.
    page.reload()
    expect(title(page)).to_have_text("Why rye?")
    page.wait_for_function(
        """() => !document.querySelector("#player audio").paused
             || document.querySelector("#player .said button")?.textContent === "Go on" """
    )
    if is_paused(page):
        bar(page).get_by_role("button", name="Go on").click()
    wait_until_at(page, 30, 50)
    assert 29 < kept(site, named["Why rye?"])[0] < 50

    page.get_by_role("button", name="Close the player").click()
    expect(bar(page)).to_be_hidden()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(bar(page)).to_be_hidden()


def test_the_newest_of_two_browsers_wins(open_page: Open, site: str, named: dict[str, str]) -> None:
    id = named["Loaf 25"]
    one, two = open_page("/topics/rye"), open_page("/topics/rye")
    hear(one, "Loaf 25")
    jump(one, 20)
    wait_until_at(one, 20, 25)
    pause(one)
    expect(bar(one).locator(".past")).to_have_text(re.compile(r"0:2[0-5]"))
    hear(two, "Loaf 25")
    wait_until_at(two, 20, 30)
    jump(two, 45)
    wait_until_at(two, 45, 50)
    pause(two)
    assert 45 <= kept(site, id)[0] < 50
    # What comes late from an old tab is not taken, and the tab goes to where it was heard last.
    tell(Site(site), id, 3, when=datetime(2026, 10, 1, tzinfo=UTC).isoformat())
    assert 45 <= kept(site, id)[0] < 50
    one.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(bar(one).locator(".past")).to_have_text(re.compile(r"0:4[5-9]"))


def test_the_list_is_played_to_its_end(open_page: Open, site: str, named: dict[str, str]) -> None:
    page = open_page("/topics/rye")
    listen_later(page, "Loaf 25", "Loaf 24", "Loaf 23")
    page.get_by_role("link", name="Listen Later", exact=True).click()
    page.get_by_role("button", name="Move up: Loaf 23").click()
    expect(page.locator("#told")).to_have_text("Loaf 23 is number 2 of 3.")
    hear(page, "Loaf 25")
    page.get_by_role("button", name="Up next").click()
    panel = page.get_by_role("dialog", name="Up next")
    expect(panel.get_by_role("heading")).to_have_text("Up next from Listen Later")
    expect(panel.locator("li span")).to_have_text(["Loaf 23", "Loaf 24"])
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    jump(page, 59)
    expect(title(page)).to_have_text("Loaf 23")
    expect(said(page)).to_have_text("Next from your list: Loaf 23.")
    wait_until_it_plays(page)
    assert kept(site, named["Loaf 25"]) == (60.0, True)
    # Taken out of the list meanwhile, on another page.
    page.get_by_role("button", name="Remove: Loaf 24").click()
    expect(page.locator(".kept h2")).to_have_count(2)
    jump(page, 59)
    page.wait_for_function("() => document.querySelector('#player audio').ended")
    expect(title(page)).to_have_text("Loaf 23")


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_file_that_cannot_be_played_is_said(open_page: Open, place: str) -> None:
    page = open_page("/topics/rye")
    page.context.route("**/loaf-24.wav", broken)
    listen_later(page, *(("Loaf 24", "Loaf 23") if place == "first" else ("Loaf 23", "Loaf 24")))
    page.get_by_role("button", name="Play: Loaf 24").click()
    expect(said(page)).to_contain_text("“Loaf 24” cannot be played")
    if place == "first":
        expect(said(page)).to_contain_text("Now: Loaf 23.")
        expect(title(page)).to_have_text("Loaf 23")
        wait_until_it_plays(page)
    else:
        expect(title(page)).to_have_text("Loaf 24")
        assert is_paused(page)


def test_the_sleep_timer(open_page: Open) -> None:
    page = open_page("/topics/rye")
    page.clock.install()
    page.reload()
    hear(page, "Why rye?")
    timer = page.get_by_label("Sleep timer")
    timer.select_option("5")
    page.clock.fast_forward("04:01")
    expect(timer.locator("option:checked")).to_have_text("Sleep: 1 min")
    assert not is_paused(page)
    page.clock.fast_forward("01:00")
    expect(said(page)).to_have_text("Good night: paused by the sleep timer.")
    assert is_paused(page)
    expect(timer.locator("option:checked")).to_have_text("Sleep: off")


def test_sleep_at_the_end_of_the_episode(open_page: Open) -> None:
    page = open_page("/topics/rye")
    listen_later(page, "Loaf 25", "Loaf 24")
    hear(page, "Loaf 25")
    page.get_by_label("Sleep timer").select_option("Sleep: at its end")
    jump(page, 59)
    expect(said(page)).to_have_text("Good night: this was the end of the episode.")
    expect(title(page)).to_have_text("Loaf 25")
    expect(page.get_by_label("Sleep timer")).to_have_value("")


def test_the_keys(open_page: Open) -> None:
    page = open_page("/topics/rye")
    # Nothing is loaded: the keys are the page's own.
    page.keyboard.press("k")
    expect(bar(page)).to_be_hidden()
    hear(page, "Why rye?")
    page.locator("main").focus()
    page.keyboard.press("k")
    assert is_paused(page)
    jump(page, 40)
    page.locator("main").focus()
    page.keyboard.press("j")
    wait_until_at(page, 30, 31)
    page.keyboard.press("ArrowRight")
    wait_until_at(page, 35, 36)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("j")
    wait_until_at(page, 20, 21)
    page.keyboard.press("l")
    wait_until_at(page, 50, 51)
    page.keyboard.press("Space")
    wait_until_at(page, 50.05, 55)
    page.keyboard.press("Space")
    assert is_paused(page)
    # In a field they are letters.
    page.get_by_role("banner").get_by_role("combobox").focus()
    page.keyboard.type("jkl")
    expect(page.get_by_role("banner").get_by_role("combobox")).to_have_value("jklrye")
    assert is_paused(page) and at(page) >= 50
    # On the position they move it, by themselves.
    page.get_by_role("slider", name="Position").focus()
    page.keyboard.press("Home")
    wait_until_at(page, 0, 1)


def test_a_moment_is_one_press_from_being_heard(open_page: Open, site: str, named: dict[str, str]) -> None:
    tell(Site(site), named["Why rye?"], 50, when=NOW.isoformat())
    page = open_page("/search?q=loaf&in=moments")
    page.get_by_role("button", name="Play from 0:10: Why rye?").click()
    wait_until_at(page, 7, 11)
    # Where it was left is not lost.
    expect(said(page)).to_contain_text("You had heard up to 0:50.")
    bar(page).get_by_role("button", name="Go on there").click()
    wait_until_at(page, 50, 55)


def test_a_link_to_a_moment_of_what_plays(open_page: Open) -> None:
    page = open_page("/search?q=loaf&in=moments")
    page.get_by_role("button", name="Play from 0:10: Why rye?").click()
    wait_until_it_plays(page)
    jump(page, 50)
    wait_until_at(page, 50, 60)
    page.get_by_role("link", name="0:10").click()
    expect(page.locator(".asked")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Follow the words")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Play: Why rye?").click()
    wait_until_at(page, 7, 12)
    page.get_by_role("button", name="Pause: Why rye?").click()
    assert is_paused(page)


def test_chapters_and_the_words_in_step(open_page: Open) -> None:
    page = open_page("/topics/rye")
    hear(page, "Why rye?")
    page.get_by_role("button", name="Chapters", exact=True).click()
    panel = page.get_by_role("dialog", name="Chapters")
    expect(panel.locator("[aria-current]")).to_contain_text("Hello")
    panel.get_by_role("button", name="The loaf").click()
    wait_until_at(page, 20, 24)
    expect(panel.locator("[aria-current]")).to_contain_text("The loaf")
    page.keyboard.press("Escape")
    title(page).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Why rye?")
    jump(page, 41)
    expect(page.locator(".script [aria-current]")).to_have_text("Who would eat it?")
    page.get_by_text("It is dark and heavy.").click()
    wait_until_at(page, 15, 19)
    expect(page.locator(".script [aria-current]")).to_have_text("It is dark and heavy.")
    # The page of another episode leaves it alone until it is played itself.
    page.go_back()
    page.get_by_role("link", name="Loaf 25", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Loaf 25")
    assert not is_paused(page)
    hear(page, "Loaf 25")


def test_keys_of_the_keyboard_and_the_lock_screen(open_page: Open) -> None:
    page = open_page("/")
    page.evaluate("() => { navigator.mediaSession.metadata ??= null; }")
    page.context.add_init_script(
        """window.handlers = {};
           MediaSession.prototype.setActionHandler = (name, does) => { window.handlers[name] = does; };"""
    )
    page.goto(page.url + "topics/rye")
    hear(page, "Why rye?")
    assert page.evaluate(
        "[navigator.mediaSession.metadata.title, navigator.mediaSession.metadata.artist]"
    ) == [
        "Why rye?",
        "Bread & Butter",
    ]
    assert page.evaluate("navigator.mediaSession.playbackState") == "playing"
    page.evaluate("window.handlers.pause({})")
    assert is_paused(page)
    page.evaluate("window.handlers.seekto({ seekTime: 12 })")
    wait_until_at(page, 12, 13)
    page.evaluate("window.handlers.nexttrack({})")
    wait_until_at(page, 20, 21)
    page.evaluate("window.handlers.previoustrack({})")
    wait_until_at(page, 0, 1)
    page.evaluate("window.handlers.seekforward({})")
    wait_until_at(page, 30, 31)


def test_two_tabs_do_not_play_at_once(open_page: Open) -> None:
    page = open_page("/topics/rye")
    hear(page, "Why rye?")
    other = page.context.new_page()
    other.goto(page.url)
    expect(title(other)).to_have_text("Why rye?")
    hear(other, "Loaf 25")
    page.wait_for_function("() => document.querySelector('#player audio').paused")
    other.close()


def test_a_film_is_seen_on_its_page_and_heard_on_others(open_page: Open) -> None:
    page = open_page("/topics/rye")
    page.get_by_role("link", name="A film of rye", exact=True).click()
    film = page.get_by_label("Player: A film of rye")
    expect(film).to_be_visible()
    film.evaluate("(film) => { film.currentTime = 20; return film.play(); }")
    expect(bar(page)).to_be_hidden()
    page.go_back()
    expect(title(page)).to_have_text("A film of rye")
    wait_until_it_plays(page)
    wait_until_at(page, 20, 30)


def test_who_is_not_the_owner_hears_as_well(open_page: Open, site: str, named: dict[str, str]) -> None:
    page = open_page("/")
    page.context.set_extra_http_headers({"x-forwarded-for": "203.0.113.7"})
    page.goto(f"{site}/topics/rye")
    hear(page, "Why rye?")
    expect(page.get_by_role("button", name="Chapters", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Up next")).to_be_hidden()
    jump(page, 30)
    wait_until_at(page, 30, 35)
    bar(page).get_by_role("button", name="Pause", exact=True).click()
    page.reload()
    expect(bar(page).locator(".past")).to_have_text(re.compile(r"0:3[0-5]"))
    assert kept(site, named["Why rye?"]) == (0, False)


def test_somebody_else_at_the_same_browser_begins_anew(open_page: Open, site: str, tmp_path: Path) -> None:
    feed = FILM.replace("film.mp4", "film.wav").replace("video/mp4", "audio/wav")
    users.fill(tmp_path / "home", "ana", "ben", feed_xml=feed)
    with served(tmp_path / "home") as address:
        page = open_page("/")
        page.context.route(f"{address}**", lambda route: route.continue_())
        for name in ("ana", "ben"):
            page.goto(f"{address}login")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password", exact=True).fill(users.PASSWORD)
            page.get_by_role("button", name="Log in").click()
            page.goto(f"{address}topics/rye")
            page.wait_for_load_state("networkidle")
            expect(bar(page)).to_be_hidden()
            hear(page, "A film of rye")
            assert at(page) < 10
            jump(page, 40)
            wait_until_at(page, 40, 45)
            pause(page)
            page.goto(f"{address}logout")
            page.get_by_role("button", name="Log out", exact=True).click()
        page.goto(f"{site}/")


def test_what_cannot_be_had_is_said(open_page: Open, named: dict[str, str]) -> None:
    page = open_page("/topics/rye")
    page.route("**/api/v1/player/episodes/*", lambda route: route.fulfill(status=200, body="{}"))
    page.get_by_role("button", name="Play: Loaf 24", exact=True).click()
    expect(said(page)).to_have_text("This episode has no recording that can be played.")
    expect(bar(page).get_by_role("button", name="Play", exact=True)).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out(open_page: Open, width: int) -> None:
    page = open_page("/topics/rye", width=width)
    hear(page, "Why rye?")
    assert overflow(page) == []
    if page.get_by_role("button", name="More controls").is_visible():
        page.get_by_role("button", name="More controls").click()
    expect(page.get_by_label("Speed")).to_be_visible()
    page.get_by_role("button", name="Up next").click()
    expect(page.get_by_role("dialog", name="Up next")).to_be_visible()
    assert overflow(page) == []
    # What has the focus is not behind the bar.
    for _ in range(12):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            """() => { const e = document.activeElement, { bottom, height } = e.getBoundingClientRect();
                 return height > 0 && !e.closest("#player") && e !== document.body
                   && bottom > document.querySelector("#player").getBoundingClientRect().top; }"""
        )
        assert not covered


def test_without_script_each_line_has_a_player_of_its_own(open_page: Open) -> None:
    page = open_page("/topics/rye", script=False)
    expect(bar(page)).to_be_hidden()
    expect(page.locator(".episode audio").first).to_be_visible()
    expect(page.locator(".play, .hear").first).to_be_hidden()
    page.get_by_role("link", name="Why rye?", exact=True).click()
    expect(page.locator(".deck audio")).to_be_visible()


def test_letters_are_no_keys_where_somebody_does_not_want_them(open_page: Open) -> None:
    page = open_page("/help/search")
    page.get_by_label("Letters and / are keys too").uncheck()
    page.get_by_role("link", name="castabout").first.click()
    page.goto(page.url + "topics/rye")
    hear(page, "Why rye?")
    page.locator("main").focus()
    page.keyboard.press("k")
    page.keyboard.press("/")
    assert not is_paused(page)
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Space")
    assert is_paused(page)
