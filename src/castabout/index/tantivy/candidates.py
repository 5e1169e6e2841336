"""Which podcasts may be the best about a topic, and what counts for each of them.

https://docs.rs/tantivy/latest/tantivy/aggregation/
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tantivy import Occur, Query, Searcher

from castabout.index import PodcastFigures
from castabout.index.tantivy.compile import EPISODES, PODCASTS, Searched, compiled
from castabout.index.tantivy.schema import SPOKEN
from castabout.query import ast

#: Podcasts of each kind: with most episodes, with most in their titles, that say it of themselves.
_EACH = 50
_IN_TITLES = replace(EPISODES, fields=EPISODES.titles)
#: All that is written of an episode, other than what is only said in it.
_WRITTEN = replace(
    EPISODES, fields={name: weight for name, weight in EPISODES.fields.items() if name not in SPOKEN}
)
#: Who thanks a sponsor in all episodes is not about it.
_DESCRIBED = replace(
    PODCASTS, fields={name: weight for name, weight in PODCASTS.fields.items() if name != "podcast_repeated"}
)
_NAMED = replace(PODCASTS, fields=PODCASTS.titles)


def candidates(
    searcher: Searcher, query: ast.Query, most: Iterable[int], *, since: date
) -> tuple[PodcastFigures, ...]:
    """Of ``most``, the rows of those with most episodes, and of others that may be as good; most episodes first.

    Only the few that come into question are counted in detail, whatever the number of hits.
    """
    titled = _counts(searcher, compiled(query, _IN_TITLES), _EACH)
    described = _podcasts(searcher, query, _DESCRIBED)
    rows = {*most, *titled, *described}
    if not rows:
        return ()
    named = set(_podcasts(searcher, query, _NAMED))
    in_titles = _counts(searcher, _of(compiled(query, _IN_TITLES), rows), len(rows))
    written = _counts(searcher, _of(compiled(query, _WRITTEN), rows), len(rows))
    answer = searcher.aggregate(_of(compiled(query), rows), _details(len(rows), since))
    details = {int(bucket["key"]): bucket for bucket in answer["podcasts"]["buckets"]}
    found = (
        PodcastFigures(
            row,
            episodes=details[row]["doc_count"] if row in details else 0,
            latest=_latest(details.get(row)),
            recent=_recent(details.get(row)),
            written=written.get(row, 0),
            in_titles=in_titles.get(row, 0),
            is_named=row in named,
            is_described=row in described,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda one: (-one.episodes, one.row)))


def _details(size: int, since: date) -> dict[str, Any]:
    recent = {"range": {"field": "day", "ranges": [{"from": float(since.toordinal())}]}}
    return {
        "podcasts": {
            "terms": {"field": "podcast", "size": size},
            "aggs": {"latest": {"max": {"field": "day"}}, "recent": recent},
        }
    }


def _counts(searcher: Searcher, query: Query, size: int) -> dict[int, int]:
    """Podcast → episodes, of those with most."""
    request = {"podcasts": {"terms": {"field": "podcast", "size": size}}}
    answer = searcher.aggregate(query, request)
    return {int(bucket["key"]): bucket["doc_count"] for bucket in answer["podcasts"]["buckets"]}


def _of(query: Query, podcasts: Collection[int]) -> Query:
    of_these = Query.term_set_query(EPISODES.schema(), EPISODES.podcast, sorted(podcasts))
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, of_these)])


def _podcasts(searcher: Searcher, query: ast.Query, searched: Searched) -> list[int]:
    found = searcher.search(compiled(query, searched), _EACH, count=False)
    rows = searcher.fast_field_values(searched.itself, [address for _, address in found.hits])
    return [int(row) for row in rows if row is not None]


def _latest(bucket: Mapping[str, Any] | None) -> date | None:
    ordinal = bucket["latest"]["value"] if bucket else None
    return None if ordinal is None else date.fromordinal(int(ordinal))


def _recent(bucket: Mapping[str, Any] | None) -> int:
    ranges = bucket["recent"]["buckets"] if bucket else ()
    return sum(one["doc_count"] for one in ranges if "from" in one)
