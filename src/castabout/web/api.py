"""The API, version 1: the JSON that is also behind ``--json``."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from litestar import Response
from litestar.params import PathParameter, QueryParameter

from castabout.engine.moments import moments_page
from castabout.engine.person import person_page
from castabout.engine.search import LAST_OFFSET, LIMIT, MOST, search_page
from castabout.engine.topic import topic_page
from castabout.render.json import encode, moments_json, person_json, search_json, topic_json
from castabout.web.answers import AnyRequest, Library, json, limited, page, raw_path
from castabout.web.pages.search import In, Sort
from castabout.web.urls import QUERY_CHARACTERS, TOPIC_CHARACTERS, clean
from castabout.web.wanted import wanted_moments

_TOPICS = "/api/v1/topics/"
_PEOPLE = "/api/v1/people/"


@page(_TOPICS + "{topic:path}", in_schema=True)
def topic(
    request: AnyRequest,
    castabout: Library,
    topic: Annotated[str, PathParameter(description="A word or phrase, percent-encoded.")],
) -> Response[bytes]:
    """Everything known about a topic."""
    wanted = clean(unquote(raw_path(request).decode("latin-1").removeprefix(_TOPICS)))
    return json(topic_json(topic_page(castabout, limited(wanted, TOPIC_CHARACTERS, "a topic"))))


@page(_PEOPLE + "{name:path}", in_schema=True)
def person(
    request: AnyRequest,
    castabout: Library,
    name: Annotated[str, PathParameter(description="A name, percent-encoded.")],
    offset: Annotated[
        int, QueryParameter(ge=0, le=LAST_OFFSET, description="How many episodes to skip.")
    ] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST, description="How many episodes to give.")] = LIMIT,
) -> Response[bytes]:
    """The episodes that somebody is in, newest first."""
    wanted = clean(unquote(raw_path(request).decode("latin-1").removeprefix(_PEOPLE)))
    answer = person_page(castabout, limited(wanted, TOPIC_CHARACTERS, "a name"), offset=offset, limit=limit)
    return json(person_json(answer))


@page("/api/v1/search", in_schema=True)
def search(
    castabout: Library,
    q: Annotated[
        str,
        QueryParameter(
            description='Words, "a phrase", -not, this OR that, prefix*, after:2023: see /help/search.'
        ),
    ],
    in_: Annotated[
        In, QueryParameter(name="in", description="What is found; the rest below narrows moments alone.")
    ] = "episodes",
    sort: Annotated[Sort, QueryParameter(description="Episodes, best first or newest first.")] = "relevance",
    offset: Annotated[
        int, QueryParameter(ge=0, le=LAST_OFFSET, description="How many episodes to skip.")
    ] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST, description="How many episodes to give.")] = LIMIT,
    speaker: Annotated[str, QueryParameter(description="Words of the name of who speaks.")] = "",
    podcast: Annotated[str, QueryParameter(description="The id of a podcast.")] = "",
    episode: Annotated[
        str, QueryParameter(description="The id of an episode, to have all its moments.")
    ] = "",
    since: Annotated[str, QueryParameter(description="The first day of publication, as 2024-09-27.")] = "",
    until: Annotated[str, QueryParameter(description="The last day of publication.")] = "",
    language: Annotated[str, QueryParameter(description="The language that is spoken, BCP 47.")] = "",
) -> Response[bytes]:
    """The episodes, or the moments by episode, that a query finds."""
    query = limited(q, QUERY_CHARACTERS, "a query")
    if in_ == "episodes":
        return json(search_json(search_page(castabout, query, sort=sort, offset=offset, limit=limit)))
    wanted = wanted_moments(
        speaker=speaker, podcast=podcast, episode=episode, since=since, until=until, language=language
    )
    return json(moments_json(moments_page(castabout, query, wanted, offset=offset, limit=limit)))


@page("/healthz")
def health() -> Response[bytes]:
    """Whether the application answers."""
    return json(encode({"ok": True}))
