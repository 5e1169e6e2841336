"""Small files: our own style, script and pictures, and what robots may read."""

from __future__ import annotations

from litestar import Response
from litestar.enums import MediaType
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from castabout.web.answers import page
from castabout.web.assets import ASSETS

_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_NOW = "public, max-age=300"

#: Searches are an endless space, and the API is the same again.
ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /api/\n"


@page("/static/{name:str}")
def static(name: FromPath[str], v: FromQuery[str] = "") -> Response[bytes]:
    """An asset; kept by the browser for good when asked for by its version."""
    asset = ASSETS.get(name)
    if asset is None:
        raise NotFoundException
    cache = _FOR_GOOD if v == asset.version else _FOR_NOW
    return Response(asset.body, media_type=asset.type, headers={"cache-control": cache})


@page("/robots.txt")
def robots() -> Response[str]:
    """What robots may read."""
    return Response(ROBOTS, media_type=MediaType.TEXT)
