"""Search: the episodes that a query finds."""

from __future__ import annotations

from time import perf_counter

from castabout.engine.castabout import Castabout
from castabout.engine.hidden import visible
from castabout.engine.lines import lines_of
from castabout.model.answers import SearchPage
from castabout.query.ast import needles
from castabout.query.parser import parse

SORTS = ("relevance", "date")
LIMIT = 20
#: Nobody reads further, and paging costs what lies before the page.
LAST_OFFSET = 10_000
MOST = 100


def search_page(
    castabout: Castabout, query: str, *, sort: str = "relevance", offset: int = 0, limit: int = LIMIT
) -> SearchPage:
    """Episodes that match ``query``, best first or, with ``sort="date"``, newest first.

    ``offset`` and ``limit`` are brought within their bounds. Raises `StoreError` and `SearchIndexError`.
    """
    began = perf_counter()
    tree = visible(castabout, parse(query))
    offset, limit = min(max(offset, 0), LAST_OFFSET), min(max(limit, 1), MOST)
    find = castabout.index.newest if sort == "date" else castabout.index.best
    rows = find(tree, offset=offset, limit=limit)
    hits = lines_of(castabout, rows, needles(tree))
    return SearchPage(
        query=query,
        sort=sort if sort in SORTS else SORTS[0],
        episodes=castabout.index.count(tree),
        offset=offset,
        limit=limit,
        hits=hits,
        elapsed_ms=round((perf_counter() - began) * 1000, 1),
    )
