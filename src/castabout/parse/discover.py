"""The feeds that a web page links: autodiscovery.

https://www.rssboard.org/rss-autodiscovery
https://www.jsonfeed.org/version/1.1/#discovery
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from castabout.parse.encoding import decode
from castabout.parse.fields import absolute_url, plain_line
from castabout.parse.sources import Address, read_source

#: What a page links stands in its head, and that is not longer.
PAGE_BYTES = 3_000_000
#: More feeds than this nobody chooses from.
FEEDS = 30
_TITLE_CHARACTERS = 200
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
#: Types that say little: taken where the address looks like one of a feed.
_VAGUE_TYPES = frozenset(
    {"application/rdf+xml", "application/xml", "text/xml", "application/json", "text/rss+xml", ""}
)
_LIKE_A_FEED = re.compile(
    r"https?://(?:feeds?|rss)\.|[/._?=-](?:rss|atom|feeds?|podcast)(?:[/?&#=.]|\Z)|\.(?:rdf|xml)(?:[?#]|\Z)",
    re.I,
)
#: Feeds of what readers said, and descriptions of the page itself, are not what was looked for.
_BESIDE = re.compile(r"comment|kommentar|comentario|commentaire|oembed|wp-json|opensearch|\bosd\.xml", re.I)
_FEED_SCHEME = re.compile(r"\s*(?:feed|pcast|podcast|itpc):", re.I)
_CHARSET = re.compile(r"<meta\b[^>]{0,200}?\bcharset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9._:-]{2,40})", re.I)


@dataclass(frozen=True, slots=True)
class LinkedFeed:
    """A feed that a page links."""

    url: str
    title: str | None


def linked_feeds(data: bytes, url: str) -> tuple[LinkedFeed, ...]:
    """The feeds that the page ``data`` at ``url`` links, the likeliest first, each once.

    Those that the page declares (``<link rel="alternate">``); where there is
    none, those that its ordinary links look like. Feeds of comments come
    last. However broken the page is, this never raises.
    """
    root = _parsed(data)
    if root is None:
        return ()
    base = url
    for element in root.iter("base"):
        if address := absolute_url(element.get("href") or "", url, is_address=True):
            base = address
            break
    feeds = _each_once(_declared(root, base), url) or _each_once(_named(root, base), url)
    feeds.sort(key=lambda feed: is_beside(feed.url, feed.title))
    return tuple(feeds[:FEEDS])


def is_beside(url: str, title: str | None) -> bool:
    """Whether what a page links is not what somebody looks for: comments, say."""
    return bool(_BESIDE.search(f"{url} {title or ''}"))


def _each_once(found: Iterator[LinkedFeed], page: str) -> list[LinkedFeed]:
    feeds: dict[str, LinkedFeed] = {}
    for feed in found:
        if feed.url != page:
            feeds.setdefault(feed.url, feed)
    return list(feeds.values())


def _parsed(data: bytes) -> etree._Element | None:
    page = data[:PAGE_BYTES]
    declared = _CHARSET.search(page[:4_096].decode("latin-1"))
    try:
        text = page.decode("utf-8") if not declared else page.decode(declared[1], "replace")
    except (LookupError, UnicodeError):
        text, _ = decode(page)
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _declared(root: etree._Element, base: str) -> Iterator[LinkedFeed]:
    for link in root.iter("link"):
        words = (link.get("rel") or "").lower().split()
        if "feed" not in words and ("alternate" not in words or "stylesheet" in words):
            continue
        address = absolute_url(_without_feed_scheme(link.get("href") or ""), base, is_address=True)
        type = (link.get("type") or "").lower().partition(";")[0].strip()
        if address and (type in _FEED_TYPES or (type in _VAGUE_TYPES and _looks_like_a_feed(address))):
            yield LinkedFeed(address, plain_line(link.get("title") or "", _TITLE_CHARACTERS))


def _named(root: etree._Element, base: str) -> Iterator[LinkedFeed]:
    for link in root.iter("a"):
        target = link.get("href") or ""
        address = absolute_url(_without_feed_scheme(target), base, is_address=True)
        if address and (_FEED_SCHEME.match(target) or _looks_like_a_feed(address)):
            text = "".join(part for part in link.itertext() if isinstance(part, str))
            yield LinkedFeed(address, plain_line(link.get("title") or text, _TITLE_CHARACTERS))


def _looks_like_a_feed(address: str) -> bool:
    return bool(_LIKE_A_FEED.search(address)) and not _BESIDE.search(address)


def _without_feed_scheme(target: str) -> str:
    """``feed://a.example/f`` as an ordinary address; whatever is none stays as it is."""
    if not _FEED_SCHEME.match(target):
        return target
    source = read_source(target)
    return source.url if isinstance(source, Address) else target
