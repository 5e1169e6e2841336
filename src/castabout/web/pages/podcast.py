"""A podcast and its episodes."""

from __future__ import annotations

from typing import Annotated

from litestar import Response
from litestar.params import FromPath, QueryParameter

from castabout.engine.library import podcast_page
from castabout.model.answers import PodcastPage
from castabout.web.answers import Library, html, page
from castabout.web.reach import HERE, Reach, Reaching
from castabout.web.saving import Saved, saved_among
from castabout.web.templates import render
from castabout.web.who import Asking

_LAST_OFFSET = 1_000_000


@page("/podcasts/{id:str}")
def podcast(
    castabout: Library,
    who: Asking,
    reach: Reaching,
    id: FromPath[str],
    offset: Annotated[int, QueryParameter(ge=0, le=_LAST_OFFSET)] = 0,
) -> Response[str]:
    """A podcast, its newest episodes first."""
    answer = podcast_page(castabout, id, offset=offset)
    return html(render_podcast(answer, saved_among(castabout, who, answer.episodes), reach))


def render_podcast(page: PodcastPage, saved: Saved = None, reach: Reach = HERE) -> str:
    """The page as HTML."""
    return render("podcast.html", page=page, saved=saved, reach=reach)
