"""Chapters of an episode, wherever they are from, to one list.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from castabout.model.feed import Problem
from castabout.model.podcasting20 import SimpleChapter
from castabout.model.transcript import Chapter, ParsedChapters
from castabout.parse.encoding import decode
from castabout.parse.fields import http_url, plain_line
from castabout.parse.transcript.limits import LONGEST_SECONDS
from castabout.parse.transcript.problems import Problems
from castabout.parse.transcript.stamp import parse_stamp

BYTES = 5_000_000
CHAPTERS = 5_000
TITLE_CHARACTERS = 200
#: Two lists of the same chapters differ by parts of a second.
_SAME_SECONDS = 1.0
_WHOLE = "chapters"
#: Halves of characters, which JSON can name: no text, and nothing that can be written as such.
_SURROGATES = re.compile("[\ud800-\udfff]")


def parse_chapters(data: bytes) -> ParsedChapters:
    """The chapters of a file of JSON chapters, as `in_order` gives them. Never raises.

    Those that are not for the table of contents (``toc`` is false) only
    change the picture, and are not among them.
    """
    problems = Problems()
    if len(data) > BYTES:
        return _unreadable(f"larger than {BYTES // 1_000_000} MB")
    try:
        document: object = json.loads(decode(data)[0], strict=False)
    except (ValueError, RecursionError):
        return _unreadable("not well-formed JSON")
    entries = document.get("chapters") if isinstance(document, Mapping) else document
    if not isinstance(entries, list):
        return _unreadable("JSON without chapters")
    if len(entries) > CHAPTERS:
        problems.add(f"more than {CHAPTERS:,} chapters; the others are left out", _WHOLE)
    found = tuple(in_order(_chapters(entries, problems)))
    return ParsedChapters(found, problems.all())


def from_feed(chapters: Iterable[SimpleChapter]) -> tuple[Chapter, ...]:
    """The chapters that stand in the feed itself, as `in_order` gives them."""
    return in_order(Chapter(one.start, one.title, url=one.link, image=one.image) for one in chapters)


def in_order(chapters: Iterable[Chapter], duration: float | None = None) -> tuple[Chapter, ...]:
    """``chapters`` sorted, each once, and each ending at the latest where the next one begins.

    They may come from several lists: what has the same title at nearly the
    same time is one chapter, the earliest completed from the others. The last
    one ends with the episode, after ``duration`` seconds, if that is known.
    """
    distinct: list[Chapter] = []
    for chapter in sorted(chapters, key=lambda chapter: chapter.start):
        place = _same(distinct, chapter)
        if place is None:
            distinct.append(chapter)
        else:
            distinct[place] = _completed(distinct[place], chapter)
    ends: list[Chapter] = []
    limit = duration
    for place in range(len(distinct) - 1, -1, -1):
        chapter = distinct[place]
        following = distinct[place + 1].start if place + 1 < len(distinct) else None
        if following is not None and following > chapter.start:
            limit = following
        known = [end for end in (chapter.end, limit) if end is not None and end > chapter.start]
        ends.append(replace(chapter, end=min(known, default=None)))
    return tuple(reversed(ends))


def _same(distinct: list[Chapter], chapter: Chapter) -> int | None:
    """Where ``chapter`` is among the last of ``distinct`` already."""
    for place in range(len(distinct) - 1, -1, -1):
        if chapter.start - distinct[place].start > _SAME_SECONDS:
            return None
        if distinct[place].title.casefold() == chapter.title.casefold():
            return place
    return None


def _completed(chapter: Chapter, other: Chapter) -> Chapter:
    return replace(
        chapter,
        end=chapter.end if chapter.end is not None else other.end,
        url=chapter.url or other.url,
        image=chapter.image or other.image,
    )


def _chapters(entries: Iterable[object], problems: Problems) -> Iterator[Chapter]:
    for number, entry in enumerate(islice(entries, CHAPTERS), start=1):
        where = f"chapter {number}"
        if not isinstance(entry, Mapping):
            problems.add("cannot be read", where)
            continue
        if entry.get("toc") is False:
            continue
        start = _seconds(entry.get("startTime"))
        title = plain_line(_text(entry.get("title")), TITLE_CHARACTERS)
        if start is None or title is None:
            problems.add("has no title" if start is not None else "has no time that can be read", where)
            continue
        end = _seconds(entry.get("endTime"))
        if end is not None and end <= start:
            problems.add("ends before it begins", where)
            end = None
        yield Chapter(start, title, end, http_url(_text(entry.get("url"))), http_url(_text(entry.get("img"))))


def _seconds(value: object) -> float | None:
    if isinstance(value, str):
        seconds = parse_stamp(value)
    elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12:
        seconds = float(value)
    else:
        return None
    return seconds if seconds is not None and 0 <= seconds <= LONGEST_SECONDS else None


def _text(value: object) -> str:
    return _SURROGATES.sub("", value) if isinstance(value, str) else ""


def _unreadable(why: str) -> ParsedChapters:
    return ParsedChapters((), (Problem(_WHOLE, why),))
