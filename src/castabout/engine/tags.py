"""Tags: which terms of an episode a person would choose. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    names = dict(terms.names)
    for keyword in _few_keywords(keywords):
        names[keyword] = names.get(keyword, 0) + _KEYWORD
    stops = stop_words(known.language)
    ending = f" {known.number}" if known.number else None
    first = [term for term in _best(names, known, stops) if not (ending and term.endswith(ending))]
    chosen = _distinct(first, MOST_TAGS)
    if len(chosen) < _FEW and terms.words:
        rare = {term: weight for term, weight in terms.words.items() if _tells(term, weight, known, stops)}
        chosen = _distinct([*chosen, *_best(rare, known, stops)], _FEW)
    return chosen


def _best(weights: Mapping[str, float], known: Known, stops: frozenset[str]) -> list[str]:
    """Those of the terms that are tags at all, best first."""
    scored = [
        (-score, term) for term, weight in weights.items() if (score := _score(term, weight, known, stops))
    ]
    scored.sort()
    return [term for _, term in scored]


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


def _score(term: str, weight: float, known: Known, stops: frozenset[str]) -> float:
    """How good a tag ``term`` is; 0 for none."""
    episodes, every = known.words.episodes, known.words.counts or {}
    if term in stops or term in known.people or (weight < _SURE and episodes < _ENOUGH):
        return 0
    if weight < _KEYWORD and (
        term in _NEVER_ALONE
        or term in GIVEN_NAMES
        or (known.language == "nl" and term.endswith(_DUTCH_NATION))
    ):
        return 0
    of: Sequence[str] = (term,)
    if " " in term or not term.isascii():
        of = [word for word in _words_of(term) if word not in stops and not word.isdigit()]
    # The show's own name is on every page of it.
    if not of or known.show.issuperset(of):
        return 0
    counts = [every.get(word, 0) for word in of]
    least = most = counts[0]
    if len(counts) > 1:
        least, most = min(counts), max(counts)
    elif weight < _KEYWORD:
        if most > episodes * _COMMON and episodes >= _SOME:
            return 0
        before = every.get(before_name(term), 0)
        if before >= _OFTEN_BEFORE and before >= _MOSTLY_BEFORE * most:
            return 0
    if weight < _SURE and (
        least > 1 + episodes * _RARE
        or most > 1 + episodes * _RATHER_RARE
        or not all(_is_name(word, every) for word in of)
    ):
        return 0
    rarest = math.log((episodes + 2) / (least + 0.5))
    if len(counts) == 1:
        return weight / (weight + 1) * rarest
    commonest = math.log((episodes + 2) / (most + 0.5))
    return weight / (weight + 1) * (0.8 * rarest + 0.2 * commonest) * _PHRASE_BONUS


def _is_name(word: str, every: Mapping[str, int]) -> bool:
    """Whether others write ``word`` with a capital letter; of a word of this episode alone, not a form of it without."""
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
        plain = f" {term.replace(':', '').replace('s ', ' ').rstrip('s')} "
        if plain in together or (" " in term and any(other in plain for other in seen)):
            continue
        if not term.isascii() and _overlaps(term, chosen):
            continue
        chosen.append(term)
        seen.append(plain)
        together += f"{plain}\n"
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
