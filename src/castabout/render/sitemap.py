"""Which pages search engines may list. https://www.sitemaps.org/protocol.html"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from castabout.render.xml import text

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(addresses: Iterable[str]) -> Iterator[str]:
    """A list of pages, piece by piece; the protocol allows 50,000."""
    yield f"{_HEAD}<urlset {_SPACE}>\n"
    for address in addresses:
        yield f"<url><loc>{text(address)}</loc></url>\n"
    yield "</urlset>\n"


def sitemap_index(addresses: Iterable[str]) -> Iterator[str]:
    """A list of such lists."""
    yield f"{_HEAD}<sitemapindex {_SPACE}>\n"
    for address in addresses:
        yield f"<sitemap><loc>{text(address)}</loc></sitemap>\n"
    yield "</sitemapindex>\n"
