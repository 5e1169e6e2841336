"""Reading what is kept again: a newer parser sees more in the same transcripts and notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from castabout.engine.castabout import Castabout
from castabout.engine.item import parted
from castabout.engine.spoken_file import read_chapters, read_transcript
from castabout.model.library import StoredEpisode
from castabout.model.spoken import KeptFile
from castabout.model.transcript import Spoken
from castabout.store import episodes, spoken
from castabout.store.spoken import CHAPTERS, NOTES

#: Read and written at once.
_BATCH = 200


def reread(castabout: Castabout, *, progress: Callable[[int], None]) -> int:
    """Read every kept file, and the notes of every episode, again; the number of episodes with something else now.

    Nothing is fetched, and nothing that was read before is lost: what is now
    read worse stays. ``progress`` is told of each episode. May be stopped and
    run again. Raises `StoreError`.
    """
    return _files(castabout) + _notes(castabout, progress)


def _files(castabout: Castabout) -> int:
    changed, after = 0, (0, "")
    while kept := spoken.kept_files(castabout.store, after=after, limit=_BATCH):
        after = kept[-1].row, kept[-1].origin
        news = [(file, said) for file in kept if (said := _read(file)) and said != file.spoken]
        spoken.write_again(castabout.store, news)
        changed += len(news)
    return changed


def _read(file: KeptFile) -> Spoken | None:
    if file.origin == CHAPTERS:
        # As long as the last one was known to last, if it was.
        ends = [chapter.end for chapter in file.spoken.chapters[-1:] if chapter.end]
        return read_chapters(file.raw, duration=ends[0] if ends else None)[0]
    return read_transcript(file.raw, name=file.url or "", type=file.type)[0]


def _notes(castabout: Castabout, progress: Callable[[int], None]) -> int:
    changed, after = 0, 0
    now = int(castabout.clock().timestamp())
    while batch := episodes.next_ones(castabout.store, after, limit=_BATCH):
        after = batch[-1].row
        before = spoken.parts(castabout.store, NOTES, [one.row for one in batch])
        found = [_again(one, before.get(one.row)) for one in batch]
        spoken.write_parted(castabout.store, found, now=now)
        changed += sum(said is not None for _, said in found)
        progress(len(batch))
    return changed


def _again(one: StoredEpisode, before: Spoken | None) -> tuple[StoredEpisode, Spoken | None]:
    """The episode parted, and what is said in it if that is something else than ``before``."""
    item, said = parted(one.episode)
    has_been_parted = before and before.transcript and not (said and said.transcript)
    if said is None or said == before or has_been_parted:
        return one, None
    return replace(one, episode=item), said
