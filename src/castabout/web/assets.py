"""Style, script and pictures of our own, held in memory, with addresses that change with their content."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    body: bytes
    type: str
    #: A few characters that change with ``body``.
    version: str


def _load() -> dict[str, Asset]:
    assets = {}
    for file in (files("castabout.web") / "static").iterdir():
        for ending, kind in _TYPES.items():
            if file.name.endswith(ending):
                body = file.read_bytes()
                assets[file.name] = Asset(body, kind, sha256(body).hexdigest()[:10])
    return assets


ASSETS = _load()


def asset_path(name: str) -> str:
    """The address of an asset, for good: a changed file has another one."""
    return f"/static/{name}?v={ASSETS[name].version}"
