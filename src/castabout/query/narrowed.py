"""A query with one limit more, or less: what is chosen beside the results instead of being typed. Pure."""

from __future__ import annotations

from castabout.query.ast import And, Lasting, Published, Query, Trait

#: What can be chosen.
Limit = Trait | Published | Lasting


def is_narrowed(query: Query, limit: Limit) -> bool:
    """Whether all that ``query`` finds is within ``limit``, because it says so."""
    return limit in _parts(query)


def narrowed(query: Query, limit: Limit) -> Query:
    """``query`` within ``limit``, instead of within another one of its kind."""
    return And((*_without(query, _kind(limit)), limit))


def widened(query: Query, name: str) -> Query:
    """``query`` without limits of the kind ``name``: ``language``, ``after``, ``longer`` and so on."""
    return And(_without(query, _KINDS.get(name, name)))


def _without(query: Query, kind: str) -> tuple[Query, ...]:
    return tuple(part for part in _parts(query) if not (isinstance(part, Limit) and _kind(part) == kind))


def _parts(query: Query) -> tuple[Query, ...]:
    return query.parts if isinstance(query, And) else (query,)


#: Longer and shorter are of one kind: whoever chooses one does not mean the other too.
_KINDS = {"longer": "lasting", "shorter": "lasting"}


def _kind(limit: Limit) -> str:
    name = limit.name if isinstance(limit, Trait) else limit.bound
    return _KINDS.get(name, name)
