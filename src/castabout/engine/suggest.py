"""What somebody may mean who is still typing."""

from __future__ import annotations

from time import perf_counter

from castabout.engine.castabout import Castabout
from castabout.model.names import FoundName, NameKind, Suggestions
from castabout.text.beginnings import plain

LIMIT = 8
#: Of these at most so many, where there are others.
_MOST: dict[NameKind, int] = {"podcast": 3, "person": 2}
_KINDS: tuple[NameKind, ...] = ("podcast", "person", "topic")


def suggestions(castabout: Castabout, typed: str) -> Suggestions:
    """Podcasts, people and topics whose names begin as ``typed``, or a word in them does.

    Raises `SearchIndexError`.
    """
    began = perf_counter()
    private = castabout.shows_private
    found = {
        kind: list(castabout.index.complete(typed, kind, private=private, limit=LIMIT)) for kind in _KINDS
    }
    return Suggestions(
        typed=typed, names=tuple(_chosen(found)), elapsed_ms=round((perf_counter() - began) * 1000, 2)
    )


def _chosen(found: dict[NameKind, list[FoundName]]) -> list[FoundName]:
    """Some of each kind, those with most episodes first; a name that is one of two kinds only once."""
    seen: set[str] = set()
    for kind, ones in found.items():
        ones[:] = [one for one in ones if plain(one.name) not in seen]
        if kind != "podcast":
            seen.update(plain(one.name) for one in ones)
    taken = {kind: min(len(ones), _MOST.get(kind, LIMIT)) for kind, ones in found.items()}
    taken["topic"] = min(taken["topic"], LIMIT - taken["podcast"] - taken["person"])
    for kind in _KINDS:
        room = LIMIT - sum(taken.values())
        taken[kind] += min(room, len(found[kind]) - taken[kind])
    return [one for kind in _KINDS for one in found[kind][: taken[kind]]]
