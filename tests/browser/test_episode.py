"""The page of an episode: words in step with the sound, times in addresses, keys, and times that ads moved."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_browser import overflow

pytestmark = pytest.mark.browser

OpenEpisode = Callable[..., Page]


@pytest.fixture
def episode(open_page: Open) -> OpenEpisode:
    """Opens “Why rye?” with an ending of its address: a minute of silence whose feed says 1 h 4 m."""

    def opened(ending: str = "", *, title: str = "Why rye?", **options: object) -> Page:
        page = open_page("/search?q=rye&sort=date", **options)
        link = page.get_by_role("link", name=title, exact=True).get_attribute("href")
        page.goto(re.sub(r"^(\w+://[^/]+).*", rf"\1{link}{ending}", page.url))
        return page

    return opened


def play(page: Page) -> None:
    page.locator("#player audio").evaluate("(player) => { player.muted = true; }")
    page.locator(".deck .play").click()
    page.wait_for_function("() => document.querySelector('#player audio').currentTime > 0")


def at(page: Page) -> float:
    seconds: float = page.locator("#player audio").evaluate("(player) => player.currentTime")
    return seconds


def wait_until_at(page: Page, first: float, last: float) -> None:
    page.wait_for_function(
        """([first, last]) => { const { currentTime: at, seeking } = document.querySelector("#player audio");
             return !seeking && first <= at && at < last; }""",
        arg=[first, last],
    )


def test_a_line_is_heard_and_lit(episode: OpenEpisode) -> None:
    page = episode()
    page.get_by_text("It is dark and heavy.").click()
    wait_until_at(page, 15, 19)
    expect(page.locator(".script span[aria-current]")).to_have_text("It is dark and heavy.")
    assert page.url.endswith("?t=15")
    expect(page.get_by_role("button", name="Follow the words")).to_have_attribute("aria-pressed", "true")
    page.locator("#player audio").evaluate("(player) => { player.currentTime = 41; }")
    expect(page.locator(".script [aria-current]")).to_have_text("Who would eat it?")
    expect(page.locator(".times [aria-current]")).to_have_text("0:20")


@pytest.mark.parametrize(
    ("ending", "seconds", "words"),
    [
        ("?t=41", 38, "Who would eat it?"),
        ("#t=41", 38, "Who would eat it?"),
        ("#t=npt:0:41", 38, "Who would eat it?"),
        ("#t=0:00:12", 9, "I bring a loaf of rye."),
        ("?t=2", 0, "Welcome to the show."),
    ],
)
def test_what_the_address_asks_for_is_marked_and_heard(
    episode: OpenEpisode, ending: str, seconds: int, words: str
) -> None:
    page = episode(ending)
    expect(page.locator(".asked")).to_have_text(words)
    expect(page.locator(".asked")).to_be_in_viewport()
    play(page)
    wait_until_at(page, seconds, seconds + 3)


def test_a_range_ends_where_it_says(episode: OpenEpisode) -> None:
    page = episode("#t=53,55")
    play(page)
    wait_until_at(page, 50, 55)
    page.locator("#player audio").evaluate("(player) => { player.currentTime = 54.8; }")
    page.wait_for_function("() => document.querySelector('#player audio').paused")
    assert 55 <= at(page) < 56
    play(page)
    wait_until_at(page, 55.5, 60)


def test_another_address_of_the_same_page_moves_the_player(episode: OpenEpisode) -> None:
    page = episode("#t=41")
    page.evaluate("location.hash = 't=12'")
    expect(page.locator(".asked")).to_have_text("I bring a loaf of rye.")
    play(page)
    wait_until_at(page, 9, 12)


def test_everything_is_there_without_script(episode: OpenEpisode) -> None:
    page = episode("?t=41", script=False)
    expect(page.locator(".deck audio")).to_have_attribute("src", "https://media.example/rye.mp3?a=1&b=2#t=38")
    expect(page.locator(".asked")).to_have_text("Who would eat it?")
    page.get_by_role("link", name="To the words at 0:41").click()
    expect(page.locator(".asked")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Copy link")).to_be_hidden()
    expect(page.get_by_label("Search in the transcript")).to_be_hidden()
    page.locator(".line .time").nth(1).click()
    expect(page.locator(".deck audio")).to_have_attribute("src", "https://media.example/rye.mp3?a=1&b=2#t=7")
    expect(page.locator("[id='t=10']")).to_be_in_viewport()
    page.get_by_role("link", name="0:20").first.click()
    assert page.url.endswith("?t=20#t=20")


def test_the_keys(episode: OpenEpisode) -> None:
    page = episode("?t=41")
    player = page.locator("#player audio")
    player.evaluate("(player) => { player.muted = true; }")
    page.keyboard.press("Space")
    wait_until_at(page, 38, 41)
    page.keyboard.press("ArrowLeft")
    wait_until_at(page, 33, 37)
    page.keyboard.press("ArrowRight")
    wait_until_at(page, 38, 43)
    page.keyboard.press("Space")
    expect(player).to_have_js_property("paused", True)
    page.locator(".line .time").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".line .time").nth(1)).to_be_focused()
    assert (
        page.locator(".line .time").evaluate_all("(all) => all.filter((e) => e.tabIndex === 0).length") == 1
    )
    page.keyboard.press("Enter")
    wait_until_at(page, 10, 14)
    page.keyboard.press("/")
    expect(page.get_by_label("Search in the transcript")).to_be_focused()
    page.keyboard.type("a b")
    assert at(page) >= 10 and page.get_by_label("Search in the transcript").input_value() == "a b"


def test_search_inside_the_transcript(episode: OpenEpisode) -> None:
    page = episode()
    box = page.get_by_label("Search in the transcript")
    count = page.locator("#count")
    box.fill("WOULD")
    expect(count).to_have_text("1 of 3")
    box.press("Enter")
    expect(count).to_have_text("2 of 3")
    box.press("Shift+Enter")
    page.get_by_role("button", name="Previous place").click()
    expect(count).to_have_text("3 of 3")
    assert page.evaluate("[...CSS.highlights.get('here')].map(String)") == ["would"]
    expect(page.get_by_text("So would I.")).to_be_in_viewport()
    # Without its accent, over the end of a cue.
    box.fill("cafe au")
    expect(count).to_have_text("1 of 1")
    box.fill("muffin")
    expect(count).to_have_text("Not said")
    box.fill("")
    expect(count).to_have_text("")


def test_a_link_to_this_moment(episode: OpenEpisode) -> None:
    page = episode()
    page.get_by_text("It is dark and heavy.").click()
    wait_until_at(page, 15, 19)
    page.locator("#player audio").evaluate("(player) => player.pause()")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#copy")).to_have_text(re.compile(r"Copied: 0:1[5-9]"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(re.escape(page.url.partition("?")[0]) + r"\?t=1[5-9]", copied)


def test_moved_times_are_remembered_for_the_episode(episode: OpenEpisode) -> None:
    page = episode("?t=12")
    page.get_by_role("button", name="Times off?").click()
    page.get_by_role("button", name="+10 s").click()
    page.get_by_role("button", name="+1 s").click()
    page.get_by_role("button", name="−1 s").click()
    expect(page.locator("#said")).to_have_text("Times moved by 10 seconds.")
    page.reload()
    expect(page.get_by_role("button", name="Times off?")).to_contain_text("+10 s")
    play(page)
    wait_until_at(page, 19, 22)
    page.get_by_text("Good bye.").click()
    wait_until_at(page, 60, 61)
    page.get_by_text("Welcome to the show.").click()
    wait_until_at(page, 10, 14)
    expect(page.locator(".script [aria-current]")).to_have_text("Welcome to the show.")
    page.get_by_role("button", name="Times off?").click()
    page.get_by_role("button", name="As published").click()
    expect(page.locator(".script [aria-current]")).to_have_text("I bring a loaf of rye.")
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.includes('nudge'))")


def test_times_are_moved_by_the_line_that_is_heard(episode: OpenEpisode) -> None:
    page = episode()
    play(page)
    page.locator("#player audio").evaluate("(player) => { player.pause(); player.currentTime = 32.5; }")
    wait_until_at(page, 32.5, 33)
    page.get_by_role("button", name="Times off?").click()
    page.get_by_role("button", name="Choose the line you hear").click()
    page.get_by_text("Welcome to the show.").click()
    expect(page.get_by_role("button", name="Times off?")).to_contain_text("+32.5 s")
    expect(page.locator(".script [aria-current]")).to_have_text("Welcome to the show.")
    assert at(page) == 32.5


def test_a_file_of_another_length_is_told(episode: OpenEpisode) -> None:
    page = episode()
    expect(page.locator("#differs")).to_have_text("")
    play(page)
    expect(page.locator("#differs")).to_have_text(
        "The file is 1:03:00 shorter than its feed says: times may be off."
    )


def test_a_picked_stretch_is_heard_to_its_end(episode: OpenEpisode) -> None:
    page = episode()
    section = page.get_by_role("region", name="Picked by the publisher")
    section.get_by_role("link", name="0:10").click()
    wait_until_at(page, 10, 14)
    page.locator("#player audio").evaluate("(player) => { player.currentTime = 19.8; }")
    page.wait_for_function("() => document.querySelector('#player audio').paused")


def test_five_thousand_cues_from_right_to_left(episode: OpenEpisode) -> None:
    page = episode("#t=14997", title="كل شيء عن rye")
    expect(page.locator(".script span")).to_have_count(5_000)
    expect(page.locator(".asked")).to_have_text("خبز الشيلم 4999")
    expect(page.locator(".asked")).to_be_in_viewport()
    line = page.locator(".line").last
    assert line.locator("p").evaluate("(e) => getComputedStyle(e).direction") == "rtl"
    assert page.locator(".script").get_attribute("lang") == "ar"
    page.get_by_label("Search in the transcript").fill("الشيلم 4321")
    expect(page.locator("#count")).to_have_text("1 of 1")
    expect(page.get_by_text("خبز الشيلم 4321", exact=True)).to_be_in_viewport()


def test_words_without_times(episode: OpenEpisode) -> None:
    page = episode(title="Loaf 25")
    expect(page.get_by_text("It is not known when the words are said.")).to_be_visible()
    expect(page.get_by_role("button", name="Follow the words")).to_have_count(0)
    page.get_by_label("Search in the transcript").fill("was said")
    expect(page.locator("#count")).to_have_text("1 of 1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out(episode: OpenEpisode, width: int, scheme: str) -> None:
    page = episode("?t=41", width=width, scheme=scheme)
    page.get_by_role("button", name="Times off?").click()
    assert overflow(page) == []


def test_selecting_words_does_not_play_them(episode: OpenEpisode) -> None:
    page = episode()
    line = page.get_by_text("It is dark and heavy.")
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2, steps=3)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()") != ""
    expect(page.locator("#player audio")).to_have_js_property("paused", True)
