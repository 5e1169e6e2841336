"""From what a person named to the addresses of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from castabout.engine.castabout import Castabout
from castabout.errors import NotAFeed, NotFound, SourceError
from castabout.fetch import Fetched
from castabout.fetch.directories import Directory
from castabout.fetch.folder import feed_files
from castabout.model.directory import FoundFeed
from castabout.parse.discover import linked_feeds
from castabout.parse.fields import http_url, one_line
from castabout.parse.identity import podcast_id
from castabout.parse.sources import Address, AppleShow, File, IndexedShow, read_source

_THIS_PAGE = "this page"


@dataclass(frozen=True, slots=True)
class Meant:
    """What a source stands for: either ``sources`` to fetch, or ``choices`` that only a person can make."""

    sources: tuple[str, ...] = ()
    choices: tuple[FoundFeed, ...] = ()
    #: The address to try if nothing answers at the one in ``sources``.
    otherwise: str | None = None


def meant(castabout: Castabout, source: str, *, is_local: bool = True) -> Meant:
    """What ``source`` stands for; asks a directory where it is a show or a name. Raises `SourceError`.

    Unless it ``is_local`` it is no file, and nothing is looked for on this machine.
    """
    if not source.strip():
        raise NotFound("“”", "a source without a name")
    if is_local and (found := _on_this_machine(source)):
        return found
    match read_source(source):
        case Address(url, otherwise):
            return Meant((url,), otherwise=otherwise)
        case AppleShow(id, country):
            return Meant((_show(source, castabout.directories.apple, id, country),))
        case IndexedShow(id):
            return Meant((_show(source, castabout.directories.podcastindex, id),))
        case File(name) if is_local:
            return Meant((name,))
        case File(name):
            raise SourceError(name, "no address of the web; `castabout add`, in a terminal, reads files too")
        case name:
            return Meant(choices=_named(castabout, name.text, is_local=is_local))


def _on_this_machine(source: str) -> Meant | None:
    path = Path(source)
    try:
        if path.is_dir():
            return Meant(tuple(str(file) for file in feed_files(path)))
        return Meant((source,)) if path.exists() else None
    except (OSError, ValueError):
        return None


def linked(fetched: Fetched) -> tuple[FoundFeed, ...]:
    """The feeds that the page ``fetched`` links. Raises `NotAFeed` if there is none."""
    feeds = linked_feeds(fetched.data, fetched.url)
    if not feeds:
        raise NotAFeed(fetched.source, "an HTML page, not a feed, and it links none")
    return tuple(FoundFeed(url=feed.url, title=feed.title, told_by=_THIS_PAGE) for feed in feeds)


def _named(castabout: Castabout, name: str, *, is_local: bool) -> tuple[FoundFeed, ...]:
    """Shows of that name in all directories, each once; one that fails is made up for by the others."""
    found: dict[str, FoundFeed] = {}
    failed: list[SourceError] = []
    for directory in castabout.directories.searched:
        try:
            shows = directory.search(name)
        except SourceError as error:
            failed.append(error)
            continue
        for show in _sound(shows):
            found.setdefault(podcast_id(None, show.url), show)
    if found:
        return tuple(found.values())
    if failed:
        raise type(failed[0])(name, f"cannot be looked for: {failed[0]}") from failed[0]
    raise NotFound(name, f"{'no such file, and ' if is_local else ''}no podcast of this name was found")


def _sound(shows: tuple[FoundFeed, ...]) -> Iterator[FoundFeed]:
    """A directory is an outsider too: addresses of the web only, texts of one line."""
    for show in shows:
        if url := http_url(show.url):
            yield replace(
                show, url=url, title=one_line(show.title or "", 200), author=one_line(show.author or "", 100)
            )


def _show(source: str, directory: Directory, id: int, country: str | None = None) -> str:
    """The address of the feed of a show in ``directory``; an error about that one names the ``source`` too."""
    try:
        return _address(directory.show(id, country))
    except SourceError as error:
        if error.subject != directory.name:
            raise
        raise type(error)(source, f"cannot be looked up: {error}") from error


def _address(show: FoundFeed) -> str:
    url = http_url(show.url)
    if url is None:
        raise SourceError(show.title or show.told_by, f"{show.told_by} names no address of the web for it")
    return url
