"""The full-text index: derived from the store, rebuildable at any time.

An index returns rows and figures, never the record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from castabout.index.document import Document
from castabout.model.labels import WordCounts
from castabout.model.names import FoundName, NameKind
from castabout.model.passage import Place
from castabout.query.ast import Query


@dataclass(frozen=True, slots=True)
class PodcastFigures:
    """A podcast that may be one of the best about a topic, and what matches of it."""

    row: int
    #: Episodes that match, and of these: the latest, those since the day that was asked for, those that do
    #: not only match by what is said in them, those that match by their titles.
    episodes: int
    latest: date | None
    recent: int
    written: int
    in_titles: int
    #: Its own title matches; anything that is said of it does.
    is_named: bool
    is_described: bool


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies among the episodes that match."""

    #: How many are copies of others of them.
    number: int = 0
    #: Of those whose first copy does not match, the earliest that do: `castabout.query.ast.Once` shows them.
    shown: frozenset[int] = frozenset()


NO_COPIES = Copies()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that is counted about the episodes that match."""

    episodes: int
    podcasts: int
    #: Seconds, over the ``with_duration`` episodes whose duration is known.
    mean_duration: float | None
    with_duration: int
    latest: date | None
    #: Matching episodes by year; undated ones are in no year.
    years: Mapping[int, int]
    #: Matching episodes since the day that was asked for.
    recent: int
    #: The fifty with most matching episodes, with most in titles, and that are themselves said to be about it;
    #: those with most matching episodes first.
    top_podcasts: tuple[PodcastFigures, ...]
    languages: Mapping[str, int]
    copies: Copies


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows that the index holds."""

    podcasts: frozenset[int]
    episodes: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """What moments are looked for in; ``None`` is no limit."""

    #: Rows.
    episodes: frozenset[int] | None = None
    podcasts: frozenset[int] | None = None
    #: Names of those who speak have all of its words.
    speaker: str | None = None
    #: Days of publication, both included; undated episodes are then left out.
    since: date | None = None
    until: date | None = None
    #: BCP 47, without region.
    language: str | None = None


EVERYWHERE = Within()


@dataclass(frozen=True, slots=True)
class EpisodeMoments:
    """The passages of one episode that match."""

    #: Of the episode.
    row: int
    #: The best of them, the best first.
    places: tuple[Place, ...]
    #: How many match.
    total: int


@dataclass(frozen=True, slots=True)
class MomentHits:
    """The passages that match, by episode."""

    moments: int
    #: ``None`` where there are too many moments, tens of thousands, to count them by episode.
    episodes: int | None
    groups: tuple[EpisodeMoments, ...]


class Index(Protocol):
    """One contract, several engines. Every method raises `castabout.errors.SearchIndexError`."""

    def exists(self) -> bool:
        """Whether there is an index already, made by this version."""

    def write(self, documents: Iterable[Document]) -> None:
        """Add ``documents``, replacing those with the same row; durable when it returns."""

    def adding(self) -> AbstractContextManager[Callable[[Iterable[Document]], None]]:
        """A function that adds documents whose rows are not there yet; durable whenever it returns.

        For very many: nothing is looked for, and nobody else may write between its calls.
        """

    def clear(self) -> None:
        """Throw everything away and begin anew."""

    def newest(self, query: Query, *, offset: int = 0, limit: int = 20) -> tuple[int, ...]:
        """Rows of the episodes that match, newest first, undated ones last."""

    def best(self, query: Query, *, offset: int = 0, limit: int = 20) -> tuple[int, ...]:
        """Rows of the episodes that match, best first."""

    def count(self, query: Query) -> int:
        """How many episodes match."""

    def copies(self, query: Query) -> Copies:
        """Which of the episodes that match are copies of others of them."""

    def podcasts(self, query: Query, *, offset: int = 0, limit: int = 20) -> tuple[int, ...]:
        """Rows of the podcasts that match by what is said of them, best first."""

    def podcast_count(self, query: Query) -> int:
        """How many podcasts match by what is said of them."""

    def moments(
        self,
        query: Query,
        within: Within = EVERYWHERE,
        *,
        newest_first: bool = False,
        offset: int = 0,
        limit: int = 20,
        each: int = 3,
    ) -> MomentHits:
        """Passages that match, by episode: the one with the best first, or the newest; ``each`` of an episode.

        Those of an episode come best first.
        """

    def commonness(self, terms: Iterable[str]) -> WordCounts:
        """In how many episodes what is written has the rarest word of each of these terms, about."""

    def figures(self, query: Query, *, since: date) -> Figures:
        """The figures of a topic; ``since`` bounds ``recent``."""

    def complete(self, typed: str, kind: NameKind, *, private: bool, limit: int = 8) -> tuple[FoundName, ...]:
        """Names that begin as ``typed``, then those in which a later word does, those with most episodes first.

        Names that only private podcasts have, and their episodes, are left out unless ``private``.
        """

    def commonest(self, kind: NameKind, *, private: bool, limit: int = 100) -> tuple[FoundName, ...]:
        """Names with most episodes, else as `complete`."""

    def alike(self, text: str, *, private: bool, limit: int = 20, letters: int = 2) -> tuple[FoundName, ...]:
        """Names that have all words of ``text``, each perhaps with ``letters`` wrong; else as `complete`."""

    def nearly(
        self, word: str, *, without: Collection[int], limit: int = 100, letters: int = 2
    ) -> tuple[int, ...]:
        """Rows of some episodes with ``word`` in titles or people, but for ``letters``; not of some podcasts."""

    def years_of(self, query: Query) -> Mapping[int, int]:
        """Dated episodes that match by year."""

    def languages_of(self, query: Query, *, limit: int = 20) -> Mapping[str, int]:
        """Episodes that match by language, the commonest ones; those of an unknown one are in none."""

    def years(self) -> Mapping[int, int]:
        """All dated episodes of the library by year."""

    def contents(self) -> Contents:
        """The rows that it holds; reads all of them."""

    def faults(self) -> tuple[str, ...]:
        """What is wrong with its files, one line each; reads all of them."""

    def close(self) -> None:
        """Let go of its files."""
