"""The first page: what the library holds and where to begin."""

from __future__ import annotations

from litestar import Response

from castabout.engine.library import home_page
from castabout.engine.samples import sample_feeds
from castabout.model.answers import HomePage
from castabout.web.answers import Library, html, page
from castabout.web.saving import Saved, saved_among
from castabout.web.templates import render
from castabout.web.who import Asking


@page("/")
def home(castabout: Library, who: Asking) -> Response[str]:
    """What the library holds."""
    answer = home_page(castabout)
    return html(render_home(answer, saved_among(castabout, who, answer.newest)))


def render_home(page: HomePage, saved: Saved = None) -> str:
    """The page as HTML; somebody who has lists here may add sources too."""
    return render("home.html", page=page, saved=saved, has_samples=sample_feeds() is not None)
