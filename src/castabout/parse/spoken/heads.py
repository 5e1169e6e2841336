"""Where somebody begins to speak in a written transcript: the ways in which people mark it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from castabout.parse.spoken.stamps import BRACKETED, STAMP, seconds_of

_WORDS_OF_NAME = 6
_LETTERS_OF_NAME = 50

_GAP = r"[^\S\n]{0,4}"
_BOLD = r"[*_]{0,3}"
_FRONT = r"^[^\S\n]{0,8}(?:[>#•–—-]{1,6}[^\S\n]{1,4})?" + _BOLD
_NAME = rf"(?P<name>[^\W\d_][^\n:：\[\]()<>|*?!;\"“”\\]{{0,{_LETTERS_OF_NAME - 1}}}?)"

#: ``Name [00:01:23]: text``, ``Name (1:23) text``, ``Name 00:12`` on its own line, ``Name - 00:12: text``.
_NAME_AND_TIME = re.compile(
    rf"{_FRONT}{_NAME}{_GAP}{_BOLD}[,|–—-]?{_GAP}"
    rf"(?:(?P<bracketed>{BRACKETED}){_BOLD}:?{_BOLD}|(?P<time>{STAMP}){_BOLD}{_GAP}(?::{_BOLD}|$))",
    re.M,
)
#: ``Name: [1:23] text``.
_NAME_THEN_TIME = re.compile(rf"{_FRONT}{_NAME}{_BOLD}{_GAP}[:：]{_BOLD}{_GAP}(?P<time>{BRACKETED}):?", re.M)
#: ``00:12 Name: text``, ``[00:12] Name: text``.
_TIME_AND_NAME = re.compile(
    rf"{_FRONT}(?P<time>{STAMP}){_GAP}[-–—|:]?{_GAP}{_BOLD}{_NAME}{_BOLD}{_GAP}[:：]{_BOLD}(?!\S*//)", re.M
)
#: ``00:12 Name`` on its own line.
_TIME_AND_NAME_ALONE = re.compile(
    rf"{_FRONT}(?P<time>{STAMP}){_GAP}[-–—|:]?{_GAP}{_BOLD}{_NAME}{_BOLD}{_GAP}$", re.M
)
#: ``Name: text``, ``**Name:** text``, ``**Name**: text``.
_NAME_ALONE = re.compile(rf"{_FRONT}{_NAME}{_BOLD}{_GAP}[:：]{_BOLD}(?=\s|$)", re.M)
#: ``00:12 text``, or the text on the next line.
_TIME_ALONE = re.compile(rf"{_FRONT}(?P<time>{STAMP}){_BOLD}[^\S\n]?[-–—:|]?", re.M)
#: ``… said.Name [00:01:23]: text``, where a page lost its lines.
_TIME_IN_LINE = re.compile(rf"(?P<time>{BRACKETED}):")
_LAST_NAME = re.compile(r"[^\W\d_]['’\w-]*\Z")
_SENTENCE_END = re.compile(r".*[.?!…,:;\"”’)\]*—–-](?=[^\W\d_])", re.S)


@dataclass(frozen=True, slots=True)
class Head:
    """The place where a turn of speech begins."""

    #: Where the head begins in the text, and where what is said begins.
    at: int
    body: int
    name: str | None = None
    seconds: float | None = None


def heads_by_form(text: str, after: int = 0) -> Iterator[list[Head]]:
    """The heads with name and time that stand after ``after``, by their form: the most frequent form first."""
    patterns = (_NAME_AND_TIME, _NAME_THEN_TIME, _TIME_AND_NAME, _TIME_AND_NAME_ALONE)
    forms = [_with_name(pattern, text, after) for pattern in patterns]
    yield from sorted(forms, key=len, reverse=True)
    yield _in_line(text, after)


def heads_with_name(text: str, after: int = 0) -> list[Head]:
    """Heads with a name alone: ``Name: text``; maybe of other things than speech."""
    return _with_name(_NAME_ALONE, text, after)


def heads_with_time(text: str, after: int = 0) -> list[Head]:
    """Heads with a time alone: ``00:12 text``; maybe of other things than speech."""
    return [
        Head(match.start(), match.end(), seconds=seconds_of(match["time"]))
        for match in _TIME_ALONE.finditer(text, after)
    ]


def is_name(text: str) -> bool:
    """Whether somebody may be called so: few words, the first and most of the others with capitals."""
    words = text.split()
    if not 0 < len(words) <= _WORDS_OF_NAME or words[0][0].islower():
        return False
    return 2 * sum(word[0].islower() for word in words) <= len(words)


def _with_name(form: re.Pattern[str], text: str, after: int) -> list[Head]:
    heads = []
    for match in form.finditer(text, after):
        groups = match.groupdict()
        name = " ".join(groups["name"].split())
        if is_name(name):
            time = groups.get("bracketed") or groups.get("time")
            heads.append(Head(match.start(), match.end(), name, seconds_of(time) if time else None))
    return heads


def _in_line(text: str, after: int) -> list[Head]:
    """Heads in the midst of lines: names are told from the words before them by being there again and again."""
    places: list[tuple[re.Match[str], str, str]] = []
    for match in _TIME_IN_LINE.finditer(text, after):
        before = (
            text[max(0, match.start() - _LETTERS_OF_NAME - 10) : match.start()].rsplit("\n", 1)[-1].rstrip()
        )
        cut = _SENTENCE_END.match(before)
        places.append((match, before, before[cut.end() :] if cut else before))
    named = Counter(name for _, _, name in places if is_name(name))
    known = sorted((name for name, times in named.items() if times > 1), key=len, reverse=True)
    heads = []
    for match, before, name in places:
        found = name if name in known else _name_at_end(before, known)
        if is_name(found):
            at = text.rindex(found, 0, match.start())
            heads.append(Head(at, match.end(), found, seconds_of(match["time"])))
    return heads


def _name_at_end(before: str, known: Sequence[str]) -> str:
    last = _LAST_NAME.search(before)
    return next((name for name in known if before.endswith(name)), last[0] if last else "")
