"""What stands after ``language:``, ``after:``, ``longer:`` and the like. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Literal

from castabout.query.ast import (
    Age,
    And,
    Field,
    Lasting,
    Leaf,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    Query,
    Text,
    Trait,
    Word,
)
from castabout.text.language import primary_language
from castabout.text.names import language_of_name

#: Nothing that is recorded lasts longer; in seconds.
_LONGEST = 999_999_999
#: Days as they are typed, in words: ``3 months``, ``3m``, ``2 weeks ago``. Every such text is valid.
AGE = r"\d{1,4}\s*(?:days?|weeks?|months?|years?|[dwmy])\b(?:\s+ago\b)?"
_AGE = re.compile(AGE, re.IGNORECASE)
_NUMBER = re.compile(r"(\d+)\s*(\w)")
#: Durations likewise, of one unit: ``90 minutes``, ``2h``.
AMOUNT = r"\d{1,4}\s*(?:h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)\b"
_OTHER_WAY_ROUND = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
#: With its separators as they are typed: ``2023``, ``2023-5``, ``2023/05/17``.
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DURATION = re.compile(
    r"(?:(\d{1,4})\s*h(?:(?:ou)?rs?)?)?\s*"
    r"(?:(\d{1,9})\s*(?:m(?:in(?:ute)?s?)?|$))?\s*"
    r"(?:(\d{1,9})\s*s(?:ec(?:ond)?s?)?)?",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8}){0,4}", re.IGNORECASE)
_HAS_WORD = re.compile(r"[^\W_]")

_HAS = {
    "transcript": "transcript",
    "transcripts": "transcript",
    "chapters": "chapters",
    "chapter": "chapters",
}
_TYPES = {"full": "full", "trailer": "trailer", "bonus": "bonus"}
_EXPLICIT = {"yes": "yes", "true": "yes", "no": "no", "false": "no", "clean": "no"}
_UNITS: dict[str, Literal["day", "week", "month", "year"]] = {
    "d": "day",
    "w": "week",
    "m": "month",
    "y": "year",
}


def text_of(value: str, *, is_quoted: bool = False) -> Text | None:
    """Words to be looked for; ``None`` if ``value`` has no letter and no digit."""
    if not _HAS_WORD.search(value):
        return None
    if is_quoted:
        return Phrase(" ".join(value.split()))
    bare = value.rstrip("*")
    return Prefix(bare) if bare != value and _HAS_WORD.match(bare[-1]) else Word(value)


def filter_of(name: str, value: str, *, is_quoted: bool = False) -> Leaf | None:
    """What ``name:value`` means; ``value`` that does not go with ``name`` makes it text, as it stands."""
    return narrowing(name, value, is_quoted=is_quoted) or text_of(f"{name}:{value}", is_quoted=True)


def narrowing(
    name: str, value: str, *, is_quoted: bool = False
) -> Field | Trait | Published | Lasting | None:
    """What ``name:value`` means, of a ``name`` in `NAMES`; ``None`` if ``value`` does not go with it."""
    return _FIELDS[name](value, is_quoted) if name in _FIELDS else _READERS[name](value.strip())


def _field(name: Literal["podcast", "person"], value: str, is_quoted: bool) -> Field | None:
    text = text_of(value, is_quoted=is_quoted)
    return Field(name, text) if text else None


def _language(value: str) -> Trait | None:
    code = language_of_name(value)
    if code is None and _LANGUAGE.fullmatch(value):
        code = primary_language(value.replace("_", "-"))
    return Trait("language", code) if code else None


def _trait(name: Literal["has", "type", "explicit"], values: Mapping[str, str], value: str) -> Trait | None:
    known = values.get(value.lower())
    return Trait(name, known) if known else None


def _published(bound: Literal["after", "before"], value: str) -> Published | None:
    day = _date(value) or _age(value)
    return Published(bound, day) if day else None


def _date(value: str) -> date | None:
    turned = _OTHER_WAY_ROUND.sub(r"\3.\2.\1", value)
    match = _DATE.fullmatch(turned)
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _age(value: str) -> Age | None:
    if not _AGE.fullmatch(value):
        return None
    number, unit = _NUMBER.findall(value)[0]
    return Age(int(number), _UNITS[unit.lower()])


def _lasting(bound: Literal["longer", "shorter"], value: str) -> Lasting | None:
    match = _DURATION.fullmatch(value)
    if match is None or match.lastindex is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return Lasting(bound, min(total, _LONGEST))


_FIELDS: dict[str, Callable[[str, bool], Field | None]] = {
    "podcast": partial(_field, "podcast"),
    "person": partial(_field, "person"),
}
_READERS: dict[str, Callable[[str], Trait | Published | Lasting | None]] = {
    "language": _language,
    "has": partial(_trait, "has", _HAS),
    "type": partial(_trait, "type", _TYPES),
    "explicit": partial(_trait, "explicit", _EXPLICIT),
    "after": partial(_published, "after"),
    "before": partial(_published, "before"),
    "longer": partial(_lasting, "longer"),
    "shorter": partial(_lasting, "shorter"),
}
#: What may stand before a colon.
NAMES = (*_FIELDS, *_READERS)

#: What may stand after it, for people.
_TAKES = {
    "language": "a code as de or a name as German",
    "has": "transcript or chapters",
    "type": "full, trailer or bonus",
    "explicit": "yes or no",
    "after": "a day as 2023, 2023-05, 2023-05-17 or 3 months",
    "before": "a day as 2023, 2023-05, 2023-05-17 or 3 months",
    "longer": "a length as 90m or 1h30m",
    "shorter": "a length as 90m or 1h30m",
}


def misread(query: Query) -> tuple[str, ...]:
    """What looks like a filter in ``query`` but is none, each with what it could be."""
    match query:
        case Phrase(text):
            name, colon, _ = text.partition(":")
            takes = _TAKES.get(name) if colon else None
            return (f"{text} was read as words: {name}: takes {takes}",) if takes else ()
        case And(parts) | Or(parts):
            return tuple(one for part in parts for one in misread(part))
        case Not(part):
            return misread(part)
        case _:
            return ()
