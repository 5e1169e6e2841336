"""Copies and different episodes under one GUID, or none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.model.feed import ParsedFeed
from castabout.parse.feed import parse_feed
from castabout.parse.identity import guid_text


def item(guid: str = "", title: str = "", file: str = "", day: int = 0, notes: str = "") -> str:
    parts = (
        f"<guid>{guid}</guid>" if guid else "",
        f"<title>{title}</title>" if title else "",
        f'<enclosure url="https://a.example/{file}"/>' if file else "",
        f"<pubDate>{day:02} Jan 2020 06:00:00 GMT</pubDate>" if day else "",
        f"<description>{notes}</description>" if notes else "",
    )
    return f"<item>{''.join(parts)}</item>"


def feed(*items: str) -> ParsedFeed:
    return parse_feed(f"<rss><channel><title>Bread</title>{''.join(items)}</channel></rss>".encode())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (item("g", "Rye", "1.mp3"), item("g", "Rye", "1.mp3")),
        (item("g", "Rye", "1.mp3", 3, "Dough"), item("g", "Rye", "1.mp3", 3, "Dough")),
        # Published again, corrected, and what one of them does not say.
        (item("g", "Rye", "1.mp3", 4, "Dough"), item("g", "Rye", "1.mp3", 3, "Dough")),
        (item("g", "Rye", "1.mp3", 3, "Dough, corrected"), item("g", "Rye", "1.mp3", 3, "Dough")),
        (item("g", "Rye", "1.mp3", 3), item("g", "Rye", "1.mp3", 0, "Dough")),
        (item("g", "Rye", "1.mp3", 3, "Dough"), item("g", "Rye", "1.mp3")),
        (item("", "Rye", "", 0, "Dough"), item("", "Rye", "", 0, "Dough")),
    ],
)
def test_copies(one: str, other: str) -> None:
    for items in ((one, other), (other, one)):
        parsed = feed(*items)
        assert len(parsed.episodes) == 1
        assert [problem.lost_item for problem in parsed.problems] == [True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (item("", "Update", "", 0, "Rye"), item("", "Update", "", 0, "Oat")),
        (item("", "Evening News", "latest.mp3", 4, "Rye"), item("", "Evening News", "latest.mp3", 3, "Oat")),
        (item("g", "Update", "", 4, "Rye"), item("g", "Update", "", 3, "Oat")),
        (item("g", "News", "latest.mp3", 4), item("g", "News", "latest.mp3", 3)),
        (item("g", "Rye"), item("g", "Oat")),
        (item("x" * 2_000 + "1", "Rye"), item("x" * 2_000 + "2", "Rye")),
    ],
)
def test_different_episodes(one: str, other: str) -> None:
    for items in ((one, other), (other, one)):
        parsed = feed(*items)
        assert len({episode.key for episode in parsed.episodes}) == 2
        assert parsed.problems == ()


def test_many_of_one_title() -> None:
    weekly = [item("", "Weekly update", "", 0, f"Week {number}") for number in range(100)]
    assert len({episode.key for episode in feed(*weekly).episodes}) == 100


def test_a_key_that_was_made_is_nobodys_guid() -> None:
    rye, oat = item("g", "Rye"), item("g", "Oat")
    made = next(episode.key for episode in feed(rye, oat).episodes if episode.title == "Rye")
    assert re.fullmatch("g#[0-9a-f]{16}", made)
    for items in ((rye, oat, item(made, "Spelt")), (item(made, "Spelt"), rye, oat)):
        assert len({episode.key for episode in feed(*items).episodes}) == 3


def test_a_long_guid_keeps_what_tells_it() -> None:
    assert guid_text("x" * 2_000) == "x" * 2_000
    assert guid_text("x" * 2_000 + "1") != guid_text("x" * 2_000 + "2")
    assert len(guid_text("x" * 1_000_000)) < 2_100


RYE = next(episode.key for episode in feed(item("g", "Rye"), item("g")).episodes)
ITEM = st.builds(
    item,
    st.sampled_from(["", "g", "h", RYE]),
    st.sampled_from(["", "Rye", "Oat"]),
    st.sampled_from(["", "1", "2"]),
    st.integers(0, 3),
    st.sampled_from(["", "Dough", "Crust"]),
)


@given(st.lists(ITEM, max_size=8), ITEM)
def test_keys_are_unique_and_stay_when_an_item_is_put_in_front(items: list[str], front: str) -> None:
    before, after = feed(*items), feed(front, *items)
    for parsed, number in ((before, len(items)), (after, len(items) + 1)):
        assert len({episode.key for episode in parsed.episodes}) == len(parsed.episodes)
        assert len(parsed.episodes) + sum(problem.lost_item for problem in parsed.problems) == number
    assert {episode.key for episode in before.episodes} <= {episode.key for episode in after.episodes}
