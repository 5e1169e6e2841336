"""What is looked for, without what narrows it. Pure."""

from __future__ import annotations

from castabout.query.ast import And, Field, Lasting, Not, Of, Published, Query, Trait, Without

_NARROWS = (Field, Lasting, Of, Published, Trait)


def without_limits(query: Query) -> Query:
    """``query`` without names, days, lengths and traits; what is hidden stays hidden."""
    match query:
        case Without(part, podcasts):
            return Without(without_limits(part), podcasts)
        case And(parts):
            return And(tuple(part for part in parts if not _narrows(part)))
        case _:
            return And(()) if _narrows(query) else query


def _narrows(query: Query) -> bool:
    return isinstance(query.part if isinstance(query, Not) else query, _NARROWS)
