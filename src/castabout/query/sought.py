"""What a person seeks who typed mere words: perhaps something that is called so. Pure."""

from __future__ import annotations

from castabout.query.ast import (
    And,
    Called,
    Field,
    Lasting,
    Not,
    Of,
    Phrase,
    Published,
    Query,
    Sought,
    Trait,
    Without,
    Word,
)


def sought(query: Query) -> Query:
    """``query`` with its words as `Sought`; as it is, if it is more than words and what narrows them."""
    match query:
        case Without(part, podcasts):
            return Without(sought(part), podcasts)
        case Word() | Phrase():
            return Sought((query,))
        case And(parts):
            words = tuple(part for part in parts if isinstance(part, Word | Phrase))
            others = tuple(part for part in parts if not isinstance(part, Word | Phrase))
            if not words or not all(isinstance(part, _NARROWING) for part in others):
                return query
            return And((Sought(words), *others)) if others else Sought(words)
        case _:
            return query


def called(query: Query) -> Query | None:
    """What is called as ``query`` says, whatever it is narrowed by; ``None`` if it is no name."""
    match query:
        case Without(part, podcasts):
            name = called(part)
            return Without(name, podcasts) if name else None
        case Sought(words):
            return Called(" ".join(word.text for word in words))
        case And((Sought() as words, *_)):
            return called(words)
        case _:
            return None


_NARROWING = (Field, Trait, Published, Lasting, Not, Of)
