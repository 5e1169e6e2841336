"""A podcast and its episodes."""

from __future__ import annotations

from typing import Annotated

from litestar import Response
from litestar.params import FromPath, QueryParameter

from castabout.engine.library import podcast_page
from castabout.model.answers import PodcastPage
from castabout.web.answers import Library, html, page
from castabout.web.templates import render

_LAST_OFFSET = 1_000_000


@page("/podcasts/{id:str}")
def podcast(
    castabout: Library, id: FromPath[str], offset: Annotated[int, QueryParameter(ge=0, le=_LAST_OFFSET)] = 0
) -> Response[str]:
    """A podcast, its newest episodes first."""
    return html(render_podcast(podcast_page(castabout, id, offset=offset)))


def render_podcast(page: PodcastPage) -> str:
    """The page as HTML."""
    return render("podcast.html", page=page)
