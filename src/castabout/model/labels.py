"""What an episode is about and who is in it, as its feed and its text tell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody in an episode."""

    name: str
    #: Lower case, e.g. ``guest`` or ``host``; ``None`` if it is not told.
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """Tags and people of an episode."""

    #: In lower case, the most telling first; each is a topic that finds the episode.
    tags: tuple[str, ...] = ()
    people: tuple[NamedPerson, ...] = ()


NO_LABELS = Labels()


@dataclass(frozen=True, slots=True)
class WordCounts:
    """How many of some episodes in one language have a word."""

    episodes: int = 0
    #: Words of a single episode may be left out.
    counts: dict[str, int] | None = None

    def of(self, word: str) -> int:
        """Episodes that have ``word``."""
        return self.counts.get(word, 0) if self.counts else 0
