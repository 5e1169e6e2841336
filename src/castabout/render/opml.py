"""Lists of feeds as OPML 2.0. http://opml.org/spec2.opml

`castabout.parse.opml` reads what is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from castabout.model.answers import FeedLine

#: What no XML document may contain. https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHUNK = 500


def opml(title: str, feeds: Iterable[FeedLine], *, created: datetime) -> Iterator[str]:
    """The list of ``feeds``, piece by piece: it may be longer than the memory. ``created`` is in UTC."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head>\n'
        f"<title>{escape(_clean(title))}</title>\n"
        f"<dateCreated>{format_datetime(created, usegmt=True)}</dateCreated>\n</head>\n<body>\n"
    )
    chunk: list[str] = []
    for feed in feeds:
        chunk.append(_outline(feed))
        if len(chunk) == _CHUNK:
            yield "".join(chunk)
            chunk.clear()
    yield "".join((*chunk, "</body>\n</opml>\n"))


def _outline(feed: FeedLine) -> str:
    # ``text`` is required by the specification, ``title`` is what many programs show.
    values = {
        "type": "rss",
        "text": feed.title,
        "title": feed.title,
        "xmlUrl": feed.url,
        "htmlUrl": feed.link,
        "language": feed.language,
    }
    attributes = " ".join(f"{name}={quoteattr(_clean(value))}" for name, value in values.items() if value)
    return f"<outline {attributes}/>\n"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
