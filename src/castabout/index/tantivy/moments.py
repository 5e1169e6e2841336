"""Searching passages, and grouping them by episode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from tantivy import DocAddress, FieldType, Occur, Order, Query, Searcher

from castabout.index import EpisodeMoments, MomentHits, Within
from castabout.index.tantivy.compile import PASSAGES, compiled, frequency, near
from castabout.index.tantivy.schema import (
    EXACT,
    MIXED,
    PLACE,
    SAID,
    VOICE,
    analyzer,
    moments_schema,
    place_of,
)
from castabout.model.passage import Place
from castabout.query import ast
from castabout.text.prepare import prepare

#: Hits that are read at first, to be grouped.
_READ = 200
#: All of so many are read, so that all is counted by hand.
_READ_ALL = 1_000
#: Beyond so many nothing is grouped.
_MOST = 200_000
#: It is not counted in how many episodes more passages are: that takes a second walk over all of them.
_COUNTED = 20_000
#: What two words are worth that stand next to each other as they do in the query.
_NEAR = 1.0
#: What it is worth that all words are there, where some are enough.
_ALL = 10.0
#: What the best passages of an episode count for it: more than one says that it is about that.
_SHARES = (1.0, 0.2, 0.15)
#: Words that are in more of all passages say little, and cost most, where not all words need be there.
_COMMON = 0.05
#: Two words that are each in more of all passages stand next to each other by chance.
_ANYWHERE = 0.1
#: A word in no more passages is never too common.
_FEW = 1_000


@dataclass(slots=True)
class _Group:
    row: int
    #: Of its passages, the best first.
    scores: list[float] = field(default_factory=list)
    addresses: list[DocAddress] = field(default_factory=list)

    @property
    def score(self) -> float:
        return sum(score * share for score, share in zip(self.scores, _SHARES, strict=False))


def best(
    searcher: Searcher, query: ast.Query, within: Within, *, offset: int, limit: int, each: int
) -> MomentHits:
    """Passages that match, by episode, the one with the best first; ``each`` of an episode."""
    matching = compiled(_rare(query, searcher), PASSAGES)
    share = _share(query, within)
    wanted = _within(_ranked(matching, query, searcher), within, share)
    groups, count = _grouped(searcher, wanted, _READ)
    read = _READ
    while read < count and (count <= _READ_ALL or len(groups) < offset + limit) and read < _MOST:
        read = max(read * 4, _READ_ALL)
        groups, count = _grouped(searcher, wanted, read)
    shown = groups[offset : offset + limit]
    is_all = count <= read
    if is_all:
        totals = {group.row: len(group.scores) for group in shown}
    else:
        rows = frozenset(group.row for group in shown)
        totals = _totals(searcher, _within(matching, replace(within, episodes=rows), share), len(rows))
    return MomentHits(
        moments=count,
        episodes=len(groups) if is_all else _episodes(searcher, wanted, count),
        groups=tuple(
            EpisodeMoments(g.row, _places(searcher, g.addresses[:each]), totals[g.row]) for g in shown
        ),
    )


def newest(
    searcher: Searcher, query: ast.Query, within: Within, *, offset: int, limit: int, each: int
) -> MomentHits:
    """Passages that match, by episode, the newest first; ``each`` of an episode."""
    ranked = _ranked(compiled(_rare(query, searcher), PASSAGES), query, searcher)
    share = _share(query, within)
    wanted = _within(ranked, within, share)
    rows, count, is_all = _newest(searcher, wanted, offset + limit)
    shown = rows[offset : offset + limit]
    of_shown = _within(ranked, replace(within, episodes=frozenset(shown)), share)
    groups, there = _grouped(searcher, of_shown, _READ)
    if there > _READ:
        groups, _ = _grouped(searcher, of_shown, there)
    by_row = {group.row: group for group in groups}
    return MomentHits(
        moments=count,
        episodes=len(rows) if is_all else _episodes(searcher, wanted, count),
        groups=tuple(
            EpisodeMoments(row, _places(searcher, group.addresses[:each]), len(group.scores))
            for row in shown
            if (group := by_row.get(row))
        ),
    )


def _newest(searcher: Searcher, query: Query, enough: int) -> tuple[list[int], int, bool]:
    """The newest episodes with hits, so many at least if there are; how many hits; whether these are all."""
    read = _READ
    while True:
        found = searcher.search(query, read, order_by_field="newness", order=Order.Desc)
        addresses = [address for _, address in found.hits]
        rows = list(dict.fromkeys(searcher.fast_field_values("episode", addresses)))
        count: int = found.count  # type: ignore[attr-defined]  # which the stubs leave out
        if count <= read or len(rows) > enough or read >= _MOST:
            return [int(row) for row in rows if row is not None], count, count <= read
        read *= 4


def _ranked(matching: Query, query: ast.Query, searcher: Searcher) -> Query:
    """What is ``matching``; those passages come first that have the words of ``query`` next to each other."""
    words = list(_apart(query))
    by_chance = max(searcher.num_docs * _ANYWHERE, _FEW)
    pairs = (
        pair for pair in pairwise(words) if min(frequency(word, searcher, SAID) for word in pair) <= by_chance
    )
    better = [both for pair in pairs if (both := near(pair, PASSAGES, "said", _NEAR))]
    if some := _some(query):
        better.append(Query.const_score_query(compiled(ast.And(some.words), PASSAGES), _ALL))
    if not better:
        return matching
    return Query.boolean_query([(Occur.Must, matching), *((Occur.Should, part) for part in better)])


def _apart(query: ast.Query) -> Iterator[str]:
    """The words of ``query`` that may stand anywhere, in the order in which they were asked for."""
    match query:
        case ast.Without(part):
            yield from _apart(part)
        case ast.And(parts) | ast.Some(parts):
            for part in parts:
                if isinstance(part, ast.Word):
                    yield part.text
                elif isinstance(part, ast.Some):
                    yield from _apart(part)


def _some(query: ast.Query) -> ast.Some | None:
    """The words of which some are enough."""
    match query:
        case ast.Some():
            return query
        case ast.Without(part):
            return _some(part)
        case ast.And(parts):
            return next((found for part in parts if (found := _some(part))), None)
        case _:
            return None


def _rare(query: ast.Query, searcher: Searcher) -> ast.Query:
    """``query`` without common words where some of its words are enough."""
    match query:
        case ast.Without(part, podcasts, episodes):
            return ast.Without(_rare(part, searcher), podcasts, episodes)
        case ast.And(parts):
            return ast.And(tuple(_rare(part, searcher) for part in parts))
        case ast.Some(words, at_least):
            most = max(searcher.num_docs * _COMMON, _FEW)
            rare = tuple(word for word in words if frequency(word.text, searcher, SAID) <= most)
            return ast.Some(rare, -(-at_least * len(rare) // len(words))) if len(rare) > 1 else query
        case _:
            return query


def _grouped(searcher: Searcher, query: Query, read: int) -> tuple[list[_Group], int]:
    """The best ``read`` hits by episode, the best episode first; and how many hits there are."""
    found = searcher.search(query, read)
    addresses = [address for _, address in found.hits]
    columns = (searcher.fast_field_values(name, addresses) for name in ("newness", "episode", "first"))
    hits = zip((score for score, _ in found.hits), *columns, addresses, strict=True)
    groups: dict[int, _Group] = {}
    # Of equals the newer episode and the earlier passage first.
    for score, _, row, _, address in sorted(hits, key=lambda hit: (-hit[0], -hit[1], hit[3])):
        group = groups.get(row)
        if group is None:
            group = groups[row] = _Group(row)
        group.scores.append(score)
        group.addresses.append(address)
    return sorted(groups.values(), key=lambda group: -group.score), found.count  # type: ignore[attr-defined]  # which the stubs leave out


def _places(searcher: Searcher, addresses: list[DocAddress]) -> tuple[Place, ...]:
    columns = (searcher.fast_field_values(name, addresses) for name in PLACE)
    return tuple(place_of(*values) for values in zip(*columns, strict=True))


def _share(query: ast.Query, within: Within) -> str:
    """Which passages are left out: where it matters who says the words, those in which several speak."""
    return MIXED if within.speaker is not None or ast.names_person(query) else VOICE


def _within(query: Query, within: Within, share: str) -> Query:
    """``query`` in what ``within`` allows, without the passages of the ``share``."""
    # What limits says nothing about how good a hit is.
    limits = [(Occur.Must, Query.const_score_query(limit, 0.0)) for limit in _limits(within)]
    left_out = Query.term_query(moments_schema(), "share", share, "basic")
    return Query.boolean_query([(Occur.Must, query), *limits, (Occur.MustNot, left_out)])


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


def _episodes(searcher: Searcher, query: Query, hits: int) -> int | None:
    """How many episodes have so many ``hits``; ``None`` if these are too many to be counted so."""
    if hits > _COUNTED:
        return None
    request = {"episodes": {"terms": {"field": "episode", "size": _COUNTED}}}
    return len(searcher.aggregate(query, request)["episodes"]["buckets"])


def _totals(searcher: Searcher, query: Query, episodes: int) -> dict[int, int]:
    """How many passages of each of so many episodes."""
    request = {"episodes": {"terms": {"field": "episode", "size": max(episodes, 1)}}}
    buckets: Iterable[Any] = searcher.aggregate(query, request)["episodes"]["buckets"]
    return {int(bucket["key"]): bucket["doc_count"] for bucket in buckets}
