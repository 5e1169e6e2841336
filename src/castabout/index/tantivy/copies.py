"""Which of the episodes that match are copies of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tantivy import Occur, Query, Searcher

from castabout.index.tantivy.compile import compiled
from castabout.index.tantivy.schema import published_in, schema
from castabout.query import ast


def groups(searcher: Searcher, query: ast.Query, counts: Mapping[int, int]) -> tuple[tuple[int, ...], ...]:
    """The rows of the copies, the earliest first; ``counts``: how many match of each group, by its first copy."""
    if not counts:
        return ()
    copied = Query.term_set_query(schema(), "first_copy", sorted(counts))
    both = Query.boolean_query([(Occur.Must, compiled(query)), (Occur.Must, copied)])
    found = searcher.search(both, sum(counts.values()), count=False, order_by_field="newness")
    addresses = [address for _, address in found.hits]
    columns = (
        searcher.fast_field_values(name, addresses)
        for name in ("first_copy", "newness", "duration", "episode")
    )
    members: dict[int, list[tuple[tuple[bool, int, bool, int], int]]] = defaultdict(list)
    for first, newness, duration, row in zip(*columns, strict=True):
        if first is not None and row is not None:
            published = published_in(newness or 0)
            # Of two of one time the one that tells more of itself.
            members[first].append(((not published, published, duration is None, row), row))
    return tuple(tuple(row for _, row in sorted(members[first])) for first in counts)
