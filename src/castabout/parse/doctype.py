"""Document types that refer to other documents, which are never fetched. https://www.w3.org/TR/xml/#dt-doctype"""

from __future__ import annotations

import re

#: A document type ends within this many bytes.
_PROLOG = 65_536
#: A document type declaration, which only comments and instructions stand before.
_DOCTYPE = re.compile(
    rb"(?:\s++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->)*+"
    rb"""(<!DOCTYPE\b(?:[^<>\[\]"']++|"[^"]*"|'[^']*')*+(?:\[(?:[^\]"']++|"[^"]*"|'[^']*')*+\]\s*+)?>)""",
    re.S,
)
_EXTERNAL = re.compile(rb"\s(?:PUBLIC|SYSTEM)\s")


def without_others(data: bytes) -> bytes:
    """``data`` without a document type that others are needed for, which is an error to libxml2.

    Of feeds, those of RSS 0.91 have one. Lines stay where they are.
    """
    found = _DOCTYPE.match(data, 0, _PROLOG)
    if found is None or not _EXTERNAL.search(found[1]):
        return data
    return data[: found.start(1)] + b"\n" * found[1].count(b"\n") + data[found.end() :]
