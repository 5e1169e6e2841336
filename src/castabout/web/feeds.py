"""Feeds of ours: where they are, and how they are asked for again and again without being sent each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Annotated, Literal, TypeAlias

from litestar import Response
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import FromQuery, QueryParameter, SkipValidation

from castabout.engine.playable import LAST_OFFSET, Order, list_feed, search_feed, topic_feed
from castabout.model.lists import EpisodeFeed
from castabout.render.rss import Addresses, podcast_list, rss
from castabout.web.answers import AnyRequest, Library, limited, page
from castabout.web.assets import asset_path
from castabout.web.seen import is_known, tag_of
from castabout.web.urls import (
    QUERY_CHARACTERS,
    later_path,
    list_feed_path,
    search_feed_path,
    search_path,
    topic_feed_path,
    topic_path,
)

#: Where others reach the pages, without a slash at the end; ``None`` if that is not set.
PublicUrl = NamedDependency[SkipValidation[str | None]]
Form: TypeAlias = Literal["episodes", "list"]
Offset = Annotated[int, QueryParameter(ge=0, le=LAST_OFFSET)]
_OWN = {"cache-control": "private, no-cache", "x-robots-tag": "noindex"}
_OPEN = {"cache-control": "public, max-age=300"}


@page("/later.rss", is_open=True)
def list_rss(
    request: AnyRequest,
    castabout: Library,
    public_url: PublicUrl,
    key: FromQuery[str] = "",
    order: FromQuery[Order] = "list",
    as_: Annotated[Form, QueryParameter(name="as")] = "episodes",
    offset: Offset = 0,
) -> Response[bytes]:
    """A list as a feed, for whoever has its address. Programs are told to ask no more for one that is gone."""
    if not key:
        raise NotFoundException
    feed = list_feed(castabout, key, order=order, offset=offset)
    if feed is None:
        raise HTTPException("no list has this address, or not any more", status_code=HTTPStatus.GONE)
    following = feed.next_offset
    return answer_feed(
        request,
        feed,
        base=base_address(request, public_url),
        page=later_path(feed.title),
        path=list_feed_path(key, order=order, form=as_, offset=offset),
        next_path=None if following is None else list_feed_path(key, order=order, form=as_, offset=following),
        headers=_OWN,
        write=podcast_list if as_ == "list" else rss,
    )


def topic_rss(
    request: AnyRequest, castabout: Library, public_url: str | None, topic: str, offset: int
) -> Response[bytes]:
    """Everything about a topic as a feed."""
    feed = topic_feed(castabout, topic, offset=offset)
    following = feed.next_offset
    return answer_feed(
        request,
        feed,
        base=base_address(request, public_url),
        page=topic_path(topic),
        path=topic_feed_path(topic, offset=offset),
        next_path=None if following is None else topic_feed_path(topic, offset=following),
        headers=_OPEN,
    )


@page("/search.rss")
def search_rss(
    request: AnyRequest,
    castabout: Library,
    public_url: PublicUrl,
    q: FromQuery[str] = "",
    offset: Offset = 0,
) -> Response[bytes]:
    """What a search finds as a feed, the newest first."""
    query = limited(q, QUERY_CHARACTERS, "a query")
    if not query:
        raise NotFoundException
    feed = search_feed(castabout, query, offset=offset)
    following = feed.next_offset
    return answer_feed(
        request,
        feed,
        base=base_address(request, public_url),
        page=search_path(query, sort="date"),
        path=search_feed_path(query, offset=offset),
        next_path=None if following is None else search_feed_path(query, offset=following),
        headers=_OPEN,
    )


def base_address(request: AnyRequest, public_url: str | None) -> str:
    """Where this installation is, without a slash at the end: as it is set, else as it was asked."""
    return public_url or str(request.base_url).rstrip("/")


def answer_feed(
    request: AnyRequest,
    feed: EpisodeFeed,
    *,
    base: str,
    page: str,
    path: str,
    next_path: str | None,
    headers: dict[str, str],
    write: Callable[[EpisodeFeed, Addresses], Iterable[str]] = rss,
) -> Response[bytes]:
    """The feed, or that it is as it was when it was asked for the last time."""
    addresses = Addresses(
        page=base + page,
        feed=base + path,
        next_page=base + next_path if next_path else None,
        picture=base + asset_path("cover.png"),
        episodes=f"{base}/episodes/",
    )
    body = "".join(write(feed, addresses)).encode()
    tag = tag_of(body)
    headers = {**headers, "etag": tag}
    if is_known(request.headers.get("if-none-match"), tag):
        return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type="application/rss+xml; charset=utf-8", headers=headers)
