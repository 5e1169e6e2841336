"""Finding in a text what was asked for, to mark it: spans, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from castabout.model.answers import Span
from castabout.text.fold import fold, fold_with_places
from castabout.text.joining import SIGN, TOGETHER, without_signs
from castabout.text.letters import same_letters
from castabout.text.prepare import is_paired

#: Beyond this many characters nothing is marked.
MATCHED_CHARACTERS = 400_000
MATCHES = 2_000

_PIECE = re.compile(r"\.net(?![^\W_])|[^\W_]+(?:\+\+|(?<=^[a-z])#|(?<=[^a-z][a-z])#)?")
_LETTER = r"[^\W_]"
_SIGN_OR_BLANK = r"[\W_]?"

#: BCP 47 language → its Snowball algorithm, those that both engines have.
STEMMED_LANGUAGES = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}


@dataclass(frozen=True, slots=True)
class Needle:
    """A word or phrase to be found; ``prefix`` lets its last word go on."""

    text: str
    prefix: bool = False


def find(text: str, needles: Iterable[Needle], language: str | None = None) -> tuple[Span, ...]:
    """Where ``needles`` stand in ``text``, in order, without overlaps.

    Exact words (folded) are looked for; of what is not there, the words with
    other signs inside; only where there is nothing of them, other forms of the
    words in ``language``, as the index would match them.
    """
    folded, places = fold_with_places(text[:MATCHED_CHARACTERS])
    folded = same_letters(folded)
    wanted = tuple(needles)
    found: list[tuple[int, int]] = []
    for needle in wanted:
        # What is not there as it was asked for may be there with other signs inside.
        exact = [m.span() for m in p.finditer(folded)] if (p := _exact(needle)) else []
        found += exact or _otherwise_joined(needle, folded, text, places)
    if not found and language in STEMMED_LANGUAGES:
        stem = _stemmer(STEMMED_LANGUAGES[language])
        found = [span for needle in wanted for span in _forms(needle, folded, stem)]
    if places is not None:
        found = [(places[start], places[end]) for start, end in found]
    return _merged(found)


def _merged(found: list[tuple[int, int]]) -> tuple[Span, ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found)[:MATCHES]:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Span(start, end) for start, end in merged)


@lru_cache(maxsize=512)
def _exact(needle: Needle) -> re.Pattern[str] | None:
    pieces = _PIECE.findall(same_letters(fold(needle.text)))
    if not pieces:
        return None
    words = [re.escape(piece) for piece in pieces]
    if needle.prefix:
        words[-1] += f"{_LETTER}*"
    return re.compile(_joined(pieces, words, open_end=needle.prefix))


def _otherwise_joined(
    needle: Needle, folded: str, text: str, places: list[int] | None
) -> Iterator[tuple[int, int]]:
    """Where the words of ``needle`` stand with other signs inside: “O'Reilly” of “oreilly”, and the reverse."""
    pattern = _with_any_signs(needle)
    for match in pattern.finditer(folded) if pattern else ():
        start, end = match.span()
        there = text[places[start] : places[end]] if places else text[start:end]
        if _has_no_sign(there) or without_signs(there):
            yield start, end


def _has_no_sign(text: str) -> bool:
    return "".join(text.split()).isalnum()


@lru_cache(maxsize=512)
def _with_any_signs(needle: Needle) -> re.Pattern[str] | None:
    words = [[*filter(str.isalnum, word)] for word in fold(needle.text).split()]
    if not all(words) or len(words) > TOGETHER or sum(map(len, words)) < 3 or is_paired(words[0][0]):
        return None
    each = (f"{SIGN}?".join(map(re.escape, letters)) for letters in words)
    end = f"{_LETTER}*" if needle.prefix else f"(?!{_LETTER})"
    return re.compile(rf"(?<!{_LETTER}){_SIGN_OR_BLANK.join(each)}{end}")


def _joined(pieces: list[str], words: list[str], *, open_end: bool = False) -> str:
    """A pattern of ``words`` in a row, each ending where a word of its script may end."""
    pattern = ""
    before_paired = False
    for piece, word in zip(pieces, words, strict=True):
        begins_paired, ends_paired = is_paired(piece), is_paired(piece[-1])
        if pattern:
            pattern += r"[\W_]*" if before_paired or begins_paired else r"[\W_]+"
        elif not begins_paired:
            pattern = rf"(?:(?<!{_LETTER})|(?<=[⺀-\U0003134f]))"
        pattern += word
        before_paired = ends_paired
    if not before_paired and not open_end and pieces[-1][-1] not in "+#":
        single = r"(?!\+\+|#)" if len(pieces[-1]) == 1 else ""
        pattern += rf"(?:(?!{_LETTER})|(?=[⺀-\U0003134f])){single}"
    return pattern


def _forms(needle: Needle, folded: str, stem: Stemmer.Stemmer) -> Iterable[tuple[int, int]]:
    pieces = _PIECE.findall(fold(needle.text))
    if not pieces or any(is_paired(piece) or not piece.isalnum() for piece in pieces):
        return
    stems = [stem.stemWord(piece) for piece in pieces]
    # Stemming changes little more than the end of a word, so most of the stem must stand there.
    words = [f"({re.escape(s[: max(3, len(s) - 1)])}{_LETTER}*)" for s in stems]
    for match in re.finditer(_joined(pieces, words), folded):
        if [stem.stemWord(word) for word in match.groups()] == stems:
            yield match.span()


@lru_cache(maxsize=32)
def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(algorithm)
