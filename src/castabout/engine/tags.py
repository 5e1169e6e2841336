"""Tags: which terms of an episode a person would choose. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from castabout.model.labels import WordCounts
from castabout.text.fold import fold
from castabout.text.stopwords import stop_words
from castabout.text.terms import Terms, words

MOST_TAGS = 12
#: Of the publisher's keywords at most so many: some write a hundred.
_MOST_KEYWORDS = 8
_KEYWORD_WORDS = 4
#: A keyword counts as if its term were so often in the notes.
_KEYWORD = 3.0
#: A term of this weight is surely one; below, only if its words are rare.
_SURE = 0.8
#: A part of the episodes that have a rare word, and how many must be known for that.
_RARE = 0.003
#: And of a phrase that may be one by chance, the commonest word is no commoner.
_RATHER_RARE = 0.01
_ENOUGH = 300
#: A single word in more than this part of the episodes is no tag, once some are known.
_COMMON = 0.05
_SOME = 50
#: Of words that are no names at most so many.
_MOST_OTHER_WORDS = 3
_PHRASE_BONUS = 1.25
#: Adjectives of nations and languages, ranks, calls: written like names, part of many, none by themselves.
_NEVER_ALONE = frozenset(
    """
    african american americans arab argentine asian australian australians austrian belgian brazilian british
    canadian canadians chilean chinese colombian croatian czech danish dutch egyptian english ethiopian european
    europeans filipino finnish french german germans ghanaian greek hungarian indian indians indonesian iranian
    iraqi irish israeli italian italians jamaican japanese kenyan korean latin lebanese mexican mexicans moroccan
    nigerian norwegian pakistani palestinian peruvian polish portuguese romanian russian russians scottish serbian
    spanish swedish swiss syrian thai tibetan turkish ukrainian venezuelan vietnamese welsh
    cfo cio cmo coo cto pdg phd lecturer url urls yeah okay
    """.split()
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the episode itself, for choosing its tags."""

    language: str | None
    words: WordCounts
    #: Folded words of the title of the show.
    show: frozenset[str]
    #: Words of the names of people in it, in lower case: one alone is no tag.
    people: frozenset[str] = frozenset()
    #: Of the episode within its show: what ends in it is a name of the episode.
    number: str | None = None


def tags(terms: Terms, keywords: Iterable[str], known: Known) -> tuple[str, ...]:
    """The best of ``terms`` and of the publisher's ``keywords``."""
    names = dict(terms.names)
    for keyword in _few_keywords(keywords):
        names[keyword] = names.get(keyword, 0) + _KEYWORD
    stops = stop_words(known.language)
    others: list[tuple[str, float]] = []
    if terms.words:
        others = [
            item for item in terms.words.items() if item[0] not in names and _is_rare(item[0], known, stops)
        ]
        others.sort(key=lambda item: -item[1])
    ending = f" {known.number}" if known.number else None
    scored = [
        (score, term)
        for term, weight in (*names.items(), *others[:_MOST_OTHER_WORDS])
        if not (ending and term.endswith(ending)) and (score := _score(term, weight, known, stops))
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    return _distinct(term for _, term in scored)


def _is_rare(term: str, known: Known, stops: frozenset[str]) -> bool:
    """Whether a term that is no name tells anything; without knowing a language none of its words does."""
    counts = [known.words.of(word) for word in _words_of(term) if word not in stops]
    episodes = known.words.episodes
    return bool(counts) and episodes >= _SOME and min(counts) <= max(1, episodes * _RATHER_RARE)


def _few_keywords(keywords: Iterable[str]) -> list[str]:
    lines = (" ".join(word.split()).lower() for word in keywords)
    unique = {fold(line): line for line in lines if line and line.count(" ") < _KEYWORD_WORDS}
    return list(unique.values())[:_MOST_KEYWORDS]


def _score(term: str, weight: float, known: Known, stops: frozenset[str]) -> float:
    """How good a tag ``term`` is; 0 for none."""
    episodes, every = known.words.episodes, known.words.counts or {}
    if (
        term in stops
        or term in known.people
        or term in _NEVER_ALONE
        or (weight < _SURE and episodes < _ENOUGH)
    ):
        return 0
    if term in _NEVER_ALONE and weight < _KEYWORD:
        return 0
    of: Sequence[str] = (term,)
    if " " in term or not term.isascii():
        of = [word for word in _words_of(term) if word not in stops]
    # The show's own name is on every page of it.
    if not of or known.show.issuperset(of):
        return 0
    counts = [every.get(word, 0) for word in of]
    least = most = counts[0]
    if len(counts) > 1:
        least, most = min(counts), max(counts)
    elif most > episodes * _COMMON and episodes >= _SOME and weight < _KEYWORD:
        return 0
    if weight < _SURE and (least > 1 + episodes * _RARE or most > 1 + episodes * _RATHER_RARE):
        return 0
    rarest = math.log((episodes + 2) / (least + 0.5))
    if len(counts) == 1:
        return weight / (weight + 1) * rarest
    commonest = math.log((episodes + 2) / (most + 0.5))
    return weight / (weight + 1) * (0.8 * rarest + 0.2 * commonest) * _PHRASE_BONUS


def _words_of(term: str) -> list[str]:
    return term.split(" ") if term.isascii() else words(term)


def _distinct(terms: Iterable[str]) -> tuple[str, ...]:
    """The first ones, none within another, nor another form of it."""
    chosen: list[str] = []
    seen: list[str] = []
    together = ""
    for term in terms:
        plain = f" {term.replace(':', '').replace('s ', ' ').rstrip('s')} "
        if plain in together or (" " in term and any(other in plain for other in seen)):
            continue
        if not term.isascii() and _overlaps(term, chosen):
            continue
        chosen.append(term)
        seen.append(plain)
        together += f"{plain}\n"
        if len(chosen) == MOST_TAGS:
            break
    return tuple(chosen)


def _overlaps(term: str, chosen: Iterable[str]) -> bool:
    """Whether a term without blanks shares a pair of letters with one that is chosen already."""
    if " " in term:
        return False
    pairs = {term[at : at + 2] for at in range(len(term) - 1)}
    return any(not other.isascii() and any(pair in other for pair in pairs) for other in chosen) and (
        words(term) == [term[at : at + 2] for at in range(len(term) - 1)]
    )
