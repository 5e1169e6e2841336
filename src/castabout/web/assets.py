"""Style, script and pictures of our own, held in memory, with addresses that change with their content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

_SCRIPT = "text/javascript"
_TYPES = {".css": "text/css", ".js": _SCRIPT, ".svg": "image/svg+xml", ".png": "image/png"}

#: One script names another; whatever changes in that one then changes its version as well.
_IMPORT = re.compile(rb'((?:from|import) )"\./([\w.]+)"')


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    body: bytes
    type: str
    #: A few characters that change with ``body``.
    version: str


def _load() -> dict[str, Asset]:
    assets: dict[str, Asset] = {}
    folder = files("castabout.web") / "static"

    def load(name: str) -> Asset:
        if name not in assets:
            kind = next(kind for ending, kind in _TYPES.items() if name.endswith(ending))
            body = (folder / name).read_bytes()
            if kind == _SCRIPT:
                body = _IMPORT.sub(_with_version, body)
            assets[name] = Asset(body, kind, sha256(body).hexdigest()[:10])
        return assets[name]

    def _with_version(found: re.Match[bytes]) -> bytes:
        name = found[2].decode()
        return found[1] + f'"./{name}?v={load(name).version}"'.encode()

    for file in folder.iterdir():
        if file.name.endswith(tuple(_TYPES)):
            load(file.name)
    return assets


ASSETS = _load()


def asset_path(name: str) -> str:
    """The address of an asset, for good: a changed file has another one."""
    return f"/static/{name}?v={ASSETS[name].version}"
