"""What somebody probably meant whose words are hardly anywhere: from the library's own names and titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import log2

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.hidden import hidden_rows
from castabout.query.ast import And, Phrase, Query, Word, needles
from castabout.query.parser import parse, parse_topic
from castabout.query.sought import sought
from castabout.store import episodes
from castabout.text.beginnings import Spelled, spelled
from castabout.text.distance import distance
from castabout.text.matching import find

#: Where more episodes are found, nobody asks what was meant.
FEW = 5
#: What is found by other words has to be so many times as much as by those that were typed.
_MUCH_MORE = 20
#: Longer queries are no misspelled names.
_MOST_WORDS = 8
#: Shorter words are taken as they are; up to this length one letter may be wrong, beyond it two.
_SHORT, _ONE_WRONG = 3, 5
_NAMES, _TITLES = 60, 60
#: How many doublings of the episodes that have a word make up for a letter that is wrong, a first one even more.
_LETTER, _FIRST_LETTER = 10.0, 2.0
#: Of the words that come into question so many are counted.
_COUNTED = 6
#: And so many of them are tried, with those for the other words in at most so many ways.
_EACH, _WAYS = 3, 9


def did_you_mean(castabout: Castabout, typed: str, *, found: int, as_topic: bool = False) -> str | None:
    """Other words for ``typed``, by which ``found`` episodes are found.

    ``None`` if these will do, or there are none. ``as_topic``: words are looked for in a row.
    Raises `StoreError` and `SearchIndexError`.
    """
    words = _words(parse(typed))
    if found >= FEW or not words or (found and _is_title(castabout, typed)):
        return None
    least = max(1, found * _MUCH_MORE)
    better = _whole(castabout, words) if len(words) > 1 else None
    if better and _finds(castabout, better, as_topic=as_topic) >= least:
        return better
    best: tuple[float, str] | None = None
    for cost, way in _by_word(castabout, words):
        count = _finds(castabout, way, as_topic=as_topic)
        score = log2(count + 1) - cost
        if count >= least and (best is None or score > best[0]):
            best = score, way
    return best[1] if best else None


def _is_title(castabout: Castabout, typed: str) -> bool:
    """Whether somebody wrote just this into a title: then it is no misspelling, however seldom it is."""
    query = asked(castabout, parse_topic(typed))
    found = episodes.by_rows(castabout.store, castabout.index.newest(query, limit=FEW)).values()
    return any(find(one.episode.title or "", needles(query)) for one in found)


def _finds(castabout: Castabout, text: str, *, as_topic: bool) -> int:
    """Episodes, or of a search that has none podcasts."""
    query = asked(castabout, parse_topic(text) if as_topic else sought(parse(text)))
    count = castabout.index.count(query)
    return count if count or as_topic else castabout.index.podcast_count(query)


def _words(query: Query) -> Sequence[Spelled]:
    """The words of a query that is nothing else."""
    match query:
        case Word(text) | Phrase(text):
            parts = [text]
        case And(parts_of) if all(isinstance(part, Word) for part in parts_of):
            parts = [str(part) for part in parts_of]
        case _:
            return ()
    words = spelled(" ".join(parts))
    return words if len(words) <= _MOST_WORDS else ()


def _whole(castabout: Castabout, words: Sequence[Spelled]) -> str | None:
    """A name in which each word is, or one nearly like it."""
    typed = " ".join(word.shown for word in words)
    best: tuple[float, str] | None = None
    for name in castabout.index.alike(typed, private=castabout.shows_private, limit=_NAMES):
        its = spelled(name.name)
        nearest = [_nearest(word, its) for word in words]
        if not all(nearest):
            continue
        cost = sum(one.cost for one in nearest if one)
        if not cost:
            return None
        score = log2(name.episodes + 2) - cost
        if best is None or score > best[0]:
            best = score, " ".join(one.word.shown for one in nearest if one)
    return best[1] if best else None


def _nearest(word: Spelled, others: Iterable[Spelled]) -> _Candidate | None:
    """That of ``others`` which is most like ``word``, if any is nearly."""
    found = (_candidate(word, other, _wrong(word)) for other in others)
    return min((one for one in found if one), key=lambda one: one.cost, default=None)


def _by_word(castabout: Castabout, words: Sequence[Spelled]) -> list[tuple[float, str]]:
    """The same words, but for those that are nowhere, in several ways, each with what it costs."""
    choices = [_better(castabout, word) or [_Candidate(word, 0)] for word in words]
    if not any(one.cost for each in choices for one in each):
        return []
    ways = islice(product(*choices), _WAYS)
    return [(sum(one.cost for one in way), " ".join(one.word.shown for one in way)) for way in ways]


def _better(castabout: Castabout, word: Spelled) -> list[_Candidate]:
    """What may be meant by a word that is hardly anywhere, the likeliest first."""
    if len(word.key) <= _SHORT or (known := _count(castabout, word)) >= FEW:
        return []
    candidates: dict[str, _Candidate] = {}
    if known:
        candidates[word.key] = _Candidate(word, 0, known)
    for most in range(1, _wrong(word) + 1):
        for text, with_it in (*_names(castabout, word, most), *_titles(castabout, word, most)):
            for other in spelled(text):
                if other.key not in candidates and (one := _candidate(word, other, most)) and one.cost:
                    one.episodes = with_it
                    candidates[other.key] = one
    likely = sorted(candidates.values(), key=_Candidate.order)[:_COUNTED]
    for one in likely:
        one.episodes = max(one.episodes, _count(castabout, one.word))
    return sorted(likely, key=_Candidate.order)[:_EACH]


def _candidate(word: Spelled, other: Spelled, most: int) -> _Candidate | None:
    """``other``, if at most so many letters are wrong."""
    letters = distance(word.key, other.key, most=most)
    if letters > most:
        return None
    return _Candidate(other, letters * _LETTER + (_FIRST_LETTER if word.key[0] != other.key[0] else 0))


@dataclass(slots=True)
class _Candidate:
    word: Spelled
    cost: float
    episodes: int = 0

    def order(self) -> tuple[float, str]:
        """The likeliest come first."""
        return self.cost - log2(self.episodes + 1), self.word.key


def _names(castabout: Castabout, word: Spelled, letters: int) -> list[tuple[str, int]]:
    private = castabout.shows_private
    found = castabout.index.alike(word.shown, private=private, limit=_NAMES, letters=letters)
    return [(name.name, name.episodes) for name in found]


def _titles(castabout: Castabout, word: Spelled, letters: int) -> list[tuple[str, int]]:
    hidden = hidden_rows(castabout)
    rows = castabout.index.nearly(word.shown, without=hidden, limit=_TITLES, letters=letters)
    of = (stored.episode for stored in episodes.by_rows(castabout.store, rows).values())
    texts = ((one.title, one.author, *(person.name for person in one.people)) for one in of)
    return [(text, 1) for each in texts for text in each if text]


def _count(castabout: Castabout, word: Spelled) -> int:
    return castabout.index.count(asked(castabout, Word(word.shown)))


def _wrong(word: Spelled) -> int:
    """How many letters may be wrong."""
    return 0 if len(word.key) <= _SHORT else 1 if len(word.key) <= _ONE_WRONG else 2
