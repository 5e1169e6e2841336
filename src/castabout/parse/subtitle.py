"""What a shorter text beside the notes says that neither they nor the title say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from castabout.parse.fields import plain_line, unescape

#: Tags, the references that stand for marks, and all that is neither letter nor digit.
_NO_LETTERS = re.compile(r"<[^<>]*>|&(?:amp|lt|gt|quot|nbsp|#\d+);|[^\w<&]+|[_<&]")

#: What stands between runs of words, and is often written otherwise in the notes.
_MARKS = re.compile(r"[^\w ]+")
#: What tags may take at the beginning of notes.
_MARKUP_CHARACTERS = 200


def find_subtitle(texts: Iterable[str], title: str | None, notes: str | None) -> str | None:
    """The first of ``texts`` that says something new, on one line; ``notes`` are safe HTML.

    Letters and digits alone count. A text that was cut in the middle of a word is part of the whole one.
    """
    if not notes:
        return None
    for text in texts:
        # Most are the notes or the title again, letter by letter, or the beginning of the notes.
        if text == title or text in notes:
            continue
        line = plain_line(text)
        if line is None or all(run.strip() in notes for run in _MARKS.split(line)):
            continue
        letters = _letters(unescape(line))
        beginning = notes[: 2 * len(line) + _MARKUP_CHARACTERS]
        if not any(letters in _letters(place) for place in (beginning, title or "", notes)):
            return line
    return None


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()
