"""The first page: what the library holds and where to begin."""

from __future__ import annotations

from litestar import Response

from castabout.engine.library import home_page
from castabout.model.answers import HomePage
from castabout.web.answers import Library, html, page
from castabout.web.templates import render


@page("/")
def home(castabout: Library) -> Response[str]:
    """What the library holds."""
    return html(render_home(home_page(castabout)))


def render_home(page: HomePage) -> str:
    """The page as HTML."""
    return render("home.html", page=page)
