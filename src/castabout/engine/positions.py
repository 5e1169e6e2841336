"""How far episodes were heard: the newest word counts, whichever device says it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from castabout.engine.castabout import Castabout
from castabout.engine.library import named_episode
from castabout.model.playing import Position
from castabout.store import positions


def heard(castabout: Castabout, owner: str, ids: Iterable[str]) -> dict[str, Position]:
    """How far ``owner`` heard the episodes with these ids; those never played are left out. Raises `StoreError`."""
    return positions.by_ids(castabout.store, owner, ids)


def keep(
    castabout: Castabout, owner: str, episode: str, seconds: float, *, finished: bool, when: datetime
) -> Position:
    """Keep how far ``owner`` heard an episode, unless a newer position is kept; gives the one that is kept.

    ``when`` is by the clock of a device: what is in the future by ours counts as now, so that no wrong
    clock can shut out all others. Raises `NotInLibrary` and `StoreError`.
    """
    stored = named_episode(castabout, episode)
    position = Position(max(seconds, 0.0), finished, min(when, castabout.clock()))
    return positions.put(castabout.store, owner, stored.row, position)
