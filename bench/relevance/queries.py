"""Queries whose answer is known, made from transcripts. Pure; the same seed makes the same.

Four kinds, as many of each:

``title``: what a title would be made of, since the transcripts have none: the guest, who is the speaker that
is heard in the fewest episodes, by surname, and the two words that tell this episode best from the others
(TF-IDF over episodes, words of four letters or more). Found, if any passage of the episode is.

``question``: a question that is asked in the talk, of 6 to 14 words, three of them not among the commonest
three hundred, in lower case and without punctuation, without ``so``, ``and`` and their like at its beginning.
Found, if the passage is in which it is asked.

``keywords``: the words of such a question that are not among the commonest, as people type into search boxes.

``quote``: 6 to 9 consecutive words from within a sentence, of which one, that is not among the commonest, is
replaced by another of the talk's words that is about as rare: what somebody remembers nearly. Found, if the
passage is in which it is said.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from castabout.model.passage import Passage
from castabout.text.joined import joined

KINDS = ("title", "question", "keywords", "quote")
_COMMON = 300
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE = re.compile(r"[^.?!]+[.?!]+")
_OPENERS = ("so", "and", "but", "well", "yeah", "okay", "right", "now", "or", "like", "because")


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query and where its answer is."""

    kind: str
    text: str
    episode: int
    #: Place of the passage in the episode; ``None`` if each of them will do.
    place: int | None


@dataclass(frozen=True, slots=True)
class _Corpus:
    passages: Mapping[int, Sequence[Passage]]
    common: frozenset[str]
    by_rarity: Sequence[str]


_Maker = Callable[[_Corpus, random.Random, str], tuple[str, str] | None]


def known_items(passages: Mapping[int, Sequence[Passage]], of_each: int, seed: int) -> list[KnownItem]:
    """``of_each`` queries of each kind over episodes and their passages."""
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    for group in passages.values():
        for passage in group:
            counts.update(set(words(text_of(passage))))
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    corpus = _Corpus(passages, frozenset(ranked[:_COMMON]), ranked)
    makers = (_question, _keywords, _quote)
    made = (_titles(corpus, chance), *(_sentences(corpus, chance, make) for make in makers))
    return [item for kind in made for item, _ in zip(kind, range(of_each), strict=False)]


def text_of(passage: Passage) -> str:
    """What is said in it."""
    return joined(cue.text for cue in passage.cues)


def words(text: str) -> list[str]:
    """Words in lower case, without what is only written: signs, and apostrophes of one kind."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _titles(corpus: _Corpus, chance: random.Random) -> Iterator[KnownItem]:
    speakers = {
        row: dict.fromkeys(cue.speaker for one in group for cue in one.cues if cue.speaker)
        for row, group in corpus.passages.items()
    }
    heard = Counter(name for names in speakers.values() for name in names)
    said = {
        row: Counter(w for one in group for w in words(text_of(one)) if len(w) > 3 and "'" not in w)
        for row, group in corpus.passages.items()
    }
    within = Counter(word for counts in said.values() for word in counts)
    rows = sorted(row for row, names in speakers.items() if names)
    chance.shuffle(rows)
    for row in rows:
        guest = min(speakers[row], key=lambda name: (heard[name], name))
        best = sorted(said[row], key=lambda word: (-said[row][word] * log(len(said) / within[word]), word))
        own = [word for word in best if word not in guest.lower()][:2]
        yield KnownItem("title", " ".join((guest.split()[-1].lower(), *own)), row, None)


def _sentences(corpus: _Corpus, chance: random.Random, make: _Maker) -> Iterator[KnownItem]:
    rows = sorted(corpus.passages)
    seen: set[str] = set()
    while True:
        row = chance.choice(rows)
        place = chance.randrange(len(corpus.passages[row]))
        sentences = _SENTENCE.findall(text_of(corpus.passages[row][place]))
        if not sentences:
            continue
        item = make(corpus, chance, chance.choice(sentences))
        if item and item[1] not in seen:
            seen.add(item[1])
            yield KnownItem(*item, row, place)


def _question(corpus: _Corpus, chance: random.Random, sentence: str) -> tuple[str, str] | None:
    asked = words(sentence)
    while asked and asked[0] in _OPENERS:
        asked.pop(0)
    if not sentence.endswith("?") or not 6 <= len(asked) <= 14 or len(_rare(corpus, asked)) < 3:
        return None
    return "question", " ".join(asked)


def _keywords(corpus: _Corpus, chance: random.Random, sentence: str) -> tuple[str, str] | None:
    question = _question(corpus, chance, sentence)
    return question and ("keywords", " ".join(_rare(corpus, question[1].split())))


def _quote(corpus: _Corpus, chance: random.Random, sentence: str) -> tuple[str, str] | None:
    said = words(sentence)
    if len(said) < 12:
        return None
    length = chance.randint(6, 9)
    start = chance.randint(1, len(said) - length - 1)
    part = said[start : start + length]
    rare = _rare(corpus, part)
    if len(rare) < 3:
        return None
    at = part.index(chance.choice(rare))
    rank = corpus.by_rarity.index(part[at])
    near = corpus.by_rarity[max(rank - 50, _COMMON) : rank + 50]
    part[at] = chance.choice([word for word in near if word not in part])
    return "quote", " ".join(part)


def _rare(corpus: _Corpus, some: Sequence[str]) -> list[str]:
    return [word for word in some if word not in corpus.common]
