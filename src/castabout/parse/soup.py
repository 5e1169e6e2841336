"""Feeds that are not well-formed XML: read as far as they make sense.

Damage is mostly local. So the document is cut at its items, in time
proportional to its length; an item that is well-formed by itself is read as
XML, and the others, with what is around items, by `castabout.parse.tangle`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from lxml import etree

from castabout.parse.names import NAMESPACES, Element, Names
from castabout.parse.tangle import Tangle, Vocabulary
from castabout.parse.xml import (
    ATTRIBUTES,
    CUT,
    ELEMENTS,
    INHERITED,
    ITEM_BYTES,
    ITEMS,
    Node,
    crowded,
    xml_parser,
)

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]")
#: The root, or the item, that comes first tells the format.
_FIRST = re.compile(rb"<(?:[\w.-]{1,60}:)?(rss|rdf|channel|feed|item|entry)(?=[\s/>])", re.I)
_DECLARATION = re.compile(rb"""\bxmlns:([\w.-]{1,60})\s{0,9}=\s{0,9}["']([^"'<>]{1,300})["']""")
#: Declarations of prefixes are looked for in this many bytes.
_HEAD = 65_536
_DECLARATIONS = 64
_START_TAG = re.compile(rb"<([A-Za-z]{2,8})(?![A-Za-z:])[^<>]*>?")
#: Where the start tag of an item is damaged, it is looked for in this many bytes.
_LOOK_BACK = 65_536
_ALIKE = 0.7
_PREFIX = re.compile(r"(?!xml)[a-z_][a-z0-9_.-]*")
_URIS = {prefix: uri for prefix, uri, _ in NAMESPACES} | {"": "http://purl.org/rss/1.0/"}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the document: an item, or what stands between two of them."""

    is_item: bool
    start: int
    stop: int
    #: An item with start and end tag.
    is_whole: bool = False


class _Section:
    """CDATA sections or comments: those that are closed before another one begins."""

    def __init__(self, data: bytes, opening: bytes, closing: bytes) -> None:
        self._data = data
        self._opening = opening
        self._closing = closing
        self._closed = -1

    def end(self, at: int) -> int:
        """Where the section ends whose text begins at ``at``; ``at`` itself if it is left open."""
        if self._closed < at:
            found = self._data.find(self._closing, at)
            self._closed = len(self._data) if found == -1 else found
        if self._closed == len(self._data) or self._data.find(self._opening, at, self._closed) != -1:
            return at
        return self._closed + len(self._closing)


@lru_cache(maxsize=1_000)
def _may_be(written: bytes, name: bytes) -> bool:
    """Whether ``name`` was meant by what is ``written``."""
    alike = SequenceMatcher(None, name, written)
    return written != b"items" and alike.quick_ratio() >= _ALIKE <= alike.ratio()


class SoupReader:
    """Reads what is no XML but was meant to be a feed; gives what `StrictReader` gives, and never raises.

    Takes UTF-8. Memory: that of ``data`` (twice that if it has control characters) and of the largest item.
    """

    def __init__(self, data: bytes) -> None:
        if _CONTROL.search(data):
            data = data.translate(None, _CONTROLS)
        self._data = _NO_CHARACTER.sub(b"", data)
        first = _FIRST.search(data)
        self._vocabulary = Vocabulary("atom" if first and first[1].lower() in (b"feed", b"entry") else "")
        for found in islice(_DECLARATION.finditer(data, 0, _HEAD), _DECLARATIONS):
            self._vocabulary.declare(found[1].decode(), found[2].decode("utf-8", "replace"))
        self._names = Names(self._vocabulary.home)
        self._channel = etree.Element("channel")
        self._parser = xml_parser()
        self._wrapping = self._wrap()
        self._ended = False
        self.problems: list[str] = []

    @property
    def cut_off(self) -> bool:
        """Whether the document has no end tag, once its items have been gone through."""
        return not self._ended

    def resolve_against(self, base: str | None) -> None:
        """Relative addresses, where no ``xml:base`` says anything else, are so to ``base``."""
        self._names.base = base

    def channel(self) -> Node:
        """Everything of the feed but its items: at first what stands before them, in the end all of it."""
        return Node(self._names, self._channel)

    def items(self) -> Iterator[Node]:
        """The items in order; each is valid until the next one is asked for."""
        number = 0
        for stretch in self._stretches():
            if not stretch.is_item:
                self._read_channel(stretch)
            elif number == ITEMS:
                self.problems.append(f"more than {ITEMS:,} items; the others are left out")
                self._ended = True
                return
            else:
                number += 1
                yield self._read_item(stretch)

    def _stretches(self) -> Iterator[_Stretch]:
        """The document cut at its items. What closed CDATA and comments hold is no boundary."""
        data = self._data
        boundary = self._boundary()
        cdata, comments = _Section(data, b"<![CDATA[", b"]]>"), _Section(data, b"<!--", b"-->")
        start = at = behind = 0
        is_item = False
        while found := boundary.search(data, at):
            at = found.end()
            kind = found.lastgroup
            if kind == "cdata":
                at = cdata.end(at)
            elif kind == "comment":
                at = comments.end(at)
            elif kind == "open":
                yield _Stretch(is_item, start, found.start())
                start, is_item = found.start(), True
            elif kind == "end":
                self._ended = True
                yield _Stretch(is_item, start, found.start())
                start, is_item = at, False
            elif not is_item:  # the end of an item without its start
                begin, inside = self._find_start(max(start, behind), found.start(), between=start > 0)
                if inside:
                    yield _Stretch(False, start, begin)
                    yield _Stretch(True, inside, at)
                    start = at
            if is_item and (kind == "close" or (kind == "open" and found[0].endswith(b"/>"))):
                yield _Stretch(True, start, at, is_whole=True)
                start, is_item = at, False
            behind = at
        yield _Stretch(is_item, start, len(data))

    def _boundary(self) -> re.Pattern[bytes]:
        """What may begin or end an item, in the prefixes that the document uses."""
        home = self._vocabulary.home
        own = [re.escape(prefix) for prefix, known in self._vocabulary.prefixes.items() if known == home]
        item = (rf"(?:(?:{'|'.join(own)}):)?" if own else "") + ("entry" if home else "item")
        end = rf"/(?:(?:{'|'.join((*own, 'rdf'))}):)?(?:channel|rss|rdf|feed)"
        pattern = (
            rf"<(?:(?P<cdata>!\[CDATA\[)|(?P<comment>!--)|(?P<close>/{item}\s*>)"
            rf"|(?P<open>{item}(?=[\s/>])[^<>]*>?)|(?P<end>{end}\s*>))"
        )
        return re.compile(pattern.encode(), re.I)

    def _find_start(self, start: int, stop: int, *, between: bool) -> tuple[int, int]:
        """Start and end of the damaged start tag of the item that ends at ``stop``; 0 if there is none.

        ``between``: nothing but blanks should stand there, since items have been before.
        """
        name = b"entry" if self._vocabulary.home else b"item"
        for found in reversed(list(_START_TAG.finditer(self._data, max(start, stop - _LOOK_BACK), stop))):
            if _may_be(found[1].lower(), name):
                return found.span()
        return (start, start) if between and self._data.find(b"<", start, stop) != -1 else (0, 0)

    def _read_channel(self, stretch: _Stretch) -> None:
        stop = min(stretch.stop, stretch.start + ITEM_BYTES)
        raw = self._data[stretch.start : stop]
        if stop < stretch.stop:
            self.problems.append(f"more than {ITEM_BYTES:,} bytes beside items; what is beyond is left out")
        if b"<" in raw:
            room = ELEMENTS - len(self._channel)
            tangle = Tangle(raw, self._vocabulary, is_cut=False, room=room)
            tangle.read_into(self._channel)
            if tangle.problem and tangle.problem not in self.problems:
                self.problems.append(tangle.problem)

    def _read_item(self, stretch: _Stretch) -> Node:
        size = stretch.stop - stretch.start
        if size > ITEM_BYTES:
            return Node(self._names, problem=f"larger than the limit of {ITEM_BYTES:,} bytes", is_lost=True)
        raw = self._data[stretch.start : stretch.stop]
        if stretch.is_whole and (element := self._as_xml(raw)) is not None:
            # So many attributes would not fit into less.
            return Node(self._names, element, problem=crowded(element) if size > 6 * ATTRIBUTES else None)
        is_cut = not (stretch.is_whole or self._ended) and stretch.stop == len(self._data)
        item = etree.SubElement(self._around(etree.Element("around")), "item")
        tangle = Tangle(raw, self._vocabulary, is_cut=is_cut, room=ELEMENTS)
        tangle.read_into(item)
        return Node(self._names, item, problem=CUT if is_cut else tangle.problem)

    def _as_xml(self, raw: bytes) -> Element | None:
        """The item that ``raw`` is, if it is well-formed by itself."""
        try:
            around = etree.fromstring(b"%b%b</around>" % (self._wrapping, raw), self._parser)
        except etree.XMLSyntaxError:
            return None
        return self._around(around)[0] if len(around) == 1 else None

    def _around(self, element: Element) -> Element:
        """``element`` with what items inherit from the elements around them."""
        for name, value in self._channel.items():
            if name in INHERITED.values():
                element.set(name, value)
        return element

    def _wrap(self) -> bytes:
        """A start tag that declares all prefixes."""
        return b"<around%b>" % b"".join(
            b' xmlns:%b="%b"' % (prefix.encode(), _URIS[known].encode())
            for prefix, known in self._vocabulary.prefixes.items()
            if _PREFIX.fullmatch(prefix)
        )
