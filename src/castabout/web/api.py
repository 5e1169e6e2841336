"""The API, version 1: the JSON that is also behind ``--json``."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from litestar import Response
from litestar.exceptions import ClientException
from litestar.params import FromPath, FromQuery, PathParameter, QueryParameter

from castabout.engine.castabout import Castabout
from castabout.engine.compare import compare_page
from castabout.engine.library import episode_page, podcast_page
from castabout.engine.moments import ANY, moments_page
from castabout.engine.person import person_page
from castabout.engine.rising import rising_topics
from castabout.engine.search import LAST_OFFSET, LIMIT, MOST, find_podcasts, search_page
from castabout.engine.suggest import suggestions
from castabout.engine.topic import topic_page
from castabout.render.json import (
    compare_json,
    encode,
    found_podcasts_json,
    moments_json,
    person_json,
    rising_json,
    search_json,
    similar_episodes_json,
    similar_podcasts_json,
    suggestions_json,
    topic_json,
)
from castabout.web.answers import AnyRequest, Library, each_once, json, limited, page, raw_path
from castabout.web.pages.compare import Topics, wanted_topics
from castabout.web.pages.search import In, Sort
from castabout.web.pages.topic import Sort as TopicSort
from castabout.web.urls import QUERY_CHARACTERS, TOPIC_CHARACTERS, clean, name_path
from castabout.web.wanted import wanted_moments

_TOPICS = "/api/v1/topics/"
_PEOPLE = "/api/v1/people/"


@page(_TOPICS + "{topic:path}", in_schema=True)
def topic(
    request: AnyRequest,
    castabout: Library,
    topic: Annotated[str, PathParameter(description="A word or phrase, percent-encoded.")],
    sort: Annotated[
        TopicSort, QueryParameter(description="Its latest episodes or its best ones, not all of one show.")
    ] = "date",
) -> Response[bytes]:
    """Everything known about a topic."""
    wanted = clean(unquote(raw_path(request).decode("latin-1").removeprefix(_TOPICS)))
    asked = limited(wanted, TOPIC_CHARACTERS, "a topic")
    return json(topic_json(topic_page(castabout, asked, sort=sort)))


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


@page("/api/v1/episodes/{id:str}/similar", in_schema=True)
def similar_episodes(castabout: Library, id: FromPath[str]) -> Response[bytes]:
    """The episodes most like this one, at most two of a podcast."""
    return json(similar_episodes_json(episode_page(castabout, id)))


@page("/api/v1/podcasts/{id:str}/similar", in_schema=True)
def similar_podcasts(castabout: Library, id: FromPath[str]) -> Response[bytes]:
    """The podcasts most like this one."""
    return json(similar_podcasts_json(podcast_page(castabout, id, limit=1)))


@page("/api/v1/search", in_schema=True)
def search(
    request: AnyRequest,
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
    sort: Annotated[
        Sort,
        QueryParameter(description="Episodes: best first, likewise but of several shows, or newest first."),
    ] = "relevance",
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
    """The episodes, the podcasts, or the moments by episode, that a query finds."""
    each_once(request)
    query = limited(q, QUERY_CHARACTERS, "a query")
    wanted = wanted_moments(
        speaker=speaker, podcast=podcast, episode=episode, since=since, until=until, language=language
    )
    if in_ != "moments" and wanted != ANY:
        raise ClientException("speaker, podcast, episode, since, until and language go with in=moments")
    if in_ == "episodes":
        return json(search_json(search_page(castabout, query, sort=sort, offset=offset, limit=limit)))
    if in_ == "podcasts":
        return json(found_podcasts_json(find_podcasts(castabout, query, offset=offset, limit=limit)))
    return json(moments_json(moments_page(castabout, query, wanted, sort=sort, offset=offset, limit=limit)))


@page("/api/v1/compare", in_schema=True)
def compare(castabout: Library, topics: Topics = None) -> Response[bytes]:
    """Several topics, year by year, as a share of all episodes of the year; at most five."""
    return json(compare_json(compare_page(castabout, wanted_topics(topics))))


@page("/api/v1/rising", in_schema=True)
def rising(castabout: Library) -> Response[bytes]:
    """Topics that are spoken of more often in the last thirty days than in the year before them."""
    return json(rising_json(rising_topics(castabout)))


@page("/api/v1/suggest", in_schema=True)
def suggest(
    castabout: Library,
    q: Annotated[str, QueryParameter(description="What is typed so far.")] = "",
) -> Response[bytes]:
    """Podcasts, people and topics whose names begin as is typed, or have a word that does.

    Of a podcast all episodes are counted, of a person those with them, of a topic those that it is a tag of.
    """
    return _suggestions(castabout, q)


@page("/api/suggest")
def suggest_short(castabout: Library, q: FromQuery[str] = "") -> Response[bytes]:
    """The same under a shorter address."""
    return _suggestions(castabout, q)


@page("/healthz", is_open=True)
def health() -> Response[bytes]:
    """Whether the application answers."""
    return json(encode({"ok": True}))


def _suggestions(castabout: Castabout, typed: str) -> Response[bytes]:
    found = suggestions(castabout, limited(typed, TOPIC_CHARACTERS, "what is typed"))
    return json(suggestions_json(found, map(name_path, found.names)))
