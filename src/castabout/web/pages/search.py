"""Search results: the episodes, or the moments, that a query finds, page by page."""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Response
from litestar.params import FromQuery, QueryParameter

from castabout.engine.moments import EACH_OF_ONE, Wanted, moments_page
from castabout.engine.search import LAST_OFFSET, search_page
from castabout.model.answers import MomentsPage, SearchPage
from castabout.web.answers import Library, html, limited, page
from castabout.web.templates import render
from castabout.web.urls import QUERY_CHARACTERS
from castabout.web.wanted import values, wanted_moments

Sort = Literal["relevance", "varied", "date"]
In = Literal["episodes", "moments"]


@page("/search")
def search(
    castabout: Library,
    in_: Annotated[In, QueryParameter(name="in")] = "episodes",
    q: FromQuery[str] = "",
    sort: FromQuery[Sort] = "relevance",
    offset: Annotated[int, QueryParameter(ge=0, le=LAST_OFFSET)] = 0,
    speaker: FromQuery[str] = "",
    podcast: FromQuery[str] = "",
    episode: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    language: FromQuery[str] = "",
) -> Response[str]:
    """The episodes or the moments that a query finds."""
    query = limited(q, QUERY_CHARACTERS, "a query")
    if in_ == "episodes":
        return html(render_search(search_page(castabout, query, sort=sort, offset=offset)))
    wanted = wanted_moments(
        speaker=speaker, podcast=podcast, episode=episode, since=since, until=until, language=language
    )
    return html(render_moments(moments_page(castabout, query, wanted, offset=offset), wanted))


def render_search(page: SearchPage) -> str:
    """The page of episodes as HTML."""
    return render("search.html", page=page, last_offset=LAST_OFFSET)


def render_moments(page: MomentsPage, wanted: Wanted) -> str:
    """The page of moments as HTML."""
    return render(
        "moments.html", page=page, only=values(wanted), last_offset=LAST_OFFSET, most_of_one=EACH_OF_ONE
    )
