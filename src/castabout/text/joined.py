"""Consecutive texts as one, as cues of a transcript are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from castabout.text.prepare import has_paired, is_paired


def joined(texts: Iterable[str]) -> str:
    """Consecutive texts as one; scripts that have no blanks between words get none."""
    several = tuple(texts)
    with_blanks = " ".join(several)
    if not has_paired(with_blanks):
        return with_blanks
    whole = [several[0]]
    for before, after in pairwise(several):
        whole += (separator(before, after), after)
    return "".join(whole)


def separator(before: str, after: str) -> str:
    """What stands between two consecutive texts."""
    return "" if is_unspaced(before[-1:]) and is_unspaced(after[:1]) else " "


def is_unspaced(letter: str) -> bool:
    """Whether ``letter`` is of a script that has no blanks between its words."""
    # Korean has blanks, though its letters are searched in pairs.
    return not letter.isascii() and is_paired(letter) and not "\uac00" <= letter <= "\ud7a3"
