"""Search results: all episodes that a query finds, page by page."""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Response
from litestar.params import FromQuery, QueryParameter

from castabout.engine.search import LAST_OFFSET, search_page
from castabout.model.answers import SearchPage
from castabout.web.answers import Library, html, limited, page
from castabout.web.templates import render
from castabout.web.urls import QUERY_CHARACTERS

Sort = Literal["relevance", "date"]


@page("/search")
def search(
    castabout: Library,
    q: FromQuery[str] = "",
    sort: FromQuery[Sort] = "relevance",
    offset: Annotated[int, QueryParameter(ge=0, le=LAST_OFFSET)] = 0,
) -> Response[str]:
    """The episodes that a query finds."""
    query = limited(q, QUERY_CHARACTERS, "a query")
    return html(render_search(search_page(castabout, query, sort=sort, offset=offset)))


def render_search(page: SearchPage) -> str:
    """The page as HTML."""
    return render("search.html", page=page, last_offset=LAST_OFFSET)
