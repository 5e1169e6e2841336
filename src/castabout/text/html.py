"""Sanitised HTML to text: words are never glued across elements, lines stay lines."""

from __future__ import annotations

import html
import re

_BLOCK = re.compile(
    r"<(?:br|/?(?:p|div|ul|ol|li|dl|dt|dd|h[1-6]|blockquote|pre|table|thead|tbody|tr|hr))\b[^<>]*>", re.I
)
_CELL = re.compile(r"</?t[dh]\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def html_to_text(safe_html: str) -> str:
    r"""The text of HTML that `castabout.parse.notes.sanitise` gave; elements that stand on lines end lines.

    ``Neato - A2C<br>Be Your Own`` → ``Neato - A2C\nBe Your Own``.
    """
    text = safe_html
    if text.startswith("<p>") and text.endswith("</p>") and text.count("<") == 2:
        text = text[3:-4]  # the commonest case by far
    elif "<" in text:
        text = _BLOCK.sub("\n", text)
        if "<" in text:
            text = _TAG.sub("", _CELL.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    if "\n" not in text:
        is_even = "  " not in text and text.isprintable()  # no other blanks than single ones
        return text.strip() if is_even else " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
