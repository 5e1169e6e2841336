"""Covers under addresses of our own: small, kept, and asked for by nobody but us."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Annotated, TypeAlias

from litestar import Response, route
from litestar.concurrency import sync_to_thread
from litestar.enums import HttpMethod
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from castabout.engine import pictures
from castabout.engine.castabout import Castabout
from castabout.engine.thumbnail import Size
from castabout.web.answers import AnyRequest, Library
from castabout.web.doors import Doors, TheDoors
from castabout.web.seen import is_known
from castabout.web.urls import outside_url

WantedSize = Annotated[Size, QueryParameter(description="How large.")]
_Answer: TypeAlias = Response[bytes] | Redirect
#: Nobody's but the browser's: who may see a cover depends on who asks.
_FOR_LONG = {"cache-control": "private, max-age=2592000"}
_FOR_NOW = {"cache-control": "private, max-age=3600"}
#: One clear pixel: what is beneath it shows. https://en.wikipedia.org/wiki/GIF
_CLEAR = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")


def _asked(path: str) -> route:
    return route(path, http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False)


@_asked("/images/podcasts/{id:str}")
async def podcast_picture(
    request: AnyRequest, castabout: Library, doors: TheDoors, id: FromPath[str], size: WantedSize = "small"
) -> _Answer:
    """The cover of a podcast."""
    return await _picture(request, castabout, doors, partial(pictures.podcast_picture, castabout, id), size)


@_asked("/images/episodes/{id:str}")
async def episode_picture(
    request: AnyRequest, castabout: Library, doors: TheDoors, id: FromPath[str], size: WantedSize = "small"
) -> _Answer:
    """The cover of an episode, else that of its podcast."""
    return await _picture(request, castabout, doors, partial(pictures.episode_picture, castabout, id), size)


async def _picture(
    request: AnyRequest, castabout: Castabout, doors: Doors, where: Callable[[], str | None], size: Size
) -> _Answer:
    url = outside_url(await sync_to_thread(where))
    if url is None:
        return _clear()
    if not (await sync_to_thread(doors.preferences, castabout)).pictures:
        return Redirect(url, status_code=302, headers=_FOR_NOW)
    body = await sync_to_thread(pictures.kept, castabout, url, size)
    if body is None:
        # In the few threads of the loop itself, not in those that pages are made in: hosts may be slow.
        body = await asyncio.to_thread(pictures.fetched, castabout, url, size)
    if not body:
        return _clear()
    headers = {**_FOR_LONG, "etag": f'"{sha256(body).hexdigest()[:20]}"'}
    if is_known(request.headers.get("if-none-match"), headers["etag"]):
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type="image/webp", headers=headers)


def _clear() -> Response[bytes]:
    return Response(_CLEAR, media_type="image/gif", headers=_FOR_NOW)
