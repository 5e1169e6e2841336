"""Words with signs inside them, as people write them who leave the signs out: O'Reilly, wi-fi, U.S.A. Pure.

Engines cut words at such signs. So beside a text these words are searched in
one piece, and a query asks for them both ways. Numbers, addresses, English
contractions and French elisions stay as they are: “he'll” is no hell, and
“n'est” no nest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from castabout.text.fold import fold
from castabout.text.prepare import has_paired
from castabout.text.stopwords import stop_words

#: Apostrophes, hyphens, dots, the Catalan middle dot; Hebrew geresh, gershayim and maqaf.
SIGNS = "'’‘.\\-‐‑·׳״־"
#: In Hebrew quotes stand for gershayim too.
_QUOTE = '(?:["”](?=[א-ת]))'
SIGN = f"(?:[{SIGNS}]|{_QUOTE})"
_SIGN = re.compile(SIGN)
#: A sign between two letters or digits. What it may be comes first, so that few places are looked at.
_INSIDE = re.compile(rf'[{SIGNS}"”](?<=[^\W_].)(?=[^\W_])(?:(?<!["”])|(?=[א-ת]))')
_WORD = re.compile(rf"[^\W_]+(?:{SIGN}[^\W_]+)+")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"//|@|www\.|\.(?:com|org|net)\b", re.IGNORECASE)
#: Numbers, and sentences without a blank between them.
_APART = re.compile(r"\d[.\-‐‑]\d|[a-z]\.[A-Z][a-z]")
_CONTRACTION = re.compile(r"['’](?:ll|d|re|ve|m)$", re.IGNORECASE)
_ELISION = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|un|all|d?ell|dall|nell|sull|quell|quest)['’](?=[^\W\d_])",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
#: Nobody types longer words.
_LETTERS = 30
#: So far from a sign the word that it is in is looked for, and the words beside that one.
_AROUND = 80
#: So many words may be meant as one.
TOGETHER = 3
_PAIR = re.compile(r"(?<![^\W_])([^\W_]+)(?= ([^\W_]+)(?![^\W_]))")


def joined_words(text: str) -> tuple[str, ...]:
    """Each word of ``text`` that has signs inside without them, between the words beside it: for phrases."""
    found: dict[str, None] = {}
    end = 0
    for sign in _INSIDE.finditer(text):
        at = sign.start()
        if at < end:
            continue
        before = text[max(0, at - _AROUND) : at].rsplit(None, 2)
        after = text[at : at + _AROUND].split(None, 2)
        end = at + len(after[0])
        left = before[-2] if len(before) > 1 else ""
        right = after[1] if len(after) > 1 else ""
        for word in _joined(before[-1] + after[0]):
            found[f"{left} {word} {right}".strip()] = None
    return tuple(found)


def without_signs(text: str) -> str | None:
    """``text`` with each such word in one piece; ``None`` if it has none."""
    if _ADDRESS.search(text):
        return None
    changed = _WORD.sub(lambda match: next(_joined(match[0]), match[0]), text)
    return changed if changed != text else None


def together(words: Sequence[str]) -> str | None:
    """``words`` as one, where they may be meant so: “dh unplugged”, “wi fi”; ``None`` if not."""
    if not 1 < len(words) <= TOGETHER or any(map(is_common, words)) or has_paired(words[0]):
        return None
    one = "".join(words)
    return one if one.isalnum() and not one.isdigit() and len(one) <= _LETTERS else None


def pairs(title: str) -> tuple[str, ...]:
    """Every two words of a ``title`` that may be meant as one: “DH Unplugged #512” → DHUnplugged."""
    both = ((match[1], match[2]) for match in _PAIR.finditer(title))
    return tuple(one for pair in both if (one := together(pair)))


def is_common(word: str) -> bool:
    """Whether ``word`` is one of those that stand beside any other: “the rapist” is no therapist."""
    return fold(word) in stop_words(None)


def _joined(piece: str) -> Iterator[str]:
    """The words with signs in ``piece`` without them; of O'Reilly's both O'Reilly and that, the longer first."""
    if _ADDRESS.search(piece):
        return
    for match in _WORD.finditer(piece):
        word = match[0]
        for form in dict.fromkeys((word, _POSSESSIVE.sub("", word))):
            if _APART.search(form) or _CONTRACTION.search(form) or _is_elided(form):
                continue
            one = _SIGN.sub("", form)
            if one != form and len(one) <= _LETTERS and _LETTER.search(one):
                yield one


def _is_elided(word: str) -> bool:
    """“l'ami”, but not L'Oréal."""
    match = _ELISION.match(word)
    return match is not None and not word[match.end()].isupper()
