"""Somebody: the episodes they are in."""

from __future__ import annotations

from typing import Annotated

from litestar import Response
from litestar.params import QueryParameter
from litestar.response import Redirect

from castabout.engine.person import person_page
from castabout.engine.search import LAST_OFFSET
from castabout.model.answers import PersonPage
from castabout.render.json import person_json
from castabout.web.answers import AnyRequest, Library, html, json, limited, page, raw_path
from castabout.web.chart import popularity_chart
from castabout.web.saving import Saved, saved_among
from castabout.web.templates import render
from castabout.web.urls import TOPIC_CHARACTERS, topic_in
from castabout.web.who import Asking


@page("/people/{name:path}")
def person(
    request: AnyRequest,
    castabout: Library,
    who: Asking,
    offset: Annotated[int, QueryParameter(ge=0, le=LAST_OFFSET)] = 0,
) -> Response[str] | Response[bytes] | Redirect:
    """Somebody, as a page or, with ``.json`` behind the name, as JSON."""
    name, form = topic_in(raw_path(request), "/people/")
    name = limited(name, TOPIC_CHARACTERS, "a name")
    if not name:
        return Redirect("/", status_code=303)
    answer = person_page(castabout, name, offset=offset)
    if form == ".json":
        return json(person_json(answer))
    return html(render_person(answer, saved_among(castabout, who, answer.hits)))


def render_person(page: PersonPage, saved: Saved = None) -> str:
    """The page as HTML."""
    return render("person.html", page=page, saved=saved, chart=popularity_chart(page.popularity))
