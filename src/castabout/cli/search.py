"""``castabout search``."""

from __future__ import annotations

import sys
from typing import Literal

from castabout.cli.library import up_to_date
from castabout.cli.terminal import print_search
from castabout.engine.search import search_page
from castabout.render.json import search_json


def search(
    *query: str,
    sort: Literal["relevance", "date"] = "relevance",
    offset: int = 0,
    limit: int = 10,
    json: bool = False,
) -> int:
    """Find episodes.

    All words must match, in any order; "a phrase" matches as it stands; -word
    leaves out; OR gives a choice; begin* matches every word that begins so.
    Case and accents do not matter; other forms of a word match too, after the
    exact ones.

    Put a query that begins with a minus after two dashes: `castabout search -- -ads news`.

    Parameters
    ----------
    query
        What to look for.
    sort
        Best first, or newest first.
    offset
        Leave out so many of the first.
    limit
        Show so many, 100 at most.
    json
        One JSON document instead of text.
    """
    with up_to_date() as castabout:
        page = search_page(castabout, " ".join(query), sort=sort, offset=offset, limit=limit)
    if json:
        sys.stdout.write(search_json(page).decode() + "\n")
    else:
        print_search(page)
    return 0
