"""What results can be narrowed to by one press: each choice is a query of its own, so that it is a link. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from castabout.model.answers import LanguageCount, SearchPage
from castabout.query.ast import Age, Lasting, Published, Query, Trait
from castabout.query.narrowed import Limit, is_narrowed, narrowed, widened
from castabout.query.parser import parse

_PUBLISHED = (
    ("past month", Published("after", Age(1, "month"))),
    ("past year", Published("after", Age(1, "year"))),
    ("past five years", Published("after", Age(5, "year"))),
)
_LENGTH = (
    ("under 20 minutes", Lasting("shorter", 20 * 60)),
    ("under an hour", Lasting("shorter", 60 * 60)),
    ("over an hour", Lasting("longer", 60 * 60)),
)
_ONLY = (
    ("with transcript", Trait("has", "transcript")),
    ("with chapters", Trait("has", "chapters")),
    ("not explicit", Trait("explicit", "no")),
)
#: More languages would hide the rest; the others can be typed.
_MOST_LANGUAGES = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow what is found, or to take that back where it is chosen."""

    #: In words, or a language's code.
    name: str
    #: The query that pressing it asks for.
    query: str
    is_chosen: bool
    episodes: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices of which at most one holds, but for those of `only`."""

    languages: tuple[Choice, ...]
    published: tuple[Choice, ...]
    length: tuple[Choice, ...]
    only: tuple[Choice, ...]

    @property
    def are_any_chosen(self) -> bool:
        """Whether the query is narrowed by any of them."""
        groups = (self.languages, self.published, self.length, self.only)
        return any(choice.is_chosen for group in groups for choice in group)


def in_language(query: str, language: str) -> str:
    """``query``, in ``language`` alone."""
    return str(narrowed(parse(query), Trait("language", language)))


def choices(page: SearchPage) -> Choices:
    """What the results on ``page`` can be narrowed to."""
    query = parse(page.query)
    return Choices(
        tuple(_languages(query, page.languages)),
        _each(query, _PUBLISHED),
        _each(query, _LENGTH),
        _each(query, _ONLY),
    )


def _languages(query: Query, counts: Iterable[LanguageCount]) -> Iterator[Choice]:
    """The commonest ones with their episodes; none where there is nothing to choose."""
    shown = tuple(counts)[:_MOST_LANGUAGES]
    found = [(_choice(query, each.language, Trait("language", each.language)), each) for each in shown]
    if len(found) > 1 or any(choice.is_chosen for choice, _ in found):
        for choice, each in found:
            yield Choice(choice.name, choice.query, choice.is_chosen, each.episodes)


def _each(query: Query, limits: Iterable[tuple[str, Limit]]) -> tuple[Choice, ...]:
    return tuple(_choice(query, name, limit) for name, limit in limits)


def _choice(query: Query, name: str, limit: Limit) -> Choice:
    if is_narrowed(query, limit):
        kind = limit.name if isinstance(limit, Trait) else limit.bound
        return Choice(name, str(widened(query, kind)), is_chosen=True)
    return Choice(name, str(narrowed(query, limit)), is_chosen=False)
