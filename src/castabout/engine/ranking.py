"""Which podcasts are the best about a topic. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from castabout.model.answers import BestPodcast

#: As if every podcast had this many more episodes, all about something else:
#: one hit of one episode is no proof of being about it.
_DOUBT = 3
_HALF_LIFE_DAYS = 3 * 365


def ranked(candidates: Iterable[BestPodcast], *, today: date) -> tuple[BestPodcast, ...]:
    """Best first: a large part of the show is about it, often, and lately."""
    return tuple(sorted(candidates, key=lambda best: (-_score(best, today), best.podcast.title)))


def _score(candidate: BestPodcast, today: date) -> float:
    share: float = candidate.episodes_about / (candidate.podcast.episodes_total + _DOUBT)
    age = (today - candidate.latest).days if candidate.latest else 2 * _HALF_LIFE_DAYS
    freshness = math.exp2(-max(age, 0) / _HALF_LIFE_DAYS)
    return share * math.log1p(candidate.episodes_about) * freshness
