"""``castabout search``."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from castabout.cli.library import up_to_date
from castabout.cli.started import started_as
from castabout.cli.terminal import print_search
from castabout.cli.words import Words, query_of
from castabout.engine.search import LAST_OFFSET, MOST, search_page
from castabout.render.json import search_json


def search(
    *query: Words,
    sort: Literal["relevance", "date"] = "relevance",
    offset: Annotated[int, Parameter(validator=Number(gte=0, lte=LAST_OFFSET))] = 0,
    limit: Annotated[int, Parameter(validator=Number(gte=1, lte=MOST))] = 10,
    json: bool = False,
) -> int:
    """Find episodes.

    All words must match, in any order; "a phrase" matches as it stands; -word
    leaves out; OR gives a choice; begin* matches every word that begins so.
    Case and accents do not matter; other forms of a word match too, after the
    exact ones.

    Examples: `castabout search bread -yeast`, `castabout search rye OR oat`.

    Parameters
    ----------
    query
        What to look for.
    sort
        Best first, or newest first.
    offset
        Leave out so many of the first, 10,000 at most.
    limit
        Show so many, 100 at most.
    json
        One JSON document instead of text.
    """
    asked = query_of(query)
    with up_to_date() as castabout:
        page = search_page(castabout, asked, sort=sort, offset=offset, limit=limit)
    if json:
        sys.stdout.write(search_json(page).decode() + "\n")
    else:
        print_search(page, again=started_as())
    return 0
