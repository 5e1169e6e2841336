"""An episode: a player, chapters, notes, and the transcript in step with the sound."""

from __future__ import annotations

from litestar import Response
from litestar.params import FromPath, FromQuery

from castabout.engine.library import episode_page
from castabout.model.answers import EpisodePage
from castabout.web.answers import Library, html, page
from castabout.web.reach import HERE, Reach, Reaching
from castabout.web.saving import Saved, lists_around, saved_among
from castabout.web.templates import render
from castabout.web.transcript import transcript_view
from castabout.web.urls import (
    LEAD_OF_ESTIMATE,
    LEAD_SECONDS,
    AskedCue,
    TimeRange,
    asked_cue,
    time_range,
)
from castabout.web.who import Asking


@page("/episodes/{id:str}")
def episode(
    castabout: Library,
    who: Asking,
    reach: Reaching,
    id: FromPath[str],
    t: FromQuery[str | None] = None,
    cue: FromQuery[str] = "",
    q: FromQuery[str] = "",
) -> Response[str]:
    """An episode; ``t`` is what time in it is asked for: ``83``, ``1:02:03`` or ``10,40``.

    ``cue`` and ``q`` are words of its transcript that no time leads to: see `castabout.web.urls.cue_path`.
    """
    answer = episode_page(castabout, id)
    saved = saved_among(castabout, who, [answer.line])
    lists = lists_around(castabout, who, id)
    return html(render_episode(answer, time_range(t), saved, lists, asked_cue(cue, q), reach))


def render_episode(
    page: EpisodePage,
    asked: TimeRange | None = None,
    saved: Saved = None,
    lists: tuple[tuple[str, bool], ...] = (),
    cue: AskedCue | None = None,
    reach: Reach = HERE,
) -> str:
    """The page as HTML, its player and its transcript set to the time, or the cue, that is asked for."""
    transcript = transcript_view(page.spoken, asked.start if asked else None, cue)
    if cue:
        asked = _time_of(page, cue)
    return render(
        "episode.html",
        page=page,
        asked=asked,
        by_cue=cue is not None,
        transcript=transcript,
        saved=saved,
        lists=lists,
        reach=reach,
    )


def _time_of(page: EpisodePage, cue: AskedCue) -> TimeRange | None:
    spoken = page.spoken.spoken.transcript if page.spoken else None
    for asked in spoken.cues[cue.number : cue.number + 1] if spoken else ():
        if asked.start is not None:
            return TimeRange(int(asked.start), lead=LEAD_OF_ESTIMATE if asked.is_estimated else LEAD_SECONDS)
    return None
