"""Keeping the index in step with the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from castabout.engine.castabout import Castabout
from castabout.engine.copying import first_copies
from castabout.engine.labelling import Labelling
from castabout.engine.passages import passages
from castabout.engine.repeated import said_again
from castabout.errors import IndexLocked, StoreLocked
from castabout.index.document import (
    Document,
    GoneDocument,
    episode_document,
    name_document,
    podcast_document,
    spoken_document,
    title_document,
)
from castabout.model.labels import Labels
from castabout.model.library import QueuedChange
from castabout.model.names import CountedName
from castabout.model.transcript import Spoken
from castabout.store import changes, episodes, names, podcasts, spoken, statistics
from castabout.store.lock import writing_alone

#: Entries read from the store at once: bounds the memory.
BATCH = 500
#: Transcripts read at once: each may be as long as a book.
SPOKEN_BATCH = 50
NAME_BATCH = 5_000
#: Entries between two commits of the index: a commit is slow, and what is lost
#: in a crash has to be indexed again.
COMMIT_EVERY = 50_000


def waiting(castabout: Castabout) -> int:
    """How many changes the index has not seen; all of the store when there is no index, or an older version's."""
    if not castabout.index.exists():
        changes.queue_everything(castabout.store)
        statistics.forget(castabout.store)
    return changes.waiting(castabout.store)


def catch_up(castabout: Castabout, *, progress: Callable[[int], None]) -> None:
    """Index everything that waits. ``progress`` is told how many more are done.

    May be killed at any point and run again. Raises `IndexLocked` when another
    process is doing the same, `SearchIndexError` and `StoreError`.
    """
    if not waiting(castabout):
        return
    after = 0
    while taken := _next(castabout, after):
        after = taken[-1].sequence
        counted: list[CountedName] = []
        castabout.index.write(_documents(castabout, taken, progress, counted))
        names.seen(castabout.store, counted)
        changes.done(castabout.store, taken)


def catch_up_if_free(castabout: Castabout) -> bool:
    """As `catch_up`, unless another process is writing: then it is left to that one, or to whoever comes next."""
    try:
        with writing_alone(castabout.store):
            catch_up(castabout, progress=lambda _: None)
    except (StoreLocked, IndexLocked):
        return False
    return True


def reindex(castabout: Castabout, *, progress: Callable[[int], None]) -> None:
    """Throw the index away and build it anew from the store."""
    # In this order: a crash in between leaves a full queue, never a lost one.
    changes.queue_everything(castabout.store)
    statistics.forget(castabout.store)
    castabout.index.clear()
    catch_up(castabout, progress=progress)


def _next(castabout: Castabout, after: int) -> Sequence[QueuedChange]:
    return changes.take(castabout.store, COMMIT_EVERY, after=after)


def _documents(
    castabout: Castabout,
    taken: Sequence[QueuedChange],
    progress: Callable[[int], None],
    counted: list[CountedName],
) -> Iterator[Document]:
    """What the index is to know of ``taken``; the names among it are put into ``counted``."""
    # A row may be queued more than once: it is read, as it is now, only once.
    shows = Counter(change.row for change in taken if change.kind == "podcast")
    items = Counter(change.row for change in taken if change.kind != "podcast")
    said = {change.row for change in taken if change.kind == "spoken"}
    owners: set[int] = set(shows)
    labelling = Labelling(castabout)
    labelling.sample(items)
    for batch in _batches(items, BATCH):
        yield from _episodes(castabout, batch, said, labelling, owners)
        progress(sum(items[row] for row in batch))
    # After their episodes, since these tell what they repeat.
    for batch in _batches(sorted(shows.keys() | labelling.repeating), BATCH):
        yield from _podcasts(castabout, batch)
        progress(sum(shows[row] for row in batch))
    yield from _names(castabout, owners, counted)


def _batches(rows: Iterable[int], size: int) -> Iterator[Sequence[int]]:
    every = list(rows)
    return (every[start : start + size] for start in range(0, len(every), size))


def _podcasts(castabout: Castabout, rows: Sequence[int]) -> Iterator[Document]:
    known = statistics.of_shows(castabout.store, rows)
    found = podcasts.by_rows(castabout.store, rows)
    for row in rows:
        if row in found:
            yield podcast_document(found[row], said_again(castabout, row, known[row].repeats))
        else:
            yield GoneDocument(row, is_episode=False)


def _names(castabout: Castabout, shows: Iterable[int], counted: list[CountedName]) -> Iterator[Document]:
    """The titles of ``shows``, and people and topics with other counts than before."""
    after = 0
    while found := names.stale(castabout.store, after=after, limit=NAME_BATCH):
        after = found[-1].row
        counted += found
        yield from map(name_document, found)
    # After the names that are gone: a podcast that was removed may be back.
    for batch in _batches(sorted(shows), BATCH):
        yield from map(title_document, podcasts.by_rows(castabout.store, batch).values())


def _episodes(
    castabout: Castabout,
    rows: Sequence[int],
    said: Collection[int],
    labelling: Labelling,
    shows: set[int],
) -> Iterator[Document]:
    """Episodes, and what is said in them; passages of those in ``said`` alone may have to be taken away.

    The rows of their podcasts are put into ``shows``.
    """
    stored = episodes.by_rows(castabout.store, rows)
    shows.update(episode.podcast_row for episode in stored.values())
    owners = podcasts.by_rows(castabout.store, {episode.podcast_row for episode in stored.values()})
    drafts = labelling.drafts(stored, owners)
    firsts = first_copies(castabout, stored)
    labels: dict[int, Labels] = {}
    for batch in _batches(rows, SPOKEN_BATCH):
        told = spoken.of_episodes(castabout.store, batch)
        for row in batch:
            if episode := stored.get(row):
                owner = owners[episode.podcast_row]
                of = told.get(row)
                value = of.spoken if of else Spoken()
                labels[row] = labelling.labels(drafts[row], value)
                cleaned = drafts[row].searched(labels[row])
                yield episode_document(episode, owner, value, cleaned, first_copy=firsts.get(row))
                if of or row in said:
                    language = of.language if of else None
                    yield spoken_document(episode, owner, passages(value), language, value)
            else:
                yield GoneDocument(row, is_episode=True)
    labelling.write(labels)
