"""The query tree. ``str(query)`` prints text that parses to the same tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

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


#: What is looked for in texts.
Text = Word | Phrase | Prefix


@dataclass(frozen=True, slots=True)
class Field:
    """Words in the title of the podcast, or in the name of a person."""

    name: Literal["podcast", "person"]
    text: Text

    def __str__(self) -> str:
        return f"{self.name}:{self.text}"


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that an episode has or is: ``language:de``, ``has:transcript``, ``type:trailer``."""

    name: Literal["language", "has", "type", "explicit"]
    #: Lower case; a language as BCP 47 without region.
    value: str

    def __str__(self) -> str:
        return f"{self.name}:{self.value}"


@dataclass(frozen=True, slots=True)
class Age:
    """A day, so long before today."""

    number: int
    unit: Literal["day", "week", "month", "year"]

    def __str__(self) -> str:
        return f'"{self.number} {self.unit}{"" if self.number == 1 else "s"}"'


@dataclass(frozen=True, slots=True)
class Published:
    """Episodes of this day and later ones, or all that are earlier; undated ones are neither."""

    bound: Literal["after", "before"]
    day: date | Age

    def __str__(self) -> str:
        return f"{self.bound}:{self.day}"


@dataclass(frozen=True, slots=True)
class Lasting:
    """Episodes longer, or shorter, than so many seconds; of unknown duration neither."""

    bound: Literal["longer", "shorter"]
    seconds: int

    def __str__(self) -> str:
        minutes, rest = divmod(self.seconds, 60)
        return f"{self.bound}:{self.seconds}s" if rest else f"{self.bound}:{minutes}m"


#: What has no parts.
Leaf = Text | Field | Trait | Published | Lasting


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
    #: Just these words, not other forms of them, in what is written, not in what is said.
    is_written: bool = False

    def __str__(self) -> str:
        return " ".join(map(str, self.words))


@dataclass(frozen=True, slots=True)
class Without:
    """What ``part`` finds, without the episodes of some podcasts, and some others. Nobody types it."""

    part: Query
    #: Their rows in the store.
    podcasts: frozenset[int] = frozenset()
    episodes: frozenset[int] = frozenset()

    def __str__(self) -> str:
        return str(self.part)


@dataclass(frozen=True, slots=True)
class Among:
    """What ``part`` finds among some episodes. Nobody types it."""

    part: Query
    #: Their rows in the store.
    episodes: frozenset[int]

    def __str__(self) -> str:
        return str(self.part)


@dataclass(frozen=True, slots=True)
class Once:
    """What ``part`` finds, but of copies of an episode the first alone. Nobody types it."""

    part: Query
    #: Rows of later copies, which are there too: their first one is not found.
    shown: frozenset[int]

    def __str__(self) -> str:
        return str(self.part)


@dataclass(frozen=True, slots=True)
class Of:
    """What is of these podcasts. Nobody types it: see `castabout.query.settle`."""

    name: Field
    #: Rows in the store of the podcasts that are so named.
    podcasts: frozenset[int]

    def __str__(self) -> str:
        return str(self.name)


@dataclass(frozen=True, slots=True)
class Called:
    """What has just this as its title, whatever its case, blanks and signs. Nobody types it."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Sought:
    """All of ``words``, or what is called so: first this, then what has the words in its title.

    Nobody types it: see `castabout.query.sought`.
    """

    words: tuple[Word | Phrase, ...]

    def __str__(self) -> str:
        return " ".join(map(str, self.words))


@dataclass(frozen=True, slots=True)
class Everything:
    """All that there is. Nobody types it."""

    def __str__(self) -> str:
        return ""


Query = Leaf | Not | And | Or | Some | Without | Among | Once | Of | Called | Sought | Everything

NOTHING = And(())


def needles(query: Query) -> tuple[Needle, ...]:
    """The words and phrases that an answer to ``query`` may be marked with."""
    match query:
        case Word(text) | Phrase(text):
            return (Needle(text),)
        case Prefix(text):
            return (Needle(text, prefix=True),)
        case And(parts) | Or(parts) | Some(parts) | Sought(parts):
            return tuple(needle for part in parts for needle in needles(part))
        case Without(part) | Among(part) | Once(part):
            return needles(part)
        case Not() | Field() | Trait() | Published() | Lasting() | Of() | Called() | Everything():
            return ()


def names_person(query: Query) -> bool:
    """Whether ``query`` asks who says, or is in, what it finds; or who is not to."""
    match query:
        case Field(name):
            return name == "person"
        case And(parts) | Or(parts):
            return any(map(names_person, parts))
        case Not(part) | Without(part):
            return names_person(part)
        case _:
            return False


def _inner(part: Query) -> str:
    return f"({part})" if isinstance(part, And | Or) else str(part)
