"""Small files: our own style, script and pictures, and what robots may read."""

from __future__ import annotations

from datetime import UTC
from typing import Literal

from litestar import Response
from litestar.enums import MediaType
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from castabout.engine.export import feed_lines
from castabout.render.opml import opml
from castabout.web.answers import Library, page
from castabout.web.assets import ASSETS
from castabout.web.reach import Reaching
from castabout.web.seen import Seen
from castabout.web.who import KeeperAlone

_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_NOW = "public, max-age=300"

#: Searches are an endless space, and the API is the same again.
_CLOSED = ("/search", "/api/", "/podcasts.opml", "/later", "/sources")
ROBOTS = "".join(("User-agent: *\n", *(f"Disallow: {path}\n" for path in _CLOSED)))


@page("/static/{name:str}", is_open=True)
def static(name: FromPath[str], v: FromQuery[str] = "") -> Response[bytes]:
    """An asset; kept by the browser for good when asked for by its version."""
    asset = ASSETS.get(name)
    if asset is None:
        raise NotFoundException
    cache = _FOR_GOOD if v == asset.version else _FOR_NOW
    return Seen(asset.body, media_type=asset.type, headers={"cache-control": cache})


@page("/podcasts.opml")
def podcast_list(castabout: Library) -> Stream:
    """The feeds of all podcasts but private ones, as other programs read them."""
    pieces = opml("Podcasts", feed_lines(castabout), created=castabout.clock().astimezone(UTC))
    headers = {"content-disposition": 'attachment; filename="podcasts.opml"'}
    return Stream(pieces, media_type="text/x-opml", headers=headers)


@page("/sources.opml")
def source_list(
    castabout: Library,
    keeper: KeeperAlone,
    private: FromQuery[Literal["yes", ""]] = "",
    failing: FromQuery[Literal["yes", ""]] = "",
) -> Stream:
    """The same for whoever keeps the library: private ones too if asked for, or only feeds that fail."""
    feeds = feed_lines(castabout, private=bool(private), failing=bool(failing))
    pieces = opml("Podcasts", feeds, created=castabout.clock().astimezone(UTC))
    name = "failing" if failing else "podcasts"
    headers = {
        "content-disposition": f'attachment; filename="{name}.opml"',
        "cache-control": "private, no-store",
        "x-robots-tag": "noindex",
    }
    return Stream(pieces, media_type="text/x-opml", headers=headers)


@page("/robots.txt", is_open=True)
def robots(reach: Reaching) -> Response[str]:
    """What robots may read, and where everybody reaches the pages a list of those that are worth it."""
    lists = f"Sitemap: {reach.base}/sitemap.xml\n" if reach.is_public else ""
    return Response(ROBOTS + lists, media_type=MediaType.TEXT)
