"""``castabout transcript``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, TypeAlias

from castabout.cli.app import WrongUsage, complain
from castabout.cli.library import index_what_waits, opened, progress, writing
from castabout.engine.brought import Brought, add_file, add_folder, remove_file
from castabout.engine.castabout import Castabout
from castabout.engine.reread import reread
from castabout.errors import NotFound, one_line
from castabout.model.library import StoredEpisode
from castabout.store import inventory
from castabout.text.numbers import count_words

Action: TypeAlias = Literal["add", "remove", "reread"]


def transcript(action: Action, of: str | None = None, path: Path | None = None, /) -> int:
    """Take transcripts that you have into the library, take them out, or read anew what is there.

    add: a file is for one episode, a folder for the episodes of a podcast: which file is
    of which episode is told by their names, as `show-101.srt` or `s2e10.vtt`, the
    title of the episode, the name of its media file or its date. What cannot be
    matched surely, as a number behind the name of another show, is said, and not taken.
    WebVTT, SRT, JSON, HTML, Markdown and plain text are read. A transcript that you bring
    along goes before the one of the feed, and in the place of one that you brought before.

    remove: take out the transcript that you brought along for an episode; what its feed names counts again.

    reread: read all kept transcripts, and the notes of all episodes, once more, since a
    newer castabout may see more in them. Nothing is fetched.

    Examples: `castabout transcript add "Practical AI" transcripts/practicalai`,
    `castabout transcript add 3d41df59-1d5b-5a3c-b2ae-8f0ac2f1d3c1 talk.srt`.

    Parameters
    ----------
    action
        What to do: add, remove or reread.
    of
        The episode, by its id or the address of its page; or the podcast, by its title, its id or the
        address of its feed.
    path
        The file; or the folder.
    """
    named = (of or "").strip()
    if action == "add" and (not named or path is None):
        raise WrongUsage("name the episode and the file, or the podcast and the folder")
    if action == "remove" and (not named or path is not None):
        raise WrongUsage("name the episode, by its id or the address of its page, and nothing more")
    if action == "reread" and of is not None:
        raise WrongUsage("reread reads all that is there; name nothing more")
    if path is not None and not path.exists():
        raise NotFound(str(path))
    with opened() as castabout, writing(castabout):
        if action == "remove":
            status = _remove(castabout, named)
        elif path is None:
            status = _reread(castabout)
        else:
            add = _add_folder if path.is_dir() else _add_file
            status = add(castabout, named, path)
        index_what_waits(castabout)
    return status


def _reread(castabout: Castabout) -> int:
    with progress("Reading again", inventory.counts(castabout.store)[1]) as advance:
        changed = reread(castabout, progress=advance)
    sys.stdout.write(f"Read again: {count_words(changed, 'change')}.\n")
    return 0


def _add_file(castabout: Castabout, episode: str, file: Path) -> int:
    stored, is_other = add_file(castabout, episode, file)
    instead = ", in place of the one that you brought before" if is_other else ""
    sys.stdout.write(f"Transcript of {_title(stored)} read{instead}.\n")
    return 0


def _remove(castabout: Castabout, episode: str) -> int:
    sys.stdout.write(f"Your transcript of {_title(remove_file(castabout, episode))} is out.\n")
    return 0


def _title(stored: StoredEpisode) -> str:
    return one_line(stored.episode.title or "an untitled episode")


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
    if brought.replaced:
        parts.append(f"{brought.replaced:,} replaced")
    if brought.failed:
        parts.append(f"{len(brought.failed):,} could not be read")
    if brought.unmatched:
        parts.append(f"{len(brought.unmatched):,} of no known episode")
    return ", ".join(parts)
