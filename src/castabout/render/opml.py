"""Lists of feeds as OPML 2.0. http://opml.org/spec2.opml

`castabout.parse.opml` reads what is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime

from castabout.model.sources import FeedLine
from castabout.render.xml import tag, text

_CHUNK = 500


def opml(title: str, feeds: Iterable[FeedLine], *, created: datetime) -> Iterator[str]:
    """The list of ``feeds``, piece by piece: it may be longer than the memory. ``created`` is in UTC."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head>\n'
        f"<title>{text(title)}</title>\n"
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
    return tag(
        "outline",
        type="rss",
        text=feed.title or None,
        title=feed.title or None,
        xmlUrl=feed.url or None,
        htmlUrl=feed.link or None,
        language=feed.language or None,
    )
