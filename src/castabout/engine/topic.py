"""The topic page: everything known about a word or phrase."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.figures import frequency, languages, popularity
from castabout.engine.lines import lines_by_row, podcast_line
from castabout.engine.listing import Listed, best, in_order, once
from castabout.engine.ranking import ranked
from castabout.engine.related import Tagged, candidates, related
from castabout.engine.said import moments_of
from castabout.engine.spelling import did_you_mean
from castabout.index import Figures
from castabout.model.answers import BestPodcast, EpisodeLine, Moments, TopicPage
from castabout.query.ast import Query, needles
from castabout.query.parser import parse_topic
from castabout.query.sought import sought
from castabout.store import labels, names, podcasts

BEST_PODCASTS = 10
SORTS = ("date", "best")
LATEST_EPISODES = 20
#: So many of the best and of the newest episodes tell what else is spoken of.
_SAMPLE = 150
#: `frequency` is about these many days before now.
_RECENT = timedelta(days=365)
_SILENT = Moments((), 0)


def topic_page(castabout: Castabout, topic: str, *, sort: str = "date") -> TopicPage:
    """All figures of ``topic``, its best podcasts and its latest episodes, or with ``sort="best"`` its best ones.

    A few requests to the index and to the store, whatever the number of hits.
    Raises `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    topic = " ".join(topic.split())
    query = asked(castabout, parse_topic(topic))
    today = castabout.clock().date()
    figures = castabout.index.figures(query, since=today - _RECENT)
    is_best = sort == "best"
    lines = _lines(castabout, query, _listed(castabout, once(query, figures.copies), is_best=is_best))
    mean = figures.mean_duration
    said = 0 if figures.episodes else castabout.index.podcast_count(sought(query))
    meant = None if said else did_you_mean(castabout, topic, found=figures.episodes, as_topic=True)
    return TopicPage(
        topic=topic,
        podcasts=figures.podcasts,
        episodes=figures.episodes,
        copies=figures.copies.number,
        average_duration=None if mean is None else round(mean),
        episodes_with_duration=figures.with_duration,
        episodes_with_date=sum(figures.years.values()),
        frequency=frequency(figures.recent) if figures.years else None,
        latest=figures.latest,
        popularity=popularity(figures.years, castabout.index.years()),
        best_podcasts=_best(castabout, figures, today),
        sort="best" if is_best else "date",
        latest_episodes=() if is_best else lines,
        best_episodes=lines if is_best else (),
        related_topics=related_topics(castabout, topic, once(query, figures.copies)),
        languages=languages(figures.languages),
        did_you_mean=meant,
        said_by_podcasts=said,
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def _listed(castabout: Castabout, query: Query, *, is_best: bool) -> Listed:
    if is_best:
        return best(castabout, query, offset=0, limit=LATEST_EPISODES)
    return Listed(castabout.index.newest(query, limit=LATEST_EPISODES))


def _lines(castabout: Castabout, query: Query, listed: Listed) -> tuple[EpisodeLine, ...]:
    lines = lines_by_row(castabout, listed.rows, needles(query))
    said = moments_of(castabout, query, lines)
    whole = {row: replace(line, moments=said.get(row, _SILENT)) for row, line in lines.items()}
    return in_order(whole, listed)


def related_topics(castabout: Castabout, topic: str, query: Query) -> tuple[str, ...]:
    """What else is spoken of where ``topic`` is, by some of the episodes that ``query`` finds."""
    index = castabout.index
    rows = {*index.best(query, limit=_SAMPLE), *index.newest(query, limit=_SAMPLE)}
    sample = [Tagged(*of) for of in labels.tags_of(castabout.store, rows)]
    found = candidates(topic, sample)
    keys = {one.tag: labels.topic_key(one.tag) for one in found}
    counts = names.topic_counts(castabout.store, keys.values(), private=castabout.shows_private)
    library = {tag: counts.get(key, 0) for tag, key in keys.items()}
    return related(found, len(sample), library, sum(index.years().values()))


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
