"""XML as feeds write it: names whatever the prefixes, items one by one.

`StrictReader` takes well-formed XML, `castabout.parse.soup.SoupReader` anything.
Entities are never expanded, nothing is fetched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Protocol
from urllib.parse import urljoin

from lxml import etree

from castabout.parse.causes import cause, in_words
from castabout.parse.doctype import without_others
from castabout.parse.names import Element, Names

#: Items beyond this are left out.
ITEMS = 100_000
#: An item, or what stands before, between or behind items, may have this many bytes.
ITEM_BYTES = 4_000_000
#: Elements directly in an item or in the channel; those beyond are left out.
ELEMENTS = 10_000
#: Attributes of one element: beyond this they are found by their exact name only, or not at all.
ATTRIBUTES = 10_000
#: Elements within elements; libxml2's own limit.
DEPTH = 256

#: Canonical names of items.
ITEM_NAMES = frozenset({"item", "atom:entry"})
_ITEM_TAGS = ("{*}item", "{*}Item", "{*}ITEM", "{*}entry", "{*}Entry", "{*}ENTRY")
#: What is wrong with an item in which the document ends.
CUT = "the feed ends in the middle of it"
#: What elements inherit from those around them, as `lxml` calls it, by the name that is written.
INHERITED = {f"xml:{name}": f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("lang", "base")}

_CHUNK = 32_768


class IllFormed(Exception):
    """The document is not well-formed XML, or too much for a reader of it. Stays inside `castabout.parse`."""

    def __init__(self, cause: str, said: str | None = None) -> None:
        super().__init__(cause)
        #: For a person.
        self.said = said or f"not well-formed ({cause})"


class Node:
    """An element with its children by canonical name, in document order."""

    __slots__ = ("_element", "_names", "children", "is_lost", "problem")

    def __init__(
        self, names: Names, *elements: Element, problem: str | None = None, is_lost: bool = False
    ) -> None:
        self._names = names
        self._element = elements[0] if elements else None
        #: What of it could not be read.
        self.problem = problem
        #: Nothing of it could be read.
        self.is_lost = is_lost
        children: dict[str, list[Element]] = {}
        known = names.known
        for element in elements:
            inside: Iterable[Element] = element
            if len(element) > ELEMENTS:
                inside = islice(element, ELEMENTS)
                self.problem = problem or f"more than {ELEMENTS:,} elements in it; the others are left out"
            for child in inside:
                name = known.get(child.tag) or names.of(child)
                if name in children:
                    children[name].append(child)
                else:
                    children[name] = [child]
        #: By canonical name, those of one name in their order.
        self.children = children

    @property
    def base(self) -> str | None:
        """What addresses in it are relative to."""
        return self._names.base if self._element is None else self.base_of(self._element)

    @property
    def language(self) -> str | None:
        """The language of its texts: see `language_of`."""
        return None if self._element is None else language_of(self._element)

    def base_of(self, element: Element) -> str | None:
        """What addresses in ``element`` are relative to. https://www.w3.org/TR/xmlbase/"""
        said, known = element.base, self._names.base
        if not said or not known:
            return said or known
        try:
            return urljoin(known, said)
        except ValueError:
            return known

    def attribute(self, name: str) -> str | None:
        """An attribute of its own, by its exact name; ``None`` if it is empty."""
        value = None if self._element is None else self._element.get(name)
        return value.strip() or None if value else None

    @property
    def names(self) -> tuple[str, ...]:
        """What its children are called, each name once."""
        return tuple(self.children)

    def elements(self, name: str) -> list[Element]:
        """The children called ``name``, e.g. ``podcast:person``."""
        return self.children.get(name, [])

    def inside(self, element: Element) -> Node:
        """One of the children as a node of its own."""
        return Node(self._names, element)


def attribute_of(element: Element, name: str) -> str | None:
    """An attribute of ``element``, however its name is written."""
    value = element.get(name)
    if value is None:
        lower = name.lower()
        for key in element.keys()[:ATTRIBUTES]:
            if key.lower() == lower:
                return element.get(key)
    return value


def language_of(element: Element) -> str | None:
    """The nearest ``xml:lang``, as written. https://www.w3.org/TR/xml/#sec-lang-tag"""
    place: Element | None = element
    while place is not None:
        language = place.get(INHERITED["xml:lang"])
        if language is not None:
            return language.strip() or None
        place = place.getparent()
    return None


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

    #: What of the feed could not be read, for a person, once its items have been gone through.
    problems: list[str]

    def items(self) -> Iterator[Node]:
        """The items in order; each is valid until the next one is asked for. Raises `IllFormed`."""

    def channel(self) -> Node:
        """Everything of the feed but its items: at first what stands before them, in the end all of it."""

    def resolve_against(self, base: str | None) -> None:
        """Relative addresses, where no ``xml:base`` says anything else, are so to ``base``."""


class StrictReader:
    """Reads well-formed XML in UTF-8, whatever its declaration says. https://www.w3.org/TR/xml/

    Memory: that of ``data`` and of the largest item. Elements of more than
    `ITEM_BYTES`, lest they fill the memory, are left to `SoupReader`.
    """

    def __init__(self, data: bytes | str) -> None:
        self._data = without_others(data.encode("utf-8", "replace") if isinstance(data, str) else data)
        self._names = Names()
        self._root: Element | None = None
        self.problems: list[str] = []

    def items(self) -> Iterator[Node]:
        """The items in order; each is valid until the next one is asked for. Raises `IllFormed`."""
        done: Element | None = None
        for number, (element, spread) in enumerate(self._elements()):
            if number == ITEMS:
                self.problems.append(f"more than {ITEMS:,} items; the others are left out")
                self._root = element.getroottree().getroot()
                return
            if number == 0:
                self._root = element.getroottree().getroot()
            yield Node(self._names, element, problem=crowded(element) if spread else None)
            # The parser still needs the newest one, where it goes on; those before it can go.
            element.clear()
            if done is not None and (parent := done.getparent()) is not None:
                parent.remove(done)
            done = element
        problem = self.channel().problem
        if problem is not None:
            self.problems.append(problem)

    def resolve_against(self, base: str | None) -> None:
        """Relative addresses, where no ``xml:base`` says anything else, are so to ``base``."""
        self._names.base = base

    def channel(self) -> Node:
        """Everything of the feed but its items: at first what stands before them, in the end all of it."""
        root = self._root
        if root is None:
            return Node(self._names)
        channels = [child for child in root if self._names.of(child) == "channel"]
        problem = next(filter(None, (crowded(element) for element in (*channels, root))), None)
        return Node(self._names, *channels, root, problem=problem)

    def _elements(self) -> Iterator[tuple[Element, bool]]:
        """The items, and whether one is spread over a whole chunk: `ATTRIBUTES` do not fit into less than two."""
        parser = etree.XMLPullParser(
            events=("end",),
            tag=_ITEM_TAGS,
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        events = parser.read_events()
        since = 0
        first: str | None = None
        try:
            for at in range(0, len(self._data), _CHUNK):
                parser.feed(self._data[at : at + _CHUNK])
                # Behind an unknown entity the parser may begin anew, and forget it.
                if first is None and len(parser.feed_error_log):
                    first = cause(parser.feed_error_log, at_end=False)
                since += _CHUNK
                for _, element in events:
                    # The stubs think of other events too.
                    if isinstance(element, Element) and self._names.of(element) in ITEM_NAMES:
                        yield element, since > _CHUNK
                        since = 0
                if since > ITEM_BYTES:
                    # Behind an error, which is told at the end alone, no item ends any more.
                    with suppress(etree.XMLSyntaxError):
                        parser.close()
                    if (wrong := cause(parser.feed_error_log, at_end=False)) is not None:
                        raise IllFormed(wrong)
                    raise IllFormed("too large", f"more than {ITEM_BYTES:,} bytes without an item's end")
            self._root = parser.close()
        except etree.XMLSyntaxError as error:
            wrong = first or cause(parser.feed_error_log) or f"{in_words(error.msg)}, line {error.lineno}"
            raise IllFormed(wrong) from error


def xml_parser() -> etree.XMLParser:
    """A parser of small pieces, as strict and as careful as `StrictReader`."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def crowded(element: Element) -> str | None:
    """What to say if an element in ``element`` has too many attributes."""
    if any(len(inner.attrib) > ATTRIBUTES for inner in element.iter(etree.Element)):
        return f"an element with more than {ATTRIBUTES:,} attributes"
    return None
