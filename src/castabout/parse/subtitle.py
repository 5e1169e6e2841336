"""What a shorter text beside the notes says that neither they nor the title say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from castabout.parse.fields import plain_line, unescape

#: Tags, the references that stand for marks, and all that is neither letter nor digit.
_NO_LETTERS = re.compile(r"<[^<>]*>|&(?:amp|lt|gt|quot|nbsp|#\d+);|[^\w<&]+|[_<&]")


def find_subtitle(texts: Iterable[str], title: str | None, notes: str | None) -> str | None:
    """The first of ``texts`` that says something new, on one line; ``notes`` are safe HTML.

    Letters and digits alone count. A text that was cut in the middle of a word is part of the whole one.
    """
    if not notes:
        return None
    for text in texts:
        # Most are the notes or the title again, letter by letter.
        if text == title or text in notes:
            continue
        line = plain_line(text)
        letters = _letters(unescape(line or ""))
        if letters not in _letters(notes) and letters not in _letters(title or ""):
            return line
    return None


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()
