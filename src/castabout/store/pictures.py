"""Pictures of others, made small, in a folder of bounded size. Nothing is lost if it is removed."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

#: What the smallest file takes up on most disks, in bytes.
_BLOCK = 4096
#: What is left where pictures have to make way.
_LEFT = 0.9


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture, or that there was none to be had."""

    #: Empty where it could not be had.
    body: bytes
    #: When it was fetched.
    fetched: datetime


class PictureCache:
    """Keeps pictures by name in ``folder``, ``limit_bytes`` at most: those fetched first make way.

    Any number of threads may use it. What the disk does not take is not kept, and nobody is told.
    """

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder = folder
        self._limit = limit_bytes
        self._lock = Lock()
        #: Bytes of all; ``None`` before they were counted.
        self._total: int | None = None

    def get(self, name: str) -> KeptPicture | None:
        """What is kept under ``name``."""
        try:
            with self._file(name).open("rb") as file:
                fetched = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
                return KeptPicture(file.read(), fetched)
        except OSError:
            return None

    def put(self, name: str, body: bytes, now: datetime) -> None:
        """Keep ``body`` under ``name``, fetched ``now``; an empty one says that there is none to be had."""
        with suppress(OSError):
            file = self._file(name)
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            before = _room(file.stat().st_size) if file.exists() else 0
            with NamedTemporaryFile(dir=file.parent, delete=False) as part:
                try:
                    part.write(body)
                    part.close()
                    os.utime(part.name, (now.timestamp(), now.timestamp()))
                    os.replace(part.name, file)
                except OSError:
                    os.unlink(part.name)
                    raise
            with self._lock:
                self._total = self._total + _room(len(body)) - before if self._total is not None else None
                if self._total is None or self._total > self._limit:
                    self._total = self._make_room()

    def _make_room(self) -> int:
        """Remove what was fetched first, if there is too much; what is left, in bytes."""
        found = []
        for file in self._folder.glob("??/*"):
            with suppress(OSError):
                told = file.stat()
                found.append((told.st_mtime, _room(told.st_size), file))
        total = sum(size for _, size, _ in found)
        if total > self._limit:
            for _, size, file in sorted(found):
                if total <= self._limit * _LEFT:
                    break
                with suppress(OSError):
                    file.unlink()
                    total -= size
        return total

    def _file(self, name: str) -> Path:
        digest = sha256(name.encode(errors="replace")).hexdigest()
        return self._folder / digest[:2] / digest[2:]


def _room(size: int) -> int:
    return max(1, -(-size // _BLOCK)) * _BLOCK
