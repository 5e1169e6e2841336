"""Whether store and index are sound and agree."""

from __future__ import annotations

from castabout.engine.castabout import Castabout
from castabout.errors import SearchIndexError
from castabout.index import Contents
from castabout.model.health import CheckReport
from castabout.store import changes, health, inventory, spoken
from castabout.text.numbers import count_words


def check(castabout: Castabout) -> CheckReport:
    """Compare the index with the store, row by row. Raises `StoreError`."""
    faults = list(inventory.faults(castabout.store))
    podcasts, episodes = inventory.rows(castabout.store)
    waiting = changes.waiting(castabout.store)
    contents = Contents(frozenset(), frozenset())
    try:
        if castabout.index.exists():
            faults += castabout.index.faults()
            contents = castabout.index.contents()
        elif episodes and not waiting:
            faults.append("there is no index")
    except SearchIndexError as error:
        faults.append(str(error))
    else:
        # What waits is taken in by whatever command comes next, and not before that can both be compared.
        if not waiting:
            faults += _difference("podcast", podcasts, contents.podcasts)
            faults += _difference("episode", episodes, contents.episodes)
    return CheckReport(
        podcasts=len(podcasts),
        episodes=len(episodes),
        indexed_podcasts=len(contents.podcasts),
        indexed_episodes=len(contents.episodes),
        waiting=waiting,
        faults=tuple(faults),
        feeds=health.counts(castabout.store),
        spoken=spoken.counts(castabout.store),
    )


def _difference(what: str, stored: frozenset[int], indexed: frozenset[int]) -> list[str]:
    faults = []
    if missing := len(stored - indexed):
        faults.append(f"{count_words(missing, what)} of the library {_are(missing)} not in the index")
    if foreign := len(indexed - stored):
        faults.append(f"{count_words(foreign, what)} of the index {_are(foreign)} not in the library")
    return faults


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
