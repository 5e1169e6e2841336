"""Taking in the dump of a directory: millions of podcasts, findable at once.

Rows become podcasts in a process of their own while this one stores and
indexes those before. A transaction of the store and a commit of the index
hold many rows each; a crash between them leaves the rows in the change
queue, and reading the dump again passes over what is there.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from castabout.engine.castabout import Castabout
from castabout.errors import SourceError
from castabout.fetch.private import is_private
from castabout.index.document import PodcastDocument, podcast_document
from castabout.model.digest import digest_of, encoded
from castabout.model.dump import NOTHING, DumpCounts, Wanted
from castabout.model.feed import Podcast
from castabout.model.library import StoredPodcast
from castabout.parse.identity import guid_id, podcast_id, title_key
from castabout.parse.indexed import Unusable, indexed_podcast
from castabout.store import changes, dump
from castabout.store.bulk import BulkWriter, NewPodcast, writing_bulk
from castabout.text.language import primary_language

#: Rows that go from process to process at a time.
BATCH = 2_000
#: Rows between two commits: a crash costs at most the work on so many.
COMMIT_EVERY = 100_000
_NOT_YET = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A podcast, ready to be written and indexed."""

    new: NewPodcast
    #: Its row is not known yet.
    document: PodcastDocument


@dataclass(frozen=True, slots=True)
class _Batch:
    """What became of some rows of the dump, up to the row ``last``; or the ``error`` that ended it."""

    last: int
    ready: tuple[_Ready, ...] = ()
    left_out: DumpCounts = NOTHING
    error: str | None = None


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Batch | None)


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
    with _batches(path, wanted) as batches:
        taking = _Taking(castabout, batches, progress)
        while not taking.is_done:
            castabout.index.write(taking.documents(), are_new=True)
            taking.settle()
    if taking.error:
        raise SourceError(str(path), taking.error)
    return taking.counts


class _Taking:
    """How far it has gone."""

    def __init__(
        self, castabout: Castabout, batches: Iterator[_Batch], progress: Callable[[int], None]
    ) -> None:
        self._castabout = castabout
        self._batches = batches
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
                batch = next(self._batches, None)
                if batch is None:
                    self.is_done = True
                    break
                self.error = batch.error
                yield from self._written(writer, batch)
                self._progress(batch.last - self._done)
                self._done = batch.last
        self._queued = writer.queued

    def settle(self) -> None:
        """Clear the change queue of what the index holds durably by now."""
        if self._queued:
            changes.done_between(self._castabout.store, *self._queued)
            self._queued = None

    def _written(self, writer: BulkWriter, batch: _Batch) -> Iterator[PodcastDocument]:
        rows = writer.add([ready.new for ready in batch.ready])
        added = len(rows)
        for ready in batch.ready:
            # Of two with one id the first was written.
            if row := rows.pop(ready.new.id, None):
                yield _numbered(ready.document, row)
        self.counts += batch.left_out + DumpCounts(added=added, known=len(batch.ready) - added)


def _numbered(document: PodcastDocument, row: int) -> PodcastDocument:
    return PodcastDocument(
        row=row,
        title=document.title,
        description=document.description,
        people=document.people,
        categories=document.categories,
        language=document.language,
        traits=document.traits,
    )


@contextmanager
def _batches(path: Path, wanted: Wanted) -> Iterator[Iterator[_Batch]]:
    """The batches of a dump; of one that is not small, read by another process."""
    if dump.last_row(path) <= BATCH:
        yield _read(path, wanted)
        return
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send_all, args=(path, wanted, sender), daemon=True)
    process.start()
    sender.close()
    try:
        yield _received(receiver)
    finally:
        # The other one finds nobody to send to and ends.
        receiver.close()
        process.join()


def _received(receiver: Connection) -> Iterator[_Batch]:
    last = 0
    while True:
        try:
            batch = _decoder.decode(receiver.recv_bytes())
        except (EOFError, OSError):
            yield _Batch(last, error="the process that read it died")
            return
        if batch is None:
            return
        last = batch.last
        yield batch


def _send_all(path: Path, wanted: Wanted, sender: Connection) -> None:
    """In a process of its own, which ends with the one that started it: Ctrl-C is for that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for batch in _read(path, wanted):
            sender.send_bytes(_encoder.encode(batch))
        sender.send_bytes(_encoder.encode(None))
    except BrokenPipeError:
        return


def _read(path: Path, wanted: Wanted) -> Iterator[_Batch]:
    words = _Words.of(wanted)
    last = 0
    try:
        for last, rows in dump.rows(path, wanted, batch=BATCH):
            yield _batch(last, rows, words)
    except SourceError as error:
        yield _Batch(last, error=error.cause)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is wanted, as far as words tell."""

    languages: frozenset[str]
    categories: frozenset[str]

    @classmethod
    def of(cls, wanted: Wanted) -> _Words:
        return cls(
            frozenset(language.casefold() for language in wanted.languages),
            frozenset(category.casefold() for category in wanted.categories),
        )

    def match(self, podcast: Podcast) -> bool:
        if self.languages and primary_language(podcast.language) not in self.languages:
            return False
        return not self.categories or any(name.casefold() in self.categories for name in podcast.categories)


def _batch(last: int, rows: list[dump.Row], words: _Words) -> _Batch:
    ready: list[_Ready] = []
    left_out: Counter[str] = Counter()
    for row in rows:
        *values, is_wanted = row
        found = indexed_podcast(*values)
        if isinstance(found, Unusable):
            left_out["dead" if found is Unusable.DEAD else "unusable"] += 1
        elif not is_wanted or not words.match(found[1]):
            left_out["unwanted"] += 1
        else:
            ready.append(_ready(*found))
    return _Batch(last, tuple(ready), DumpCounts(**left_out))


def _ready(source: str, podcast: Podcast) -> _Ready:
    value = encoded(podcast)
    id = podcast_id(podcast.guid, source)
    new = NewPodcast(
        id=id,
        source=source,
        guid=guid_id(podcast.guid),
        title_key=title_key(podcast.title),
        digest=digest_of(value),
        value=value.decode(),
        is_private=is_private(source),
    )
    stored = StoredPodcast(row=0, id=id, source=source, podcast=podcast, added=_NOT_YET, episodes=0)
    return _Ready(new, podcast_document(stored))
