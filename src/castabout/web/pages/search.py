"""Search results: the episodes, the podcasts or the moments that a query finds, page by page."""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Response
from litestar.params import FromQuery, QueryParameter

from castabout.engine.following import query_of_search
from castabout.engine.moments import EACH_OF_ONE, Wanted, moments_page
from castabout.engine.search import LAST_OFFSET, MOST_LOOSE, find_podcasts, search_page
from castabout.model.answers import FoundPodcasts, MomentsPage, SearchPage
from castabout.web.answers import Library, html, limited, page
from castabout.web.narrowing import choices
from castabout.web.saving import Saved, followed_by, saved_among
from castabout.web.templates import render
from castabout.web.urls import QUERY_CHARACTERS
from castabout.web.wanted import values, wanted_moments
from castabout.web.who import Asking

Sort = Literal["relevance", "varied", "date"]
In = Literal["episodes", "podcasts", "moments"]


@page("/search")
def search(
    castabout: Library,
    who: Asking,
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
    """The episodes, the podcasts or the moments that a query finds."""
    query = limited(q, QUERY_CHARACTERS, "a query")
    if in_ == "episodes":
        answer = search_page(castabout, query, sort=sort, offset=offset)
        followed = followed_by(castabout, who, query_of_search(query))
        return html(render_search(answer, saved_among(castabout, who, answer.hits), followed))
    if in_ == "podcasts":
        return html(render_podcasts(find_podcasts(castabout, query, offset=offset)))
    wanted = wanted_moments(
        speaker=speaker, podcast=podcast, episode=episode, since=since, until=until, language=language
    )
    found = moments_page(castabout, query, wanted, sort=sort, offset=offset)
    return html(render_moments(found, wanted, saved_among(castabout, who, found.hits)))


def render_search(page: SearchPage, saved: Saved = None, followed: bool | None = None) -> str:
    """The page of episodes as HTML."""
    return render(
        "search.html",
        page=page,
        choices=choices(page),
        saved=saved,
        followed=followed,
        query=query_of_search(page.query),
        last_offset=LAST_OFFSET,
        most_loose=MOST_LOOSE,
    )


def render_podcasts(page: FoundPodcasts) -> str:
    """The page of podcasts as HTML."""
    return render("podcasts.html", page=page, last_offset=LAST_OFFSET)


def render_moments(page: MomentsPage, wanted: Wanted, saved: Saved = None) -> str:
    """The page of moments as HTML."""
    return render(
        "moments.html",
        page=page,
        saved=saved,
        only=values(wanted),
        last_offset=LAST_OFFSET,
        most_of_one=EACH_OF_ONE,
    )
