"""Which files of a folder are feeds, or transcripts."""

from __future__ import annotations

import os
from pathlib import Path

from castabout.errors import NoFeeds, NotFound, SourceError

#: File names of feeds and lists of feeds end so, in upper or lower case.
ENDINGS = (".xml", ".rss", ".atom", ".rdf", ".json", ".opml", ".feed")

#: The file that makes a folder a library, and the folders of its index and its covers there.
LIBRARY = "library.db"
PICTURES = "images"
_INDEX = "index"

#: File names of transcripts.
TRANSCRIPT_ENDINGS = (".json", ".vtt", ".srt", ".html", ".htm", ".md", ".markdown", ".txt")


def feed_files(folder: Path) -> tuple[Path, ...]:
    """The feed files in ``folder``, as `files_in` finds them. Raises `NoFeeds` too."""
    found = files_in(folder, ENDINGS)
    if not found:
        raise NoFeeds(str(folder), f"no feeds in it (files ending {' '.join(ENDINGS)})")
    return found


def files_in(folder: Path, endings: tuple[str, ...]) -> tuple[Path, ...]:
    """The files in ``folder``, and in all folders in it, whose names end with one of ``endings``; sorted.

    Hidden files and folders are left out, and so is what a link leads to
    outside of ``folder``, and the index of a library. A folder inside that cannot be listed is among the
    files, so that whoever reads them meets its error and goes on. Raises
    `SourceError` if ``folder`` itself cannot be listed.
    """
    try:
        top = folder.resolve(strict=True)
        os.scandir(folder).close()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(str(folder)) from error
    except (OSError, RuntimeError) as error:
        raise SourceError(str(folder), f"cannot be listed ({_why(error)})") from error
    unlisted: list[Path] = []
    found: list[Path] = []

    def note(error: OSError) -> None:
        unlisted.append(Path(error.filename))

    for parent, folders, names in os.walk(folder, onerror=note):
        of_library = {_INDEX, PICTURES} if LIBRARY in names else set()
        folders[:] = [name for name in folders if not name.startswith(".") and name not in of_library]
        files = (Path(parent, name) for name in names if _is_named(name, endings))
        found += [file for file in files if file.is_file() and _is_inside(file, top)]
    return tuple(sorted(found + unlisted))


def _is_named(name: str, endings: tuple[str, ...]) -> bool:
    return not name.startswith(".") and name.lower().endswith(endings)


def _is_inside(file: Path, top: Path) -> bool:
    return not file.is_symlink() or file.resolve().is_relative_to(top)


def _why(error: Exception) -> str:
    return ((isinstance(error, OSError) and error.strerror) or str(error)).lower()
