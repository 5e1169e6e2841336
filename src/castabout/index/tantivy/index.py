"""The index on disk: writing and searching."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from tantivy import DocAddress, Order, Query, Searcher

from castabout.errors import SearchIndexError
from castabout.index import EVERYWHERE, Contents, Copies, Figures, MomentHits, Within
from castabout.index.document import Document
from castabout.index.tantivy import figures as aggregation
from castabout.index.tantivy import moments, names
from castabout.index.tantivy.candidates import candidates
from castabout.index.tantivy.compile import PODCASTS, compiled, compiled_nearly, frequency
from castabout.index.tantivy.copies import copies
from castabout.index.tantivy.folder import Folder
from castabout.index.tantivy.names import names_schema
from castabout.index.tantivy.schema import (
    VERSION,
    moments_schema,
    schema,
)
from castabout.index.tantivy.writing import Writing
from castabout.model.labels import WordCounts
from castabout.model.names import FoundName, NameKind
from castabout.query import ast

#: Fields with what is written of episodes.
_WRITTEN = ("title", "notes", "keywords", "people")


class TantivyIndex:
    """`castabout.index.Index` on Tantivy, in the folder ``folder``/``v<VERSION>``.

    Passages are in an index of their own in there: what a word is worth
    depends on how many of all documents have it, and on their lengths. So are names.
    """

    def __init__(self, folder: Path, *, memory_mb: int = 60) -> None:
        """Nothing is opened or made before it is needed. ``memory_mb`` bounds the writer."""
        self._folder = folder / f"v{VERSION}"
        self._episodes = Folder(self._folder, schema, memory_mb=memory_mb)
        self._moments = Folder(self._folder / "moments", moments_schema, memory_mb=memory_mb)
        self._names = Folder(self._folder / "names", names_schema, memory_mb=memory_mb)
        self._years: tuple[Searcher, Mapping[int, int]] | None = None

    def exists(self) -> bool:
        """Whether there is an index already, made by this version."""
        return self._episodes.exists()

    def write(self, documents: Iterable[Document]) -> None:
        """Add ``documents``, replacing those with the same row; durable when it returns."""
        writing = Writing(self._episodes, self._moments, self._names)
        writing.take(documents, are_new=False)
        writing.finish()

    @contextmanager
    def adding(self) -> Iterator[Callable[[Iterable[Document]], None]]:
        """A function that adds documents whose rows are not there yet; durable whenever it returns.

        For very many: nothing is looked for, and nobody else may write between its calls.
        """
        writing = Writing(self._episodes, self._moments, self._names)
        yield partial(writing.take, are_new=True)
        writing.finish()

    def clear(self) -> None:
        """Throw everything away and begin anew."""
        self.close()
        try:
            for place in (self._folder.parent, self._folder):
                if place.exists() and not place.is_dir():
                    place.unlink()
            if self._folder.exists():
                shutil.rmtree(self._folder)
        except OSError as error:
            raise SearchIndexError(str(self._folder), f"cannot be removed ({error.strerror})") from error

    def newest(self, query: ast.Query, *, offset: int = 0, limit: int = 20) -> tuple[int, ...]:
        """Rows of the episodes that match, newest first, undated ones last."""
        with self._episodes.wrapped():
            searcher = self._episodes.searcher()
            found = searcher.search(
                compiled(query), limit, count=False, offset=offset, order_by_field="newness", order=Order.Desc
            )
            return _rows(searcher, [address for _, address in found.hits])

    def best(self, query: ast.Query, *, offset: int = 0, limit: int = 20) -> tuple[int, ...]:
        """Rows of the episodes that match, best first."""
        with self._episodes.wrapped():
            searcher = self._episodes.searcher()
            found = searcher.search(compiled(query), limit, count=False, offset=offset)
            addresses = [address for _, address in found.hits]
            newness = searcher.fast_field_values("newness", addresses)
            # Equal scores come in the order of the files, which differs from build to build.
            ranked = sorted(
                zip((score for score, _ in found.hits), newness, _rows(searcher, addresses), strict=True),
                key=lambda hit: (-hit[0], -(hit[1] or 0)),
            )
            return tuple(row for _, _, row in ranked)

    def count(self, query: ast.Query) -> int:
        """How many episodes match."""
        with self._episodes.wrapped():
            answer = self._episodes.searcher().aggregate(compiled(query), aggregation.count_request())
            return int(answer["episodes"]["value"])

    def copies(self, query: ast.Query) -> Copies:
        """Which of the episodes that match are copies of others of them."""
        with self._episodes.wrapped():
            searcher = self._episodes.searcher()
            answer = searcher.aggregate(compiled(query), aggregation.copies_request())
            return copies(searcher, query, aggregation.copied(answer))

    def podcasts(self, query: ast.Query, *, offset: int = 0, limit: int = 20) -> tuple[int, ...]:
        """Rows of the podcasts that match by what is said of them, best first."""
        with self._episodes.wrapped():
            searcher = self._episodes.searcher()
            found = searcher.search(compiled(query, PODCASTS), limit, count=False, offset=offset)
            rows = searcher.fast_field_values(PODCASTS.itself, [address for _, address in found.hits])
            scored = zip((score for score, _ in found.hits), (int(row or 0) for row in rows), strict=True)
            return tuple(row for _, row in sorted(scored, key=lambda hit: (-hit[0], hit[1])))

    def podcast_count(self, query: ast.Query) -> int:
        """How many podcasts match by what is said of them."""
        with self._episodes.wrapped():
            request = aggregation.podcast_count_request()
            return int(
                self._episodes.searcher().aggregate(compiled(query, PODCASTS), request)["podcasts"]["value"]
            )

    def commonness(self, terms: Iterable[str]) -> WordCounts:
        """In how many episodes what is written has the rarest word of each of these terms, about."""
        with self._episodes.wrapped():
            searcher = self._episodes.searcher()
            counts = {term: frequency(term, searcher, _WRITTEN) for term in terms}
            # Documents of podcasts are few.
            return WordCounts(searcher.num_docs, counts)

    def figures(self, query: ast.Query, *, since: date) -> Figures:
        """The figures of a topic; ``since`` bounds ``recent``."""
        with self._episodes.wrapped():
            searcher = self._episodes.searcher()
            answer = searcher.aggregate(compiled(query), aggregation.request(since))
            found = candidates(searcher, query, aggregation.top_podcasts(answer), since=since)
            copied = copies(searcher, query, aggregation.copied(answer))
            return aggregation.figures(answer, found, copied)

    def years_of(self, query: ast.Query) -> Mapping[int, int]:
        """Dated episodes that match by year."""
        with self._episodes.wrapped():
            answer = self._episodes.searcher().aggregate(compiled(query), aggregation.years_request())
            return aggregation.years(answer)

    def languages_of(self, query: ast.Query, *, limit: int = 20) -> Mapping[str, int]:
        """Episodes that match by language."""
        with self._episodes.wrapped():
            request = aggregation.languages_request(limit)
            answer = self._episodes.searcher().aggregate(compiled(query), request)
            return aggregation.languages(answer)

    def years(self) -> Mapping[int, int]:
        """All dated episodes of the library by year; counted once for each state of the index."""
        with self._episodes.wrapped():
            searcher = self._episodes.searcher()
            if self._years is None or self._years[0] is not searcher:
                answer = searcher.aggregate(Query.all_query(), aggregation.years_request())
                self._years = searcher, aggregation.years(answer)
            return self._years[1]

    def contents(self) -> Contents:
        """The rows that it holds; reads all of them."""
        with self._episodes.wrapped():
            searcher = self._episodes.searcher()
            return Contents(
                podcasts=frozenset(_column(searcher, "podcast_itself")),
                episodes=frozenset(_column(searcher, "episode")),
            )

    def faults(self) -> tuple[str, ...]:
        """What is wrong with its files, one line each; reads all of them."""
        with self._episodes.wrapped():
            others = (folder for folder in (self._moments, self._names) if folder.exists())
            return sum((folder.faults() for folder in others), self._episodes.faults())

    def moments(
        self,
        query: ast.Query,
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
        search = moments.newest if newest_first else moments.best
        with self._moments.wrapped():
            return search(self._moments.searcher(), query, within, offset=offset, limit=limit, each=each)

    def complete(self, typed: str, kind: NameKind, *, private: bool, limit: int = 8) -> tuple[FoundName, ...]:
        """Names that begin as ``typed``, then those in which a later word does, most episodes first."""
        with self._names.wrapped():
            return names.complete(self._names.searcher(), typed, kind, private=private, limit=limit)

    def commonest(self, kind: NameKind, *, private: bool, limit: int = 100) -> tuple[FoundName, ...]:
        """Names with most episodes."""
        with self._names.wrapped():
            return names.commonest(self._names.searcher(), kind, private=private, limit=limit)

    def alike(self, text: str, *, private: bool, limit: int = 20, letters: int = 2) -> tuple[FoundName, ...]:
        """Names that have all words of ``text``, each perhaps with ``letters`` wrong, most episodes first."""
        with self._names.wrapped():
            return names.alike(self._names.searcher(), text, private=private, limit=limit, letters=letters)

    def nearly(
        self, word: str, *, without: Collection[int], limit: int = 100, letters: int = 2
    ) -> tuple[int, ...]:
        """Rows of some episodes with ``word`` in titles or people, but for ``letters``; not of some podcasts."""
        with self._episodes.wrapped():
            searcher = self._episodes.searcher()
            query = compiled_nearly(word, without, letters=letters)
            return _rows(searcher, [hit for _, hit in searcher.search(query, limit, count=False).hits])

    def close(self) -> None:
        """Let go of its files."""
        self._episodes.close()
        self._moments.close()
        self._names.close()
        self._years = None


def _rows(searcher: Searcher, addresses: list[DocAddress]) -> tuple[int, ...]:
    return tuple(int(row) for row in searcher.fast_field_values("episode", addresses) if row is not None)


def _column(searcher: Searcher, field: str) -> Iterator[int]:
    """All values of a column, read through the sorting, which gives the values without the documents."""
    limit = max(searcher.num_docs, 1)
    found = searcher.search(Query.exists_query(field), limit, count=False, order_by_field=field)
    return (value for value, _ in found.hits)
