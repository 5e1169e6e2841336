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
    #: How many of them are in the place of others that were brought along before.
    replaced: int = 0
    #: Those that are of no episode, or not surely of one.
    unmatched: tuple[Path, ...] = ()
    failed: tuple[SourceError, ...] = ()


def add_file(castabout: Castabout, episode: str, file: Path) -> tuple[StoredEpisode, bool]:
    """Take the transcript in ``file`` for the episode, named by its id or the address of its page here.

    Gives the episode, and whether another one that was brought along was
    there. Raises `NotInLibrary` and `SourceError`.
    """
    stored = _episode(castabout, episode)
    return stored, _add(castabout, stored, file)


def remove_file(castabout: Castabout, episode: str) -> StoredEpisode:
    """Take the transcript out again that was brought along for the episode, named as for `add_file`.

    Raises `NotInLibrary`, also where there is none.
    """
    stored = _episode(castabout, episode)
    if not spoken.remove(castabout.store, stored.row):
        raise NotInLibrary(episode, "no transcript of yours is there")
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
    of_show = list(episodes.of_podcast(castabout.store, stored.row))
    found = match(list(files), of_show, show=stored.podcast.title or "")
    replaced = 0
    read: list[tuple[Path, StoredEpisode]] = []
    failed: list[SourceError] = []
    for name, episode in found.items():
        try:
            replaced += _add(castabout, episode, files[name])
        except SourceError as error:
            failed.append(error)
        else:
            read.append((files[name], episode))
        progress(1)
    unmatched = tuple(file for name, file in files.items() if name not in found)
    return Brought(read=tuple(read), replaced=replaced, unmatched=unmatched, failed=tuple(failed))


def _add(castabout: Castabout, episode: StoredEpisode, file: Path) -> bool:
    fetched = castabout.fetcher.fetch(str(file))
    said, problem = read_transcript(fetched.data, name=str(file))
    if said is None:
        raise SourceError(str(file), problem)
    now = int(castabout.clock().timestamp())
    return spoken.write(
        castabout.store, episode.row, said, raw=fetched.data, url=fetched.url, error=problem, now=now
    )


def _episode(castabout: Castabout, named: str) -> StoredEpisode:
    try:
        return named_episode(castabout, named)
    except NotInLibrary as error:
        if _podcasts(castabout, named):
            raise NotInLibrary(
                named, "a podcast; name one of its episodes, or a folder for all of them"
            ) from error
        raise


def _podcast(castabout: Castabout, named: str) -> StoredPodcast:
    found = _podcasts(castabout, named)
    if len(found) > 1:
        raise NotInLibrary(named, "several podcasts have this title; name the id of the one you mean")
    if not found:
        raise NotInLibrary(named, "no such podcast in the library")
    return found[0]


def _podcasts(castabout: Castabout, named: str) -> tuple[StoredPodcast, ...]:
    found = podcasts.by_id(castabout.store, named)
    if found is None and is_web(named):
        found = at_home(castabout, request_for(named).url)
    if found is None and (key := title_key(named)):
        return tuple(podcasts.by_title(castabout.store, key))
    return (found,) if found else ()
