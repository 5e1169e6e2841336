"""``castabout search``."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from castabout.cli.library import up_to_date
from castabout.cli.started import started_as
from castabout.cli.terminal import print_podcasts, print_search
from castabout.cli.words import Words, query_of
from castabout.engine.search import LAST_OFFSET, MOST, find_podcasts, search_page
from castabout.render.json import found_podcasts_json, search_json


def search(
    *query: Words,
    in_: Annotated[Literal["episodes", "podcasts"], Parameter(name="--in")] = "episodes",
    sort: Literal["relevance", "date"] = "relevance",
    offset: Annotated[int, Parameter(validator=Number(gte=0, lte=LAST_OFFSET))] = 0,
    limit: Annotated[int, Parameter(validator=Number(gte=1, lte=MOST))] = 10,
    json: bool = False,
) -> int:
    """Find episodes, or podcasts.

    All words must match, in any order; "a phrase" matches as it stands; -word
    leaves out; OR gives a choice; begin* matches every word that begins so.
    Case and accents do not matter; other forms of a word match too, after the
    exact ones.

    Examples: `castabout search bread -yeast`, `castabout search rye OR oat`.

    Parameters
    ----------
    query
        What to look for.
    in_
        Episodes; or podcasts, by what is said of them and not by their episodes.
    sort
        Best first, or newest first; podcasts come best first.
    offset
        Leave out so many of the first, 10,000 at most.
    limit
        Show so many, 100 at most.
    json
        One JSON document instead of text.
    """
    asked = query_of(query)
    if in_ == "podcasts":
        with up_to_date() as castabout:
            found = find_podcasts(castabout, asked, offset=offset, limit=limit)
        if json:
            sys.stdout.write(found_podcasts_json(found).decode() + "\n")
        else:
            print_podcasts(found, again=started_as())
        return 0
    with up_to_date() as castabout:
        page = search_page(castabout, asked, sort=sort, offset=offset, limit=limit)
    if json:
        sys.stdout.write(search_json(page).decode() + "\n")
    else:
        print_search(page, again=started_as())
    return 0
