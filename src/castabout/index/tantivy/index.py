"""The index on disk: writing, reloading, searching."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Lock

from tantivy import DocAddress, Index, IndexWriter, Order, Query, Searcher
from tantivy import Document as Fields

from castabout.errors import IndexDamaged, IndexLocked, SearchIndexError
from castabout.index import Contents, Figures
from castabout.index.document import Document, EpisodeDocument
from castabout.index.tantivy import figures as aggregation
from castabout.index.tantivy.compile import PODCASTS, compiled
from castabout.index.tantivy.files import damaged_files
from castabout.index.tantivy.schema import VERSION, episode_fields, podcast_fields, register_analyzers, schema
from castabout.query import ast

#: The least that Tantivy works with.
_LEAST_MEMORY_MB = 16
_META = "meta.json"


class TantivyIndex:
    """`castabout.index.Index` on Tantivy, in the folder ``folder``/``v<VERSION>``."""

    def __init__(self, folder: Path, *, memory_mb: int = 60) -> None:
        """Nothing is opened or made before it is needed. ``memory_mb`` bounds the writer."""
        self._folder = folder / f"v{VERSION}"
        self._memory = max(memory_mb, _LEAST_MEMORY_MB) * 1_000_000
        self._lock = Lock()
        self._index: Index | None = None
        self._searcher: Searcher | None = None
        #: When the index was last committed to, by anybody: what is cached holds until it changes.
        self._seen: int | None = None
        self._years: Mapping[int, int] | None = None

    def exists(self) -> bool:
        """Whether there is an index already, made by this version."""
        return (self._folder / _META).exists()

    def write(self, documents: Iterable[Document]) -> None:
        """Add ``documents``, replacing those with the same row; durable when it returns."""
        with self._wrapped():
            writer = self._open_writer()
            for document in documents:
                _take_away(writer, document)
                writer.add_document(_fields(document))
            writer.commit()
            # Others may write as soon as this one is done.
            writer.wait_merging_threads()

    @contextmanager
    def adding(self) -> Iterator[Callable[[Iterable[Document]], None]]:
        """A function that adds documents whose rows are not there yet; durable whenever it returns.

        For very many: nothing is looked for, and nobody else may write between its calls.
        """
        with self._wrapped():
            writer = self._open_writer()

        def add(documents: Iterable[Document]) -> None:
            with self._wrapped():
                for document in documents:
                    writer.add_document(_fields(document))
                writer.commit()

        yield add
        with self._wrapped():
            writer.wait_merging_threads()

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
        with self._wrapped():
            searcher = self._current()
            found = searcher.search(
                compiled(query), limit, count=False, offset=offset, order_by_field="newness", order=Order.Desc
            )
            return _rows(searcher, [address for _, address in found.hits])

    def best(self, query: ast.Query, *, offset: int = 0, limit: int = 20) -> tuple[int, ...]:
        """Rows of the episodes that match, best first."""
        with self._wrapped():
            searcher = self._current()
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
        with self._wrapped():
            answer = self._current().aggregate(compiled(query), aggregation.count_request())
            return int(answer["episodes"]["value"])

    def podcasts(self, query: ast.Query, *, offset: int = 0, limit: int = 20) -> tuple[int, ...]:
        """Rows of the podcasts that match by what is said of them, best first."""
        with self._wrapped():
            searcher = self._current()
            found = searcher.search(compiled(query, PODCASTS), limit, count=False, offset=offset)
            rows = searcher.fast_field_values(PODCASTS.itself, [address for _, address in found.hits])
            scored = zip((score for score, _ in found.hits), (int(row or 0) for row in rows), strict=True)
            return tuple(row for _, row in sorted(scored, key=lambda hit: (-hit[0], hit[1])))

    def podcast_count(self, query: ast.Query) -> int:
        """How many podcasts match by what is said of them."""
        with self._wrapped():
            request = aggregation.podcast_count_request()
            return int(self._current().aggregate(compiled(query, PODCASTS), request)["podcasts"]["value"])

    def figures(self, query: ast.Query, *, since: date) -> Figures:
        """The figures of a topic, in one request; ``since`` bounds ``recent``."""
        with self._wrapped():
            return aggregation.figures(self._current().aggregate(compiled(query), aggregation.request(since)))

    def years(self) -> Mapping[int, int]:
        """All dated episodes of the library by year; counted once for each state of the index."""
        with self._wrapped():
            searcher = self._current()
            if self._years is None:
                answer = searcher.aggregate(Query.all_query(), aggregation.years_request())
                self._years = aggregation.years(answer)
            return self._years

    def contents(self) -> Contents:
        """The rows that it holds; reads all of them."""
        with self._wrapped():
            searcher = self._current()
            return Contents(
                podcasts=frozenset(_column(searcher, "podcast_itself")),
                episodes=frozenset(_column(searcher, "episode")),
            )

    def faults(self) -> tuple[str, ...]:
        """What is wrong with its files, one line each; reads all of them."""
        with self._wrapped():
            return tuple(f"the index's file {name} is damaged" for name in damaged_files(self._folder))

    def close(self) -> None:
        """Let go of its files."""
        with self._lock:
            self._index = self._searcher = None
            self._seen = self._years = None

    def _open_writer(self) -> IndexWriter:
        with self._lock:
            return self._opened().writer(self._memory, num_threads=1)

    def _opened(self) -> Index:
        if self._index is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._index = Index(schema(), path=str(self._folder))
            self._index.config_reader("manual")
            register_analyzers(self._index)
        return self._index

    def _current(self) -> Searcher:
        """A searcher over what was committed last, by this process or another."""
        with self._lock:
            index = self._opened()
            committed = (self._folder / _META).stat().st_mtime_ns
            if self._searcher is None or committed != self._seen:
                index.reload()
                self._searcher, self._seen, self._years = index.searcher(), committed, None
            return self._searcher

    @contextmanager
    def _wrapped(self) -> Iterator[None]:
        """Tantivy says everything as ValueError or OSError; say it in the house's own errors."""
        try:
            yield
        except (ValueError, OSError) as error:
            if "LockBusy" in str(error) or "Failed to acquire" in str(error):
                raise IndexLocked(str(self._folder)) from error
            raise IndexDamaged(str(self._folder)) from error
        except BaseException as error:
            # What Tantivy does not expect of its own files it says as a panic, which is no Exception.
            if type(error).__name__ == "PanicException":
                raise IndexDamaged(str(self._folder)) from error
            raise


def _take_away(writer: IndexWriter, document: Document) -> None:
    """Take away the document with the same row."""
    field = "episode" if isinstance(document, EpisodeDocument) else "podcast_itself"
    writer.delete_documents_by_term(field, document.row)


def _fields(document: Document) -> Fields:
    return episode_fields(document) if isinstance(document, EpisodeDocument) else podcast_fields(document)


def _rows(searcher: Searcher, addresses: list[DocAddress]) -> tuple[int, ...]:
    return tuple(int(row) for row in searcher.fast_field_values("episode", addresses) if row is not None)


def _column(searcher: Searcher, field: str) -> Iterator[int]:
    """All values of a column, read through the sorting, which gives the values without the documents."""
    limit = max(searcher.num_docs, 1)
    found = searcher.search(Query.exists_query(field), limit, count=False, order_by_field=field)
    return (value for value, _ in found.hits)
