"""Feeds in files."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from castabout.errors import NotFound, SourceError, TooLarge
from castabout.fetch import Fetched, without_credentials

#: Opening must never wait for whoever writes into a pipe. Absent on Windows, which has no such files.
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


class FileFetcher:
    """Reads files of at most ``limit_bytes``, named by path or by ``file:`` URI."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes

    def fetch(self, source: str) -> Fetched:
        """The bytes of the file. Raises `SourceError`."""
        name = without_credentials(source)
        try:
            # Not what links lead to: a link is a name that may stay while its file changes.
            path = os.path.abspath(_path(source))
            data = self._read(path, name)
        except (FileNotFoundError, NotADirectoryError) as error:
            hint = "no such file; an address begins with http:// or https://" if "://" in source else None
            raise NotFound(name, hint) from error
        except IsADirectoryError as error:
            raise SourceError(name, "a folder, not a file") from error
        except OSError as error:
            raise SourceError(name, f"cannot be read ({(error.strerror or str(error)).lower()})") from error
        except ValueError as error:  # a NUL or half a surrogate pair: no file can be named so
            raise NotFound(name) from error
        return Fetched(name, Path(path).as_uri(), data)

    def close(self) -> None:
        """Nothing is kept open."""

    def _read(self, path: str, name: str) -> bytes:
        with open(path, "rb", opener=_open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise SourceError(name, "a device or pipe, not a file")
            data = file.read(self._limit + 1)
        if len(data) > self._limit:
            raise TooLarge(name, f"larger than the limit of {self._limit / 1_000_000:g} MB")
        return data


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | _NO_WAIT)


def _path(source: str) -> str:
    """The path that ``source`` names. https://www.rfc-editor.org/rfc/rfc8089"""
    if not source.lower().startswith("file:"):
        return source
    parts = urlsplit(source)
    if parts.netloc.lower() not in ("", "localhost"):
        raise SourceError(without_credentials(source), "a file: address of another machine")
    return url2pathname(parts.path)
