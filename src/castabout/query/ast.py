"""The query tree. ``str(query)`` prints text that parses to the same tree."""

from __future__ import annotations

from dataclasses import dataclass

from castabout.text.matching import Needle


@dataclass(frozen=True, slots=True)
class Word:
    """A single word as typed; it may hold punctuation (``l'A2C``, ``c++``)."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, next to each other."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with ``text``."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but ``part``."""

    part: Query

    def __str__(self) -> str:
        return f"-{_inner(self.part)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of ``parts``. Without parts it is the empty query, which matches nothing."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " ".join(_inner(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of ``parts``."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(_inner(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Some:
    """At least so many of ``words``. Nobody types it: see `castabout.query.loose`."""

    words: tuple[Word, ...]
    at_least: int

    def __str__(self) -> str:
        return " ".join(map(str, self.words))


@dataclass(frozen=True, slots=True)
class Without:
    """What ``part`` finds, without the episodes of some podcasts. Nobody types it."""

    part: Query
    #: Their rows in the store.
    podcasts: frozenset[int]

    def __str__(self) -> str:
        return str(self.part)


Query = Word | Phrase | Prefix | Not | And | Or | Some | Without

NOTHING = And(())


def needles(query: Query) -> tuple[Needle, ...]:
    """The words and phrases that an answer to ``query`` may be marked with."""
    match query:
        case Word(text) | Phrase(text):
            return (Needle(text),)
        case Prefix(text):
            return (Needle(text, prefix=True),)
        case And(parts) | Or(parts) | Some(parts):
            return tuple(needle for part in parts for needle in needles(part))
        case Not():
            return ()
        case Without(part):
            return needles(part)


def _inner(part: Query) -> str:
    return f"({part})" if isinstance(part, And | Or) else str(part)
