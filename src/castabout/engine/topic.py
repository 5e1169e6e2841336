"""The topic page: everything known about a word or phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.figures import frequency, languages, popularity
from castabout.engine.lines import lines_by_row, podcast_line
from castabout.engine.moments import moments_of
from castabout.engine.ranking import ranked
from castabout.engine.tags import related
from castabout.index import Figures
from castabout.model.answers import BestPodcast, EpisodeLine, Moments, TopicPage
from castabout.query.ast import Query, needles
from castabout.query.parser import parse_topic
from castabout.store import podcasts

BEST_PODCASTS = 10
LATEST_EPISODES = 20
#: `frequency` is about these many days before now.
_RECENT = timedelta(days=365)
_SILENT = Moments((), 0)


def topic_page(castabout: Castabout, topic: str) -> TopicPage:
    """All figures of ``topic``, its best podcasts and its latest episodes.

    Three requests to the index, three to the store, whatever the number of hits.
    Raises `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    topic = " ".join(topic.split())
    query = asked(castabout, parse_topic(topic))
    today = castabout.clock().date()
    figures = castabout.index.figures(query, since=today - _RECENT)
    rows = castabout.index.newest(query, limit=LATEST_EPISODES)
    latest = _latest(castabout, query, rows)
    mean = figures.mean_duration
    return TopicPage(
        topic=topic,
        podcasts=figures.podcasts,
        episodes=figures.episodes,
        average_duration=None if mean is None else round(mean),
        episodes_with_duration=figures.with_duration,
        episodes_with_date=sum(figures.years.values()),
        frequency=frequency(figures.recent) if figures.years else None,
        latest=figures.latest,
        popularity=popularity(figures.years, castabout.index.years()),
        best_podcasts=_best(castabout, figures, today),
        latest_episodes=latest,
        related_topics=related(topic, (episode.tags for episode in latest)),
        languages=languages(figures.languages),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def _latest(castabout: Castabout, query: Query, rows: Sequence[int]) -> tuple[EpisodeLine, ...]:
    lines = lines_by_row(castabout, rows, needles(query))
    said = moments_of(castabout, query, lines)
    return tuple(replace(lines[row], moments=said.get(row, _SILENT)) for row in rows if row in lines)


def _best(castabout: Castabout, figures: Figures, today: date) -> tuple[BestPodcast, ...]:
    stored = podcasts.by_rows(castabout.store, [top.row for top in figures.top_podcasts])
    candidates = (
        BestPodcast(
            podcast=podcast_line(stored[top.row]),
            episodes_about=top.episodes,
            last_year=top.recent,
            written=top.written,
            in_titles=top.in_titles,
            latest=top.latest,
            is_named=top.is_named,
            is_described=top.is_described,
            popularity=stored[top.row].podcast.popularity,
        )
        for top in figures.top_podcasts
        if top.row in stored
    )
    return ranked(candidates, today=today)[:BEST_PODCASTS]
