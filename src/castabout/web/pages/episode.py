"""An episode with its notes and a player."""

from __future__ import annotations

from litestar import Response
from litestar.params import FromPath, FromQuery

from castabout.engine.library import episode_page
from castabout.model.answers import EpisodePage
from castabout.web.answers import Library, html, page
from castabout.web.templates import render
from castabout.web.urls import start_seconds


@page("/episodes/{id:str}")
def episode(castabout: Library, id: FromPath[str], t: FromQuery[str | None] = None) -> Response[str]:
    """An episode; ``t`` is where its player starts."""
    return html(render_episode(episode_page(castabout, id), start_seconds(t)))


def render_episode(page: EpisodePage, start: int | None = None) -> str:
    """The page as HTML, its player set to ``start`` seconds."""
    return render("episode.html", page=page, start=start)
