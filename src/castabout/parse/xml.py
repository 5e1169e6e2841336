"""XML as feeds write it: names whatever the prefixes, items one by one.

`StrictReader` takes well-formed XML, `castabout.parse.soup.SoupReader` anything.
Entities are never expanded, nothing is fetched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from lxml import etree

#: Our prefix, its namespace, and what the address contains, lower case: real feeds spell it in many ways.
NAMESPACES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd", ("itunes.com/dtd",)),
    (
        "podcast",
        "https://podcastindex.org/namespace/1.0",
        ("podcastindex.org/namespace", "podcastindex-org/podcast-namespace"),
    ),
    ("content", "http://purl.org/rss/1.0/modules/content/", ("purl.org/rss/1.0/modules/content",)),
    ("dc", "http://purl.org/dc/elements/1.1/", ("purl.org/dc/elements",)),
    ("dcterms", "http://purl.org/dc/terms/", ("purl.org/dc/terms",)),
    ("media", "http://search.yahoo.com/mrss/", ("search.yahoo.com/mrss",)),
    ("googleplay", "http://www.google.com/schemas/play-podcasts/1.0", ("google.com/schemas/play-podcasts",)),
    ("atom", "http://www.w3.org/2005/Atom", ("www.w3.org/2005/atom", "purl.org/atom/ns")),
    ("psc", "http://podlove.org/simple-chapters", ("podlove.org/simple-chapters",)),
)
#: Addresses of RSS itself, which mostly has none.
_RSS = ("purl.org/rss/1.0/", "my.netscape.com/", "backend.userland.com/", "blogs.law.harvard.edu/", "/rss2")
PREFIXES = frozenset(prefix for prefix, _, _ in NAMESPACES)
_ITEM_TAGS = ("{*}item", "{*}Item", "{*}ITEM")

Element = etree._Element


class IllFormed(Exception):
    """The document is not well-formed XML. Stays inside `castabout.parse`."""


@dataclass(frozen=True, slots=True)
class Path:
    """Where a value stands below a node: ``image/url`` or ``itunes:image@href``."""

    text: str
    parents: tuple[str, ...]
    name: str
    attribute: str | None


def path(text: str) -> Path:
    """The path that ``text`` writes; case does not matter."""
    elements, _, attribute = text.partition("@")
    *parents, name = elements.lower().split("/")
    return Path(text, tuple(parents), name, attribute or None)


def prefix_of(uri: str) -> str | None:
    """Our prefix for the namespace ``uri``; empty for RSS itself, ``None`` if it is unknown."""
    address = uri.lower()
    for prefix, _, parts in NAMESPACES:
        if any(part in address for part in parts):
            return prefix
    return "" if any(part in address and "/modules/" not in address for part in _RSS) else None


def qualified(prefix: str, local: str) -> str:
    """The canonical name of an element: ``itunes:duration``, ``pubdate``."""
    return f"{prefix}:{local.lower()}" if prefix else local.lower()


class Names:
    """Canonical names of the elements of one document."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, element: Element) -> str:
        """The canonical name of ``element``; empty if it is none that could be known."""
        tag = element.tag
        name = self._names.get(tag)
        if name is None:
            # What is no element (an entity that was not expanded) has a function for a tag.
            is_element = isinstance(tag, str)
            name = self._names[tag] = self._find(element) if is_element else ""
        return name

    @staticmethod
    def _find(element: Element) -> str:
        uri, brace, local = element.tag.rpartition("}")
        if not brace and ":" in local:  # a prefix that was never declared
            prefix, _, local = local.partition(":")
            return qualified(prefix.lower(), local)
        known = prefix_of(uri[1:]) if uri else ""
        if known is None:
            known = (element.prefix or "").lower()
        return qualified(known, local)


class Node:
    """An element with its children by canonical name, in document order."""

    __slots__ = ("_children", "_names", "cut")

    def __init__(self, names: Names, *elements: Element, cut: bool = False) -> None:
        self._names = names
        #: The document ends in the middle of it.
        self.cut = cut
        children: dict[str, list[Element]] = {}
        name_of = names.of
        for element in elements:
            for child in element:
                name = name_of(child)
                if name in children:
                    children[name].append(child)
                else:
                    children[name] = [child]
        self._children = children

    def elements(self, name: str) -> list[Element]:
        """The children called ``name``, e.g. ``podcast:person``."""
        return self._children.get(name, [])

    def inside(self, element: Element) -> Node:
        """One of the children as a node of its own."""
        return Node(self._names, element)

    def values(self, path: Path) -> Iterator[str]:
        """The texts that stand at ``path``, blanks around them removed; none of them is empty."""
        if path.parents:
            below = Path(path.text, path.parents[1:], path.name, path.attribute)
            for parent in self.elements(path.parents[0]):
                yield from self.inside(parent).values(below)
            return
        for element in self._children.get(path.name, ()):
            value = attribute_of(element, path.attribute) if path.attribute else text_of(element)
            if value and (value := value.strip()):
                yield value


def attribute_of(element: Element, name: str) -> str | None:
    """An attribute of ``element``, however its name is written."""
    value = element.get(name)
    if value is None and element.attrib:
        lower = name.lower()
        value = next((str(v) for k, v in element.attrib.items() if str(k).lower() == lower), None)
    return value


def text_of(element: Element) -> str:
    """The text of ``element``; with markup inside it, that markup as HTML."""
    if not len(element):
        return element.text or ""
    parts = [html.escape(element.text or "", quote=False)]
    for child in element:
        if child.tag is etree.Entity:  # never expanded; HTML may know it by name
            parts.append(child.text or "")
            parts.append(html.escape(child.tail or "", quote=False))
        elif isinstance(child.tag, str):
            parts.append(_PREFIX.sub(r"<\1", etree.tostring(child, encoding="unicode")))
        else:
            parts.append(html.escape(child.tail or "", quote=False))
    return "".join(parts)


_PREFIX = re.compile(r"<(/?)[A-Za-z][\w.-]{0,30}:(?=[A-Za-z])")


class Reader(Protocol):
    """Gives the items of a feed one by one, and then the feed itself."""

    def items(self) -> Iterator[Node]:
        """The items in order; each is valid until the next one is asked for. Raises `IllFormed`."""

    def channel(self) -> Node:
        """Everything of the feed but its items, once they have been gone through."""


class StrictReader:
    """Reads well-formed XML. https://www.w3.org/TR/xml/"""

    def __init__(self, text: str) -> None:
        self._data = text.encode("utf-8", "replace")
        self._names = Names()
        self._root: Element | None = None

    def items(self) -> Iterator[Node]:
        """The items in order; each is valid until the next one is asked for. Raises `IllFormed`."""
        events = etree.iterparse(
            BytesIO(self._data),
            events=("end",),
            tag=_ITEM_TAGS,
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        try:
            for _, element in events:
                if self._names.of(element) == "item":
                    yield Node(self._names, element)
                    element.clear()
        except etree.XMLSyntaxError as error:
            raise IllFormed(f"{error.msg.partition(', line ')[0]}, line {error.lineno}") from error
        self._root = events.root

    def channel(self) -> Node:
        """Everything of the feed but its items, once they have been gone through."""
        root = self._root
        if root is None:
            return Node(self._names)
        channels = [child for child in root if self._names.of(child) == "channel"]
        return Node(self._names, *channels, root)
