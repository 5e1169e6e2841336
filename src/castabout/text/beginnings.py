"""What people type who mean a name: its beginning, or that of one of its words. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from castabout.text.fold import fold
from castabout.text.joining import without_signs
from castabout.text.letters import same_letters
from castabout.text.prepare import is_paired

#: Longer ones are compared with the name itself.
LONGEST = 16
#: Of a name so many words are looked at, of a script without blanks so many letters.
_PLACES = 8
#: All but letters, digits, and signs that make another name: C++ and C#.
_BETWEEN = re.compile(r"(?:(?![+#])[\W_])+")
_BLANK = re.compile(" ")
_EDGES = re.compile(r"^(?:(?![+#])[\W_])+|(?:(?![+#])[\W_])+$")


def plain(name: str) -> str:
    """``name`` as names and what is typed are compared: ``Zoë's  Café!`` → ``zoe s cafe``."""
    return _BETWEEN.sub(" ", same_letters(fold(unicodedata.normalize("NFKC", name)))).strip()


class Spelled(NamedTuple):
    """A word."""

    #: As words are compared: see `plain`.
    key: str
    #: In lower case, with its accents.
    shown: str


def spelled(text: str) -> tuple[Spelled, ...]:
    """The words of ``text``."""
    found: list[Spelled] = []
    for piece in unicodedata.normalize("NFKC", text).lower().split():
        keys = plain(piece).split()
        # What signs stand in is shown as it is compared.
        shown = [_EDGES.sub("", piece)] if len(keys) == 1 else keys
        found += map(Spelled, keys, shown)
    return tuple(found)


def beginnings(name: str) -> tuple[str, ...]:
    """What the beginnings of ``name`` are of: all of it, then it from each later word on.

    Then the same without signs inside words.
    """
    key, *others = _keys(name)
    found = [*_later(key), *(one for other in others for one in (other[:LONGEST], *_later(other)))]
    return tuple(dict.fromkeys((key, *found)))


def _later(key: str) -> list[str]:
    return [key[place : place + LONGEST] for place in _places(key)]


def begins(name: str, typed: str) -> bool:
    """Whether `plain` ``typed`` is the beginning of ``name`` or of it from a later word on."""
    return any(
        key.startswith(typed) or any(key.startswith(typed, place) for place in _places(key))
        for key in _keys(name)
    )


def _keys(name: str) -> tuple[str, ...]:
    """``name`` as it is compared, and without the signs in its words: ``o reilly`` and ``oreilly``."""
    joined = without_signs(name)
    return (plain(name), plain(joined)) if joined else (plain(name),)


def _places(key: str) -> list[int]:
    """Where words begin but the first, and every letter of a script that is written without blanks."""
    if key.isascii():  # in a tenth of the time
        return [match.end() for match, _ in zip(_BLANK.finditer(key), range(_PLACES), strict=False)]
    places = [
        at
        for at in range(1, len(key))
        if key[at] != " " and (key[at - 1] == " " or (is_paired(key[at]) and is_paired(key[at - 1])))
    ]
    return places[:_PLACES]
