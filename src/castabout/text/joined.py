"""Consecutive texts as one, as cues of a transcript are."""

from __future__ import annotations

from collections.abc import Iterable

from castabout.text.prepare import is_paired


def joined(texts: Iterable[str]) -> str:
    """Consecutive texts as one; scripts that have no blanks between words get none."""
    whole: list[str] = []
    for text in texts:
        if whole:
            whole.append(separator(whole[-1], text))
        whole.append(text)
    return "".join(whole)


def separator(before: str, after: str) -> str:
    """What stands between two consecutive texts."""
    return "" if is_unspaced(before[-1:]) and is_unspaced(after[:1]) else " "


def is_unspaced(letter: str) -> bool:
    """Whether ``letter`` is of a script that has no blanks between its words."""
    # Korean has blanks, though its letters are searched in pairs.
    return not letter.isascii() and is_paired(letter) and not "\uac00" <= letter <= "\ud7a3"
