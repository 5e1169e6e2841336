"""Topics side by side, year by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from time import perf_counter

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.figures import popularity
from castabout.model.compare import ComparedTopic, ComparePage
from castabout.query.parser import parse_topic

#: More lines nobody can tell apart.
MOST_TOPICS = 5


def compare_page(castabout: Castabout, topics: Iterable[str]) -> ComparePage:
    """The first `MOST_TOPICS` of ``topics``, each once, over the same years.

    Raises `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    different: dict[str, str] = {}
    for topic in (" ".join(each.split()) for each in topics):
        if topic:
            different.setdefault(topic.casefold(), topic)
    wanted = [*different.values()][:MOST_TOPICS]
    found = [_found(castabout, topic) for topic in wanted]
    years = {year for _, by_year in found for year in by_year}
    every = castabout.index.years()
    # A topic that is not yet, or no more, spoken of is at zero.
    same_years = dict.fromkeys((min(years), max(years)) if years else (), 0)
    return ComparePage(
        topics=tuple(
            ComparedTopic(topic, episodes, popularity(same_years | by_year, every))
            for topic, (episodes, by_year) in zip(wanted, found, strict=True)
        ),
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )


def _found(castabout: Castabout, topic: str) -> tuple[int, dict[int, int]]:
    query = asked(castabout, parse_topic(topic))
    by_year: Mapping[int, int] = castabout.index.years_of(query)
    return castabout.index.count(query), dict(by_year)
