"""Taking in the dump of a directory: millions of podcasts, findable at once.

Rows become podcasts in a process of their own while this one stores and
indexes those before. A transaction of the store and a commit of the index
hold many rows each; a crash between them leaves the rows in the change
queue, and reading the dump again passes over what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from castabout.engine.castabout import Castabout
from castabout.engine.dump_rows import BATCH, Batch, batches
from castabout.errors import SourceError
from castabout.index.document import PodcastDocument
from castabout.model.dump import NOTHING, DumpCounts, Wanted
from castabout.store import changes, dump
from castabout.store.bulk import BulkWriter, writing_bulk

#: Rows between two commits. A crash costs at most the work on so many; what the index merges at a time, and
#: the memory for that, grows with it.
COMMIT_EVERY = 100_000


def rows_in(path: Path) -> int:
    """About how many rows the dump in the file ``path`` has. Raises `SourceError` if it is none."""
    return dump.last_row(path)


def take_in(
    castabout: Castabout, path: Path, wanted: Wanted, *, progress: Callable[[int], None]
) -> DumpCounts:
    """Write and index the podcasts of the dump in the SQLite file ``path``.

    ``progress`` is told how many more rows are done. The index must be up to
    date before. Raises `SourceError`; what was read before a damaged place is kept.
    """
    with batches(path, wanted) as read, castabout.index.adding() as add:
        taking = _Taking(castabout, read, progress)
        while not taking.is_done:
            add(taking.documents())
            taking.settle()
    if taking.error:
        raise SourceError(str(path), taking.error)
    return taking.counts


class _Taking:
    """How far it has gone."""

    def __init__(self, castabout: Castabout, read: Iterator[Batch], progress: Callable[[int], None]) -> None:
        self._castabout = castabout
        self._read = read
        self._progress = progress
        self._done = 0
        self._queued: tuple[int, int] | None = None
        self.counts = NOTHING
        self.error: str | None = None
        self.is_done = False

    def documents(self) -> Iterator[PodcastDocument]:
        """Write the next podcasts, in one transaction, and give what the index is to know of them."""
        now = int(self._castabout.clock().timestamp())
        with writing_bulk(self._castabout.store, now=now, place=self.counts.added) as writer:
            for _ in range(COMMIT_EVERY // BATCH):
                batch = next(self._read, None)
                if batch is None:
                    self.is_done = True
                    break
                self.error = batch.error
                yield from self._written(writer, batch)
                self._progress(batch.so_far - self._done)
                self._done = batch.so_far
        self._queued = writer.queued

    def settle(self) -> None:
        """Clear the change queue of what the index holds durably by now."""
        if self._queued:
            changes.done_between(self._castabout.store, *self._queued)
            self._queued = None

    def _written(self, writer: BulkWriter, batch: Batch) -> Iterator[PodcastDocument]:
        rows = writer.add([ready.new for ready in batch.ready])
        added = len(rows)
        for ready in batch.ready:
            # Of two with one id the first was written.
            if row := rows.pop(ready.new.id, None):
                yield ready.document(row)
        self.counts += batch.left_out + DumpCounts(added=added, known=len(batch.ready) - added)
