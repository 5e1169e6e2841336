"""A piece of a feed that is not well-formed, an item say, read tag by tag as far as it makes sense.

In time proportional to its length. What is known of feeds decides where XML's
rules give up: what stands in ``description`` and its like is HTML, escaped or
not; an element that is never closed ends where another one begins.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from itertools import islice

from lxml import etree

from castabout.parse.fields import unescape
from castabout.parse.names import NAMESPACES, PREFIXES, Element, prefix_of, qualified
from castabout.parse.xml import (
    DEPTH,
    ELEMENTS,
    INHERITED,
)

_NAME = r"[A-Za-z_][A-Za-z0-9_.-]{0,60}(?::[A-Za-z0-9_.-]{1,60})?"
_LOCAL_NAME = re.compile(r"[a-z_][a-z0-9_.-]*")
_TAG = re.compile(rf"""<(/?)({_NAME})((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>""")
#: A tag whose quotes do not match.
_LOOSE_TAG = re.compile(rf"<(/?)({_NAME})([^<>]*+)>")
#: The opening quotation mark may be doubled, the closing one of the last attribute missing.
_ATTRIBUTE = re.compile(
    r"""([A-Za-z_][A-Za-z0-9_.:-]{0,60})\s*+=\s*+"""
    r"""(?:"(?:"(?=[^\s"/>]))?([^"]*+)(?:"|$)|'(?:'(?=[^\s'/>]))?([^']*+)(?:'|$)|([^\s"'>]++))"""
)
#: What follows where the closing quotation mark is missing.
_NEXT_ATTRIBUTE = re.compile(r"\s[A-Za-z:]{1,30}=$")
_MARKUP = re.compile(r"</?[A-Za-z]")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_CDATA = r"<!\[cdata\["
_HALF_CDATA = re.compile(r"<?!?\[[A-Za-z]{3,7}\[|\]\]>")
_HALF_CDATA_END = re.compile(r"\]{1,2}\s?(?:>|&gt;)?$")
#: What is looked for at the end of a text is in so many characters.
_END_CHARACTERS = 40
_END_TAG = re.compile(r"</([a-z][^<>\s]{0,80})\s*+>?")
#: Elements around items, and items themselves.
_ROOTS = frozenset({"rss", "rdf:rdf", "channel", "feed", "item", "entry"})
#: Elements with elements inside; all others that are known hold text.
_CONTAINERS = frozenset(
    "image textinput skiphours skipdays itunes:owner itunes:category googleplay:category media:group "
    "media:content media:community podcast:liveitem podcast:value podcast:valuetimesplit "
    "podcast:alternateenclosure podcast:podroll podcast:publisher psc:chapters atom:author atom:contributor "
    "atom:source".split()
)
#: Elements whose text may be HTML, written plainly in bad feeds.
_RICH = frozenset(
    "title description content:encoded itunes:summary itunes:subtitle atom:title atom:summary atom:content "
    "atom:subtitle atom:tagline".split()
)
_TITLES = frozenset({"title", "itunes:subtitle", "atom:title", "atom:subtitle"})
#: The elements of RSS and of Atom; those of a known prefix are known by their prefix.
_KNOWN = {
    "": frozenset(
        "title link description language copyright managingeditor webmaster pubdate lastbuilddate category "
        "generator docs cloud ttl image rating textinput skiphours skipdays url width height name author "
        "comments enclosure guid source hour day".split()
    ),
    "atom": frozenset(
        "title link id updated published summary content author contributor category rights subtitle logo icon "
        "generator source name email uri modified issued created tagline info copyright".split()
    ),
}
#: After an element of HTML text that is never closed, the next of these begins something else.
_NEXT_KNOWN = (
    r"<(?:(?:itunes|podcast|content|dc|media|googleplay|atom|psc):"
    r"|(?:pubdate|guid|enclosure|description|category|comments|author|lastbuilddate|managingeditor"
    r"|published|updated|id|summary)[\s>])"
)
_AFTER_TITLE = _NEXT_KNOWN.replace("pubdate", "pubdate|link|content|language")
_URIS = {prefix: uri for prefix, uri, _ in NAMESPACES}
#: Attributes of one element; lxml takes the longer for one the more there are already.
ATTRIBUTES = 200
_PREFIX_LIMIT = 64
#: Different patterns that are looked for in one piece.
_FINDERS = 200
#: End tags, and characters, that are looked through for a misspelt one.
_TWINS = 20
_TWIN_CHARACTERS = 20_000
#: From here on names, and prefixes, are taken for one name, misspelt.
_ALIKE = 0.75
_ALIKE_PREFIX = 0.82
#: Different names of one document that are compared in their spelling, and the longest of them.
_GUESSES = 1_000
_LONGEST_GUESSED = 30
#: How often misspelt end tags are looked for in one document.
_LOOKS = 10_000


class Vocabulary:
    """The names of one document: its own, whose prefix is ``home``, and those of the prefixes it declares."""

    def __init__(self, home: str) -> None:
        self.home = home
        #: Prefix as declared, or as everybody declares it → ours.
        self.prefixes: dict[str, str] = {prefix: prefix for prefix in PREFIXES}
        #: What was meant by a prefix, or by a name beside another, each thought about once.
        self._guessed: dict[tuple[str, str], str | None] = {}
        self._looks = _LOOKS

    def declare(self, prefix: str, uri: str) -> None:
        """Note what the document means by ``prefix``."""
        known = prefix_of(uri)
        if known is not None and len(self.prefixes) < _PREFIX_LIMIT:
            self.prefixes[prefix.lower()] = known

    def find(self, name: str) -> tuple[str, str | None]:
        """Canonical name and tag of the element that is written ``name``; no tag if it is unknown."""
        prefix, colon, local = name.rpartition(":")
        known = self.home
        if colon:
            given = self.prefixes.get(prefix) or self._meant(prefix)
            if given is None:
                return name, None
            known = given
        if known == self.home and local not in _KNOWN[self.home]:
            return local, None
        if not _LOCAL_NAME.fullmatch(local):
            return name, None
        return qualified(known, local), f"{{{_URIS[known]}}}{local}" if known else local

    def _meant(self, prefix: str) -> str | None:
        """The prefix of ours that is written ``prefix``."""
        if (prefix, "") not in self._guessed:
            if len(self._guessed) >= _GUESSES or len(prefix) > _LONGEST_GUESSED:
                return None
            close = get_close_matches(prefix, PREFIXES, 1, _ALIKE_PREFIX)
            self._guessed[prefix, ""] = close[0] if close else None
        return self._guessed[prefix, ""]

    def are_alike(self, name: str, other: str) -> bool:
        """Whether one may be the other, misspelt."""
        if (name, other) not in self._guessed:
            if len(self._guessed) >= _GUESSES or max(len(name), len(other)) > _LONGEST_GUESSED:
                return False
            alike = SequenceMatcher(None, name, other)
            is_alike = min(alike.real_quick_ratio(), alike.quick_ratio()) >= _ALIKE <= alike.ratio()
            self._guessed[name, other] = other if is_alike else None
        return self._guessed[name, other] is not None

    def may_look(self) -> bool:
        """Whether there may be one more look for a misspelt end tag; hostile text would need millions."""
        self._looks -= 1
        return self._looks >= 0


class _Finder:
    """The next place of a pattern at or after ever later positions: each stretch is searched once."""

    __slots__ = ("_at", "_end", "_pattern", "_text")

    def __init__(self, text: str, pattern: str) -> None:
        self._text = text
        self._pattern = re.compile(pattern)
        self._at = -1
        self._end = -1

    def next(self, position: int) -> tuple[int, int]:
        """Start and end of the next match; the length of the text plus one if there is none."""
        if self._at < position:
            found = self._pattern.search(self._text, position)
            nowhere = len(self._text) + 1
            self._at, self._end = found.span() if found else (nowhere, nowhere)
        return self._at, self._end


@lru_cache(maxsize=_FINDERS)
def _start_of(name: str) -> str:
    return rf"<{re.escape(name)}(?=[\s/>])"


@lru_cache(maxsize=_FINDERS)
def _end_of(name: str) -> str:
    return rf"</{re.escape(name)}(?![a-z0-9_.:-])[^<>]*+>?"


class Tangle:
    """One piece. At most ``room`` of its elements are read; ``is_cut``: the document ends in it."""

    def __init__(self, raw: bytes, vocabulary: Vocabulary, *, is_cut: bool, room: int) -> None:
        self._text = raw.decode("utf-8", "replace")
        # To search in: lower case in ASCII only, so that all stays in its place.
        self._lower = raw.lower().decode("utf-8", "replace")
        self._vocabulary = vocabulary
        self._is_cut = is_cut
        self._room = room
        self._finders: dict[str, _Finder] = {}
        #: Open elements: the name as written, lower case, and the element.
        self._open: list[tuple[str, Element]] = []
        self._at = 0
        #: What could not be read.
        self.problem: str | None = None

    def read_into(self, parent: Element) -> None:
        """Add what is in the piece to ``parent``."""
        text = self._text
        while (at := text.find("<", self._at)) != -1:
            tag = _TAG.match(text, at) or _LOOSE_TAG.match(text, at)
            if tag is None:
                self._at = self._behind_other(at)
                continue
            self._at = tag.end()
            if tag[1]:
                self._close(tag[2].lower())
                continue
            self._room -= 1
            if self._room < 0:
                self.problem = f"more than {ELEMENTS:,} elements in it; the others are left out"
                return
            self._start(tag[2].lower(), tag[3], self._open[-1][1] if self._open else parent)

    def _behind_other(self, at: int) -> int:
        """Where a comment, CDATA, an instruction or a document type between elements ends."""
        for opening, closing in (("<!--", "-->"), ("<![", r"\]\]>"), ("<?", r"\?>"), ("<!", ">")):
            if self._text.startswith(opening, at):
                start, end = self._find(closing, at + len(opening))
                return end if start < len(self._text) else at + 1
        return at + 1

    def _find(self, pattern: str, position: int) -> tuple[int, int]:
        """The next match of ``pattern``; as if there were none where hostile text asks for too many."""
        finder = self._finders.get(pattern)
        if finder is None:
            if len(self._finders) >= _FINDERS:
                return len(self._text) + 1, len(self._text) + 1
            finder = self._finders[pattern] = _Finder(self._lower, pattern)
        return finder.next(position)

    def _find_end(self, name: str, position: int) -> tuple[int, int]:
        return self._find(_end_of(name), position)

    def _close(self, name: str) -> None:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == name:
                del self._open[depth:]
                return

    def _start(self, name: str, attributes: str, parent: Element) -> None:
        if "xmlns:" in attributes:
            self._declare(attributes)
        if name in _ROOTS:
            self._set(parent, attributes, only_inherited=True)
            return
        canonical, tag = self._vocabulary.find(name)
        is_empty = attributes.endswith("/")
        is_closed = is_empty or self._find_end(name, self._at)[0] <= len(self._text)
        if not is_closed and (twin := self._misspelt(name)) is not None:
            name, is_closed = twin, True
            if tag is None:
                canonical, tag = self._vocabulary.find(twin)
        if tag is not None and canonical not in _CONTAINERS:
            text, whole = ("", True) if is_empty else self._content(name, canonical)
            if whole:
                element = etree.SubElement(parent, tag)
                self._set(element, attributes)
                element.text = text
        elif len(self._open) >= DEPTH:
            self.problem = f"elements more than {DEPTH} deep"
        elif is_closed:  # else its children are its parent's
            element = etree.SubElement(parent, tag or "unknown")
            self._set(element, attributes)
            if not is_empty:
                self._open.append((name, element))

    def _declare(self, attributes: str) -> None:
        for found in islice(_ATTRIBUTE.finditer(attributes), ATTRIBUTES):
            name, *values = found.groups("")
            if name.startswith("xmlns:"):
                self._vocabulary.declare(name[6:], "".join(values))

    def _set(self, element: Element, attributes: str, *, only_inherited: bool = False) -> None:
        for number, found in enumerate(_ATTRIBUTE.finditer(attributes.removesuffix("/"))):
            if number == ATTRIBUTES:
                self.problem = f"an element with more than {ATTRIBUTES} attributes; the others are left out"
                return
            name, *values = found.groups("")
            value = unescape(_without_end("".join(values), _NEXT_ATTRIBUTE))
            inherited = INHERITED.get(name.lower())
            if element.get(inherited or name) is None and (inherited or not (":" in name or only_inherited)):
                element.set(inherited or name, value)

    def _misspelt(self, name: str) -> str | None:
        """The name of an end tag that was meant to be that of the element just opened."""
        if not self._vocabulary.may_look():
            return None
        at = self._at
        for tag in islice(_END_TAG.finditer(self._lower, at, at + _TWIN_CHARACTERS), _TWINS):
            if self._vocabulary.are_alike(name, tag[1]):
                is_others = self._find(_start_of(tag[1]), at)[0] < tag.start()
                return None if is_others else tag[1]
        return None

    def _content(self, name: str, canonical: str) -> tuple[str, bool]:
        """The text of the element just opened, and whether all of it is there."""
        text, length = self._text, len(self._text)
        parts: list[str] = []
        while True:
            at = self._at
            end, after = self._find_end(name, at)
            if end > min(length, self._find(_start_of(name), at)[0]):
                end = after = min(self._end_of_unclosed(at, canonical), length)
            cdata, inside = self._find(_CDATA, at)
            if cdata < end:
                parts.append(_unescaped(text[at:cdata]))
                closing, behind = self._find("]]>", inside)
                if closing < self._find(_CDATA, inside)[0] and closing < length:
                    parts.append(text[inside:closing])
                    self._at = behind
                    continue
                # Left open: it ends with its element.
                parts.append(_without_end(text[inside:end].rstrip(), _HALF_CDATA_END))
            else:
                parts.append(_unescaped(text[at:end]))
            self._at = after
            return "".join(parts), end < length or not self._is_cut

    def _end_of_unclosed(self, at: int, canonical: str) -> int:
        if canonical in _RICH:
            return self._find(_AFTER_TITLE if canonical in _TITLES else _NEXT_KNOWN, at)[0]
        place = self._text.find("<", at)
        if self._text.startswith("<![", place):  # CDATA, which belongs to it
            place = self._text.find("<", place + 1)
        return place if place != -1 else len(self._text)


def _without_end(text: str, end: re.Pattern[str]) -> str:
    """``text`` without what matches ``end``, and the blanks before it; in one look, however many they are."""
    found = end.search(text, max(len(text) - _END_CHARACTERS, 0))
    return text[: found.start()].rstrip() if found else text


def _unescaped(raw: str) -> str:
    """The value of text outside CDATA: with tags in it it is HTML already."""
    if "<!--" in raw:
        head, end, tail = raw.rpartition("-->")  # so that the search for the end never fails
        raw = _COMMENT.sub("", head + end) + tail
    if "]]>" in raw or "[CDATA[" in raw:
        raw = _HALF_CDATA.sub("", raw)
    return raw if _MARKUP.search(raw) else unescape(raw)
