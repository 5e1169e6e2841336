"""More like this: episodes and podcasts that have the telling words of another one."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from castabout.engine.castabout import Castabout
from castabout.engine.hidden import visible
from castabout.engine.lines import lines_by_row, podcast_line
from castabout.engine.listing import best, in_order, once
from castabout.index.document import language_of
from castabout.model.answers import EpisodeLine, PodcastLine
from castabout.model.labels import Labels
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.query.ast import Query, Some, Without, Word
from castabout.store import copies, episodes, labels, podcasts
from castabout.text.fold import fold
from castabout.text.language import primary_language
from castabout.text.stopwords import stop_words
from castabout.text.terms import words

MOST = 6
#: Terms that are looked for.
_TERMS = 12
#: Of so many terms that another one has, two must be the same: one alone may mean something else.
_MANY = 3
#: What more than this part of the library's episodes have tells nothing, unless they are few.
_COMMON = 0.05
_FEW = 20
#: The last episodes of a podcast, whose tags and titles tell what it is about, and so many of their terms.
_LAST = 100
_OFTEN = 30
#: Episodes like a podcast's that are looked at for their podcasts.
_ALIKE = 200
#: Of ranks, so that the first does not count for many times the second.
_RANK = 10
#: A podcast with more episodes has more that are like something, by chance.
_DOUBT = 10
#: What it counts that a podcast itself is described alike.
_DESCRIBED = 2.0


def similar_episodes(
    castabout: Castabout, stored: StoredEpisode, podcast: StoredPodcast, labels: Labels
) -> tuple[EpisodeLine, ...]:
    """Episodes like this one, the most alike first, at most two of a podcast; none of them a copy of it."""
    title = _title_words(stored.episode.title, primary_language(language_of(stored, podcast)))
    people = (person.name for person in labels.people)
    query = _like(castabout, dict.fromkeys((*labels.tags, *people, *title), 1))
    if query is None:
        return ()
    itself = {stored.row, *copies.groups(castabout.store, [stored.row])}
    others = visible(castabout, Without(query, episodes=frozenset(itself)))
    found = best(castabout, once(others, castabout.index.copies(others)), offset=0, limit=MOST)
    return in_order(lines_by_row(castabout, found.rows, ()), found)


def similar_podcasts(castabout: Castabout, podcast: StoredPodcast) -> tuple[PodcastLine, ...]:
    """Podcasts with episodes like those of this one, or that say the like of themselves; the most alike first."""
    last = episodes.newest(castabout.store, podcast_row=podcast.row, limit=_LAST)
    of = labels.of_episodes(castabout.store, (one.row for one in last))
    language = primary_language(podcast.podcast.language)
    counts: Counter[str] = Counter()
    for each in last:
        counts.update({*of[each.row].tags, *_title_words(each.episode.title, language)})
    often = {term: count for term, count in counts.most_common(_OFTEN) if count > 1 or len(last) < _FEW}
    query = _like(castabout, dict.fromkeys(_title_words(podcast.podcast.title, language), 1) | often)
    if query is None:
        return ()
    others = visible(castabout, Without(query, frozenset([podcast.row])))
    ranks = _ranks_of_episodes(castabout, others)
    described = {row: rank for rank, row in enumerate(castabout.index.podcasts(others, limit=_FEW))}
    stored = podcasts.by_rows(castabout.store, {*ranks, *described})
    scores: dict[int, float] = {}
    for row, one in stored.items():
        own = _DESCRIBED / (_RANK + described[row]) if row in described else 0.0
        # Of many episodes one may be alike by chance.
        is_chance = len(ranks[row]) == 1 and one.episodes > _FEW
        alike = 0.0 if is_chance else sum(1 / (_RANK + rank) for rank in ranks[row])
        scores[row] = own + alike * _RANK / math.sqrt(one.episodes + _DOUBT)
    first = sorted((row for row in scores if scores[row]), key=lambda row: (-scores[row], row))
    return tuple(podcast_line(stored[row]) for row in first[:MOST])


def _ranks_of_episodes(castabout: Castabout, query: Query) -> dict[int, list[int]]:
    """The ranks of the best episodes by their podcasts."""
    found = castabout.index.best(query, limit=_ALIKE)
    owners = episodes.podcasts_of(castabout.store, found)
    ranks: dict[int, list[int]] = defaultdict(list)
    for rank, row in enumerate(found):
        if row in owners:
            ranks[owners[row]].append(rank)
    return ranks


def _like(castabout: Castabout, own: Mapping[str, int]) -> Query | None:
    """What has some of the most telling of these terms; ``None`` if none tells anything.

    ``own``: how many episodes have each of them of what others are to be like.
    """
    counts = castabout.index.commonness(own)
    most = max(counts.episodes * _COMMON, _FEW)
    # What no other episode has finds none.
    telling = [term for term in own if term and own[term] < counts.of(term) <= most]
    chosen = sorted(telling, key=lambda term: -own[term] * math.log(counts.episodes / counts.of(term)))[
        :_TERMS
    ]
    if not chosen:
        return None
    return Some(tuple(map(Word, chosen)), 2 if len(chosen) >= _MANY else 1, is_written=True)


def _title_words(title: str | None, language: str | None) -> Sequence[str]:
    stops = stop_words(language)
    return [word for word in words(title or "", language) if fold(word) not in stops and not word.isdigit()]
