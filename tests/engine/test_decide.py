"""What a feed changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from castabout.engine.decide import decide
from castabout.model.digest import digest
from castabout.model.feed import Episode, ParsedFeed, Podcast, Problem
from castabout.model.library import FeedChange, KnownPodcast, StoredPodcast

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SHOW = "11111111-2222-5333-8444-555555555555"
SOURCE = "https://bread.example/feed"


def decided(known: KnownPodcast | None, feed: ParsedFeed) -> FeedChange:
    return decide(known, feed, id=SHOW, source=SOURCE, now=NOW)


def applied(known: KnownPodcast | None, change: FeedChange) -> KnownPodcast:
    """What the store would know after ``change``."""
    episodes = dict(known.episodes) if known else {}
    episodes.update({new.id: new.digest for new in (*change.new, *change.changed)})
    stored = StoredPodcast(
        row=1, id=change.id, source=change.source, podcast=change.podcast, added=NOW, episodes=len(episodes)
    )
    also = {**(known.also if known else {}), **dict(change.also)}
    return KnownPodcast(stored=stored, digest=change.digest, episodes=episodes, also=also)


def test_everything_is_new_at_first() -> None:
    feed = ParsedFeed(Podcast(title="Bread"), (Episode(key="a"), Episode(key="b")))
    change = decided(None, feed)
    assert change.podcast_changed
    assert [new.episode.key for new in change.new] == ["a", "b"]
    assert (change.changed, change.unchanged) == ((), 0)


def test_only_differences_afterwards() -> None:
    feed = ParsedFeed(Podcast(title="Bread"), (Episode(key="a"), Episode(key="b")))
    known = applied(None, decided(None, feed))
    later = replace(feed, episodes=(Episode(key="c"), Episode(key="a", title="A"), Episode(key="b")))
    change = decided(known, later)
    assert not change.podcast_changed
    assert [new.episode.key for new in change.new] == ["c"]
    assert [new.episode.key for new in change.changed] == ["a"]
    assert change.unchanged == 1


def test_a_date_that_lies_ahead_is_unknown_and_said() -> None:
    tomorrow, next_year = NOW + timedelta(days=1), NOW + timedelta(days=365)
    feed = ParsedFeed(
        Podcast(), (Episode(key="a", published=tomorrow), Episode(key="b", title="B", published=next_year))
    )
    change = decided(None, feed)
    assert [new.episode.published for new in change.new] == [tomorrow, None]
    assert change.problems == (Problem("item 2 “B”", "its date lies ahead (2027-05-04)"),)


def test_the_language_of_what_is_new_or_changed_is_detected_and_the_digest_stays() -> None:
    german = "<p>Heute fahren wir mit dem Nachtzug nach Wien und sprechen über das Wetter.</p>"
    english = "<p>Today we bake rye bread and talk about the weather.</p>"
    feed = ParsedFeed(
        Podcast(language="ja"),
        (Episode(key="a", notes=german), Episode(key="b", notes=english, language="en-GB"), Episode(key="c")),
    )
    first = decided(None, feed)
    assert [new.episode.detected_language for new in first.new] == ["de", "en", None]
    assert [new.episode.language for new in first.new] == [None, "en-GB", None]
    assert [new.digest for new in first.new] == [digest(episode) for episode in feed.episodes]
    known = applied(None, first)
    assert decided(known, feed).is_empty
    later = replace(feed, episodes=(Episode(key="a", notes=english), *feed.episodes[1:]))
    assert [new.episode.detected_language for new in decided(known, later).changed] == ["en"]


episodes = st.builds(
    Episode,
    key=st.sampled_from("abcdefgh"),
    title=st.one_of(st.none(), st.text(max_size=5)),
    published=st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))),
)
feeds = st.builds(
    ParsedFeed,
    st.builds(Podcast, title=st.text(max_size=3)),
    st.lists(episodes, max_size=6, unique_by=lambda episode: episode.key).map(tuple),
)


@given(st.lists(feeds, min_size=1, max_size=4))
def test_applied_twice_is_applied_once(history: list[ParsedFeed]) -> None:
    known: KnownPodcast | None = None
    for feed in history:
        known = applied(known, decided(known, feed))
        assert decided(known, feed).is_empty
