"""One aggregation request and its answer as figures.

https://docs.rs/tantivy/latest/tantivy/aggregation/
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from castabout.index import Copies, Figures, PodcastFigures

#: How many podcasts are handed on to be ranked.
TOP_PODCASTS = 50
_LANGUAGES = 20
_YEARS = 500


def request(since: date) -> dict[str, Any]:
    """Everything that is counted about a topic, in one request."""
    return {
        "podcasts": {"cardinality": {"field": "podcast"}},
        "duration": {"stats": {"field": "duration"}},
        "latest": {"max": {"field": "day"}},
        "recent": {"range": {"field": "day", "ranges": [{"from": float(since.toordinal())}]}},
        **years_request(),
        "top": {"terms": {"field": "podcast", "size": TOP_PODCASTS, "order": {"_count": "desc"}}},
        **languages_request(_LANGUAGES),
        **count_request(),
        **copies_request(),
    }


def count_request() -> dict[str, Any]:
    """How many episodes match."""
    return {"episodes": {"value_count": {"field": "episode"}}}


def copies_request() -> dict[str, Any]:
    """How many were published more than once."""
    return {"copied": {"value_count": {"field": "first_copy"}}}


def copied(answer: Mapping[str, Any]) -> int:
    """The answer to `copies_request`."""
    return int(answer["copied"]["value"])


def podcast_count_request() -> dict[str, Any]:
    """How many podcasts match."""
    return {"podcasts": {"value_count": {"field": "podcast_itself"}}}


def years_request() -> dict[str, Any]:
    """Dated episodes by year."""
    return {"years": {"terms": {"field": "year", "size": _YEARS, "order": {"_key": "asc"}}}}


def languages_request(limit: int) -> dict[str, Any]:
    """Episodes by language, of the commonest ``limit``."""
    return {"languages": {"terms": {"field": "language", "size": limit}}}


def languages(answer: Mapping[str, Any]) -> dict[str, int]:
    """The answer to `languages_request`."""
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["languages"]["buckets"]}


def top_podcasts(answer: Mapping[str, Any]) -> list[int]:
    """Rows of the podcasts with most episodes, from the answer to `request`."""
    return [int(bucket["key"]) for bucket in answer["top"]["buckets"]]


def figures(
    answer: Mapping[str, Any],
    podcasts_found: tuple[PodcastFigures, ...],
    copies_found: Copies,
) -> Figures:
    """The answer to `request`, with what else is known of single podcasts and episodes."""
    top = answer["top"]
    # The engine's distinct count is an estimate (within 1 or 2 in 100); with few podcasts they are all here.
    podcasts = round(answer["podcasts"]["value"]) if top["sum_other_doc_count"] else len(top["buckets"])
    return Figures(
        episodes=int(answer["episodes"]["value"]),
        podcasts=podcasts,
        mean_duration=answer["duration"]["avg"],
        with_duration=answer["duration"]["count"],
        latest=_day(answer["latest"]["value"]),
        years=years(answer),
        recent=sum(bucket["doc_count"] for bucket in answer["recent"]["buckets"] if "from" in bucket),
        top_podcasts=podcasts_found,
        languages=languages(answer),
        copies=copies_found,
    )


def years(answer: Mapping[str, Any]) -> dict[int, int]:
    """The answer to `years_request`."""
    return {int(bucket["key"]): bucket["doc_count"] for bucket in answer["years"]["buckets"]}


def _day(ordinal: float | None) -> date | None:
    return None if ordinal is None else date.fromordinal(int(ordinal))
