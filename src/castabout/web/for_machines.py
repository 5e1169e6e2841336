"""What browsers, search engines and other sites ask for to work together with ours."""

from __future__ import annotations

import re

import msgspec
from litestar import Response
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from castabout.engine.listed import number_of_lists, topics_of_list
from castabout.engine.suggest import suggestions
from castabout.render.json import encode
from castabout.render.opensearch import opensearch
from castabout.render.sitemap import sitemap, sitemap_index
from castabout.web.answers import Library, limited, page
from castabout.web.assets import asset_path
from castabout.web.reach import Reach, Reaching
from castabout.web.seen import Seen
from castabout.web.urls import TOPIC_CHARACTERS, topic_path

_DAY = {"cache-control": "public, max-age=86400"}
_SUGGESTIONS = "application/x-suggestions+json"
_SITEMAP = re.compile(r"topics-(\d{1,6})\.xml", re.ASCII)
_XML = "application/xml"
#: Colours of the page, light and dark: `--paper` in castabout.css.
PAPER = "#fbfaf6"


@page("/opensearch.xml", is_open=True)
def search_description(reach: Reaching) -> Response[str]:
    """How a browser's search box asks us. https://github.com/dewitt/opensearch"""
    body = opensearch(reach.base, icon=reach.base + asset_path("favicon.svg"))
    return Seen(body, media_type="application/opensearchdescription+xml", headers=_DAY)


@page("/opensearch/suggest")
def search_suggestions(castabout: Library, q: FromQuery[str] = "") -> Response[bytes]:
    """Names that begin as is typed, as browsers want them.

    https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1/Draft%201.wiki
    """
    typed = limited(q, TOPIC_CHARACTERS, "what is typed")
    found = dict.fromkeys(name.name for name in suggestions(castabout, typed).names)
    return Response(msgspec.json.encode([typed, list(found)]), media_type=_SUGGESTIONS)


@page("/manifest.webmanifest", is_open=True)
def manifest() -> Response[bytes]:
    """What makes the pages an app. https://www.w3.org/TR/appmanifest/"""
    icons = [
        {"src": asset_path("favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": asset_path("icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": asset_path("icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": asset_path("icon-maskable.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    values = {
        "id": "/",
        "name": "castabout",
        "short_name": "castabout",
        "description": "What podcasts say about anything",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
        "shortcuts": [{"name": "Listen Later", "url": "/later"}, {"name": "Search", "url": "/search"}],
    }
    return Seen(encode(values), media_type="application/manifest+json", headers=_DAY)


@page("/sitemap.xml")
def sitemaps(castabout: Library, reach: Reaching) -> Response[str]:
    """The lists of topics that search engines may read."""
    _for_everybody(reach)
    lists = (f"{reach.base}/sitemaps/topics-{n}.xml" for n in range(number_of_lists(castabout)))
    return Seen("".join(sitemap_index(lists)), media_type=_XML, headers=_DAY)


@page("/sitemaps/{name:str}")
def one_sitemap(castabout: Library, reach: Reaching, name: FromPath[str]) -> Stream:
    """One of these lists."""
    _for_everybody(reach)
    number = _SITEMAP.fullmatch(name)
    if number is None or int(number[1]) >= max(number_of_lists(castabout), 1):
        raise NotFoundException
    topics = topics_of_list(castabout, int(number[1]))
    home = [f"{reach.base}/"] if number[1] == "0" else []
    return Stream(
        sitemap([*home, *(reach.base + topic_path(topic) for topic in topics)]),
        media_type=_XML,
        headers=_DAY,
    )


def _for_everybody(reach: Reach) -> None:
    """Nothing for others where others cannot come."""
    if not reach.is_public:
        raise NotFoundException
