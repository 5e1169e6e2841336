"""An episode: a player, chapters, notes, and the transcript in step with the sound."""

from __future__ import annotations

from litestar import Response
from litestar.params import FromPath, FromQuery

from castabout.engine.library import episode_page
from castabout.model.answers import EpisodePage
from castabout.web.answers import Library, html, page
from castabout.web.saving import Saved, lists_around, saved_among
from castabout.web.templates import render
from castabout.web.transcript import transcript_view
from castabout.web.urls import TimeRange, time_range
from castabout.web.who import Asking


@page("/episodes/{id:str}")
def episode(
    castabout: Library, who: Asking, id: FromPath[str], t: FromQuery[str | None] = None
) -> Response[str]:
    """An episode; ``t`` is what time in it is asked for: ``83``, ``1:02:03`` or ``10,40``."""
    answer = episode_page(castabout, id)
    saved = saved_among(castabout, who, [answer.line])
    lists = lists_around(castabout, who, id)
    return html(render_episode(answer, time_range(t), saved, lists))


def render_episode(
    page: EpisodePage,
    asked: TimeRange | None = None,
    saved: Saved = None,
    lists: tuple[tuple[str, bool], ...] = (),
) -> str:
    """The page as HTML, its player and its transcript set to the time that is asked for."""
    transcript = transcript_view(page.spoken, asked.start if asked else None)
    return render("episode.html", page=page, asked=asked, transcript=transcript, saved=saved, lists=lists)
