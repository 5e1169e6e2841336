"""The parts that every use case works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from castabout.engine.kept import Kept
from castabout.fetch import WebFetcher
from castabout.fetch.directories import Directories
from castabout.index import Index
from castabout.model.names import RisingTopic
from castabout.store.database import Store
from castabout.store.pictures import PictureCache


@dataclass(frozen=True, slots=True)
class Castabout:
    """One installation: `castabout.assemble` makes it."""

    store: Store
    index: Index
    fetcher: WebFetcher
    #: The time now, aware.
    clock: Callable[[], datetime]
    directories: Directories
    #: Covers made small.
    pictures: PictureCache
    #: Addresses that are asked at the same time.
    workers: int = 64
    #: Seconds between two of them to the same host.
    spacing_s: float = 1.0
    #: Off where everybody can reach it: see `castabout.engine.hidden`.
    shows_private: bool = True
    #: See `castabout.engine.rising`; by `shows_private`.
    rising: Kept[tuple[RisingTopic, ...]] = field(default_factory=lambda: Kept(timedelta(hours=1)))

    def close(self) -> None:
        """Let go of all files and connections."""
        self.fetcher.close()
        self.index.close()
        self.store.close()
