"""Reading the dump of a directory in a process of its own, into podcasts that only need to be written.

What this module imports that process has to load: neither a store nor an index.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Queue
from threading import Thread

import msgspec

from castabout.errors import SourceError
from castabout.fetch import without_credentials
from castabout.fetch.private import is_private
from castabout.index.document import PodcastDocument, podcast_document
from castabout.model.digest import digest_of, encoded
from castabout.model.dump import NOTHING, DumpCounts, NewPodcast, Wanted
from castabout.model.feed import Podcast
from castabout.model.library import StoredPodcast
from castabout.parse.identity import guid_id, podcast_id, title_key
from castabout.parse.indexed import Unusable, indexed_podcast
from castabout.store import dump
from castabout.text.language import primary_language

#: Rows that go from process to process at a time.
BATCH = 2_000
#: Batches that wait to be sent: there is something to do while the reader sorts what comes next.
_AHEAD = 5
_THE_END = b""
_NOT_YET = datetime.fromtimestamp(0, UTC)


class Ready(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A podcast, ready to be written and, once its row is known, to be indexed."""

    new: NewPodcast
    title: str
    called: tuple[str, ...]
    description: str
    title_joined: tuple[str, ...]
    joined: tuple[str, ...]
    people: tuple[str, ...]
    categories: tuple[str, ...]
    language: str | None
    traits: tuple[str, ...]

    def document(self, row: int) -> PodcastDocument:
        """What the index is to know of it."""
        return PodcastDocument(
            row=row,
            title=self.title,
            called=self.called,
            description=self.description,
            title_joined=self.title_joined,
            joined=self.joined,
            # Its episodes are not read yet.
            repeated=(),
            people=self.people,
            categories=self.categories,
            language=self.language,
            traits=self.traits,
        )


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """What became of some rows of the dump; or the ``error`` that ended it."""

    #: Rows until now, about.
    so_far: int
    ready: tuple[Ready, ...] = ()
    left_out: DumpCounts = NOTHING
    error: str | None = None


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Batch | None)


@contextmanager
def batches(path: Path, wanted: Wanted) -> Iterator[Iterator[Batch]]:
    """What is ``wanted`` of the dump ``path``; of one that is not small read by another process.

    Raises `SourceError`.
    """
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


def _received(receiver: Connection) -> Iterator[Batch]:
    so_far = 0
    while True:
        try:
            batch = _decoder.decode(receiver.recv_bytes())
        except (EOFError, OSError):
            yield Batch(so_far, error="the process that read it died")
            return
        if batch is None:
            return
        so_far = batch.so_far
        yield batch


def _send_all(path: Path, wanted: Wanted, sender: Connection) -> None:
    """In a process of its own, which ends with the one that started it: Ctrl-C is for that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ahead: Queue[bytes] = Queue(_AHEAD)
    sending = Thread(target=_send, args=(ahead, sender), daemon=True)
    sending.start()
    for batch in _read(path, wanted):
        ahead.put(_encoder.encode(batch))
    ahead.put(_encoder.encode(None))
    ahead.put(_THE_END)
    sending.join()


def _send(ahead: Queue[bytes], sender: Connection) -> None:
    try:
        for batch in iter(ahead.get, _THE_END):
            sender.send_bytes(batch)
    except BrokenPipeError:
        os._exit(1)  # nobody is left who would want the rest


def _read(path: Path, wanted: Wanted) -> Iterator[Batch]:
    words = _Words.of(wanted)
    so_far = 0
    try:
        for so_far, rows in dump.rows(path, wanted, batch=BATCH):
            yield _batch(so_far, rows, words)
    except SourceError as error:
        yield Batch(so_far, error=error.cause)


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


def _batch(so_far: int, rows: list[dump.Row], words: _Words) -> Batch:
    ready: list[Ready] = []
    left_out: Counter[str] = Counter()
    for row in rows:
        *values, is_wanted = row
        found = indexed_podcast(*values)
        if isinstance(found, Unusable):
            left_out["dead" if found is Unusable.DEAD else "unusable"] += 1
        elif "@" in found[0] and without_credentials(found[0]) != found[0]:
            # Whosever password it is, it is not one to be used, let alone kept.
            left_out["unusable"] += 1
        elif not is_wanted or not words.match(found[1]):
            left_out["unwanted"] += 1
        else:
            ready.append(_ready(*found))
    return Batch(so_far, tuple(ready), DumpCounts(**left_out))


def _ready(source: str, podcast: Podcast) -> Ready:
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
    made = podcast_document(stored)
    return Ready(
        new,
        made.title,
        made.called,
        made.description,
        made.title_joined,
        made.joined,
        made.people,
        made.categories,
        made.language,
        made.traits,
    )
