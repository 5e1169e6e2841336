"""Which language a text is in: from the text itself, by fastText's model of 176 languages.

The model is a file of this package, read at the first question and kept: as
with code, the same text always gets the same answer.
https://fasttext.cc/docs/en/language-identification.html
"""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import fasttext

_MODEL = Path(__file__).with_name("lid.176.ftz")
#: Fewer letters than these tell nothing: names and numbers look like some language or other.
_FEWEST_LETTERS = 20
#: A title alone is names and numbers more often than not.
_FEWEST_IN_TITLE = 40
#: More letters than these tell no more.
_MOST_LETTERS = 300
#: Characters that are looked at to find those letters, before and after tags are taken out.
_MOST_HTML = 2_000
_MOST_TEXT = 700
#: The model is right of nearly all texts that it is this sure of.
_SURE = 0.6
#: What is declared stands if the model gives it this much: Danish and Norwegian, say, share most words.
_POSSIBLE = 0.1
#: Languages that are much like the first are as good as it where the model gives them this much together.
_LIKELY = 0.2
#: What the model gives less than this is nothing.
_TRACE = 0.05

_TAG = re.compile(r"<[^<>]*>?")
#: Addresses of the web and of mail, and names of people and of subjects in social networks.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@\S*|[@#]\w+")
#: All but letters, and marks that belong to them: ASCII, Latin-1, punctuation, symbols, half characters.
_NO_LETTERS = re.compile(
    "[\x00-@\\[-`{-©«-´¶-¹»-¿×÷\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f"
    "\ud800-\udfff\ufe00-\ufe0f\uff01-\uff20\U0001f000-\U0001faff]+"
)
_ASCII_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}
#: Labels of the model, and tags, that BCP 47 counts as a part of another language or has another name for.
#: https://www.iana.org/assignments/language-subtag-registry
_KNOWN_AS = {
    "als": "gsw", "arz": "ar", "azb": "az", "bh": "bho", "pnb": "pa", "sh": "sr", "wuu": "zh", "yue": "zh",
}  # fmt: skip
#: Languages that short texts seldom tell apart: where both are likely, neither is sure.
_ALIKE = (
    {"da", "no"},
    {"da", "nn"},
    {"id", "ms"},
    {"cs", "sk"},
    {"bs", "hr", "sr"},
    {"es", "ast"},
    {"es", "gl"},
    {"pt", "gl"},
)
#: Tags of what nearly all feeds, and the stemmers, call by the wider name.
_WIDER = {"nb": "no", "cmn": "zh"}


def detect_language(title: str | None, notes: str | None, declared: str | None = None) -> str | None:
    """The language of an episode by its title and notes (safe HTML), as BCP 47 without region, e.g. ``pt``.

    ``declared`` is what its publisher says: it stands unless the text is
    surely in another language. ``None`` if there are too few words, or the
    model is not sure.
    """
    about = _letters(_beginning(notes or ""))
    text = f"{_letters(title or '')} {about}"
    if len(text) - text.count(" ") < (_FEWEST_LETTERS if about else _FEWEST_IN_TITLE):
        return None
    labels, given = _model().predict(text, k=1 + int(1 / _TRACE), threshold=_TRACE)
    shares: dict[str, float] = {}
    for label, share in zip(labels, given, strict=True):
        language = _known_as(label.removeprefix("__label__"))
        shares[language] = shares.get(language, 0) + share
    said = primary_language(declared)
    if said is not None and shares.get(_known_as(said), 0) >= _POSSIBLE:
        return said
    first = max(shares, key=shares.__getitem__, default=None)
    if first is None or shares[first] < _SURE:
        return None
    alike = sum(share for other, share in shares.items() if {first, other} in _ALIKE)
    return first if alike < _LIKELY else None


def primary_language(tag: str | None) -> str | None:
    """``pt-BR`` → ``pt``, ``nb`` → ``no``."""
    if not tag:
        return None
    language = tag.split("-")[0].lower()
    return _WIDER.get(language, language)


def _beginning(safe_html: str) -> str:
    text = safe_html[:_MOST_HTML]
    if "<" in text:
        text = _TAG.sub(" ", text)
    return html.unescape(text) if "&" in text else text


def _letters(text: str) -> str:
    words = text[:_MOST_TEXT]
    if "@" in words or "#" in words or "://" in words or "www." in words:
        words = _ADDRESS.sub(" ", words)
    if words.isascii():  # in a third of the time
        return " ".join(words.translate(_ASCII_LETTERS).split())[:_MOST_LETTERS]
    return _NO_LETTERS.sub(" ", words)[:_MOST_LETTERS].strip()


def _known_as(language: str) -> str:
    return _KNOWN_AS.get(language, language)


@cache
def _model() -> fasttext.FastText._FastText:
    return fasttext.load_model(str(_MODEL))
