"""The topic page: everything known about a word or phrase."""

from __future__ import annotations

from typing import Literal

from litestar import Response
from litestar.params import FromQuery
from litestar.response import Redirect

from castabout.engine.following import query_of_topic
from castabout.engine.topic import topic_page
from castabout.model.answers import TopicPage
from castabout.query.parser import parse_topic
from castabout.query.words import without_limits
from castabout.render.json import topic_json
from castabout.web.answers import AnyRequest, Library, html, json, limited, page, raw_path
from castabout.web.chart import popularity_chart
from castabout.web.feeds import Offset, PublicUrl, topic_rss
from castabout.web.saving import Saved, followed_by, saved_among
from castabout.web.templates import render
from castabout.web.urls import TOPIC_CHARACTERS, topic_in, topic_path
from castabout.web.who import Asking

Sort = Literal["date", "best"]


@page("/topics")
def find_topic(q: FromQuery[str] = "") -> Redirect:
    """Where the search box leads: to the topic's own address."""
    topic = limited(q, TOPIC_CHARACTERS, "a topic")
    return Redirect(topic_path(topic) if topic else "/", status_code=303)


@page("/topics/{topic:path}")
def topic(
    request: AnyRequest,
    castabout: Library,
    who: Asking,
    public_url: PublicUrl,
    sort: FromQuery[Sort] = "date",
    offset: Offset = 0,
) -> Response[str] | Response[bytes] | Redirect:
    """A topic, by date or the best first, as a page, with ``.json`` as JSON, with ``.rss`` as a feed."""
    wanted, form = topic_in(raw_path(request), "/topics/")
    wanted = limited(wanted, TOPIC_CHARACTERS, "a topic")
    if not wanted:
        return Redirect("/", status_code=303)
    if form == ".rss":
        return topic_rss(request, castabout, public_url, wanted, offset)
    answer = topic_page(castabout, wanted, sort=sort)
    if form == ".json":
        return json(topic_json(answer))
    listed = answer.best_episodes if answer.sort == "best" else answer.latest_episodes
    followed = followed_by(castabout, who, query_of_topic(answer.topic))
    return html(render_topic(answer, saved_among(castabout, who, listed), followed))


def render_topic(page: TopicPage, saved: Saved = None, followed: bool | None = None) -> str:
    """The page as HTML."""
    query = parse_topic(page.topic)
    return render(
        "topic.html",
        page=page,
        saved=saved,
        followed=followed,
        chart=popularity_chart(page.popularity),
        query=query_of_topic(page.topic),
        is_narrowed=without_limits(query) != query,
    )
