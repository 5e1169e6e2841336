"""The JSON of the API, of the pages that end in ``.json`` and of ``--json``: one shape.

Times are RFC 3339 in UTC, durations seconds, unknown is ``null``. Text is
plain text; ``spans`` count characters (Unicode code points) of the text beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from castabout.model.answers import (
    BestPodcast,
    CopyLine,
    EpisodeLine,
    EpisodePage,
    FoundPodcasts,
    Highlighted,
    LanguageCount,
    Moment,
    MomentsPage,
    PersonPage,
    PodcastLine,
    PodcastPage,
    SearchPage,
    TopicPage,
    YearCount,
)
from castabout.model.compare import ComparePage
from castabout.model.health import CheckReport
from castabout.model.lists import ListPage
from castabout.model.names import RisingTopic, Suggestions

Json = Mapping[str, object]


def topic_json(page: TopicPage) -> bytes:
    """A topic page."""
    return encode(
        {
            "topic": page.topic,
            "did_you_mean": page.did_you_mean,
            "said_by_podcasts": page.said_by_podcasts,
            "podcasts": page.podcasts,
            "episodes": page.episodes,
            "copies": page.copies,
            "average_duration_seconds": page.average_duration,
            "episodes_with_duration": page.episodes_with_duration,
            "episodes_with_date": page.episodes_with_date,
            "frequency": page.frequency,
            "latest": page.latest,
            "popularity": _popularity(page.popularity),
            "best_podcasts": [_best_podcast(best) for best in page.best_podcasts],
            "sort": page.sort,
            "latest_episodes": [_episode(line) for line in page.latest_episodes],
            "best_episodes": [_episode(line) for line in page.best_episodes],
            "related_topics": page.related_topics,
            "languages": _languages(page.languages),
            "elapsed_ms": page.elapsed_ms,
        }
    )


def search_json(page: SearchPage) -> bytes:
    """The episodes that a query finds."""
    return encode(
        {
            "query": page.query,
            "did_you_mean": page.did_you_mean,
            "sort": page.sort,
            "called": [_found_podcast(line) for line in page.called],
            "episodes": page.episodes,
            "copies": page.copies,
            "with_some": page.with_some,
            "unnarrowed": page.unnarrowed.found if page.unnarrowed else None,
            "misread": page.misread,
            "said_by_podcasts": page.said_by_podcasts,
            "beginnings": page.beginnings,
            "offset": page.offset,
            "limit": page.limit,
            "hits": [_episode(line) for line in page.hits],
            "languages": _languages(page.languages),
            "elapsed_ms": page.elapsed_ms,
        }
    )


def list_json(page: ListPage) -> bytes:
    """A list of episodes, or what was put away of it."""
    return encode(
        {
            "list": page.name,
            "archive": page.is_archive,
            "episodes": page.total,
            "hits": [{"place": entry.place, **_episode(entry.line)} for entry in page.episodes],
        }
    )


def episodes_json(lines: Iterable[EpisodeLine]) -> list[Json]:
    """Episodes as a part of an answer."""
    return [_episode(line) for line in lines]


def moments_json(page: MomentsPage) -> bytes:
    """The moments that a query finds, by episode."""
    return encode(
        {
            "query": page.query,
            "sort": page.sort,
            "loose": page.is_loose,
            "moments": page.moments,
            "episodes": page.episodes,
            "unnarrowed": page.unnarrowed.found if page.unnarrowed else None,
            "offset": page.offset,
            "limit": page.limit,
            "hits": [_episode(line) for line in page.hits],
            "elapsed_ms": page.elapsed_ms,
        }
    )


def found_podcasts_json(found: FoundPodcasts) -> bytes:
    """The podcasts that a query finds."""
    return encode(
        {
            "query": found.query,
            "podcasts": found.podcasts,
            "offset": found.offset,
            "limit": found.limit,
            "hits": [_found_podcast(line) for line in found.hits],
            "elapsed_ms": found.elapsed_ms,
        }
    )


def person_json(page: PersonPage) -> bytes:
    """The episodes that somebody is in."""
    return encode(
        {
            "name": page.name,
            "episodes": page.episodes,
            "podcasts": [
                {**_podcast(one.podcast), "episodes": one.episodes, "url": one.podcast.link}
                for one in page.podcasts
            ],
            "popularity": _popularity(page.popularity),
            "offset": page.offset,
            "limit": page.limit,
            "hits": [_episode(line) for line in page.hits],
        }
    )


def similar_episodes_json(page: EpisodePage) -> bytes:
    """The episodes like one."""
    return encode({"id": page.line.id, "similar": [_episode(line) for line in page.similar]})


def similar_podcasts_json(page: PodcastPage) -> bytes:
    """The podcasts like one."""
    return encode({"id": page.podcast.id, "similar": [_found_podcast(line) for line in page.similar]})


def suggestions_json(page: Suggestions, addresses: Iterable[str]) -> bytes:
    """What somebody may mean who is still typing, and the address of each name's page."""
    return encode(
        {
            "typed": page.typed,
            "suggestions": [
                {"kind": one.kind, "name": one.name, "episodes": one.episodes, "id": one.id, "page": address}
                for one, address in zip(page.names, addresses, strict=True)
            ],
            "elapsed_ms": page.elapsed_ms,
        }
    )


def rising_json(topics: Iterable[RisingTopic]) -> bytes:
    """Topics that are spoken of more often than they were."""
    return encode(
        {
            "rising_topics": [
                {"topic": one.topic, "episodes_this_month": one.month, "episodes_the_year_before": one.year}
                for one in topics
            ]
        }
    )


def compare_json(page: ComparePage) -> bytes:
    """Topics side by side."""
    return encode(
        {
            "topics": [
                {"topic": one.topic, "episodes": one.episodes, "popularity": _popularity(one.popularity)}
                for one in page.topics
            ],
            "elapsed_ms": page.elapsed_ms,
        }
    )


def check_json(report: CheckReport) -> bytes:
    """Whether store and index agree, and how the feeds fare."""
    return encode(
        {
            "sound": report.is_sound,
            "podcasts": report.podcasts,
            "episodes": report.episodes,
            "indexed_podcasts": report.indexed_podcasts,
            "indexed_episodes": report.indexed_episodes,
            "waiting": report.waiting,
            "faults": report.faults,
            "feeds": {
                "known": report.feeds.feeds,
                "failing": report.feeds.failing,
                "gone": report.feeds.gone,
                "private_podcasts": report.feeds.private,
            },
            "transcripts": {
                "episodes": report.spoken.transcripts,
                "waiting": report.spoken.waiting,
                "failing": report.spoken.failed,
                "faulty": report.spoken.faulty,
            },
        }
    )


def error_json(code: str, message: str) -> bytes:
    """The one shape of an error: ``code`` for programs, ``message`` for people."""
    return encode({"error": {"code": code, "message": message}})


def encode(value: Json) -> bytes:
    """``value`` as UTF-8 JSON."""
    return msgspec.json.encode(value)


def _popularity(years: Sequence[YearCount]) -> Sequence[Json]:
    return [
        {"year": count.year, "episodes": count.episodes, "share": count.share}
        for count in years
        if count.episodes
    ]


def _best_podcast(best: BestPodcast) -> Json:
    podcast = best.podcast
    return {
        "id": podcast.id,
        "title": podcast.title,
        "episodes_about": best.episodes_about,
        "episodes_total": podcast.episodes_total,
        "episodes_last_year": best.last_year,
        "episodes_in_titles": best.in_titles,
        "named": best.is_named,
        "latest": best.latest,
        "url": podcast.link,
        "image": podcast.image,
    }


def _languages(counts: Iterable[LanguageCount]) -> list[Json]:
    return [{"language": count.language, "episodes": count.episodes} for count in counts]


def _episode(line: EpisodeLine) -> Json:
    moments = line.moments
    where = (
        {"moments_total": moments.total, "moments": [_moment(moment) for moment in moments.best]}
        if moments
        else {}
    )
    return {
        "id": line.id,
        "title": line.title,
        "podcast": _podcast(line.podcast),
        "published": _utc(line.published),
        "duration_seconds": line.duration,
        "summary": line.summary.text,
        "spans": _spans(line.summary),
        "tags": line.tags,
        "people": [{"name": person.name, "role": person.role} for person in line.people],
        "audio_url": line.enclosure.url if line.enclosure else None,
        "url": line.link,
        "also_in": [_copy(copy) for copy in line.also_in],
        **where,
    }


def _copy(copy: CopyLine) -> Json:
    return {
        "id": copy.id,
        "title": copy.title,
        "podcast": _podcast(copy.podcast),
        "published": _utc(copy.published),
        "audio_url": copy.enclosure.url if copy.enclosure else None,
    }


def _moment(moment: Moment) -> Json:
    return {
        "kind": moment.kind,
        "start_seconds": _seconds(moment.start),
        "end_seconds": _seconds(moment.end),
        "start_is_estimated": moment.is_estimated,
        "speaker": moment.speaker,
        "text": moment.text.text,
        "spans": _spans(moment.text),
        "turns": [
            {
                "speaker": turn.speaker,
                "start_seconds": _seconds(turn.start),
                "text": turn.text.text,
                "spans": _spans(turn.text),
            }
            for turn in moment.turns
        ],
    }


def _seconds(seconds: float | None) -> float | None:
    """Whole seconds as such: ``935``, not ``935.0``."""
    return int(seconds) if seconds is not None and seconds.is_integer() else seconds


def _found_podcast(line: PodcastLine) -> Json:
    return {
        "id": line.id,
        "title": line.title,
        "author": line.author,
        "language": line.language,
        "episodes_total": line.episodes_total,
        "url": line.link,
        "image": line.image,
    }


def _podcast(line: PodcastLine) -> Json:
    return {"id": line.id, "title": line.title}


def _spans(highlighted: Highlighted) -> Sequence[tuple[int, int]]:
    return [(span.start, span.end) for span in highlighted.spans]


def _utc(when: datetime | None) -> datetime | None:
    return None if when is None else when.astimezone(UTC)
