"""Transcripts that somebody brings along, for one episode or in a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from castabout.engine.by_name import match
from castabout.engine.castabout import Castabout
from castabout.engine.library import named_episode
from castabout.engine.spoken_file import read_transcript
from castabout.engine.who import at_home
from castabout.errors import NotInLibrary, SourceError
from castabout.fetch import is_web
from castabout.fetch.address import request_for
from castabout.fetch.folder import TRANSCRIPT_ENDINGS, files_in
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.parse.identity import title_key
from castabout.store import episodes, podcasts, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What became of the files of a folder."""

    #: Those that were read: the episode that each is of.
    read: tuple[tuple[Path, StoredEpisode], ...] = ()
    #: Those that are of no episode, or not surely of one.
    unmatched: tuple[Path, ...] = ()
    failed: tuple[SourceError, ...] = ()


def add_file(castabout: Castabout, episode: str, file: Path) -> StoredEpisode:
    """Take the transcript in ``file`` for the episode, named by its id or the address of its page here.

    Raises `NotInLibrary` and `SourceError`.
    """
    stored = named_episode(castabout, episode)
    _add(castabout, stored, file)
    return stored


def add_folder(
    castabout: Castabout, podcast: str, folder: Path, *, progress: Callable[[int], None] = lambda _: None
) -> Brought:
    """Take the transcripts in ``folder`` for the podcast: each for the episode that its name tells.

    The podcast is named by its id, its title or the address of its feed; see
    `castabout.engine.by_name` for the files. Raises `NotInLibrary` and `SourceError`.
    """
    stored = _podcast(castabout, podcast)
    files = {str(file.relative_to(folder)): file for file in files_in(folder, TRANSCRIPT_ENDINGS)}
    found = match(list(files), list(episodes.of_podcast(castabout.store, stored.row)))
    read: list[tuple[Path, StoredEpisode]] = []
    failed: list[SourceError] = []
    for name, episode in found.items():
        try:
            _add(castabout, episode, files[name])
        except SourceError as error:
            failed.append(error)
        else:
            read.append((files[name], episode))
        progress(1)
    unmatched = tuple(file for name, file in files.items() if name not in found)
    return Brought(read=tuple(read), unmatched=unmatched, failed=tuple(failed))


def _add(castabout: Castabout, episode: StoredEpisode, file: Path) -> None:
    fetched = castabout.fetcher.fetch(str(file))
    said, problem = read_transcript(fetched.data, name=str(file))
    if said is None:
        raise SourceError(str(file), problem)
    now = int(castabout.clock().timestamp())
    spoken.write(
        castabout.store, episode.row, said, raw=fetched.data, url=fetched.url, error=problem, now=now
    )


def _podcast(castabout: Castabout, named: str) -> StoredPodcast:
    found = podcasts.by_id(castabout.store, named)
    if found is None and is_web(named):
        found = at_home(castabout, request_for(named).url)
    if found is None and (key := title_key(named)):
        titled = podcasts.by_title(castabout.store, key)
        if len(titled) > 1:
            raise NotInLibrary(named, "several podcasts have this title; name the id of the one you mean")
        found = titled[0] if titled else None
    if found is None:
        raise NotInLibrary(named, "no such podcast in the library")
    return found
