"""Safe HTML as lines of text, of which parts can be taken away."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>|(&[#\w]{1,32};)|[^<&]+|[<&]")
_BLOCKS = frozenset(
    "br p div ul ol li dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre table thead tbody tr hr".split()
)
_SECTIONS = frozenset("h1 h2 h3 h4 h5 h6 hr".split())
_VOID = frozenset(("br", "hr"))
_EMPTY = re.compile(
    r"<(p|div|ul|ol|li|h[3-6]|blockquote|pre|strong|em|b|i|u|s|a|small|code)\b[^<>]*>\s*(?:<br>\s*)*</\1>"
)
_BREAKS = re.compile(r"\A(?:\s|<br>)+")
#: Only links have attributes.
_BLOCK_TAGS = tuple(f"<{mark}{name}>" for name in sorted(_BLOCKS) for mark in ("", "/"))
#: How deep elements that were emptied lie in each other, at most.
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Page:
    """The text of HTML that `castabout.parse.notes.sanitise` gave, and where it stands there."""

    html: str
    #: Elements that stand on lines end lines; some lines are empty.
    text: str
    #: Where a heading or what comes after a rule begins, in the text.
    sections: tuple[int, ...]
    #: Where links begin, in the text.
    links: tuple[int, ...]
    _in_text: tuple[int, ...]
    _in_html: tuple[tuple[int, int], ...]

    def without(self, start: int, end: int) -> str:
        """The HTML without what the text has between ``start`` and ``end``."""
        left = _without_breaks_at_end(self.html[: self._html_at(start)])
        finish = self._html_at(end - 1, after=True)
        right = _BREAKS.sub("", self.html[finish:], count=1)
        between = _unbalanced(self.html[self._html_at(start) : finish])
        if left and right and not (between or left.endswith(_BLOCK_TAGS) or right.startswith(_BLOCK_TAGS)):
            between = "<br>"
        rest = f"{left}{between}{right}"
        for _ in range(_DEPTH):
            shorter = _EMPTY.sub("", rest)
            if shorter == rest:
                break
            rest = shorter
        return rest.strip()

    def _html_at(self, position: int, *, after: bool = False) -> int:
        """Where the letter at ``position`` of the text begins in the HTML, or where it ends there."""
        piece = max(bisect_right(self._in_text, position) - 1, 0)
        begin, end = self._in_html[piece]
        if self.html.startswith("&", begin):
            return end if after else begin
        return min(begin + position - self._in_text[piece] + after, end)


def page_of(safe_html: str) -> Page:
    """``safe_html`` read as lines."""
    texts: list[str] = []
    sections: list[int] = []
    links: list[int] = []
    in_text: list[int] = []
    in_html: list[tuple[int, int]] = []
    length = 0
    for token in _TOKEN.finditer(safe_html):
        end_mark, tag, reference = token.groups()
        if tag:
            name = tag.lower()
            piece = "\n" if name in _BLOCKS else " " if name in ("td", "th") else ""
            if name in _SECTIONS and not end_mark:
                sections.append(length + 1)
            elif name == "a" and not end_mark:
                links.append(length)
        else:
            piece = html.unescape(reference) if reference else token[0]
            in_text.append(length)
            in_html.append(token.span())
        texts.append(piece)
        length += len(piece)
    return Page(safe_html, "".join(texts), tuple(sections), tuple(links), tuple(in_text), tuple(in_html))


def _unbalanced(fragment: str) -> str:
    """The tags of a fragment that are opened or closed outside of it."""
    closing: list[str] = []
    opening: list[str] = []
    for token in _TOKEN.finditer(fragment):
        end_mark, tag, _ = token.groups()
        if not tag or tag.lower() in _VOID:
            continue
        if not end_mark:
            opening.append(token[0])
        elif opening:
            opening.pop()
        else:
            closing.append(token[0])
    return "".join(closing + opening)


def _without_breaks_at_end(left: str) -> str:
    end = len(left)
    while end and (left[end - 1].isspace() or left.endswith("<br>", 0, end)):
        end -= 1 if left[end - 1].isspace() else len("<br>")
    return left[:end]
