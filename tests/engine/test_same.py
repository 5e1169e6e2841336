"""The same episode under another GUID or on another host: laws, and cases worked out by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.engine.decide import decide
from castabout.engine.same import claims, missing, recognise, traits
from castabout.model.feed import Enclosure, Episode, ParsedFeed, Podcast
from castabout.model.library import FeedChange, KnownPodcast, StoredPodcast
from castabout.parse.feed import parse_feed
from castabout.parse.identity import episode_id

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SHOW = "11111111-2222-5333-8444-555555555555"
PODCAST = Podcast(title="Bread")
DAY = datetime(2024, 3, 1, 6, tzinfo=UTC)

Feed = Sequence[Episode]


@dataclass
class Library:
    """What a store would hold of one podcast."""

    known: KnownPodcast | None = None
    episodes: dict[str, Episode] = field(default_factory=dict)

    def decide(self, feed: Feed, *, is_alias: bool = False) -> FeedChange:
        known = self.known
        ids = missing(known, feed) if known else ()
        gone = {id: traits(self.episodes[id]) for id in ids}
        parsed = ParsedFeed(PODCAST, tuple(feed))
        return decide(known, parsed, id=SHOW, source="x", now=NOW, gone=gone, is_alias=is_alias)

    def read(self, feed: Feed, *, is_alias: bool = False) -> FeedChange:
        change = self.decide(feed, is_alias=is_alias)
        written = (*change.new, *change.changed)
        self.episodes.update({new.id: new.episode for new in written})
        self.known = KnownPodcast(
            stored=StoredPodcast(
                row=1, id=SHOW, source="x", podcast=PODCAST, added=NOW, episodes=len(self.episodes)
            ),
            digest=change.digest,
            episodes={**(self.known.episodes if self.known else {}), **{n.id: n.digest for n in written}},
            also={**(self.known.also if self.known else {}), **dict(change.also)},
        )
        return change

    def ids(self, feed: Feed) -> dict[str, str | None]:
        """The id of each item, by its key."""
        assert self.known is not None
        return dict(zip((item.key for item in feed), claims(self.known, feed), strict=True))


def library(*feeds: Feed) -> Library:
    made = Library()
    for feed in feeds:
        made.read(feed)
    return made


def episode(number: int, **other: object) -> Episode:
    """An episode that differs from those of other numbers in title, day and file."""
    made = Episode(
        key=f"guid-{number}",
        title=f"Number {number}",
        published=DAY + timedelta(days=number),
        duration=1800 + number,
        enclosures=(Enclosure(url=f"https://old.example/{number}.mp3", type="audio/mpeg"),),
    )
    return replace(made, **other)  # type: ignore[arg-type]


def with_media(item: Episode, url: str, type: str | None = "audio/mpeg") -> Episode:
    return replace(item, enclosures=(Enclosure(url=url, type=type),))


def new_guid(item: Episode) -> Episode:
    return replace(item, key=f"new-{item.key}")


def new_host(item: Episode) -> Episode:
    return with_media(item, f"https://cdn.example/other/{item.title}.mp3?token=1".replace(" ", "_"))


def counted(item: Episode) -> Episode:
    rest = item.enclosures[0].url.removeprefix("https://")
    return with_media(item, f"https://dts.podtrac.com/redirect.mp3/pdst.fm/e/{rest}?dest-id=7")


# Laws. Feeds whose episodes are distinct, and a choice of some of them.

distinct = st.integers(1, 8).map(lambda size: [episode(number) for number in range(size)])
some = st.sets(st.integers(0, 7))


def changed_in(feed: Feed, places: set[int], *changes: Callable[[Episode], Episode]) -> list[Episode]:
    made = list(feed)
    for place in places & set(range(len(made))):
        for change in changes:
            made[place] = change(made[place])
    return made


@pytest.mark.parametrize(
    "changes",
    [(new_guid,), (new_host,), (counted,), (new_guid, counted), (new_guid, new_host)],
    ids=["guid", "host", "counter", "guid and counter", "guid and host"],
)
@given(distinct, some, st.randoms(use_true_random=False))
def test_whatever_is_recognised_keeps_its_id(
    changes: tuple[Callable[[Episode], Episode], ...], feed: list[Episode], places: set[int], random: object
) -> None:
    made = library(feed)
    before = list(made.ids(feed).values())
    later = changed_in(feed, places, *changes)
    change = made.read(later)
    assert change.new == ()
    assert list(made.ids(later).values()) == before
    # Its content is updated, the next reading finds nothing to do, and neither does one in another order.
    assert [made.episodes[id or ""] for id in before] == later
    assert made.decide(later).is_empty
    random.shuffle(later)  # type: ignore[attr-defined]
    assert made.decide(later).is_empty


@given(distinct, some)
def test_without_guids_too(feed: list[Episode], places: set[int]) -> None:
    keyed = [replace(item, key=item.enclosures[0].url) for item in feed]
    made = library(keyed)
    later = [
        replace(item, key=item.enclosures[0].url)
        for item in changed_in(keyed, places, new_host)
    ]  # fmt: skip
    assert made.read(later).new == ()
    assert made.decide(later).is_empty


@given(distinct, some)
def test_an_alias_writes_nothing_but_other_ids(feed: list[Episode], places: set[int]) -> None:
    made = library(feed)
    elsewhere = changed_in(feed, places, new_guid, new_host)
    change = made.read(elsewhere, is_alias=True)
    assert (change.new, change.changed, change.podcast_changed) == ((), (), False)
    assert made.decide(elsewhere, is_alias=True).is_empty
    assert made.decide(feed).is_empty


# Feeds in which anything may be like anything else.

alike = st.builds(
    Episode,
    key=st.sampled_from(["a", "b", "c", "d", "e", "f", "a#1", "b#2"]),
    title=st.sampled_from([None, "One", "Two"]),
    published=st.sampled_from([None, DAY, DAY + timedelta(hours=20), DAY + timedelta(days=9)]),
    duration=st.sampled_from([None, 100, 5000]),
    enclosures=st.sampled_from([(), *((Enclosure(url=f"https://a.example/{n}.mp3"),) for n in range(3))]),
)
messy = st.lists(alike, max_size=6, unique_by=lambda item: item.key)


@given(st.lists(messy, min_size=1, max_size=5), st.data())
def test_two_items_of_a_feed_are_never_one(history: list[list[Episode]], data: st.DataObject) -> None:
    made = Library()
    for feed in history:
        held = len(made.episodes)
        shuffled = data.draw(st.permutations(feed))
        there = {new.episode.key: new.id for new in made.decide(shuffled).new}
        change = made.read(feed)
        # In whatever order they stand, the same ones are new, under the same ids.
        assert {new.episode.key: new.id for new in change.new} == there
        ids = list(made.ids(feed).values())
        assert None not in ids
        assert len(set(ids)) == len(feed)
        assert len(made.episodes) == held + len(change.new)
        assert made.decide(feed).is_empty
        assert made.decide(shuffled).is_empty


@given(st.lists(messy, min_size=1, max_size=3), alike)
def test_an_item_put_in_front_changes_no_other(history: list[list[Episode]], first: Episode) -> None:
    made = library(*history)
    feed = history[-1]
    before = made.ids(feed)
    longer = [replace(first, key="in front"), *feed]
    made.read(longer)
    assert {key: id for key, id in made.ids(longer).items() if key != "in front"} == before


# By hand.


def is_same(old: Episode, new: Episode, *others: Episode) -> bool:
    """Whether ``new`` is taken for ``old``, in a feed that has ``others`` too."""
    made = library([old, *others])
    return made.read([replace(new, key="another"), *others]).new == ()


OLD = episode(1)
OTHER = episode(2)


def test_a_file_tells_even_if_the_title_or_the_date_is_another() -> None:
    assert is_same(OLD, replace(OLD, title="Renamed"))
    assert is_same(OLD, replace(OLD, published=None))
    assert is_same(OLD, replace(OLD, published=DAY + timedelta(days=300)), OTHER)
    assert not is_same(OLD, replace(OLD, title="Renamed", published=DAY + timedelta(days=300)), OTHER)


def test_todays_edition_where_yesterdays_was() -> None:
    news = with_media(replace(OLD, title="The news"), "https://a.example/latest.mp3")
    assert not is_same(news, replace(news, published=DAY + timedelta(days=2)))
    hourly = replace(news, title="The news at nine", published=DAY + timedelta(days=1, hours=1))
    assert not is_same(news, hourly)


def test_title_and_day() -> None:
    moved = new_host(OLD)
    assert is_same(OLD, moved)
    assert is_same(OLD, replace(moved, title="NUMBER  1"))
    assert is_same(OLD, replace(moved, duration=OLD.duration + 600 if OLD.duration else None))
    assert not is_same(OLD, replace(moved, duration=OLD.duration + 601 if OLD.duration else None))
    assert is_same(OLD, replace(moved, duration=None))
    assert not is_same(OLD, replace(moved, title="Number 1b"))
    assert not is_same(OLD, replace(moved, published=DAY))
    assert not is_same(OLD, replace(moved, published=None))


def test_the_day_is_the_publishers_or_that_in_utc() -> None:
    pacific = timezone(timedelta(hours=-8))
    evening = replace(OLD, published=datetime(2024, 3, 1, 20, tzinfo=pacific))
    moved = new_host(evening)
    assert is_same(evening, replace(moved, published=datetime(2024, 3, 2, 4, tzinfo=UTC)))
    assert is_same(evening, replace(moved, published=datetime(2024, 3, 1, 1, tzinfo=UTC)))
    assert not is_same(evening, replace(moved, published=datetime(2024, 3, 3, 4, tzinfo=UTC)))


def test_sound_is_not_picture() -> None:
    moved = replace(OLD, duration=None)
    assert not is_same(OLD, with_media(moved, "https://cdn.example/x.mp4", "video/mp4"))
    assert not is_same(OLD, with_media(moved, "https://cdn.example/x.mp4", None))
    assert is_same(OLD, with_media(moved, "https://cdn.example/x", None))


def test_what_several_share_tells_nothing() -> None:
    # All items at one address, without dates: nothing can be told, so nothing is merged.
    feed = [with_media(episode(number, published=None), "https://a.example/all.mp3") for number in range(3)]
    made = library(feed)
    assert len(made.read([new_guid(item) for item in feed]).new) == 3
    # Two parts of one day under one title.
    parts = [replace(episode(number), title="Part", published=DAY) for number in range(2)]
    made = library(parts)
    assert len(made.read([new_guid(new_host(item)) for item in parts]).new) == 2


def test_old_and_new_in_one_feed_are_two() -> None:
    made = library([OLD])
    assert len(made.read([new_guid(OLD), OLD]).new) == 1
    # Also when they had been taken for one before.
    made = library([OLD], [new_guid(OLD)])
    assert len(made.episodes) == 1
    assert len(made.read([new_guid(OLD), OLD]).new) == 1
    assert made.decide([new_guid(OLD), OLD]).is_empty


def test_guids_may_change_again_and_back() -> None:
    second, third = new_guid(OLD), new_guid(new_guid(OLD))
    made = library([OLD], [second], [third], [second], [OLD])
    assert list(made.episodes) == [episode_id(SHOW, OLD.key)]
    assert made.decide([third]).new == ()


def test_several_items_with_one_guid_in_another_order() -> None:
    def parsed(*names: str) -> Feed:
        items = "".join(
            f"<item><guid>all</guid><title>{name}</title><pubDate>Fri, 1 Mar 2024 06:00:00 GMT</pubDate>"
            f"<enclosure url='https://a.example/{name}.mp3'/></item>"
            for name in names
        )
        return parse_feed(f"<rss><channel>{items}</channel></rss>".encode()).episodes

    # Whichever stands last has the GUID plain as its key.
    made = library(parsed("One", "Two", "Three"))
    for order in (("Three", "One", "Two"), ("Two", "Three", "One", "Four"), ("One", "Two", "Three")):
        made.read(parsed(*order))
        assert made.decide(parsed(*order)).is_empty
    assert sorted(item.title or "" for item in made.episodes.values()) == ["Four", "One", "Three", "Two"]


def test_most_feeds_need_nothing_of_the_store() -> None:
    feed = [episode(number) for number in range(5)]
    made = library(feed)
    assert made.known is not None
    assert missing(made.known, feed) == frozenset()
    assert missing(made.known, feed[:2]) == frozenset()
    assert missing(made.known, [episode(9), *feed]) == frozenset()
    assert missing(made.known, [episode(9), *feed[:4]]) == {episode_id(SHOW, feed[4].key)}


def calls(size: int) -> int:
    """How many functions are called to recognise a feed of ``size`` items that all have new GUIDs."""
    feed = [traits(episode(number)) for number in range(size)]
    gone = {str(number): item for number, item in enumerate(feed)}
    counted = 0

    def count(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        found = recognise(feed, range(size), gone)
    finally:
        sys.setprofile(None)
    assert len(found) == size
    return counted


def test_ten_times_the_items_are_ten_times_the_work() -> None:
    assert calls(4000) <= 10.5 * calls(400)


def test_editions_of_one_title_and_file_keep_their_ids() -> None:
    def edition(day: int) -> str:
        return (
            '<item><title>Evening News</title><enclosure url="https://a.example/latest.mp3"/>'
            f"<description>Day {day}</description><pubDate>{day:02} Mar 2024 18:00:00 GMT</pubDate></item>"
        )

    def listed(*days: int) -> Feed:
        return parse_feed(f"<rss><channel>{''.join(map(edition, days))}</channel></rss>".encode()).episodes

    made = library(listed(4, 3, 2, 1))
    assert len(made.episodes) == 4
    # A feed that lists the last four only: each day the oldest falls out and a new one comes.
    for newest in range(5, 12):
        made.read(listed(*range(newest, newest - 4, -1)))
        assert sorted(stored.notes or "" for stored in made.episodes.values()) == sorted(
            f"<p>Day {day}</p>" for day in range(1, newest + 1)
        )
