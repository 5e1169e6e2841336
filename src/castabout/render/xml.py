"""Writing XML, so that nothing that outside text holds can break it. https://www.w3.org/TR/xml/"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

#: What no XML document may contain. https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(words: str) -> str:
    """``words`` as text between tags."""
    return escape(clean(words))


def tag(name: str, content: str | None = None, /, **attributes: str | None) -> str:
    """An element with its ``content``, which is text, and those of its attributes that there are; a line."""
    written = "".join(
        f" {key}={quoteattr(clean(value))}" for key, value in attributes.items() if value is not None
    )
    return f"<{name}{written}/>\n" if content is None else f"<{name}{written}>{text(content)}</{name}>\n"


def clean(words: str) -> str:
    """``words`` without the characters that no XML document may contain."""
    return _FORBIDDEN.sub("", words)
