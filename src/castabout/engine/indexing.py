"""Keeping the index in step with the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from castabout.engine.castabout import Castabout
from castabout.errors import IndexLocked, StoreLocked
from castabout.index.document import Document, episode_document, podcast_document
from castabout.model.library import QueuedChange
from castabout.store import changes, episodes, podcasts
from castabout.store.lock import writing_alone

#: Entries read from the store at once: bounds the memory.
BATCH = 500
#: Entries between two commits of the index: a commit is slow, and what is lost
#: in a crash has to be indexed again.
COMMIT_EVERY = 50_000


def waiting(castabout: Castabout) -> int:
    """How many changes the index has not seen; all of the store when there is no index."""
    if not castabout.index.exists():
        changes.queue_everything(castabout.store)
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
        castabout.index.write(_documents(castabout, taken, progress))
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
    castabout.index.clear()
    catch_up(castabout, progress=progress)


def _next(castabout: Castabout, after: int) -> Sequence[QueuedChange]:
    return changes.take(castabout.store, COMMIT_EVERY, after=after)


def _documents(
    castabout: Castabout, taken: Sequence[QueuedChange], progress: Callable[[int], None]
) -> Iterator[Document]:
    # A row may be queued more than once: it is read, as it is now, only once.
    for kind in ("podcast", "episode"):
        rows = list(dict.fromkeys(change.row for change in taken if change.kind == kind))
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            yield from _podcasts(castabout, batch) if kind == "podcast" else _episodes(castabout, batch)
            progress(len(batch))


def _podcasts(castabout: Castabout, rows: Sequence[int]) -> Iterator[Document]:
    for stored in podcasts.by_rows(castabout.store, rows).values():
        yield podcast_document(stored)


def _episodes(castabout: Castabout, rows: Sequence[int]) -> Iterator[Document]:
    stored = episodes.by_rows(castabout.store, rows)
    owners = podcasts.by_rows(castabout.store, {episode.podcast_row for episode in stored.values()})
    for row in rows:
        if episode := stored.get(row):
            yield episode_document(episode, owners[episode.podcast_row])
