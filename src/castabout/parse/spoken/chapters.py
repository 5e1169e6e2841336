"""Chapters that somebody wrote into notes as a list of times and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from castabout.model.transcript import Chapter
from castabout.parse.spoken.stamps import STAMP, UNTIL, seconds_of

#: Fewer times in a row are mentions.
FEWEST = 3
#: Fewer times that stand behind their titles and do not begin at the beginning may be lengths of songs.
_FEWEST_BEHIND = 5
_LONGEST_TITLE = 400
_LONGEST_IN_LINE = 120

_MARKS = r"[^\w\[(\\\n]"
_BEFORE_TITLE = re.compile(
    rf"{_MARKS}{{0,8}}(?:\d{{1,3}}[.)]\s{{1,4}})?(?P<start>{STAMP})"
    rf"(?P<end>{UNTIL})?(?P<title>[^\n]*)"
)
_BEHIND_TITLE = re.compile(rf"(?P<mark>[-–—:|@]?)\s{{0,4}}(?P<start>{STAMP})[^\w\n]{{0,3}}\Z")
#: Where lists lost their lines.
_BULLET = re.compile(rf"[^\S\n]{{0,4}}[*•·|][^\S\n]{{0,4}}(?={STAMP})")
_ANY = re.compile(STAMP)
_AROUND = " \t\xa0-–—:|•·*~→►▶.,;)]=>_"
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\s[*•|]\s|\n")
#: ``Romans 8:28``: in a list of verses, which may rise as times do.
_BOOKS = re.compile(
    r"(?i)\b(?:gen(?:esis)?|ex(?:odus)?|lev|deut\w*|numbers|josh(?:ua)?|judges|ruth|samuel|kings|chron\w*|ezra|"
    r"job|ps(?:alms?)?|prov\w*|eccles\w*|isa(?:iah)?|jer(?:emiah)?|ezek\w*|dan(?:iel)?|hosea|joel|amos|micah|"
    r"zech\w*|mal(?:achi)?|matt?h?(?:ew)?|mark|luke|john|acts|rom(?:ans)?|cor(?:inthians)?|gal(?:atians)?|"
    r"eph(?:esians)?|phil(?:ippians)?|col(?:ossians)?|thess\w*|tim(?:othy)?|heb(?:rews)?|james|peter|jude|"
    r"rev(?:elation)?|surah?|quran)\.?\s*\Z"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    start: float
    title: str
    end: float | None = None
    #: Whether the time stands behind the title.
    behind: bool = False


def find_chapters(text: str, duration: float | None = None) -> tuple[Chapter, ...]:
    """The chapters that lines of ``text`` list, by times that rise; within ``duration`` seconds, if it is known.

    ``00:00 Intro``, ``[12:34] - Title``, ``Title (12:34)``; a list may have
    lost its lines. At least `FEWEST`, or there are none.
    """
    entries = list(_entries(text))
    if duration is not None:
        inside = [entry for entry in entries if entry.start < duration]
        entries = inside if 2 * len(inside) > len(entries) else []
    for behind in (False, True):
        row = _list_of([entry for entry in entries if entry.behind is behind])
        if row:
            return tuple(
                Chapter(entry.start, entry.title, entry.end)
                for position, entry in enumerate(row)
                if position == 0 or entry.start > row[position - 1].start
            )
    return ()


def _list_of(entries: list[_Entry]) -> list[_Entry]:
    """The longest of the rows of ``entries`` in which times rise, if it is a list of chapters."""
    rows: list[list[_Entry]] = []
    for entry in entries:
        if not rows or entry.start < rows[-1][-1].start:
            rows.append([])
        rows[-1].append(entry)
    # Rows of other times rise too, for a while; chapters begin at the beginning.
    trusted = [row for row in rows if row[0].start == 0 or (len(rows) == 1 and _is_list(row))]
    longest = max(trusted, key=len, default=[])
    return longest if len({entry.start for entry in longest}) >= FEWEST else []


def _is_list(row: list[_Entry]) -> bool:
    """Whether times are chapters though the first is not zero: no times of a day, no lengths of songs."""
    if row[0].behind and len(row) < _FEWEST_BEHIND:
        return False
    return any(entry.start % 5 for entry in row)


def _entries(text: str) -> Iterator[_Entry]:
    waiting: _Entry | None = None  # a time whose title is the next line
    for line in text.split("\n"):
        items = _items(line) if ":" in line else ()
        entries = [entry for item in items if (entry := _entry(item, in_line=len(items) > 1))]
        if not entries and waiting and line.strip():
            entries = [replace(waiting, title=_title(line)[:_LONGEST_TITLE])]
        if entries:
            waiting = None if entries[-1].title else entries[-1]
        yield from (entry for entry in entries if entry.title)


def _items(line: str) -> Sequence[str]:
    """The items of a list: ``line``, or its parts if it holds several."""
    stamps = [match.start() for match in _ANY.finditer(line)]
    if len(stamps) < FEWEST:
        return [line]
    parts = _BULLET.split(line)
    if len(parts) >= FEWEST:
        return parts
    if seconds_of(line[stamps[0] : stamps[1]]) == 0 or line[stamps[0]] in "[(\\":
        return [line[start:end] for start, end in zip(stamps, [*stamps[1:], len(line)], strict=True)]
    return [line]


def _entry(item: str, *, in_line: bool) -> _Entry | None:
    match = _BEFORE_TITLE.match(item)
    if match:
        title = _title(match["title"])
        if in_line and len(title) > _LONGEST_IN_LINE:
            title = _title(_SENTENCE_END.split(title, maxsplit=1)[0])
        if len(title) > (_LONGEST_IN_LINE if in_line else _LONGEST_TITLE):
            return None
        end = seconds_of(match["end"]) if match["end"] else None
        start = seconds_of(match["start"])
        return _Entry(start, title, end if end is not None and end > start else None)
    tail = item[-40:]
    match = _BEHIND_TITLE.search(tail)
    if not match or in_line or len(item) > _LONGEST_IN_LINE:
        return None
    before = item[: len(item) - len(tail) + match.start()]
    title = _title(before)
    if not title or _BOOKS.search(before):
        return None
    return _Entry(seconds_of(match["start"]), title, behind=True)


def _title(text: str) -> str:
    return " ".join(text.lstrip(_AROUND).rstrip(" \t\xa0-–—:|•·*~→►▶,;=>_").split())
