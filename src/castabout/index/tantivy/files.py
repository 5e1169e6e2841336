"""Whether the files of an index are what Tantivy wrote.

Each of them ends with a footer: JSON with the checksum of all before it, the
JSON's length and a magic number, both of 4 bytes.
https://docs.rs/tantivy/latest/src/tantivy/directory/footer.rs.html
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

_MAGIC = 1337
_END = struct.Struct("<II")
_BLOCK = 1 << 20
#: These have no footer.
_PLAIN = frozenset({"meta.json", ".managed.json"})
#: What a killed process was about to write in place of one of those.
_UNFINISHED = ".tmp"


def damaged_files(folder: Path) -> Iterator[str]:
    """The names of the files that are not as they were written; reads all of them.

    What belongs to no part of the index is being written, or was when its
    process was killed: nobody reads it.
    """
    parts = _parts(folder)
    for path in sorted(folder.iterdir()):
        is_part = parts is None or path.name.partition(".")[0] in parts
        is_other = path.name in _PLAIN or path.suffix == ".lock" or not is_part
        if path.is_file() and not is_other and not _is_sound(path):
            yield path.name


def _parts(folder: Path) -> frozenset[str] | None:
    """What the names of the index's files begin with; ``None`` if it cannot be told."""
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        return frozenset(segment["segment_id"].replace("-", "") for segment in segments)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_sound(path: Path) -> bool:
    with path.open("rb") as file:
        size = path.stat().st_size
        if size < _END.size:
            return False
        file.seek(size - _END.size)
        length, magic = _END.unpack(file.read(_END.size))
        body = size - _END.size - length
        if magic != _MAGIC or body < 0:
            return False
        file.seek(body)
        try:
            promised = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        checksum = 0
        while body > 0:
            block = file.read(min(_BLOCK, body))
            if not block:
                return False
            checksum = zlib.crc32(block, checksum)
            body -= len(block)
        return bool(checksum == promised)
