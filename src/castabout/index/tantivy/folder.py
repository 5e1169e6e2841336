"""One folder with an index of Tantivy: opening, writing, reading what was committed last."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from tantivy import Index, IndexWriter, Schema, Searcher

from castabout.errors import IndexDamaged, IndexLocked, SearchIndexError
from castabout.index.tantivy.files import damaged_files
from castabout.index.tantivy.schema import register_analyzers

#: The least that Tantivy works with.
_LEAST_MEMORY_MB = 16
_META = "meta.json"
#: What the system says where there is no fault but in the place.
_UNWRITTEN = re.compile(r"No space left on device|Read-only file system|Permission denied")


class Folder:
    """An index in ``path``; nothing is opened or made before it is needed."""

    def __init__(self, path: Path, schema: Callable[[], Schema], *, memory_mb: int) -> None:
        """``memory_mb`` bounds a writer."""
        self.path = path
        self._schema = schema
        self._memory = max(memory_mb, _LEAST_MEMORY_MB) * 1_000_000
        self._lock = Lock()
        self._index: Index | None = None
        self._searcher: Searcher | None = None
        #: See `_place`.
        self._links: TemporaryDirectory[str] | None = None
        #: The list of files as it was last seen: what is cached holds until anybody commits.
        self._seen: tuple[int, int] | None = None

    def exists(self) -> bool:
        """Whether there is an index already."""
        return (self.path / _META).exists()

    def writer(self) -> IndexWriter:
        """A writer; there can be one at a time, in all processes."""
        with self._lock:
            return self._opened().writer(self._memory, num_threads=1)

    def searcher(self) -> Searcher:
        """A searcher over what was committed last, by this process or another; the same until then.

        Where there is no index none is made: nothing is found.
        """
        with self._lock:
            try:
                listed = (self.path / _META).stat()
            except FileNotFoundError:
                return _with_analyzers(Index(self._schema())).searcher()
            index = self._opened()
            # Each commit makes it anew, and there may be two within one tick of the file system's clock.
            committed = listed.st_ino, listed.st_mtime_ns
            if self._searcher is None or committed != self._seen:
                index.reload()
                self._searcher, self._seen = index.searcher(), committed
            return self._searcher

    def faults(self) -> tuple[str, ...]:
        """What is wrong with its files, one line each; reads all of them."""
        return tuple(f"the index's file {name} is damaged" for name in damaged_files(self.path))

    def close(self) -> None:
        """Let go of its files."""
        with self._lock:
            self._index = self._searcher = self._seen = None
            if self._links:
                self._links.cleanup()
                self._links = None

    @contextmanager
    def wrapped(self) -> Iterator[None]:
        """Tantivy says everything as ValueError or OSError; say it in the house's own errors."""
        try:
            yield
        except (ValueError, OSError) as error:
            if "LockBusy" in str(error) or "Failed to acquire" in str(error):
                raise IndexLocked(str(self.path)) from error
            if found := _UNWRITTEN.search(str(error)):
                raise SearchIndexError(
                    str(self.path), f"cannot be written to ({found[0].lower()})"
                ) from error
            raise IndexDamaged(str(self.path)) from error
        except BaseException as error:
            # What Tantivy does not expect of its own files it says as a panic, which is no Exception.
            if type(error).__name__ == "PanicException":
                raise IndexDamaged(str(self.path)) from error
            raise

    def _opened(self) -> Index:
        if self._index is None:
            self.path.mkdir(parents=True, exist_ok=True)
            self._index = _with_analyzers(Index(self._schema(), path=self._place()))
            self._index.config_reader("manual")
        return self._index

    def _place(self) -> str:
        """Where Tantivy can open the index.

        It makes a file for locks beside the others even to read them: of a folder
        that nothing can be written to it gets links in another one.
        """
        if os.access(self.path, os.W_OK):
            return str(self.path)
        self._links = TemporaryDirectory(prefix="castabout-")
        for file in self.path.iterdir():
            if file.is_file() and file.suffix != ".lock":
                Path(self._links.name, file.name).symlink_to(file.absolute())
        return self._links.name


def _with_analyzers(index: Index) -> Index:
    register_analyzers(index)
    return index
