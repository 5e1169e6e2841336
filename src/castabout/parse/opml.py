"""Lists of feeds. http://opml.org/spec2.opml

Real lists are nested anyhow, have empty addresses and bare ampersands: the
addresses are what counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from castabout.errors import NotAFeed
from castabout.model.feed import Problem
from castabout.parse.encoding import decode
from castabout.parse.fields import http_url, plain_line, unescape
from castabout.parse.sniff import Kind, describe, kind_of
from castabout.parse.xml import attribute_of

#: Entries beyond this are left out, which is said.
FEEDS = 100_000
_ADDRESS = re.compile(r"""\b(?:xml)?url\s*=\s*(?:"([^"<>]{1,4000})"|'([^'<>]{1,4000})')""", re.I)


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed of a list; its address is http or https."""

    url: str
    title: str | None


@dataclass(frozen=True, slots=True)
class ParsedOpml:
    """The feeds of a list, each once, and what could not be read."""

    feeds: tuple[OpmlFeed, ...]
    problems: tuple[Problem, ...]


def parse_opml(data: bytes) -> ParsedOpml:
    """The feeds that a list names. Raises `NotAFeed`, about ``list``, for what is no list at all."""
    if kind_of(data) is not Kind.OPML:
        raise NotAFeed("list", f"{describe(data)}, not an OPML list")
    text, _ = decode(data)
    entries, problems = _entries(text)
    feeds: dict[str, OpmlFeed] = {}
    for title, address in entries:
        url = http_url(address)
        if url is None:
            problems.append(Problem(f"entry “{title or address}”", "its address is not http or https"))
        elif len(feeds) >= FEEDS:
            problems.append(Problem(f"entry “{title or url}”", f"beyond the limit of {FEEDS:,} feeds"))
        else:
            feeds.setdefault(url, OpmlFeed(url, title))
    if not feeds and problems and problems[0].where == "list":
        raise NotAFeed("list", f"a broken OPML list: {problems[0].what}")
    return ParsedOpml(tuple(feeds.values()), tuple(problems))


def _entries(text: str) -> tuple[list[tuple[str | None, str]], list[Problem]]:
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        addresses = (unescape(double or single) for double, single in _ADDRESS.findall(text))
        broken = Problem("list", f"not well-formed ({error.msg}); only its addresses were read")
        return [(None, address) for address in addresses], [broken]
    entries = []
    for outline in root.iter("{*}outline", "{*}Outline"):
        address = attribute_of(outline, "xmlUrl") or _rss_url(outline)
        if address and address.strip():
            title = attribute_of(outline, "title") or attribute_of(outline, "text") or ""
            entries.append((plain_line(title), address))
    return entries, []


def _rss_url(outline: etree._Element) -> str | None:
    is_list = (attribute_of(outline, "type") or "").lower() in ("rss", "include", "link")
    return attribute_of(outline, "url") if is_list else None
