"""Notes that hold more than notes: the transcript and the list of chapters that somebody pasted there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from castabout.model.transcript import Chapter, Transcript
from castabout.parse.spoken.chapters import FEWEST, find_chapters
from castabout.parse.spoken.page import page_of
from castabout.parse.spoken.talk import find_talk

#: Most notes have none.
_TIME = re.compile(r"\d:[0-5]\d")
#: What stands above a transcript in one of the languages that `castabout.parse.spoken.talk` knows.
_HEADING = re.compile(r"trans[ck]ri|trascri", re.I)
#: Behind a name; those in addresses are not.
_COLON = re.compile(r"[:：][*_]{0,3}(?:[\s<]|&nbsp;)")
#: Without times and heading nothing shorter, or with fewer turns, is a talk.
_SHORTEST_TALK = 2_000
_FEWEST_TURNS = 8


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
    if not _may_hold_more(safe_html):
        return SplitNotes(safe_html or None)
    page = page_of(safe_html)
    talk = find_talk(page.text, page.sections, page.links)
    if talk is None:
        return SplitNotes(safe_html or None, None, find_chapters(page.text, duration))
    rest = f"{page.text[: talk.start]}\n{page.text[talk.end :]}"
    return SplitNotes(
        page.without(talk.start, talk.end) or None,
        Transcript(talk.cues),
        _in_order(talk.chapters, find_chapters(rest, duration)),
    )


def _may_hold_more(safe_html: str) -> bool:
    if len(_TIME.findall(safe_html)) >= FEWEST:
        return True
    if _HEADING.search(safe_html):
        return True
    return len(safe_html) >= _SHORTEST_TALK and len(_COLON.findall(safe_html)) >= _FEWEST_TURNS


def _in_order(titles: Iterable[Chapter], listed: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """Titles within the talk and those of the list: one at a time, the one of the list if there are two."""
    chapters = {chapter.start: chapter for chapter in (*titles, *listed)}
    return tuple(chapters[start] for start in sorted(chapters))
