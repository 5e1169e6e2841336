"""Copies of an episode: told from what only looks alike, kept as feeds are read, shown once. Cases made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.copies import earliest, groups, is_copy, likeness, signs
from castabout.engine.decide import decide
from castabout.engine.indexing import catch_up, reindex
from castabout.engine.library import episode_page
from castabout.engine.search import search_page
from castabout.engine.topic import topic_page
from castabout.model.feed import Enclosure, Episode, ParsedFeed, Podcast
from castabout.model.library import StoredEpisode
from castabout.store import changes, copies, podcasts
from castabout.store.apply import apply
from tests.support import NOW

DAY = datetime(2024, 3, 1, 6, tzinfo=UTC)
TITLE = "Baking rye with Anna Example"
#: An exact length and a size that no other file has by chance.
SECONDS, BYTES = 2786, 44_410_586


def episode(
    title: str = TITLE,
    *,
    key: str = "1",
    published: datetime | None = DAY,
    duration: int | None = None,
    url: str | None = None,
    size: int | None = None,
    type: str = "audio/mpeg",
    notes: str | None = None,
) -> Episode:
    files = () if url is None else (Enclosure(url=url, type=type, length=size),)
    return Episode(
        key=key, title=title, published=published, duration=duration, enclosures=files, notes=notes
    )


def are_copies(one: Episode, other: Episode, *, same_show: bool) -> bool:
    here = likeness(StoredEpisode(row=1, id="1", podcast_row=1, episode=one))
    there = likeness(StoredEpisode(row=2, id="2", podcast_row=1 if same_show else 2, episode=other))
    told = is_copy(here, there)
    assert is_copy(there, here) == told
    if told:
        # Whoever is a copy is also looked up.
        pairs = zip(_signs(signs(here)), _signs(signs(there)), strict=True)
        assert any(mine is not None and mine == yours for mine, yours in pairs)
    return told


def _signs(of: object) -> tuple[int | None, ...]:
    return tuple(getattr(of, name) for name in ("file", "day", "title"))


AUDIO = episode(url="https://a.example/rye.mp3", duration=SECONDS)
VIDEO = episode(url="https://a.example/rye.mp4", type="video/mp4", duration=SECONDS + 20)
OF_SIZE = episode(url="https://a.example/rye-with-anna.mp3", size=BYTES)
LONG = "A2C: self destructing exploit executions via input perturbation"


@pytest.mark.parametrize("same_show", [True, False])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (AUDIO, VIDEO),
        # The same address, and services that count its downloads.
        (AUDIO, replace(AUDIO, published=None, duration=None)),
        (
            episode(url="https://a.example/rye.mp3"),
            episode(url="https://pdst.fm/e/a.example/rye.mp3?x=1", published=None),
        ),
        # The same file uploaded elsewhere, under any title.
        (
            OF_SIZE,
            episode("Bonus", url="https://b.example/f/rye-with-anna%20(1).mp3", size=BYTES, published=None),
        ),
        # Repeated under a title that holds the first one.
        (
            episode(duration=SECONDS),
            episode(f"Best of: {TITLE}", duration=SECONDS + 1, published=DAY + timedelta(days=90)),
        ),
        # Punctuation tells nothing; a video that is said to be audio.
        (episode(f"Sam Doe, {LONG}", duration=SECONDS), episode(f'Sam Doe "{LONG}"')),
    ],
)
def test_copies(one: Episode, other: Episode, same_show: bool) -> None:
    assert are_copies(one, other, same_show=same_show)


def test_copies_of_two_feeds_alone() -> None:
    """What two feeds have alike on one day is one; in one feed it may be two parts."""
    alike = (
        (episode(duration=3000), episode(duration=3060)),
        (episode(notes="n" * 200), episode(notes="n" * 200)),
        (
            episode("Rye", url="https://a.example/1.mp3", duration=SECONDS),
            episode("Wheat", url="https://a.example/1.mp3", duration=SECONDS),
        ),
    )
    for one, other in alike:
        assert are_copies(one, other, same_show=False)
        assert not are_copies(one, other, same_show=True)


@pytest.mark.parametrize("same_show", [True, False])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Another day, another length, another size, nothing but a title that is every day's.
        (episode(duration=SECONDS), episode(duration=SECONDS, published=DAY + timedelta(days=7))),
        (episode(duration=772), episode(duration=910)),
        (
            episode(url="https://a.example/1.mp3", size=BYTES),
            episode(url="https://b.example/2.mp3", size=BYTES * 2),
        ),
        (episode("Evening news", duration=300), episode("Evening news", duration=301)),
        (episode(), episode()),
        # A teaser, and parts.
        (episode(duration=SECONDS), episode(f"Teaser: {TITLE}", duration=203)),
        (
            episode(f"{TITLE}, part 1", duration=SECONDS),
            episode(f"{TITLE}, part 2", duration=SECONDS),
        ),
        # Always an hour.
        (episode(duration=3600), episode(f"Live: {TITLE}", duration=3600)),
        # Files of one size, or of one name.
        (OF_SIZE, episode("Wheat", url="https://a.example/wheat-with-jo.mp3", size=BYTES)),
        (
            episode("Rye", url="https://a.example/1/audio.mp3", size=BYTES),
            episode("Wheat", url="https://a.example/2/audio.mp3", size=BYTES),
        ),
        # Without a date.
        (episode(published=None, duration=SECONDS), episode(published=None, duration=SECONDS)),
    ],
)
def test_what_only_looks_alike(one: Episode, other: Episode, same_show: bool) -> None:
    assert not are_copies(one, other, same_show=same_show)


def test_a_feed_with_one_file_for_all() -> None:
    one, other = (episode(title, url="https://a.example/live.mp3") for title in ("Monday rye", "Tuesday rye"))
    assert not are_copies(one, other, same_show=True)


@pytest.mark.parametrize(
    ("matches", "known", "expected"),
    [
        ({2: {1}}, {}, {1: 1, 2: 1}),
        ({1: (), 2: ()}, {}, {1: None, 2: None}),
        ({3: {2}}, {1: 1, 2: 1}, {1: 1, 2: 1, 3: 1}),
        # Two groups that turn out to be one.
        ({5: {2, 4}}, {1: 1, 2: 1, 3: 3, 4: 3}, {1: 1, 2: 1, 3: 1, 4: 1, 5: 1}),
        # The first one is a copy no more: of three the others stay, of two none.
        ({1: ()}, {1: 1, 2: 1, 3: 1}, {1: None, 2: 2, 3: 2}),
        ({1: ()}, {1: 1, 2: 1}, {1: None, 2: None}),
    ],
)
def test_groups(
    matches: dict[int, Sequence[int]], known: dict[int, int], expected: dict[int, int | None]
) -> None:
    assert groups(matches, known, lambda row: (False, 0.0, False, row)) == expected


def test_the_first_is_the_earliest() -> None:
    """Undated ones last; of one time the one whose duration is known."""
    told = [
        episode(published=None),
        episode(),
        episode(duration=SECONDS),
        episode(published=DAY - timedelta(days=1)),
    ]
    stored = [StoredEpisode(row=row, id="", podcast_row=1, episode=one) for row, one in enumerate(told)]
    assert [one.row for one in sorted(stored, key=earliest)] == [3, 2, 1, 0]


def read(castabout: Castabout, name: str, items: Iterable[Episode], *, private: bool = False) -> None:
    """A feed with these items is read and indexed."""
    id = str(uuid5(NAMESPACE_URL, name))
    parsed = ParsedFeed(Podcast(title=name), tuple(items))
    source = f"https://{name}.example/feed"
    change = decide(podcasts.known(castabout.store, id), parsed, id=id, source=source, now=NOW)
    apply(castabout.store, replace(change, private=private))
    catch_up(castabout, progress=lambda _: None)


def shown(castabout: Castabout) -> list[tuple[str, list[str]]]:
    """The hits with the podcasts that have them too."""
    page = search_page(castabout, "rye", sort="date")
    return [(line.podcast.title, [copy.podcast.title for copy in line.also_in]) for line in page.hits]


def test_shown_once(castabout: Castabout) -> None:
    """Told as the second feed is read; the first one is the original."""
    first = episode(duration=SECONDS)
    again = episode(f"Repost: {TITLE}", duration=SECONDS, published=DAY + timedelta(days=30))
    other = episode("Wheat and rye", key="2", published=DAY - timedelta(days=1))
    read(castabout, "reposts", [again, other])
    assert shown(castabout) == [("reposts", []), ("reposts", [])]
    read(castabout, "show", [first])
    assert changes.waiting(castabout.store) == 0
    assert shown(castabout) == [("show", ["reposts"]), ("reposts", [])]
    page = search_page(castabout, "rye")
    assert (page.episodes, page.copies, len(page.hits)) == (3, 1, 2)
    assert [line.title for line in search_page(castabout, "rye", limit=1, offset=1).hits] == [
        page.hits[1].title
    ]
    topic = topic_page(castabout, "rye")
    assert (topic.episodes, topic.copies, topic.podcasts) == (3, 1, 2)
    assert [line.podcast.title for line in topic.latest_episodes] == ["show", "reposts"]
    (also,) = episode_page(castabout, topic.latest_episodes[0].id).line.also_in
    assert (also.title, also.podcast.title) == (f"Repost: {TITLE}", "reposts")
    # Where the copy alone matches, it is there.
    assert [line.podcast.title for line in search_page(castabout, "repost").hits] == ["reposts"]


def test_what_becomes_a_copy_and_is_none_any_more(castabout: Castabout) -> None:
    read(castabout, "one", [episode(duration=SECONDS)])
    read(castabout, "two", [episode(duration=900)])
    assert search_page(castabout, "rye").copies == 0
    read(castabout, "two", [episode(duration=SECONDS)])
    assert search_page(castabout, "rye").copies == 1
    reindex(castabout, progress=lambda _: None)
    assert search_page(castabout, "rye").copies == 1
    read(castabout, "two", [episode(duration=900)])
    page = search_page(castabout, "rye")
    assert (page.copies, [line.also_in for line in page.hits]) == (0, [(), ()])
    assert copies.groups(castabout.store, range(10)) == {}


def test_private_copies_are_not_shown(castabout: Castabout) -> None:
    read(castabout, "open", [episode(duration=SECONDS)])
    read(castabout, "paid", [episode(duration=SECONDS)], private=True)
    assert shown(castabout) == [("open", ["paid"])]
    public = replace(castabout, shows_private=False)
    assert shown(public) == [("open", [])]
    assert search_page(public, "rye").copies == topic_page(public, "rye").copies == 0
    (line,) = topic_page(public, "rye").latest_episodes
    assert episode_page(public, line.id).line.also_in == ()


def test_copies_of_what_has_all_words_do_not_follow_as_having_some(castabout: Castabout) -> None:
    read(castabout, "one", [episode("Baking rye bread with Anna", duration=SECONDS, notes="<p>flour</p>")])
    read(castabout, "two", [episode("Baking rye bread with Anna", duration=SECONDS)])
    page = search_page(castabout, "baking flour")
    assert (page.episodes, page.with_some, len(page.hits)) == (1, 0, 1)


def test_a_title_of_every_day_tells_nothing(castabout: Castabout) -> None:
    """Twenty-one alike are not compared, however many of them there are."""
    items = [episode(key=str(place), duration=SECONDS, notes="n" * 200) for place in range(11)]
    read(castabout, "one", items[:10])
    read(castabout, "two", items)
    assert search_page(castabout, "rye").copies == 0
