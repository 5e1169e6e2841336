"""Feeds that are not well-formed XML: read as far as they make sense.

One pass, in time proportional to the length of the text. What is known of
feeds decides where XML's rules give up: an item ends at the latest where the
next one begins, and what stands in ``description`` and its like is HTML,
escaped or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from castabout.parse.fields import unescape
from castabout.parse.xml import NAMESPACES, PREFIXES, Element, Names, Node, prefix_of, qualified

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
_NAME = r"[A-Za-z_][A-Za-z0-9_.-]{0,60}(?::[A-Za-z0-9_.-]{1,60})?"
_TAG = re.compile(rf"""<(/?)({_NAME})((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>""")
#: A tag whose quotes do not match.
_LOOSE_TAG = re.compile(rf"<(/?)({_NAME})([^<>]*+)>")
_ATTRIBUTE = re.compile(
    r"""([A-Za-z_][A-Za-z0-9_.:-]{0,60})\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))"""
)
_MARKUP = re.compile(r"</?[A-Za-z]")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_ROOTS = frozenset({"rss", "rdf:rdf", "channel"})
_CDATA = "<![CDATA["
#: Where an item ends at the latest.
_BOUNDARY = r"<(?:/?item(?=[\s/>])|/channel\s*>|/rss\s*>|/rdf:rdf\s*>)"
#: Elements with elements inside; all others that are known hold text.
_CONTAINERS = frozenset(
    {
        "image",
        "textinput",
        "itunes:owner",
        "itunes:category",
        "googleplay:category",
        "media:group",
        "media:content",
        "media:community",
        "podcast:liveitem",
        "podcast:value",
        "podcast:valuetimesplit",
        "podcast:alternateenclosure",
        "podcast:podroll",
        "podcast:publisher",
        "psc:chapters",
        "skiphours",
        "skipdays",
    }
)
#: Elements whose text may be HTML, written plainly in bad feeds.
_RICH = frozenset({"title", "description", "content:encoded", "itunes:summary", "itunes:subtitle"})
#: The elements of RSS; those of a known prefix are known by their prefix.
_KNOWN = frozenset(
    "title link description language copyright managingeditor webmaster pubdate lastbuilddate category "
    "generator docs cloud ttl image rating textinput skiphours skipdays url width height name author "
    "comments enclosure guid source hour day".split()
)
#: After an element of HTML text that is never closed, the next of these begins something else.
_NEXT_KNOWN = (
    r"<(?:(?:itunes|podcast|content|dc|media|googleplay|atom):"
    r"|(?:pubdate|guid|enclosure|description|category|comments|author|lastbuilddate|managingeditor)[\s>])"
)
_URIS = {prefix: uri for prefix, uri, _ in NAMESPACES}
_DEPTH = 50
_PREFIX_LIMIT = 64
_FINDERS = 400


class _Finder:
    """The next place of a pattern at or after ever later positions: each stretch is searched once."""

    __slots__ = ("_at", "_end", "_pattern", "_text")

    def __init__(self, text: str, pattern: str) -> None:
        self._text = text
        self._pattern = re.compile(pattern, re.I)
        self._at = -1
        self._end = -1

    def next(self, position: int) -> tuple[int, int]:
        """Start and end of the next match; twice the length of the text plus one if there is none."""
        if self._at < position:
            found = self._pattern.search(self._text, position)
            nowhere = len(self._text) + 1
            self._at, self._end = found.span() if found else (nowhere, nowhere)
        return self._at, self._end


class SoupReader:
    """Reads what is no XML but was meant to be a feed; gives what `StrictReader` gives, and never raises."""

    def __init__(self, text: str) -> None:
        self._text = _FORBIDDEN.sub("", text)
        self._names = Names()
        self._prefixes: dict[str, str] = {prefix: prefix for prefix in PREFIXES}
        self._finders: dict[str, _Finder] = {}
        self._channel = etree.Element("channel")
        self._item: Element | None = None
        #: Open elements within the item or the channel: the name as written, lower case, and the element.
        self._open: list[tuple[str, Element]] = []
        self._at = 0
        self._ended = False

    @property
    def cut_off(self) -> bool:
        """Whether the document has no end tag, once its items have been gone through."""
        return not self._ended

    def channel(self) -> Node:
        """Everything of the feed but its items, once they have been gone through."""
        return Node(self._names, self._channel)

    def items(self) -> Iterator[Node]:
        """The items in order; each is valid until the next one is asked for."""
        text = self._text
        while (at := text.find("<", self._at)) != -1:
            self._at = at
            tag = _TAG.match(text, at) or _LOOSE_TAG.match(text, at)
            if tag is None:
                self._skip(at)
                continue
            self._at = tag.end()
            name = tag[2].lower()
            if name == "item" or (name in _ROOTS and tag[1]):
                self._open.clear()
                if self._item is not None:
                    yield self._finished()
                if tag[1]:
                    self._ended = self._ended or name != "item"
                    continue
                self._item = etree.Element("item")
                if tag[3].endswith("/"):
                    yield self._finished()
            elif tag[1]:
                self._close(name)
            else:
                self._start(name, tag[3])
        if self._item is not None:
            yield self._finished(cut=not self._ended)

    def _finished(self, *, cut: bool = False) -> Node:
        item, self._item = self._item, None
        return Node(self._names, *(() if item is None else (item,)), cut=cut)

    def _skip(self, at: int) -> None:
        """Go past a comment, CDATA, an instruction or a document type that stands between elements."""
        for opening, closing in ((_CDATA, "]]>"), ("<!--", "-->"), ("<?", r"\?>"), ("<!", ">")):
            if self._text.startswith(opening, at):
                start, end = self._find(closing, at + len(opening))
                boundary, _ = self._find(_BOUNDARY, at + 1)
                if start <= boundary:
                    self._at = min(end, len(self._text))
                    return
                break
        self._at = at + 1

    def _find(self, pattern: str, position: int) -> tuple[int, int]:
        finder = self._finders.get(pattern)
        if finder is None:
            finder = self._finders[pattern] = _Finder(self._text, pattern)
        return finder.next(position)

    def _find_end(self, name: str, position: int) -> tuple[int, int]:
        """The next end tag of ``name``; as if there were none where hostile text has too many names."""
        pattern = rf"</{re.escape(name)}\s*+>"
        if pattern not in self._finders and len(self._finders) >= _FINDERS:
            return len(self._text) + 1, len(self._text) + 1
        return self._find(pattern, position)

    def _close(self, name: str) -> None:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == name:
                del self._open[depth:]
                return

    def _start(self, name: str, attributes: str) -> None:
        if "xmlns" in attributes:
            self._declare(attributes)
        if name in _ROOTS:
            return
        canonical, tag = self._canonical(name)
        parent = self._open[-1][1] if self._open else (self._channel if self._item is None else self._item)
        closed = attributes.endswith("/")
        if tag is None or canonical in _CONTAINERS:
            boundary, _ = self._find(_BOUNDARY, self._at)
            if not closed and (self._find_end(name, self._at)[0] > boundary or len(self._open) >= _DEPTH):
                return  # never closed: its children are its parent's
            element = etree.SubElement(parent, tag or "unknown")
            _set(element, attributes)
            if not closed:
                self._open.append((name, element))
            return
        text, whole = ("", True) if closed else self._content(name, rich=canonical in _RICH)
        if whole:
            element = etree.SubElement(parent, tag)
            _set(element, attributes)
            element.text = text

    def _declare(self, attributes: str) -> None:
        for name, *values in _ATTRIBUTE.findall(attributes):
            if name.startswith("xmlns:") and len(self._prefixes) < _PREFIX_LIMIT:
                known = prefix_of("".join(values))
                if known is not None:
                    self._prefixes[name[6:].lower()] = known

    def _canonical(self, name: str) -> tuple[str, str | None]:
        """Canonical name and tag of an element; no tag if it is unknown."""
        prefix, colon, local = name.rpartition(":")
        if colon:
            known = self._prefixes.get(prefix)
            if known is None or not re.match(r"[a-z_]", local):
                return name, None
            if known:
                return qualified(known, local), f"{{{_URIS[known]}}}{local}"
        return local, local if local in _KNOWN else None

    def _content(self, name: str, *, rich: bool) -> tuple[str, bool]:
        """The text of the element just opened, and whether all of it is there."""
        text = self._text
        parts: list[str] = []
        while True:
            at = self._at
            end, after = self._find_end(name, at)
            boundary, _ = self._find(_BOUNDARY, at)
            cdata, inside = self._find(r"<!\[CDATA\[", at)
            if cdata < min(end, boundary):
                parts.append(_unescaped(text[at:cdata]))
                closing, behind = self._find("]]>", inside)
                if closing < self._find(r"<!\[CDATA\[", inside)[0]:
                    parts.append(text[inside:closing])
                    self._at = behind
                    continue
                stop = min(end, boundary, len(text))  # left open: it ends with its element
                parts.append(text[inside:stop].rstrip().removesuffix("]]>"))
            elif end < min(boundary, self._find(rf"<{re.escape(name)}(?=[\s/>])", at)[0]):
                stop = end
                parts.append(_unescaped(text[at:end]))
            else:
                stop = min(self._end_of_unclosed(at, rich=rich), boundary)
                parts.append(_unescaped(text[at:stop]))
            self._at = after if stop == end else stop
            return "".join(parts), stop < len(text)

    def _end_of_unclosed(self, at: int, *, rich: bool) -> int:
        if not rich:
            place = self._text.find("<", at)
            return place if place != -1 else len(self._text)
        return min(self._find(_NEXT_KNOWN, at)[0], len(self._text))


def _set(element: Element, attributes: str) -> None:
    for name, *values in _ATTRIBUTE.findall(attributes):
        if ":" not in name:
            element.set(name, unescape("".join(values)))


def _unescaped(raw: str) -> str:
    """The value of text outside CDATA: with tags in it it is HTML already."""
    if "<!--" in raw:
        head, end, tail = raw.rpartition("-->")  # so that the search for the end never fails
        raw = _COMMENT.sub("", head + end) + tail
    return raw if _MARKUP.search(raw) else unescape(raw)
