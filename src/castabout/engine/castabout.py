"""The four parts that every use case works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from castabout.fetch import WebFetcher
from castabout.index import Index
from castabout.store.database import Store


@dataclass(frozen=True, slots=True)
class Castabout:
    """One installation: `castabout.assemble` makes it."""

    store: Store
    index: Index
    fetcher: WebFetcher
    #: The time now, aware.
    clock: Callable[[], datetime]

    def close(self) -> None:
        """Let go of all files and connections."""
        self.fetcher.close()
        self.index.close()
        self.store.close()
