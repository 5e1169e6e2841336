"""An installation whose clock a test moves, and a zoo of hosts on this machine that it may reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.results import FeedResult
from castabout.engine.update import add, update
from castabout.model.crawl import FeedState
from castabout.store import feeds
from tests.zoo import Zoo

#: The zoo's own time.
BEGIN = datetime(2026, 11, 1, 12, tzinfo=UTC)
NOW = int(BEGIN.timestamp())
HOUR = 3600
DAY = 24 * HOUR
ENVIRONMENT = {
    "CASTABOUT_ALLOW_HOSTS": "127.0.0.0/8",
    "CASTABOUT_SPACING_MS": "0",
    "CASTABOUT_TIMEOUT": "1",
    "CASTABOUT_FEED_LIMIT_MB": "5",
}


@dataclass
class Crawler:
    """Adds and updates, and tells what the store then knows of a feed."""

    castabout: Castabout
    zoo: Zoo
    time: datetime = BEGIN

    @property
    def now(self) -> int:
        return int(self.time.timestamp())

    def later(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    def add(self, *sources: str) -> list[FeedResult]:
        return list(add(self.castabout, sources, found=lambda _: None))

    def update(self, *, everything: bool = False) -> list[FeedResult]:
        return list(update(self.castabout, everything=everything, index=lambda: None))

    def state(self, url: str) -> FeedState:
        """What is known of the feed at, or formerly at, ``url``."""
        row = feeds.at(self.castabout.store, url)
        assert row is not None, f"no feed at {url}"
        return feeds.by_rows(self.castabout.store, [row])[row].state

    def source(self, url: str) -> str:
        """Where the feed that is or was at ``url`` is fetched."""
        row = feeds.at(self.castabout.store, url)
        assert row is not None, f"no feed at {url}"
        return feeds.by_rows(self.castabout.store, [row])[row].url


@contextmanager
def crawler_at(home: Path, zoo: Zoo) -> Iterator[Crawler]:
    """A crawler whose library is in ``home``."""
    castabout = assemble(load_settings(home, ENVIRONMENT))
    crawler = Crawler(castabout, zoo)
    crawler.castabout = replace(castabout, clock=lambda: crawler.time)
    try:
        yield crawler
    finally:
        castabout.close()


def errors(results: Sequence[FeedResult]) -> list[str]:
    return [str(result.error) for result in results if result.error]
