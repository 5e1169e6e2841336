"""Tags of HTML as notes have them, before they are sanitised: what is none is text, and all are nested.

The sanitiser reads like a browser, which takes names of SVG and MathML that
stand in a text as words, such as ``<list>``, for elements to drop, and time by
the square of how deep elements are in one another. Nothing here makes notes
safe, and nothing has to: `castabout.parse.notes` sanitises after it.
"""

from __future__ import annotations

import re

KEPT = frozenset(
    "p br hr div ul ol li dl dt dd a strong em b i u s del ins sub sup small code pre blockquote "
    "h1 h2 h3 h4 h5 h6 table thead tbody tr th td".split()
)
DROPPED_WHOLE = frozenset("script style template noscript title head svg math textarea select".split())
#: Elements that stand on lines of their own but are not kept become one that is, or words would be glued.
BLOCKS = frozenset(
    "section article header footer figure figcaption main aside nav address center form fieldset legend "
    "details summary audio video button option hgroup menu dir caption tfoot iframe object applet frameset "
    "noframes marquee".split()
)
#: What stands in tables only.
CELLS = frozenset("td th tr thead tbody".split())
#: What leaves nothing behind, and may stand between two words.
VANISHING = (DROPPED_WHOLE - {"title", "head"}) | {"img", "picture", "input", "embed", "canvas"}
_OTHERS = frozenset(
    "html body span font source link meta label abbr acronym cite q dfn kbd samp var big tt strike time mark "
    "bdi bdo ruby rt rp wbr nobr base area map param track col colgroup blink frame command keygen".split()
)
#: All names of HTML that feeds use.
HTML = KEPT | DROPPED_WHOLE | BLOCKS | VANISHING | _OTHERS

#: More of them are nested by `nested` first; without it, so many take a millisecond at most.
MANY = 200
#: A tag that is longer has more attributes than any of ours.
LONG = 5_000
#: Elements in one another.
DEPTH = 50

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*(?::\w[\w-]*)?)([^<>]*+)>")
_END_TAG = re.compile(r"</([A-Za-z][\w:-]*)")
_LONG_TAG = re.compile(rf"<[^<>]{{{LONG}}}")
#: A comment, an instruction, or a tag.
_ANY = re.compile(rf"<!--.*?-->|<[!?][^<>]*+>?|{_TAG.pattern}", re.S)
_TDS = frozenset("td th".split())
#: What stands in one of these beside rows and cells, a browser moves out of it.
_TABLE_PARTS = frozenset("table thead tbody tr".split())
_INSIDE_LINES = frozenset("a strong em b i u s del ins sub sup small code".split())
#: What the start of an element ends, where its end tag was left out.
_ENDS = {
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "td": _TDS | {"p"},
    "th": _TDS | {"p"},
    "tr": _TDS | {"tr", "p"},
    "thead": CELLS | {"p"},
    "tbody": CELLS | {"p"},
}
_OUTSIDE_TABLES = re.compile(r"</?(?:t[dh]|(tr|thead|tbody))\b[^<>]*>", re.I)
_TABLE = re.compile(r"<table\b", re.I)
_TABLE_END = re.compile(r"</table\b", re.I)


def without_strange(text: str) -> str:
    """``text`` without tags that are none of HTML, and without those that would drop all behind them.

    A name in angle brackets that nothing ends is a word, such as ``<list>`` in
    talk of code.
    """
    #: Where the last end tag of a name is.
    ends = {found[1].lower(): found.start() for found in _END_TAG.finditer(text)}

    def plain(tag: re.Match[str]) -> str:
        slash, name, attributes = tag[1], tag[2].lower(), tag[3]
        is_ended = slash or ends.get(name, -1) > tag.start()
        if name in HTML and (is_ended or name not in DROPPED_WHOLE):
            return tag[0]
        return "" if is_ended or attributes or ":" in name else f"&lt;{tag[0][1:-1]}&gt;"

    return _TAG.sub(plain, text)


def without_lost_cells(text: str) -> str:
    """``text`` with blanks and breaks for the cells and rows that stand before or behind all tables."""
    first = _TABLE.search(text)
    if first is None:
        return _OUTSIDE_TABLES.sub(_gap, text)
    start = stop = first.start()
    for end in _TABLE_END.finditer(text, start):
        stop = end.start()
    return _OUTSIDE_TABLES.sub(_gap, text[:start]) + text[start:stop] + _OUTSIDE_TABLES.sub(_gap, text[stop:])


def _gap(tag: re.Match[str]) -> str:
    return "<br>" if tag[1] else " "


def is_much(text: str) -> bool:
    """Whether ``text`` has so many tags, or attributes, that it should be `nested` first."""
    return text.count("<") > MANY or (len(text) > LONG and _LONG_TAG.search(text) is not None)


def nested(text: str) -> str:
    """``text`` with the tags that are kept alone, each element inside another or beside it, `DEPTH` at most.

    In time proportional to its length, and so will be what is done with it.
    """
    return _Nesting().read(text)


def _behind(text: str, name: str, at: int) -> int:
    """Where the next element called ``name`` has ended."""
    found = re.compile(rf"</{name}[^<>]*>?", re.I).search(text, at)
    return found.end() if found else len(text)


class _Nesting:
    """One text on its way through `nested`."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[str] = []

    def read(self, text: str) -> str:
        """All of it, tag by tag."""
        ends = {found[1].lower(): found.start() for found in _END_TAG.finditer(text)}
        at = 0
        while (tag := _ANY.search(text, at)) is not None:
            self._parts.append(text[at : tag.start()])
            at = tag.end()
            name = (tag[2] or "").lower()
            if name in DROPPED_WHOLE and not tag[1]:
                at = _behind(text, name, at) if ends.get(name, -1) > at else at
                self._parts.append(" ")
            elif tag[1]:
                self._close(name)
            elif name in KEPT:
                self._start(name, tag[3])
        self._parts.append(text[at:])
        return "".join(self._parts)

    def _start(self, name: str, attributes: str) -> None:
        ended = _ENDS.get(name, frozenset()) if name in _INSIDE_LINES or name in _ENDS else frozenset({"p"})
        while self._open and self._open[-1] in ended:
            self._parts.append(f"</{self._open.pop()}>")
        if name == "a":
            self._close("a")
            if not attributes:  # it leads nowhere
                return
        top = self._open[-1] if self._open else ""
        if top in _TABLE_PARTS and name not in CELLS:
            self._parts.append(" ")
        elif name in ("br", "hr"):
            self._parts.append(f"<{name}>")
        elif len(self._open) >= DEPTH:
            self._parts.append("" if name in _INSIDE_LINES or name in CELLS else "<br>")
        else:
            self._open.append(name)
            is_kept = name == "a" and len(attributes) < LONG
            self._parts.append(f"<{name}{attributes}>" if is_kept else f"<{name}>")

    def _close(self, name: str) -> None:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth] == name:
                self._parts.extend(f"</{ended}>" for ended in reversed(self._open[depth:]))
                del self._open[depth:]
                return
            if self._open[depth] in _TDS and name not in _TABLE_PARTS:
                return
