"""Topics side by side."""

from __future__ import annotations

from dataclasses import dataclass

from castabout.model.answers import YearCount


@dataclass(frozen=True, slots=True)
class ComparedTopic:
    """One of several topics."""

    topic: str
    episodes: int
    #: The same years of all that are compared.
    popularity: tuple[YearCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage:
    """Topics side by side."""

    topics: tuple[ComparedTopic, ...]
    elapsed_ms: float
