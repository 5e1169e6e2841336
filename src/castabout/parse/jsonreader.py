"""The document of a JSON Feed, damaged or not: its items one by one, then the feed itself.

Damage is mostly local. What cannot be read is passed over, up to the next
item that can. https://www.rfc-editor.org/rfc/rfc8259
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from castabout.parse.xml import CUT, ITEMS

Object = Mapping[str, object]

#: Blanks, commas (borne wherever they stand) and comments.
_SPACE = re.compile(r"(?:[\s\ufeff,]++|//[^\n]{0,1000}+|/\*(?s:.){0,1000}?\*/)*+")
_OBJECT = re.compile(r'\{\s*+"')
_CLOSING = re.compile(r"[}\]]")
_NESTING = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
#: What items have, and neither authors nor attachments inside them.
_OF_ITEMS = frozenset(
    "id content_html content_text summary date_published date_modified attachments external_url".split()
)
_OF_ITEM = re.compile(rf'"(?:{"|".join(sorted(_OF_ITEMS))})"\s*+:')
_MEMBER = re.compile(
    r'"(?:title|home_page_url|feed_url|description|user_comment|next_url|icon|favicon|authors?|language|expired'
    r'|hubs)"\s*+:'
)
_ITEMS = re.compile(r"""["']items["']\s*+:?\s*+\[""")
_BEHIND_ITEMS = re.compile(r"\}\s*+\]\s*+,\s*+(?=\")")
#: How many places behind the items are tried for the rest of the feed.
_TRIES = 20
_END = re.compile(r"\]\s*\}\s*\Z")
#: Characters looked at first for one value; for a larger one, again so many times as many.
_PIECE = 16_384
_LARGER = 8
#: What is wrong within so many characters before the end of a piece may be the end of the piece.
_EDGE = 40
_LONGEST_BLANK = 1_000
_DIGITS = 400
#: Values that are nested too deeply and never closed: with more of them nothing is looked for any more.
_DEEP = 20


class Broken(Exception):
    """The document ends, or is no JSON from some place on. Stays inside this module."""

    def __init__(self, cause: str, at: int, *, go_on: int | None = None) -> None:
        super().__init__(f"{cause}, character {at + 1:,}")
        #: From where on something that can be read may stand.
        self.go_on = at if go_on is None else go_on


@dataclass(frozen=True, slots=True)
class Lost:
    """An item of which nothing could be read."""

    problem: str


class JsonReader:
    """Reads a JSON Feed; what stands around the places at which the document is broken is read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._deep = 0
        self._has_items = False
        self._decoder = json.JSONDecoder(strict=False, parse_int=_integer, parse_constant=_nothing)
        self._members: dict[str, object] = {}
        #: What of the feed could not be read, for a person, once its items have been gone through.
        self.problems: list[str] = []
        #: What is wrong first with the document, if anything.
        self.broken: str | None = None
        #: Whether it ends before its end.
        self.cut_off = False

    def members(self) -> Object:
        """Everything of the feed but its items, once they have been gone through."""
        return self._members

    def items(self) -> Iterator[Object | Lost]:
        """The items in order. Those that are no objects are empty ones."""
        number = 0
        for item in self._document():
            number += 1
            if number <= ITEMS:
                yield item
        if number > ITEMS:
            self.problems.append(f"{number:,} items; those beyond {ITEMS:,} are left out")

    def _document(self) -> Iterator[Object | Lost]:
        is_inside = False
        self._at = self._text.find("{") + 1
        while True:
            try:
                if is_inside:
                    yield from self._items()
                yield from self._object()
                return
            except Broken as error:
                self._at = max(self._at, error.go_on)
                self.broken = self.broken or str(error)
            if not self._has_items and self._find_member():
                is_inside = self._has_items
                continue
            lost, is_found = self._find_item()
            yield from lost
            if not is_found:
                self._read_behind_items()
                return
            is_inside = self._has_items = True

    def _object(self) -> Iterator[Object | Lost]:
        while (mark := self._next()) != "}":
            if mark != '"':
                raise Broken("no name", self._at)
            name = self._value()
            if self._next() == ":":
                self._at += 1
            if name == "items" and self._next() == "[":
                self._at += 1
                self._has_items = True
                yield from self._items()
            else:
                self._members.setdefault(str(name), self._value())

    def _items(self) -> Iterator[Object | Lost]:
        while (mark := self._next()) != "]":
            try:
                item = self._value()
            except Broken as error:
                if mark != "}":  # which is one too many behind an item
                    yield Lost(CUT if self.cut_off else _unreadable(error))
                raise
            yield item if isinstance(item, dict) else {}
        self._at += 1

    def _find_member(self) -> bool:
        """Go to the next member of the feed, or into its items; whether there is one."""
        items = _ITEMS.search(self._text, self._at)
        member = _MEMBER.search(self._text, self._at, items.start() if items else len(self._text))
        if member:
            self._at = member.start()
        elif items:
            self._at = items.end()
            self._has_items = True
        return bool(member or items)

    def _find_item(self) -> tuple[list[Lost], bool]:
        """Go to the next item that can be read, if there is one; what else was met on the way."""
        at = self._at
        lost: list[Lost] = []
        while self._deep < _DEEP and (found := _OBJECT.search(self._text, at)):
            start = found.start()
            try:
                value, at = self._decode(start)
            except Broken as error:
                at = max(error.go_on, start + 1)
                if self._is_listed(start) and _OF_ITEM.search(self._text, start, at):
                    lost.append(Lost(_unreadable(error)))
                continue
            if isinstance(value, dict) and not _OF_ITEMS.isdisjoint(value) and self._is_listed(start):
                self._at = start
                self.cut_off = False
                return lost, True
        return lost, False

    def _is_listed(self, start: int) -> bool:
        """Whether what begins there is no value of a name, as objects within items are."""
        return not self._text[max(start - _LONGEST_BLANK, 0) : start].rstrip().endswith(":")

    def _read_behind_items(self) -> None:
        """What stands behind a last item that cannot be read: it must be what the document ends with."""
        for found, _ in zip(_BEHIND_ITEMS.finditer(self._text, self._at), range(_TRIES), strict=False):
            try:
                members, end = self._decoder.raw_decode("{" + self._text[found.end() :])
            except (ValueError, RecursionError):
                continue
            if isinstance(members, dict) and not self._text[found.end() + end - 1 :].strip():
                self._members = members | self._members
                self.cut_off = False
                return
        if not _END.search(self._text[-_LONGEST_BLANK:]):
            self.cut_off = True

    def _next(self) -> str:
        """The next character that counts."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        if self._at >= len(self._text):
            raise self._cut(self._at)
        return self._text[self._at]

    def _value(self) -> object:
        self._next()
        value, self._at = self._decode(self._at)
        return value

    def _decode(self, start: int) -> tuple[object, int]:
        """The value that begins at ``start``, and where it ends.

        Decoded from a piece of the document, since from its beginning on the place of an error is counted.
        """
        size = _PIECE
        while True:
            piece = self._text[start : start + size]
            is_all = start + size >= len(self._text)
            try:
                value, end = self._decoder.raw_decode(piece)
            except RecursionError:
                raise Broken("nested too deeply", start, go_on=self._behind_nesting(start)) from None
            except json.JSONDecodeError as error:
                is_open = error.msg.startswith("Unterminated") or not piece[error.pos :].strip()
                if is_all or not (is_open or error.pos > size - _EDGE):
                    raise self._no_json(start, start + min(error.pos, len(piece)), is_open=is_open) from None
            else:
                if is_all or end < len(piece):  # a number may go on
                    return value, start + end
            size *= _LARGER

    def _no_json(self, start: int, at: int, *, is_open: bool) -> Broken:
        if is_open:
            return self._cut(at)
        # A quote too few or too many: what seemed to be text just before may have been the next item's start.
        opening = self._text.rfind("{", start + 1, at)
        return Broken("no JSON", at, go_on=at if opening == -1 else opening)

    def _behind_nesting(self, start: int) -> int:
        """Where the value ends that is nested too deeply, or the first place where anything in it ends."""
        depth = 0
        for found in _NESTING.finditer(self._text, start):
            mark = found[0]
            if mark in "{[":
                depth += 1
            elif mark in "}]":
                depth -= 1
                if not depth:
                    return found.end()
        self._deep += 1
        closing = _CLOSING.search(self._text, start)
        return closing.start() if closing else len(self._text)

    def _cut(self, at: int) -> Broken:
        self.cut_off = True
        return Broken("it ends in the middle", at)


def _unreadable(error: Broken) -> str:
    return f"cannot be read ({error})"


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS else None


def _nothing(_: str) -> None:
    """``NaN`` and ``Infinity``, which are no JSON, are no values."""
