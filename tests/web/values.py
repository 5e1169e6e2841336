"""Page values made by hand, for pages that no feed leads to easily."""

from __future__ import annotations

from datetime import UTC, date, datetime

from castabout.model.answers import (
    BestPodcast,
    EpisodeLine,
    EpisodePage,
    Highlighted,
    HomePage,
    LanguageCount,
    PodcastLine,
    PodcastPage,
    SearchPage,
    Span,
    TopicPage,
    YearCount,
)
from castabout.model.feed import Enclosure
from castabout.model.health import FeedHealth

PODCAST = PodcastLine(
    id="6f2c3a7e-5a7f-5f5c-9d2b-0d7c4f1b8a11",
    title="Bread & Butter",
    author="Ana Baker",
    link="https://bread.example/",
    image="https://bread.example/cover.png",
    language="en",
    episodes_total=12,
)
EPISODE = EpisodeLine(
    id="0b8f0d9e-6a52-5c61-8f0e-4b6f2f4f3c22",
    title="Why rye?",
    podcast=PODCAST,
    language="en-GB",
    published=datetime(2024, 9, 27, 6, 30, tzinfo=UTC),
    duration=3840,
    summary=Highlighted("all about rye bread", (Span(10, 13),), cut_before=True, cut_after=True),
    more=Highlighted("This is all about rye bread, <b>really</b>.", (Span(18, 21),)),
    tags=("rye", "sourdough"),
    enclosure=Enclosure(url="https://media.example/rye.mp3?a=1&b=2", type="audio/mpeg"),
    link="https://bread.example/rye",
)
#: Everything that may be unknown is.
BARE_PODCAST = PodcastLine(
    id="bare", title="Untitled", author=None, link=None, image=None, language=None, episodes_total=0
)
BARE_EPISODE = EpisodeLine(
    id="bare-episode",
    title="Untitled",
    podcast=BARE_PODCAST,
    language=None,
    published=None,
    duration=None,
    summary=Highlighted(""),
    more=None,
    tags=(),
    enclosure=None,
    link=None,
)


def topic_page(*, topic: str = "rye", lines: tuple[EpisodeLine, ...] = (EPISODE, BARE_EPISODE)) -> TopicPage:
    return TopicPage(
        topic=topic,
        podcasts=2,
        episodes=31,
        copies=0,
        average_duration=3840,
        episodes_with_duration=30,
        episodes_with_date=30,
        frequency="monthly",
        latest=date(2024, 9, 27),
        popularity=(YearCount(2022, 10, 0.1), YearCount(2023, 0, 0.0), YearCount(2024, 20, 0.034)),
        best_podcasts=tuple(
            BestPodcast(
                podcast=line.podcast,
                episodes_about=3,
                last_year=2,
                written=3,
                in_titles=1,
                latest=line.published and line.published.date(),
                is_named=False,
                is_described=True,
                popularity=None,
            )
            for line in lines
        ),
        sort="date",
        latest_episodes=lines,
        best_episodes=(),
        related_topics=("sourdough", "flour / water"),
        languages=(LanguageCount("en", 30), LanguageCount("tlh", 1)),
        elapsed_ms=1.5,
    )


def nothing_found(topic: str) -> TopicPage:
    return TopicPage(
        topic=topic,
        podcasts=0,
        episodes=0,
        copies=0,
        average_duration=None,
        episodes_with_duration=0,
        episodes_with_date=0,
        frequency="infrequent",
        latest=None,
        popularity=(),
        best_podcasts=(),
        sort="date",
        latest_episodes=(),
        best_episodes=(),
        related_topics=(),
        languages=(),
        elapsed_ms=0.1,
    )


def search_page(
    *,
    query: str = "rye",
    called: tuple[PodcastLine, ...] = (),
    episodes: int = 45,
    offset: int = 0,
    hits: tuple[EpisodeLine, ...] = (EPISODE,),
    languages: tuple[LanguageCount, ...] = (),
) -> SearchPage:
    return SearchPage(
        query=query,
        sort="relevance",
        called=called,
        with_some=0,
        episodes=episodes,
        copies=0,
        offset=offset,
        limit=20,
        hits=hits,
        languages=languages,
        elapsed_ms=1.0,
    )


def podcast_page(
    podcast: PodcastLine = PODCAST,
    *,
    description: str | None = "<p>On bread.</p>",
    health: FeedHealth | None = None,
) -> PodcastPage:
    return PodcastPage(
        podcast=podcast,
        description=description,
        categories=("Food",),
        source="https://bread.example/feed.xml",
        added=datetime(2024, 1, 2, tzinfo=UTC),
        is_private=False,
        health=health,
        offset=0,
        limit=20,
        episodes=(EPISODE, BARE_EPISODE),
    )


def episode_page(
    line: EpisodeLine = EPISODE, *, notes: str | None = "<p>Notes on <b>rye</b>.</p>"
) -> EpisodePage:
    return EpisodePage(
        line=line, subtitle=None, notes=notes, author="Ana Baker", image=None, season=2, number="14"
    )


def home_page(*, podcasts: int = 2, newest: tuple[EpisodeLine, ...] = (EPISODE, BARE_EPISODE)) -> HomePage:
    return HomePage(podcasts=podcasts, episodes=1204, newest=newest, topics=("rye", "sourdough"))
