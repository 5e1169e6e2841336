"""Files that hold a whole directory: a SQLite database, bare or packed.

They are told by their content. What is packed is unpacked piece by piece
into a file beside the library, never into memory.
"""

from __future__ import annotations

import gzip
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Protocol

from castabout.errors import NotFound, SourceError, TooLarge

#: https://www.sqlite.org/fileformat.html#magic_header_string
_SQLITE = b"SQLite format 3\0"
#: https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1
_GZIP = b"\x1f\x8b\x08"
#: Where a tar archive says that it is one. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
_TAR_AT, _TAR = 257, b"ustar"
_HEAD_BYTES = 512
_BLOCK_BYTES = 1 << 20
#: What may stand before the database in an archive.
_BEFORE_BYTES = 10_000_000
#: The name of the unpacked file; one that was left behind by a crash is overwritten.
_NAME = "unpacked.tmp"
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def is_database(path: Path) -> bool:
    """Whether the file ``path`` is a SQLite database, bare or packed (gzip, or a tar archive of one)."""
    try:
        with ExitStack() as stack:
            return _unpacking(path, stack) is not None
    except (*_DAMAGED, OSError, ValueError):
        return False


@contextmanager
def unpacked(
    path: Path, folder: Path, *, limit_bytes: int, progress: Callable[[int], None]
) -> Iterator[Path]:
    """A file with the database in ``path``: itself if it is bare, else a temporary one in ``folder``.

    ``progress`` is told how many more bytes are unpacked. Raises
    `TooLarge` beyond ``limit_bytes``, and `SourceError`.
    """
    temporary = folder / _NAME
    try:
        yield _unpacked(path, temporary, limit_bytes, progress)
    finally:
        temporary.unlink(missing_ok=True)


def _unpacked(path: Path, temporary: Path, limit_bytes: int, progress: Callable[[int], None]) -> Path:
    name = str(path)
    try:
        with ExitStack() as stack:
            if not path.exists():
                raise NotFound(name)
            stream = _unpacking(path, stack)
            if stream is None:
                raise SourceError(name, "no SQLite database, and no archive of one")
            if isinstance(stream, Path):
                return stream
            _copy(stream, temporary, name, limit_bytes, progress)
            return temporary
    except _DAMAGED as error:
        raise SourceError(name, "a damaged archive; get it anew") from error
    except OSError as error:
        raise SourceError(name, f"cannot be unpacked ({(error.strerror or str(error)).lower()})") from error


def _unpacking(path: Path, stack: ExitStack) -> Path | _Readable | None:
    """The database in ``path`` as a stream, ``path`` itself if it is one, ``None`` if there is none."""
    if not path.is_file():
        return None
    file: IO[bytes] = stack.enter_context(path.open("rb"))
    head = file.read(_HEAD_BYTES)
    if head.startswith(_SQLITE):
        return path
    file.seek(0)
    is_packed = head.startswith(_GZIP)
    if is_packed:
        inside = stack.enter_context(gzip.GzipFile(fileobj=file))
        head = inside.read(_HEAD_BYTES)
        if head.startswith(_SQLITE):
            inside.seek(0)
            return inside
        file.seek(0)
    if head[_TAR_AT:].startswith(_TAR):
        return _in_archive(
            stack.enter_context(tarfile.open(fileobj=file, mode="r|gz" if is_packed else "r|"))
        )
    return None


class _WithHead:
    """A stream whose beginning was read already."""

    def __init__(self, head: bytes, rest: _Readable) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head, b""
        return head or self._rest.read(size)


def _in_archive(archive: tarfile.TarFile) -> _Readable | None:
    """The first database of an archive. Its names are never used, and links lead nowhere."""
    passed = 0
    for member in archive:
        if passed > _BEFORE_BYTES:
            return None  # an archive of something else, which may be huge
        passed += member.size
        stream = archive.extractfile(member) if member.isfile() else None
        if stream and (head := stream.read(len(_SQLITE))) == _SQLITE:
            return _WithHead(head, stream)
    return None


def _copy(stream: _Readable, to: Path, name: str, limit_bytes: int, progress: Callable[[int], None]) -> None:
    size = 0
    with to.open("wb") as file:
        while block := stream.read(_BLOCK_BYTES):
            size += len(block)
            if size > limit_bytes:
                raise TooLarge(name, f"unpacked it is larger than the limit of {limit_bytes / 1e9:g} GB")
            file.write(block)
            progress(len(block))
