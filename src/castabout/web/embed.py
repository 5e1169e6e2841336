"""A player for pages of others, and how they learn of it. https://oembed.com/

Only where everybody reaches the pages: a page elsewhere could show nobody what only its owner sees.
"""

from __future__ import annotations

import re
from html import escape
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from litestar import Response
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter

from castabout.engine.castabout import Castabout
from castabout.engine.library import episode_page
from castabout.model.answers import EpisodePage
from castabout.render.json import encode
from castabout.render.xml import tag
from castabout.web.answers import Library, html, json, limited, page
from castabout.web.reach import Reach, Reaching
from castabout.web.templates import render
from castabout.web.urls import TimeRange, embed_path, podcast_path, time_range

WIDTH, HEIGHT = 600, 190
_LEAST_WIDTH = 200
_CHARACTERS = 2_000
_EPISODE = re.compile(r"/episodes/([^/]{1,200})")
_DAY = {"cache-control": "public, max-age=3600"}
Form = Literal["json", "xml"]


@page("/embed/{id:str}")
def embed(
    castabout: Library, reach: Reaching, id: FromPath[str], t: FromQuery[str | None] = None
) -> Response[str]:
    """The player of an episode, to be framed by others; ``t`` as on its page."""
    return html(render_embed(_public(castabout, reach, id), reach, time_range(t)))


def render_embed(page: EpisodePage, reach: Reach, asked: TimeRange | None = None) -> str:
    """The page as HTML."""
    return render("embed.html", page=page, reach=reach, asked=asked)


@page("/oembed")
def oembed(
    castabout: Library,
    reach: Reaching,
    url: FromQuery[str],
    form: Annotated[str, QueryParameter(name="format")] = "json",
    maxwidth: Annotated[int, QueryParameter(ge=1)] = WIDTH,
    maxheight: Annotated[int, QueryParameter(ge=1)] = HEIGHT,
) -> Response[bytes] | Response[str]:
    """What another page needs to show an episode of ours, whose address it has."""
    if form not in ("json", "xml"):
        # https://oembed.com/#section2.3
        return Response(
            "format is json or xml\n", status_code=HTTPStatus.NOT_IMPLEMENTED, media_type="text/plain"
        )
    id, time = _named(limited(url, _CHARACTERS, "url"), reach)
    found = _public(castabout, reach, id)
    width, height = max(min(maxwidth, WIDTH), _LEAST_WIDTH), min(maxheight, HEIGHT)
    values = _values(found, reach, time, width, height)
    if form == "json":
        answer = json(encode(values))
        answer.headers.update(_DAY)
        return answer
    parts = "".join(tag(name, str(value)) for name, value in values.items())
    body = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n{parts}</oembed>\n'
    return Response(body, media_type="text/xml", headers=_DAY)


def _values(page: EpisodePage, reach: Reach, time: str, width: int, height: int) -> dict[str, str | int]:
    line = page.line
    source = reach.base + embed_path(line.id, time)
    frame = (
        f'<iframe src="{escape(source)}" width="{width}" height="{height}" title="{escape(line.title)}" '
        'loading="lazy" style="border:0;max-width:100%"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": line.title,
        "author_name": line.podcast.title,
        "author_url": reach.base + podcast_path(line.podcast.id),
        "provider_name": "castabout",
        "provider_url": f"{reach.base}/",
        "html": frame,
        "width": width,
        "height": height,
    }


def _named(url: str, reach: Reach) -> tuple[str, str]:
    """The id of the episode whose page is at ``url``, and the time asked for there. 404 for pages of others."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NotFoundException from None
    found = _EPISODE.fullmatch(parts.path)
    if found is None or f"{parts.scheme}://{parts.netloc}".lower() != _origin(reach.base):
        raise NotFoundException
    asked = parse_qs(parts.query).get("t") or parse_qs(parts.fragment).get("t") or [""]
    return unquote(found[1]), asked[0] if time_range(asked[0]) else ""


def _origin(base: str) -> str:
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _public(castabout: Castabout, reach: Reach, id: str) -> EpisodePage:
    found = episode_page(castabout, id) if reach.is_public else None
    if found is None or found.is_private:
        raise NotFoundException
    return found
