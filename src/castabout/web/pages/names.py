"""What there is to ask about: all tags, all people, all languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from litestar import Response
from litestar.params import FromQuery

from castabout.engine.names import MOST_NAMES, languages_page, names_page
from castabout.model.answers import LanguageCount
from castabout.model.names import FoundName
from castabout.web.answers import Library, html, limited, page
from castabout.web.templates import render
from castabout.web.urls import TOPIC_CHARACTERS


@page("/tags")
def tags(castabout: Library, q: FromQuery[str] = "") -> Response[str]:
    """Tags of episodes, the commonest ones or those that begin so."""
    beginning = limited(q, TOPIC_CHARACTERS, "a tag")
    return html(render_names("topic", beginning, names_page(castabout, "topic", beginning)))


@page("/people")
def people(castabout: Library, q: FromQuery[str] = "") -> Response[str]:
    """People, those with most episodes or those whose names begin so."""
    beginning = limited(q, TOPIC_CHARACTERS, "a name")
    return html(render_names("person", beginning, names_page(castabout, "person", beginning)))


@page("/languages")
def all_languages(castabout: Library) -> Response[str]:
    """The languages of the library's episodes."""
    return html(render_languages(languages_page(castabout)))


def render_names(kind: Literal["topic", "person"], beginning: str, names: Sequence[FoundName]) -> str:
    """The page of tags or of people as HTML."""
    return render("names.html", kind=kind, beginning=beginning, names=names, most=MOST_NAMES)


def render_languages(languages: Sequence[LanguageCount]) -> str:
    """The page of languages as HTML."""
    return render("languages.html", languages=languages)
