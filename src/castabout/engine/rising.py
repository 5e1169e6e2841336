"""Rising topics: what is spoken of more often this month than in the year before."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from math import log2

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.model.names import RisingTopic
from castabout.query.ast import And, Published, Query
from castabout.query.parser import parse_topic
from castabout.store import labels
from castabout.text.beginnings import plain

MOST_RISING = 12
MONTH, YEAR = timedelta(days=30), timedelta(days=365)
#: So many of the newest episodes tell which topics come into question, and so many of these are counted.
_SAMPLE, _CANDIDATES = 1_000, 60
#: Episodes of this month, of so many shows, and how many times as often as in the year before.
_LEAST_EPISODES, _LEAST_SHOWS, _LEAST_RISE = 3, 2, 2.0


def rising_topics(castabout: Castabout) -> tuple[RisingTopic, ...]:
    """Topics that rise, the steepest first; found out once an hour. Raises `StoreError` and `SearchIndexError`."""
    now = castabout.clock()
    return castabout.rising.get(castabout.shows_private, now, lambda: _rising(castabout, now.date()))


def _rising(castabout: Castabout, today: date) -> tuple[RisingTopic, ...]:
    month = Published("after", today - MONTH)
    year = (Published("after", today - MONTH - YEAR), Published("before", today - MONTH))
    found: list[tuple[float, RisingTopic]] = []
    for tag in _candidates(castabout, month):
        topic = RisingTopic(tag, _count(castabout, tag, month), _count(castabout, tag, *year))
        rise = topic.month / MONTH.days / ((topic.year + 1) / YEAR.days)
        if topic.month >= _LEAST_EPISODES and rise >= _LEAST_RISE:
            found.append((log2(rise) * log2(topic.month), topic))
    found.sort(key=lambda pair: (-pair[0], pair[1].topic))
    return _distinct([topic for _, topic in found])


def _candidates(castabout: Castabout, month: Published) -> list[str]:
    """Tags of the newest episodes, those of most shows first."""
    rows = castabout.index.newest(asked(castabout, month), limit=_SAMPLE)
    shows: dict[str, set[int]] = defaultdict(set)
    for podcast, tags in labels.tags_of(castabout.store, rows):
        for tag in tags:
            shows[tag].add(podcast)
    common = [(tag, len(of)) for tag, of in shows.items() if len(of) >= _LEAST_SHOWS]
    return [tag for tag, _ in sorted(common, key=lambda pair: (-pair[1], pair[0]))[:_CANDIDATES]]


def _count(castabout: Castabout, tag: str, *when: Query) -> int:
    return castabout.index.count(asked(castabout, And((parse_topic(tag), *when))))


def _distinct(topics: list[RisingTopic]) -> tuple[RisingTopic, ...]:
    """The first ones, none of them a part of one before."""
    chosen: list[RisingTopic] = []
    seen: list[set[str]] = []
    for topic in topics:
        words = set(plain(topic.topic).split())
        if not any(words <= other or other <= words for other in seen):
            chosen.append(topic)
            seen.append(words)
    return tuple(chosen[:MOST_RISING])
