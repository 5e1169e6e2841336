"""Lists of feeds. http://opml.org/spec2.opml

Real lists are nested anyhow, have empty addresses and bare ampersands: the
addresses are what counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from castabout.errors import NotAFeed
from castabout.model.feed import Problem
from castabout.parse.encoding import decode
from castabout.parse.fields import http_url, plain_line, unescape
from castabout.parse.sniff import Kind, describe, kind_of
from castabout.parse.sources import Address, read_source
from castabout.parse.xml import attribute_of

#: Entries beyond this are left out, which is said.
FEEDS = 100_000
_ADDRESS = re.compile(r"""\b(?:xml)?url\s*=\s*(?:"([^"<>]{1,4000})"|'([^'<>]{1,4000})')""", re.I)
#: An entry of a broken list, to be searched for its address and name; one that is not closed ends at the next.
_OUTLINE = re.compile(r"<outline\b([^<]{1,20000})", re.I)
_TITLE = re.compile(r"""\b(?:title|text)\s*=\s*(?:"([^"<>]{1,1000})"|'([^'<>]{1,1000})')""", re.I)


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed of a list; its address is http or https."""

    url: str
    title: str | None
    #: The address to try if nothing answers at that one, whose scheme was guessed.
    otherwise: str | None = None


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
        url, otherwise = _web_address(address)
        if not address.strip():
            problems.append(Problem(f"entry “{title}”", "it has no address"))
        elif url is None:
            problems.append(Problem(f"entry “{title or address}”", "its address is not http or https"))
        elif len(feeds) >= FEEDS:
            problems.append(Problem(f"entry “{title or url}”", f"beyond the limit of {FEEDS:,} feeds"))
        else:
            feeds.setdefault(url, OpmlFeed(url, title, otherwise))
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
        broken = Problem("list", f"not well-formed ({error.msg}); what looks like an entry was read")
        return list(_likely_entries(text)), [broken]
    entries = []
    for outline in root.iter("{*}outline", "{*}Outline"):
        address = attribute_of(outline, "xmlUrl")
        if not (address or "").strip():
            other = _rss_url(outline)
            address = address if other is None else other
        title = plain_line(attribute_of(outline, "title") or attribute_of(outline, "text") or "")
        # Without either it says nothing, and without an attribute for the address it is a folder.
        if address is not None and (address.strip() or title):
            entries.append((title, address))
    return entries, []


def _likely_entries(text: str) -> Iterator[tuple[str | None, str]]:
    for outline in _OUTLINE.findall(text):
        if address := _ADDRESS.search(outline):
            title = _TITLE.search(outline)
            name = plain_line(unescape(title[1] or title[2])) if title else None
            yield name, unescape(address[1] or address[2])


def _web_address(text: str) -> tuple[str | None, str | None]:
    """The address of an entry, also one meant for a program (``feed://``); without its scheme there are two."""
    source = read_source(text)
    if not isinstance(source, Address):
        return http_url(text), None
    return http_url(source.url), source.otherwise and http_url(source.otherwise)


def _rss_url(outline: etree._Element) -> str | None:
    """The address of an entry that gives it another way; empty if it is surely a feed and gives none."""
    type = (attribute_of(outline, "type") or "").lower()
    if type not in ("rss", "include", "link"):
        return None
    return attribute_of(outline, "url") or ("" if type == "rss" and len(outline) == 0 else None)
