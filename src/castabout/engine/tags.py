"""Tags: which terms of an episode a person would choose. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from castabout.model.labels import WordCounts
from castabout.text.fold import fold
from castabout.text.given_names import GIVEN_NAMES
from castabout.text.stopwords import stop_words
from castabout.text.terms import Terms, words
from castabout.text.written import as_common, as_name, before_name

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
#: In the title, or twice, a word that is no name has this weight.
_MUCH = 1.2
#: With fewer names words that are none are tags too.
_FEW = 5
#: A word that is written before another name so often, in this part of its episodes, is a first name.
_OFTEN_BEFORE, _MOSTLY_BEFORE = 2, 0.5
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
#: How such adjectives end in Dutch: “Russische”.
_DUTCH_NATION = "se"


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
    never = _never_alone(known.language)
    stops = stop_words(known.language)
    names = {term: weight for term, weight in terms.names.items() if term not in never}
    for keyword in _few_keywords(keywords):
        if keyword not in stops:
            names[keyword] = names.get(keyword, 0) + _KEYWORD
    ending = f" {known.number}" if known.number else None
    if ending:
        names = {term: weight for term, weight in names.items() if not term.endswith(ending)}
    chosen = _distinct(_best(names, known, stops), MOST_TAGS)
    if len(chosen) < _FEW and terms.words:
        telling = {term: weight for term, weight in terms.words.items() if _tells(term, weight, known, stops)}
        chosen = _distinct([*chosen, *_best(telling, known, stops)], _FEW)
    return chosen


@cache
def _never_alone(language: str | None) -> frozenset[str]:
    return stop_words(language) | _NEVER_ALONE | GIVEN_NAMES


def _tells(term: str, weight: float, known: Known, stops: frozenset[str]) -> bool:
    """Whether a term that is no name tells anything: much is made of it, and, as far as is known, it is rare."""
    if known.words.episodes < _SOME or weight < _MUCH:
        return weight >= _MUCH
    counts = [known.words.of(word) for word in _words_of(term) if word not in stops]
    return bool(counts) and min(counts) <= 2 + known.words.episodes * _RATHER_RARE


def _few_keywords(keywords: Iterable[str]) -> list[str]:
    lines = (" ".join(word.split()).lower() for word in keywords)
    unique = {fold(line): line for line in lines if line and line.count(" ") < _KEYWORD_WORDS}
    return list(unique.values())[:_MOST_KEYWORDS]


def _best(weights: Mapping[str, float], known: Known, stops: frozenset[str]) -> list[str]:
    """Those of the terms that are tags at all, best first."""
    scored: list[tuple[float, str]] = []
    episodes, every = known.words.episodes, known.words.counts or {}
    is_dutch = known.language == "nl"
    most_alone = episodes * _COMMON if episodes >= _SOME else math.inf
    # Words that may be no names, or stand together by chance, must be rare.
    rare, rather_rare = 1 + episodes * _RARE, 1 + episodes * _RATHER_RARE
    least = _SURE if episodes < _ENOUGH else 0
    for term, weight in weights.items():
        if weight < least or term in known.people:
            continue
        if " " in term or not term.isascii():
            words = [word for word in _words_of(term) if word not in stops and not word.isdigit()]
            # The show's own name is on every page of it.
            if not words or known.show.issuperset(words):
                continue
            counts = [every.get(word, 0) for word in words]
            rarest, commonest = min(counts), max(counts)
            is_phrase = len(words) > 1
        else:
            if term in known.show or (is_dutch and term.endswith(_DUTCH_NATION)):
                continue
            words = [term]
            rarest = commonest = every.get(term, 0)
            is_phrase = False
        if weight < _SURE and (
            rarest > rare or commonest > rather_rare or not all(_is_name(word, every) for word in words)
        ):
            continue
        score = math.log((episodes + 2) / (rarest + 0.5))
        if is_phrase:
            common = math.log((episodes + 2) / (commonest + 0.5))
            score = (0.8 * score + 0.2 * common) * _PHRASE_BONUS
        elif weight < _KEYWORD and (commonest > most_alone or _is_first_name(term, commonest, every)):
            continue
        scored.append((-score * weight / (weight + 1), term))
    scored.sort()
    return [term for _, term in scored]


def _is_first_name(word: str, count: int, every: Mapping[str, int]) -> bool:
    """Whether ``word`` mostly stands before another name."""
    before = every.get(before_name(word), 0)
    return before >= _OFTEN_BEFORE and before >= _MOSTLY_BEFORE * count


def _is_name(word: str, every: Mapping[str, int]) -> bool:
    """Whether others write ``word`` with a capital letter, or nobody writes it, or a form of it, at all."""
    count = every.get(word, 0)
    return 2 * every.get(as_name(word), 0) > count or (count <= 1 and as_common(word) not in every)


def _words_of(term: str) -> list[str]:
    return term.split(" ") if term.isascii() else words(term)


def _distinct(terms: Iterable[str], limit: int) -> tuple[str, ...]:
    """The first ones, none within another, nor another form of it."""
    chosen: list[str] = []
    seen: list[str] = []
    together = ""
    for term in terms:
        plain = f" {term.replace('s ', ' ').rstrip('s')} "
        if plain in together or (seen and " " in term and any(other in plain for other in seen)):
            continue
        if not term.isascii() and _overlaps(term, chosen):
            continue
        chosen.append(term)
        seen.append(plain)
        together += plain
        if len(chosen) == limit:
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
