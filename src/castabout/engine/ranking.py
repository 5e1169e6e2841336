"""Which podcasts are the best about a topic. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from castabout.model.answers import BestPodcast

#: What an episode counts for: with the topic in its title so much more, and less where it is only said in it.
_TITLE = 4.0
_SAID = 0.5
#: As if every podcast had this many more episodes, all about something else:
#: one hit of one episode is no proof of being about it.
_DOUBT = 5
#: A large part of the show counts most; but of two with the same part the one with more has more to hear.
_NUMBER = 1.5
#: A show that has the topic in its own title is about it, whatever its episodes are called; other words of
#: its own are a hint.
_NAMED = 2.0
_DESCRIBED = 0.1
#: This part of the score fades, by half with each of these times without anything new about the topic.
_FADES = 0.3
_HALF_LIFE_DAYS = 3 * 365
#: What the whole world listens to is better by this for each point, as directories count them up to ten.
_POPULAR = 0.02
_MOST_POPULAR = 10


def ranked(candidates: Iterable[BestPodcast], *, today: date) -> tuple[BestPodcast, ...]:
    """Best first: a large part of the show is about it, in titles rather than in passing, often, and lately.

    The weights are from the judged queries of `bench/relevance`; any of them may be half or twice as large
    without a difference that shows.
    """
    return tuple(sorted(candidates, key=lambda best: (-_score(best, today), best.podcast.title)))


def _score(best: BestPodcast, today: date) -> float:
    only_said = best.episodes_about - best.written
    weight = best.written + _SAID * only_said + _TITLE * best.in_titles
    part: float = weight / (best.podcast.episodes_total + _DOUBT)
    age = (today - best.latest).days if best.latest else 2 * _HALF_LIFE_DAYS
    freshness = 1 - _FADES + _FADES * math.exp2(-max(age, 0) / _HALF_LIFE_DAYS)
    own = _NAMED if best.is_named else _DESCRIBED if best.is_described else 0.0
    popular = 1 + _POPULAR * min(best.popularity or 0, _MOST_POPULAR)
    score: float = (part * math.log1p(weight) ** _NUMBER * freshness + own) * popular
    return score
