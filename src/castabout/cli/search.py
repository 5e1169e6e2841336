"""``castabout search``."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from castabout.cli.app import WrongUsage
from castabout.cli.library import up_to_date
from castabout.cli.started import started_as
from castabout.cli.terminal import print_moments, print_podcasts, print_search
from castabout.cli.words import Words, query_of
from castabout.engine.moments import ANY, Wanted, moments_page
from castabout.engine.search import LAST_OFFSET, MOST, find_podcasts, search_page
from castabout.render.json import found_podcasts_json, moments_json, search_json


def search(
    *query: Words,
    in_: Annotated[Literal["episodes", "podcasts", "moments"], Parameter(name="--in")] = "episodes",
    sort: Literal["relevance", "varied", "date"] = "relevance",
    offset: Annotated[int, Parameter(validator=Number(gte=0, lte=LAST_OFFSET))] = 0,
    limit: Annotated[int, Parameter(validator=Number(gte=1, lte=MOST))] = 10,
    json: bool = False,
    wanted: Annotated[Wanted, Parameter(name="*")] = ANY,
) -> int:
    """Find episodes, podcasts, or the moments at which something is said.

    All words must match, in any order; "a phrase" matches as it stands; -word
    leaves out; OR gives a choice; begin* matches every word that begins so.
    Case and accents do not matter; other forms of a word match too, after the
    exact ones. These narrow, also after a minus:

    podcast:NAME person:NAME language:de after:2023 before:2024-05 after:3months
    longer:90 shorter:1h30 has:transcript has:chapters type:trailer explicit:no

    All of it is at /help/search in the browser. The shell takes quotes away:
    write '"rye bread"' for a phrase.

    Examples: `castabout search bread -yeast`, `castabout search rye OR oat`,
    `castabout search sourdough --in moments person:anna`.

    Parameters
    ----------
    query
        What to look for.
    in_
        Episodes; podcasts, by what is said of them and not by their episodes; or
        moments, at which it is said, by episode.
    sort
        Best first, likewise but with two of one show at most among the first ten, or newest first; moments by
        their episodes. Podcasts come best first.
    offset
        Leave out so many of the first, 10,000 at most.
    limit
        Show so many, 100 at most.
    json
        One JSON document instead of text.
    wanted
        Which moments.
    """
    asked = query_of(query)
    if in_ == "moments":
        return _moments(asked, wanted, sort=sort, offset=offset, limit=limit, as_json=json)
    if wanted != ANY:
        raise WrongUsage(
            "these options go with --in moments alone: speaker, podcast, episode, since, until, language"
        )
    if in_ == "podcasts":
        return _podcasts(asked, offset=offset, limit=limit, as_json=json)
    with up_to_date() as castabout:
        page = search_page(castabout, asked, sort=sort, offset=offset, limit=limit)
    if json:
        sys.stdout.write(search_json(page).decode() + "\n")
    else:
        print_search(page, again=started_as())
    return 0


def _podcasts(asked: str, *, offset: int, limit: int, as_json: bool) -> int:
    with up_to_date() as castabout:
        found = find_podcasts(castabout, asked, offset=offset, limit=limit)
    if as_json:
        sys.stdout.write(found_podcasts_json(found).decode() + "\n")
    else:
        print_podcasts(found, again=started_as())
    return 0


def _moments(asked: str, wanted: Wanted, *, sort: str, offset: int, limit: int, as_json: bool) -> int:
    if wanted.is_impossible:
        raise WrongUsage("no day is since the one and until the other: until is before since")
    with up_to_date() as castabout:
        page = moments_page(castabout, asked, wanted, sort=sort, offset=offset, limit=limit)
    if as_json:
        sys.stdout.write(moments_json(page).decode() + "\n")
    else:
        print_moments(page, again=started_as())
    return 0
