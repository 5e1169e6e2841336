"""``castabout transcript``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, TypeAlias

from castabout.cli.app import complain
from castabout.cli.library import index_what_waits, opened, progress, writing
from castabout.engine.brought import Brought, add_file, add_folder
from castabout.engine.castabout import Castabout
from castabout.errors import one_line
from castabout.text.numbers import count_words

Action: TypeAlias = Literal["add"]


def transcript(action: Action, of: str, path: Path, /) -> int:
    """Take transcripts that you have into the library.

    A file is for one episode, a folder for the episodes of a podcast: which file is
    of which episode is told by their names, as `show-101.srt` or `s2e10.vtt`, the
    title of the episode, the name of its media file or its date. What cannot be
    matched surely is said, and not taken. WebVTT, SRT, JSON, HTML, Markdown and
    plain text are read. A transcript that you bring along goes before the one of the feed.

    Examples: `castabout transcript add "Practical AI" transcripts/practicalai`,
    `castabout transcript add 3d41df59-1d5b-5a3c-b2ae-8f0ac2f1d3c1 talk.srt`.

    Parameters
    ----------
    action
        What to do: add.
    of
        The episode, by its id or the address of its page; or the podcast, by its title, its id or the
        address of its feed.
    path
        The file; or the folder.
    """
    with opened() as castabout, writing(castabout):
        status = _add_folder(castabout, of, path) if path.is_dir() else _add_file(castabout, of, path)
        index_what_waits(castabout)
    return status


def _add_file(castabout: Castabout, episode: str, file: Path) -> int:
    stored = add_file(castabout, episode, file)
    sys.stdout.write(f"Transcript of {one_line(stored.episode.title or 'an untitled episode')} read.\n")
    return 0


def _add_folder(castabout: Castabout, podcast: str, folder: Path) -> int:
    with progress("Reading transcripts", None) as advance:
        brought = add_folder(castabout, podcast, folder, progress=advance)
    for error in brought.failed:
        complain(error.for_people)
    for file in brought.unmatched:
        complain(f"{one_line(str(file))}: of no episode that its name tells surely")
    sys.stdout.write(f"{_summary(brought)}.\n")
    return 1 if brought.failed or brought.unmatched else 0


def _summary(brought: Brought) -> str:
    parts = [f"{count_words(len(brought.read), 'transcript')} read"]
    if brought.failed:
        parts.append(f"{len(brought.failed):,} could not be read")
    if brought.unmatched:
        parts.append(f"{len(brought.unmatched):,} of no known episode")
    return ", ".join(parts)
