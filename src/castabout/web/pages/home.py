"""The first page: what the library holds and where to begin."""

from __future__ import annotations

from litestar import Response

from castabout.engine.library import home_page
from castabout.engine.samples import sample_feeds
from castabout.model.answers import HomePage
from castabout.web.answers import Library, html, page
from castabout.web.saving import Saved, saved_among
from castabout.web.templates import render
from castabout.web.who import Asking, is_keeper


@page("/")
def home(castabout: Library, who: Asking) -> Response[str]:
    """What the library holds."""
    answer = home_page(castabout)
    saved = saved_among(castabout, who, answer.newest)
    return html(render_home(answer, saved, is_keeper=is_keeper(who, castabout)))


def render_home(page: HomePage, saved: Saved = None, *, is_keeper: bool = False) -> str:
    """The page as HTML; whoever keeps the library may add to it."""
    return render(
        "home.html", page=page, saved=saved, is_keeper=is_keeper, has_samples=sample_feeds() is not None
    )
