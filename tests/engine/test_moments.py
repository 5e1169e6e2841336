"""Pages of moments: whose words, in which order, how many, and what is told where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.decide import decide
from castabout.engine.indexing import catch_up
from castabout.engine.moments import Wanted, moments_page
from castabout.engine.search import search_page
from castabout.errors import NotInLibrary
from castabout.model.answers import MomentsPage, Unnarrowed
from castabout.model.transcript import Cue, Spoken, Transcript
from castabout.parse.feed import parse_feed
from castabout.store import episodes, spoken
from castabout.store.apply import apply
from tests.support import NOW, open_at

OPEN, SECRET = "https://open.example/feed", "https://ann:password@secret.example/feed"
_FEED = """<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>"""
_ITEM = """<item><title>{title}</title><guid>{title}</guid><pubDate>{day} 2026 08:00:00 +0000</pubDate>
<description>{notes}</description></item>"""


def item(title: str, day: str, notes: str = "") -> str:
    return _ITEM.format(title=title, day=day, notes=notes)


FEEDS = {
    OPEN: _FEED.format(
        title="Open",
        items=item("Loaf", "01 Sep") + item("Crumb", "03 Sep", "Notes about oats.") + item("Crust", "02 Sep"),
    ),
    SECRET: _FEED.format(title="Secret", items=item("Paid", "04 Sep")),
}
SAID = {
    "Loaf": (
        Cue("Is there rye in it?", 0.0, 3.0, "Ada Byron"),
        Cue("Yes, rye.", 3.0, 5.0, "Bo"),
        Cue("It is rye, rye, rye.", 5.0, 8.0, "Bo"),
    ),
    "Crumb": (
        Cue("Hello.", 0.0, None, "Bo"),
        Cue("Now about rye bread.", None, None, "Bo"),
        Cue("Bye.", 26.0, None, "Bo"),
    ),
    "Crust": (Cue("Rye once.", speaker="Ada Byron"), Cue("Oats twice.", speaker="Bo")),
    "Paid": (Cue("Secret spelt.", 1.0, 2.0, "Cy"),),
}


@pytest.fixture(scope="module")
def castabout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Castabout]:
    castabout = open_at(tmp_path_factory.mktemp("home"))
    for source, feed in FEEDS.items():
        change = decide(
            None, parse_feed(feed.encode()), id=str(uuid5(NAMESPACE_URL, source)), source=source, now=NOW
        )
        apply(castabout.store, change)
    for stored in episodes.newest(castabout.store, limit=9):
        told = Spoken(Transcript(SAID[stored.episode.title or ""]))
        spoken.write(castabout.store, stored.row, told, raw=b"", url="", now=0)
    catch_up(castabout, progress=lambda _: None)
    yield castabout
    castabout.close()


def shown(page: MomentsPage) -> list[tuple[str, int, list[str | None]]]:
    """Of each episode its title, how many moments, and who says those that are shown."""
    return [
        (line.title, line.moments.total, [moment.speaker for moment in line.moments.best])
        for line in page.hits
        if line.moments
    ]


def test_newest_first(castabout: Castabout) -> None:
    assert [title for title, *_ in shown(moments_page(castabout, "rye", sort="date"))] == [
        "Crumb",
        "Crust",
        "Loaf",
    ]
    second = moments_page(castabout, "rye", sort="date", offset=1, limit=1)
    assert [line.title for line in second.hits] == ["Crust"]
    assert (second.moments, second.episodes, second.sort) == (3, 3, "date")


def test_moments_of_those_alone_who_say_the_words(castabout: Castabout) -> None:
    ada = moments_page(castabout, "rye", Wanted(speaker="ada"), sort="date")
    assert shown(ada) == [("Crust", 1, ["Ada Byron"]), ("Loaf", 1, ["Ada Byron"])]
    assert ada.moments == 2
    bo = moments_page(castabout, "rye", Wanted(speaker="BO"), sort="date")
    assert shown(bo) == [("Crumb", 1, ["Bo"]), ("Loaf", 1, ["Bo"])]
    assert shown(moments_page(castabout, "rye person:bo", sort="date")) == shown(bo)
    assert moments_page(castabout, '"rye once"', Wanted(speaker="bo")).moments == 0
    # An empty name is no limit.
    assert moments_page(castabout, "rye", Wanted(speaker="")).moments == 3


def test_others_are_shown_with_their_names(castabout: Castabout) -> None:
    (line,) = moments_page(castabout, '"is there rye"').hits
    assert line.moments
    (moment,) = line.moments.best
    assert [(turn.speaker, turn.start, turn.text.text) for turn in moment.turns] == [
        ("Ada Byron", 0.0, "Is there rye in it?"),
        ("Bo", 3.0, "Yes, rye. It is rye, rye, rye."),
    ]
    assert (moment.start, moment.end) == (0.0, 8.0)


def test_a_time_between_two_is_worked_out(castabout: Castabout) -> None:
    # Of 26 characters until 26 s the first 6 are over after 6 s.
    (line,) = moments_page(castabout, '"about rye"').hits
    assert line.moments
    (moment,) = line.moments.best
    assert (moment.start, moment.is_estimated, moment.cue) == (6.0, True, 1)
    (line,) = moments_page(castabout, '"rye once"').hits
    assert line.moments
    assert (line.moments.best[0].start, line.moments.best[0].cue) == (None, 0)


@pytest.mark.parametrize(
    ("query", "wanted", "unnarrowed"),
    [
        ("rye", Wanted(speaker="zzz"), Unnarrowed("rye", 3)),
        ("rye", Wanted(since=date(2026, 10, 1)), Unnarrowed("rye", 3)),
        ("rye person:zzz language:de", Wanted(), Unnarrowed("rye", 3)),
        ("spelt person:bo", Wanted(language="en"), Unnarrowed("spelt", 1)),
        ("barley", Wanted(speaker="zzz"), None),
        ("barley", Wanted(), None),
        ("person:zzz", Wanted(), None),
    ],
)
def test_what_is_found_without_limits_is_told_where_nothing_is_within(
    castabout: Castabout, query: str, wanted: Wanted, unnarrowed: Unnarrowed | None
) -> None:
    found = moments_page(castabout, query, wanted)
    assert (found.moments, found.unnarrowed) == (0, unnarrowed)


def test_what_is_hidden_is_not_there(castabout: Castabout) -> None:
    public = replace(castabout, shows_private=False)
    secret = str(uuid5(NAMESPACE_URL, SECRET))
    (paid,) = moments_page(castabout, "spelt").hits
    for wanted in (Wanted(podcast=secret), Wanted(episode=paid.id)):
        assert moments_page(castabout, "spelt", wanted).moments == 1
        with pytest.raises(NotInLibrary, match="no such"):
            moments_page(public, "spelt", wanted)
    assert moments_page(public, "spelt", Wanted(speaker="zzz")).unnarrowed is None


def test_a_search_tells_where_it_is_said(castabout: Castabout) -> None:
    found = {line.title: line.moments for line in search_page(castabout, "rye").hits}
    assert {title: moments and (moments.total, len(moments.best)) for title, moments in found.items()} == {
        "Loaf": (1, 1),
        "Crumb": (1, 1),
        "Crust": (1, 1),
    }
    # The notes say it already.
    oats = {line.title: line.moments and line.moments.total for line in search_page(castabout, "oats").hits}
    assert oats == {"Crumb": None, "Crust": 1}
    # So does the title.
    assert [line.moments for line in search_page(castabout, "crust").hits] == [None]
    narrowed = search_page(castabout, "rye after:2027")
    assert (narrowed.episodes, narrowed.unnarrowed) == (0, Unnarrowed("rye", 3))


def test_a_search_tells_where_some_of_it_is_said(castabout: Castabout) -> None:
    page = search_page(castabout, "rye barley")
    assert (page.episodes, page.with_some) == (0, 3)
    assert all(line.moments and line.moments.total == 1 for line in page.hits)
