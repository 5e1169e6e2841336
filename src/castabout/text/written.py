"""How words are written: what tells names from other words, and nouns from verbs, without a dictionary. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from castabout.text.terms import CAPITAL, ELIDED, ELIDING, WORD, is_title_case, words

_WORD = re.compile(WORD)
#: A word with a capital letter where a common word has none: after another word or a comma.
_NAME = re.compile(rf"(?<=[\w,] )(?=[{CAPITAL}])(?:{WORD})(?: (?=[{CAPITAL}]))?+")


#: Forms of a word have so many letters in common.
_STEM = 5


def as_name(word: str) -> str:
    """Under what it is counted that ``word`` is written as a name."""
    return word.capitalize()


def before_name(word: str) -> str:
    """Under what it is counted that ``word`` is written as a name before another one, as first names are."""
    return f"{word} "


def as_common(word: str) -> str:
    """Under what it is counted that a word, or a form of it, is written without a capital letter."""
    return f"{word.partition('-')[0][:_STEM]}-"


def counted_words(title: str, text: str, language: str | None) -> set[str]:
    """The words of an episode, and how they are written."""
    whole = f"{title}\n{text}"
    if "’" in whole:
        whole = whole.replace("’", "'")
    if language in ELIDING:
        whole = ELIDED.sub("", whole)
    written = set(_WORD.findall(whole))
    found = {word.lower() for word in written} if whole.isascii() else set(words(whole, language))
    found.update(as_common(word) for word in written if word.islower())
    for line in whole.split("\n")[1:]:
        if not is_title_case(line):
            found.update(_names(_NAME.findall(line)))
    return found


def _names(written: Iterable[str]) -> Iterable[str]:
    for name in written:
        word = name.rstrip().lower()
        yield as_name(word)
        if name.endswith(" "):
            yield before_name(word)
