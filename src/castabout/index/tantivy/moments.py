"""Searching passages, and grouping them by episode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tantivy import FieldType, Occur, Query, Searcher

from castabout.index import EpisodeMoments, MomentHits, Within
from castabout.index.tantivy.compile import PASSAGES, compiled
from castabout.index.tantivy.schema import EXACT, analyzer, moments_schema
from castabout.query import ast
from castabout.text.prepare import prepare

#: Hits that are read at once to be grouped; with no more of them, all is counted by hand, and exactly.
_READ = 1_000
#: Beyond so many hits nothing is grouped.
_MOST = 200_000


@dataclass(slots=True)
class _Group:
    row: int
    places: list[int] = field(default_factory=list)
    total: int = 0


def search(
    searcher: Searcher, query: ast.Query, within: Within, *, offset: int, limit: int, each: int
) -> MomentHits:
    """Passages that match, by episode, the episode with the best one first; ``each`` of an episode."""
    wanted = _within(compiled(query, PASSAGES), within)
    read = _READ
    while True:
        groups, count = _grouped(searcher, wanted, read, each)
        if count < read or len(groups) >= offset + limit or read >= _MOST:
            break
        read *= 8
    shown = groups[offset : offset + limit]
    if count < read:
        moments, episodes = count, len(groups)
        totals = {group.row: group.total for group in shown}
    else:
        moments, episodes = _counts(searcher, wanted)
        totals = _totals(searcher, wanted, [group.row for group in shown])
    return MomentHits(
        moments=moments,
        episodes=episodes,
        groups=tuple(EpisodeMoments(g.row, tuple(g.places), totals[g.row]) for g in shown),
    )


def _grouped(searcher: Searcher, query: Query, read: int, each: int) -> tuple[list[_Group], int]:
    """The best ``read`` hits by episode, in order of the best of each; and how many there were."""
    groups: dict[int, _Group] = {}
    count = 0
    for row, place in _hits(searcher, query, read):
        count += 1
        group = groups.get(row)
        if group is None:
            group = groups[row] = _Group(row)
        group.total += 1
        if len(group.places) < each:
            group.places.append(place)
    return list(groups.values()), count


def _hits(searcher: Searcher, query: Query, read: int) -> Iterator[tuple[int, int]]:
    """Row of the episode and place in it; of equally good ones the newer episode and the earlier passage first."""
    found = searcher.search(query, read, count=False).hits
    addresses = [address for _, address in found]
    columns = (searcher.fast_field_values(name, addresses) for name in ("newness", "episode", "place"))
    ranked = sorted(
        zip((-score for score, _ in found), *columns, strict=True),
        key=lambda hit: (hit[0], -int(hit[1] or 0), hit[3]),
    )
    return ((int(row or 0), int(place or 0)) for _, _, row, place in ranked)


def _within(query: Query, within: Within) -> Query:
    """``query`` in what ``within`` allows."""
    limits = list(_limits(within))
    if not limits:
        return query
    # What limits says nothing about how good a hit is.
    constant = [(Occur.Must, Query.const_score_query(limit, 0.0)) for limit in limits]
    return Query.boolean_query([(Occur.Must, query), *constant])


def _limits(within: Within) -> Iterator[Query]:
    schema = moments_schema()
    if within.episodes is not None:
        yield Query.term_set_query(schema, "episode", sorted(within.episodes))
    if within.podcasts is not None:
        yield Query.term_set_query(schema, "podcast", sorted(within.podcasts))
    if within.language is not None:
        yield Query.term_query(schema, "language", within.language)
    if within.speaker is not None:
        words = analyzer(EXACT).analyze(prepare(within.speaker, asking=True))
        yield from (Query.term_query(schema, "speakers", word) for word in words)
        if not words:
            yield Query.empty_query()
    if within.since is not None or within.until is not None:
        first = within.since.toordinal() if within.since else None
        last = within.until.toordinal() if within.until else None
        yield Query.range_query(schema, "day", FieldType.Integer, first, last)


def _counts(searcher: Searcher, query: Query) -> tuple[int, int]:
    """How many passages and, about, how many episodes."""
    answer = searcher.aggregate(
        query,
        {
            "moments": {"value_count": {"field": "episode"}},
            "episodes": {"cardinality": {"field": "episode"}},
        },
    )
    return int(answer["moments"]["value"]), round(answer["episodes"]["value"])


def _totals(searcher: Searcher, query: Query, rows: Sequence[int]) -> dict[int, int]:
    """How many passages of each of these episodes."""
    limited = _within(query, Within(episodes=frozenset(rows)))
    request = {"episodes": {"terms": {"field": "episode", "size": max(len(rows), 1)}}}
    buckets: Iterable[Any] = searcher.aggregate(limited, request)["episodes"]["buckets"]
    return {int(bucket["key"]): bucket["doc_count"] for bucket in buckets}
