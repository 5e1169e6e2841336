"""Moments on pages and in JSON: who says what, where a link leads, what is told where there are none."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from litestar import Litestar

from castabout.engine.moments import Wanted
from castabout.model.answers import (
    Highlighted,
    Moment,
    Moments,
    MomentsPage,
    SearchPage,
    Span,
    Turn,
    Unnarrowed,
)
from castabout.model.passage import Kind
from castabout.render.json import moments_json
from castabout.web.get import get
from castabout.web.pages.search import render_moments, render_search
from tests.web import values
from tests.web.reading import Page, dangers, read

PAGE = f"/episodes/{values.EPISODE.id}"
ADA = Turn("Ada <i>", 3.0, 5.0, False, Highlighted("Is there rye?", (Span(9, 12),)))
BO = Turn("Bo", 5.0, 9.5, False, Highlighted("Yes."))
NOBODY = Turn(None, 9.5, None, False, Highlighted("Hm."))
EXACT = Moment(kind=Kind.SPEECH, start=4.0, turns=(ADA, BO, NOBODY), cue=7, at=3)
ABOUT = replace(EXACT, start=62.5, is_estimated=True, turns=(BO,))
UNTIMED = replace(EXACT, start=None, turns=(BO,), at=0)
CHAPTER = Moment(kind=Kind.CHAPTER, start=60.0, turns=(replace(NOBODY, start=60.0),))


def found(*moments: Moment, query: str = "rye", unnarrowed: Unnarrowed | None = None) -> MomentsPage:
    line = replace(values.EPISODE, moments=Moments(moments, len(moments)))
    return MomentsPage(
        query=query,
        is_loose=False,
        moments=len(moments),
        episodes=1 if moments else 0,
        offset=0,
        limit=20,
        hits=(line,) if moments else (),
        elapsed_ms=1.0,
        unnarrowed=unnarrowed,
    )


def shown(page: MomentsPage, wanted: Wanted = Wanted()) -> Page:  # noqa: B008 - it is frozen
    html = render_moments(page, wanted)
    assert dangers(html) == []
    return read(html)


def test_each_turn_has_the_name_of_who_speaks() -> None:
    page = shown(found(EXACT))
    assert page.text("//ul[@class='moments']/li") == "0:04 Ada <i> Is there rye? Bo Yes. – Hm."
    assert page.values("//ul[@class='moments']//b/text()") == ["Ada <i>", "Bo"]
    assert page.values("//mark/text()") == ["rye"]


def test_moments_are_one_press_from_being_heard() -> None:
    # Three seconds earlier, ten where the time is only about right; never before the beginning.
    page = shown(found(EXACT, ABOUT, UNTIMED, replace(CHAPTER, start=1.0)))
    assert page.values("//button[@class='hear']/@data-at") == ["1", "52.5", "0"]
    assert set(page.values("//button[@class='hear']/@data-play")) == {values.EPISODE.id}
    assert page.values("//button[@class='hear']/@aria-label")[0] == "Play from 0:04: Why rye?"
    silent = found(EXACT)
    bare = replace(silent, hits=(replace(silent.hits[0], enclosure=None),))
    assert not shown(bare).all("//button[@class='hear']")


def test_where_links_of_moments_lead() -> None:
    page = shown(found(EXACT, ABOUT, UNTIMED, CHAPTER))
    assert page.values("//ul[@class='moments']//a/@href") == [
        f"{PAGE}?t=4#t=4",
        f"{PAGE}?cue=7.3&q=rye#asked",
        f"{PAGE}?cue=7&q=rye#asked",
        f"{PAGE}?t=60#t=60",
    ]
    assert [" ".join(link.text_content().split()) for link in page.all("//ul[@class='moments']//a")] == [
        "0:04",
        "≈1:02",
        "no time",
        "1:00",
    ]


def test_what_there_is_without_limits() -> None:
    page = shown(found(query="rye person:x", unnarrowed=Unnarrowed("rye", 1_417)), Wanted(speaker="zzz"))
    assert "within what it is narrowed to" in page.text("//div[@class='empty']")
    assert page.values("//div[@class='empty']//a/@href") == ["/search?q=rye&in=moments"]
    assert page.text("//div[@class='empty']//a") == "1,417 moments"
    assert "Nobody is known" in shown(found()).text("//div[@class='empty']")
    nothing = SearchPage(
        query="rye after:2027",
        sort="relevance",
        called=(),
        episodes=0,
        copies=0,
        with_some=0,
        offset=0,
        limit=20,
        hits=(),
        elapsed_ms=1.0,
        unnarrowed=Unnarrowed("rye", 2),
    )
    assert "Without what it is narrowed to: 2 episodes" in read(render_search(nothing)).text()


def test_the_order_is_kept_from_page_to_page() -> None:
    page = replace(found(EXACT), sort="date", episodes=30)
    links = shown(page, Wanted(speaker="ada")).values("//nav[@class='pager']/a/@href")
    assert links == ["/search?q=rye&in=moments&speaker=ada&sort=date&offset=20"]
    assert shown(page).values("//a[@aria-current='true']/@href") == ["/search?q=rye&in=moments&sort=date"]


def test_as_json() -> None:
    (hit,) = json.loads(moments_json(found(EXACT, ABOUT)))["hits"]
    assert hit["moments"][0] == {
        "kind": "speech",
        "start_seconds": 4,
        "end_seconds": None,
        "start_is_estimated": False,
        "speaker": "Ada <i>",
        "text": "Is there rye?",
        "spans": [[9, 12]],
        "turns": [
            {"speaker": "Ada <i>", "start_seconds": 3, "text": "Is there rye?", "spans": [[9, 12]]},
            {"speaker": "Bo", "start_seconds": 5, "text": "Yes.", "spans": []},
            {"speaker": None, "start_seconds": 9.5, "text": "Hm.", "spans": []},
        ],
    }
    assert (hit["moments"][1]["start_seconds"], hit["moments"][1]["start_is_estimated"]) == (62.5, True)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("in=xyz&q=a", "in cannot be 'xyz'"),
        ("q=a&limit=0", "limit is a number, 1 at least"),
        ("q=a&limit=101", "limit is a number, 100 at most"),
        ("q=a&limit=x", "limit is a whole number"),
        ("in=moments", "q is missing"),
        ("q=a&in=moments&speaker=a&speaker=b", "speaker is given more than once"),
        ("q=a&speaker=x", "speaker, podcast, episode, since, until and language go with in=moments"),
        ("q=a&in=moments&since=2024-02-02&until=2024-02-01", "until is a day before since"),
        ("q=a&in=moments&since=soon", "since is a day such as 2024-09-27"),
    ],
)
def test_what_the_api_does_not_take_is_said_in_words(app: Litestar, query: str, message: str) -> None:
    answer = get(app, f"/api/v1/search?{query}")
    error = json.loads(answer.body)["error"]
    assert (answer.status, error["message"]) == (400, message)


def test_moments_in_both_orders(app: Litestar) -> None:
    for sort in ("relevance", "date"):
        answer = get(app, f"/api/v1/search?q=rye&in=moments&sort={sort}&since=2024-01-01&until=2024-01-01")
        assert (answer.status, json.loads(answer.body)["sort"]) == (200, sort)
