"""Which of the episodes that match are copies of others of them."""

from __future__ import annotations

from tantivy import Occur, Query, Searcher

from castabout.index import NO_COPIES, Copies
from castabout.index.tantivy.compile import compiled
from castabout.index.tantivy.schema import published_in
from castabout.query import ast


def copies(searcher: Searcher, query: ast.Query, number: int) -> Copies:
    """The copies among what ``query`` finds, of which a ``number`` was published more than once."""
    if not number:
        return NO_COPIES
    copied = Query.exists_query("first_copy")
    both = [(Occur.Must, Query.const_score_query(part, 0.0)) for part in (compiled(query), copied)]
    found = searcher.search(Query.boolean_query(both), number, count=False)
    addresses = [address for _, address in found.hits]
    columns = (searcher.fast_field_values(name, addresses) for name in ("first_copy", "episode", "newness"))
    rows = list(zip(*columns, strict=True))
    firsts = {row for first, row, _ in rows if first == row}
    shown: dict[int, int] = {}
    for _, _, row, first in sorted(
        (not published_in(newness), published_in(newness), row, first)
        for first, row, newness in rows
        if first not in firsts
    ):
        shown.setdefault(first, row)
    return Copies(len(rows) - len(firsts) - len(shown), frozenset(shown.values()))
