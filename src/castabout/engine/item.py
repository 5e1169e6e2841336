"""An item of a feed parted into what it tells of an episode and what is said there at a time. Pure."""

from __future__ import annotations

from dataclasses import replace

from castabout.model.feed import Episode
from castabout.model.transcript import Spoken
from castabout.parse.chapters import from_feed, in_order
from castabout.parse.spoken.notes import SplitNotes, split_notes


def parted(item: Episode) -> tuple[Episode, Spoken | None]:
    """``item`` with the notes proper, and what else stood in it; None if there was nothing else."""
    split = split_notes(item.notes, duration=item.duration) if item.notes else SplitNotes(None)
    chapters = from_feed(item.simple_chapters) or split.chapters
    if not (split.transcript or chapters or item.soundbites):
        return item, None
    spoken = Spoken(split.transcript, in_order(chapters, item.duration), item.soundbites)
    return replace(item, notes=split.notes), spoken
