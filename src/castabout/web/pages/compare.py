"""Topics side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from litestar import Response
from litestar.params import QueryParameter

from castabout.engine.compare import MOST_TOPICS, compare_page
from castabout.model.compare import ComparePage
from castabout.web.answers import Library, html, limited, page
from castabout.web.lines import line_chart
from castabout.web.templates import render
from castabout.web.urls import TOPIC_CHARACTERS

#: A form has empty ones.
_MOST_VALUES = 20

Topics = Annotated[
    list[str] | None, QueryParameter(name="topic", description="A word or phrase; several, each for itself.")
]


@page("/compare")
def compare(castabout: Library, topics: Topics = None) -> Response[str]:
    """Several topics in one chart."""
    return html(render_compare(compare_page(castabout, wanted_topics(topics))))


def wanted_topics(topics: Sequence[str] | None) -> list[str]:
    """What was asked for, each within its limit."""
    return [limited(topic, TOPIC_CHARACTERS, "a topic") for topic in (topics or ())[:_MOST_VALUES]]


def render_compare(page: ComparePage) -> str:
    """The page as HTML."""
    return render("compare.html", page=page, chart=line_chart(page.topics), most_topics=MOST_TOPICS)
