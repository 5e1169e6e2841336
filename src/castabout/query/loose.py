"""Asking for less, where nothing has all that was asked for. Pure."""

from __future__ import annotations

from castabout.query.ast import And, Prefix, Query, Some, Without, Word

#: One of so many words is enough; what has more of them comes first.
_ONE_OF = 3
#: Fewer letters are the beginning of too much.
_BEGINNING = 3


def loose(query: Query) -> Query | None:
    """``query`` with some of its words in place of all; ``None`` if it is not such a query.

    Phrases, choices and what is left out stay as they were asked for.
    """
    match query:
        case Without(part, podcasts):
            looser = loose(part)
            return looser and Without(looser, podcasts)
        case And(parts):
            words = tuple(part for part in parts if isinstance(part, Word))
            others = tuple(part for part in parts if not isinstance(part, Word))
            if len(words) < 2:
                return None
            some = Some(words, -(-len(words) // _ONE_OF))
            return And((some, *others)) if others else some
        case _:
            return None


def open_ended(query: Query) -> Query | None:
    """``query`` with words that may go on; ``None`` if it has none that are long enough."""
    match query:
        case Word(text):
            return Prefix(text) if len(text) >= _BEGINNING and text[-1].isalnum() else None
        case Without(part, podcasts, episodes):
            longer = open_ended(part)
            return longer and Without(longer, podcasts, episodes)
        case And(parts):
            others = tuple(open_ended(part) or part for part in parts)
            return And(others) if others != parts else None
        case _:
            return None


def word_count(query: Query) -> int:
    """How many words ``query`` has that `loose` need not have all."""
    match query:
        case Without(part):
            return word_count(part)
        case And(parts):
            return sum(isinstance(part, Word) for part in parts)
        case _:
            return 0
