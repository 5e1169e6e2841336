"""Preparing text for a full-text engine, the same when indexing and when asking.

The engines split at everything that is not a letter or a digit, lower the
case and fold Latin accents. What they cannot do alike for all languages is
done here, before: NFKC, scripts written without spaces cut into overlapping
pairs, letters that have several spellings, names such as C++ kept in one
piece. Text that needs none of it is returned as it is, since most text is
such: this must cost under a tenth of the indexing.
"""

from __future__ import annotations

import re
import unicodedata

from castabout.text.letters import same_letters

#: Chinese, Japanese and Korean letters (not their punctuation), Thai, Lao, Khmer, Burmese.
PAIRED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003134f"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u1780-\u17d3\u1000-\u103f\u1050-\u109f"
)
#: Marks inside these scripts that engines would split at: tone marks, virama, coeng.
_DROPPED = re.compile(
    "[\u0e3a\u0e47-\u0e4e\u0eb9-\u0ebc\u0ec8-\u0ecd\u17b4\u17b5\u17c9-\u17d3\u1037-\u103a]+"
)
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+")
_ARABIC_LETTERS = str.maketrans("أإآٱىةکیھ", "اااايهكيه")
_HEBREW_MARKS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]+")

_RUN = re.compile(
    f"(?P<pairs>[{PAIRED}]+)"
    "|(?P<arabic>[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed]+)"
    "|(?P<hebrew>[\u0591-\u05ea]+)"
    "|(?P<greek>[\u0370-\u03ff\u1f00-\u1fff]+)"
    "|(?P<dotted_i>\u0130)"
)
#: Finding out that there is nothing to do is ten times quicker with one plain class.
_ANY = re.compile(
    f"[{PAIRED}\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed"
    "\u0591-\u05ea\u0370-\u03ff\u1f00-\u1fff\u0130]"
)
_PLUS_PLUS = re.compile(r"(?<![^\W_])([^\W_]+)\+\+", re.ASCII)
_SHARP = re.compile(r"(?<![^\W_])([A-Za-z])#(?![A-Za-z_])", re.ASCII)
_DOT_NET = re.compile(r"(?<![^\W_])\.net(?![^\W_])", re.ASCII | re.IGNORECASE)
_PAIRED_LETTER = re.compile(f"[{PAIRED}]")


def prepare(text: str, *, asking: bool = False) -> str:
    """``text`` as both engines are to see it.

    A run of letters that are written without spaces becomes overlapping pairs
    and its last letter alone (東京都 → 東京 京都 都), so that every letter is
    the beginning of some token. ``asking`` leaves that last letter out where
    it ends the text: what is asked for may go on in the text that is searched.
    """
    if not text.isascii():
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        if "\u02bc" in text:
            text = text.replace("\u02bc", "'")
        if _ANY.search(text):
            text = _RUN.sub(_spell, text)
            if asking:
                text = _without_last_letter(text)
    if "++" in text:
        text = _PLUS_PLUS.sub(r"\1plusplus ", text)
    if "#" in text:
        text = _SHARP.sub(r"\1sharp ", text)
    if ".net" in text or ".N" in text:
        text = _DOT_NET.sub("dotnet", text)
    return text


def has_paired(text: str) -> bool:
    """Whether any of ``text`` is of a script that is written without spaces."""
    return not text.isascii() and bool(_PAIRED_LETTER.search(text))


def is_paired(token: str) -> bool:
    """Whether ``token`` begins with a letter of a script that is written without spaces."""
    return bool(_PAIRED_LETTER.match(token))


def strip_greek(text: str) -> str:
    """Greek without accents and final sigma: ``Ελληνοφρένεια`` → ``Ελληνοφρενεια``."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("ς", "σ")


def strip_arabic(text: str) -> str:
    """Arabic without harakat and tatweel, and one letter for each group of like ones."""
    return _ARABIC_MARKS.sub("", text).translate(_ARABIC_LETTERS)


def strip_hebrew(text: str) -> str:
    """Hebrew without points."""
    return _HEBREW_MARKS.sub("", text)


def _spell(match: re.Match[str]) -> str:
    run = match.group()
    if match.lastgroup == "pairs":
        return f" {_pairs(_DROPPED.sub('', same_letters(run)))} "
    if match.lastgroup == "arabic":
        return strip_arabic(run)
    if match.lastgroup == "hebrew":
        return strip_hebrew(run)
    if match.lastgroup == "greek":
        return strip_greek(run)
    return "I"


def _pairs(run: str) -> str:
    return " ".join(run[at : at + 2] for at in range(len(run)))


def _without_last_letter(prepared: str) -> str:
    words = prepared.split()
    if len(words) > 1 and is_paired(words[-1]) and len(words[-1]) == 1 and words[-2].endswith(words[-1]):
        return " ".join(words[:-1])
    return prepared
