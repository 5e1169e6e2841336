"""Which episodes of a page are in Listen Later, and whether it is followed, for its buttons."""

from __future__ import annotations

from collections.abc import Iterable

from castabout.engine import follows, later
from castabout.engine.castabout import Castabout
from castabout.model.answers import EpisodeLine
from castabout.web.who import Owner, Who

#: The ids of the episodes that are in Listen Later; ``None`` for somebody who has no lists here, and no buttons.
Saved = frozenset[str] | None


def saved_among(castabout: Castabout, who: Who, lines: Iterable[EpisodeLine]) -> Saved:
    """Those of ``lines`` that whoever asks has in Listen Later."""
    if not isinstance(who, Owner):
        return None
    return later.saved(castabout, who.id, [line.id for line in lines])


def lists_around(castabout: Castabout, who: Who, id: str) -> tuple[tuple[str, bool], ...]:
    """The names of the other lists of whoever asks, each with whether the episode is in it."""
    if not isinstance(who, Owner):
        return ()
    within = later.lists_with(castabout, who.id, id)
    others = (one for one in later.all_lists(castabout, who.id) if not one.is_first)
    return tuple((one.name, one.name in within) for one in others)


def followed_by(castabout: Castabout, who: Who, query: str) -> bool | None:
    """Whether whoever asks follows ``query``; ``None`` for somebody who can follow nothing here."""
    return follows.is_followed(castabout, who.id, query) if isinstance(who, Owner) else None
