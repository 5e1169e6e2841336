"""Folding: how letters are compared when text is matched for marking.

The same folding as the engines', but with the places kept: each folded letter
knows where it stands in the original.
"""

from __future__ import annotations

import unicodedata

from castabout.text.prepare import strip_arabic, strip_greek, strip_hebrew

#: Letters that no decomposition takes apart.
_LATIN = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    "þ": "th",
    "ð": "d",
}


class _Folded(dict[str, str]):
    """Letter → folded letters, filled as letters are met."""

    def __missing__(self, letter: str) -> str:
        if "\u3041" <= letter <= "\u30ff":
            # What looks like an accent makes another syllable of it: ハ, バ, パ.
            self[letter] = letter
            return letter
        folded = "".join(
            c
            for c in unicodedata.normalize("NFKD", letter.lower())
            if not unicodedata.combining(c) or "\u0e00" <= c <= "\u109f"
        )
        folded = strip_hebrew(strip_arabic(strip_greek(folded)))
        folded = "".join(_LATIN.get(c, c) for c in unicodedata.normalize("NFC", folded))
        self[letter] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """``text`` in lower case, without accents: ``Überraschung`` → ``uberraschung``."""
    if text.isascii():
        return text.lower()
    return "".join(map(_FOLDED.__getitem__, text))


def fold_with_places(text: str) -> tuple[str, list[int] | None]:
    """`fold` and, for each folded letter and for the end, its place in ``text``.

    ``None`` instead of the places means that nothing moved.
    """
    folded = fold(text)
    if text.isascii() or all(len(_FOLDED[letter]) == 1 for letter in set(text)):
        return folded, None
    places = [at for at, letter in enumerate(text) for _ in _FOLDED[letter]]
    places.append(len(text))
    return folded, places
