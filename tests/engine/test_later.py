"""Lists: their bounds, their names, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from castabout.engine import later
from castabout.engine.castabout import Castabout
from castabout.engine.playable import list_feed, topic_feed
from castabout.errors import ListRefused, NoSuchList, NotInLibrary
from castabout.model.lists import LISTEN_LATER
from castabout.store import episodes
from tests.support import NOW, open_at
from tests.web.feeds import fill

ANN, BEN = "ann", "ben"


@pytest.fixture
def castabout(tmp_path: Path) -> Iterator[Castabout]:
    """A library with 28 episodes about rye, 26 of them to be played, and no list."""
    castabout = open_at(tmp_path / "home")
    fill(castabout, tmp_path / "feeds")
    yield castabout
    castabout.close()


@pytest.fixture
def loaves(castabout: Castabout) -> list[str]:
    """The ids of “Loaf 25”, “Loaf 24”, …"""
    newest = episodes.newest(castabout.store, limit=100)
    return [one.id for one in newest if (one.episode.title or "").startswith("Loaf")]


def within(castabout: Castabout, owner: str, name: str = "", *, archived: bool = False) -> list[str]:
    page = later.list_page(castabout, owner, name, archived=archived)
    return [entry.line.id for entry in page.episodes]


def test_two_people_never_see_each_others_lists(castabout: Castabout, loaves: list[str]) -> None:
    later.add(castabout, ANN, loaves[0])
    later.add(castabout, BEN, loaves[1])
    later.add(castabout, ANN, loaves[2], "Work", make=True)
    assert within(castabout, ANN) == [loaves[0]]
    assert within(castabout, BEN) == [loaves[1]]
    assert later.saved(castabout, BEN, loaves) == {loaves[1]}
    assert later.lists_with(castabout, BEN, loaves[2]) == frozenset()
    assert [one.name for one in later.all_lists(castabout, BEN)] == [LISTEN_LATER]
    for change in (later.add, later.remove, later.archive, later.move):
        with pytest.raises(NoSuchList):
            change(castabout, BEN, loaves[2], "Work")
    with pytest.raises(NoSuchList):
        later.new_address(castabout, BEN, "Work")
    keys = {one.key for owner in (ANN, BEN) for one in later.all_lists(castabout, owner)}
    assert len(keys) == 3


def test_a_list_has_its_bounds(
    castabout: Castabout, loaves: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "MOST_EPISODES", 2)
    monkeypatch.setattr(later, "MOST_LISTS", 2)
    later.add(castabout, ANN, loaves[0])
    later.add(castabout, ANN, loaves[1])
    later.add(castabout, ANN, loaves[1])
    with pytest.raises(ListRefused, match="holds 2 episodes"):
        later.add(castabout, ANN, loaves[2])
    later.archive(castabout, ANN, loaves[0])
    later.add(castabout, ANN, loaves[2])
    later.make_list(castabout, ANN, "Work")
    with pytest.raises(ListRefused, match="2 lists"):
        later.make_list(castabout, ANN, "Train")


def test_names_are_the_same_whatever_their_case(castabout: Castabout, loaves: list[str]) -> None:
    later.make_list(castabout, ANN, " On the \n train ")
    later.add(castabout, ANN, loaves[0], "ON THE TRAIN", make=True)
    assert [one.name for one in later.all_lists(castabout, ANN)] == ["On the train"]
    assert later.list_page(castabout, ANN, "listen later").name == LISTEN_LATER
    assert later.make_list(castabout, ANN, "LISTEN LATER").name == LISTEN_LATER
    assert later.rename_list(castabout, ANN, "on the train", "On the Train").name == "On the Train"


def test_the_archive_has_the_last_one_first(castabout: Castabout, loaves: list[str]) -> None:
    for id in loaves[:4]:
        later.add(castabout, ANN, id)
    for id in loaves[:3]:
        later.archive(castabout, ANN, id)
    assert within(castabout, ANN, archived=True) == [loaves[2], loaves[1], loaves[0]]
    assert later.add(castabout, ANN, loaves[1], place=1).place == 1
    assert within(castabout, ANN) == [loaves[1], loaves[3]]
    later.remove(castabout, ANN, loaves[2])
    assert within(castabout, ANN, archived=True) == [loaves[0]]
    with pytest.raises(NotInLibrary, match="not in the list"):
        later.move(castabout, ANN, loaves[0], place=1)


def test_what_is_not_shown_is_not_in_a_list_either(castabout: Castabout, loaves: list[str]) -> None:
    later.add(castabout, ANN, loaves[0])
    with castabout.store.writing() as connection:
        connection.exec_driver_sql("UPDATE podcasts SET is_private = 1")
    key = later.all_lists(castabout, ANN)[0].key
    assert within(castabout, ANN) == [loaves[0]]
    public = replace(castabout, shows_private=False)
    assert within(public, ANN) == []
    with pytest.raises(NotInLibrary):
        later.add(public, ANN, loaves[1])
    feeds = [list_feed(one, key) for one in (castabout, public)]
    assert [len(feed.entries) for feed in feeds if feed] == [1, 0]
    assert topic_feed(castabout, "rye").entries == ()


def test_pages_of_a_feed(castabout: Castabout, loaves: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("castabout.engine.playable.TOPIC_LIMIT", 10)
    monkeypatch.setattr("castabout.engine.playable.LIST_LIMIT", 2)
    pages = [topic_feed(castabout, "rye", offset=offset) for offset in (0, 10, 20)]
    assert [page.next_offset for page in pages] == [10, 20, None]
    # Two of the 28 have nothing to play.
    assert sum(len(page.entries) for page in pages) == 26
    for id in loaves[:3]:
        later.add(castabout, ANN, id)
    key = later.all_lists(castabout, ANN)[0].key
    first, second = list_feed(castabout, key), list_feed(castabout, key, offset=2)
    assert first and second
    assert [len(first.entries), first.next_offset, len(second.entries), second.next_offset] == [2, 2, 1, None]


def test_dates_that_keep_the_order_stay_until_the_list_changes(
    castabout: Castabout, loaves: list[str]
) -> None:
    for id in (loaves[5], loaves[0]):
        later.add(castabout, ANN, id)
    key = later.all_lists(castabout, ANN)[0].key
    for clock in (NOW, NOW + timedelta(days=1)):
        feed = list_feed(replace(castabout, clock=lambda now=clock: now), key, order="dated")  # type: ignore[misc]
        assert feed
        assert [entry.published for entry in feed.entries] == [NOW, NOW - timedelta(minutes=1)]


def test_a_topic_that_names_a_podcast_has_a_feed_too(castabout: Castabout, loaves: list[str]) -> None:
    assert len(topic_feed(castabout, 'podcast:"bread butter" rye').entries) == 26
    assert topic_feed(castabout, "podcast:nobody rye").entries == ()
