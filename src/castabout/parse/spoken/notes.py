"""Notes that hold more than notes: the transcript and the list of chapters that somebody pasted there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from castabout.model.transcript import Chapter, Transcript
from castabout.parse.spoken.chapters import FEWEST, find_chapters
from castabout.parse.spoken.page import page_of
from castabout.parse.spoken.talk import find_talk

#: Notes without either hold nothing; most are such.
_TIME = re.compile(r"\d:[0-5]\d")
_SHORTEST_TALK = 2_000
_FEWEST_COLONS = 8


@dataclass(frozen=True, slots=True)
class SplitNotes:
    """Notes, and what stood in them besides."""

    #: Safe HTML without the transcript; a list of chapters stays. ``None`` if nothing is left.
    notes: str | None
    transcript: Transcript | None = None
    chapters: tuple[Chapter, ...] = ()


def split_notes(safe_html: str, *, duration: float | None = None) -> SplitNotes:
    """``safe_html``, as `castabout.parse.notes.sanitise` gave it, parted into notes, transcript and chapters.

    ``duration`` of the episode in seconds, if it is known: later times are no
    chapters. Takes time in proportion to the length of the notes.
    """
    times = len(_TIME.findall(safe_html))
    if times < FEWEST and (len(safe_html) < _SHORTEST_TALK or safe_html.count(":") < _FEWEST_COLONS):
        return SplitNotes(safe_html or None)
    page = page_of(safe_html)
    talk = find_talk(page.text, page.sections, page.links)
    if talk is None:
        return SplitNotes(safe_html or None, None, find_chapters(page.text, duration))
    rest = f"{page.text[: talk.start]}\n{page.text[talk.end :]}"
    return SplitNotes(
        page.without(talk.start, talk.end) or None,
        Transcript(talk.cues),
        find_chapters(rest, duration) or talk.chapters,
    )
