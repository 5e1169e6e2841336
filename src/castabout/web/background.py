"""What goes on while pages are served: due feeds are fetched and indexed, hubs are asked, notices sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Event, Lock, Thread

from castabout.engine import websub
from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up_if_free, waiting
from castabout.engine.notices import tell
from castabout.engine.results import FeedResult
from castabout.engine.transcripts import fetch_files
from castabout.engine.update import due, update
from castabout.errors import CastaboutError, StoreLocked
from castabout.fetch.private import without_secrets
from castabout.text.numbers import count_words

_log = logging.getLogger("castabout.crawl")
#: Seconds between two looks at what is due, at what hubs have said, at which hubs to ask,
#: at which files feeds name, at what is new among what is followed.
_FEEDS_S = 5.0
_NEWS_S = 1.0
_HUBS_S = 2.0
_FILES_S = 5.0
_NOTICES_S = 2.0
#: Transcripts and chapters fetched between two looks at the index.
_FILES = 200
_TOLD_S = 60.0
#: After something went wrong.
_RECOVERY_S = 30.0


@dataclass(slots=True)
class _Tally:
    """What was done since it was last told."""

    read: int = 0
    failed: int = 0
    episodes: int = 0
    #: Transcripts and chapters.
    files: int = 0
    #: Sent.
    notices: int = 0

    def count(self, result: FeedResult) -> None:
        """Take one feed into account."""
        if result.error:
            self.failed += 1
        elif not (result.is_more or result.not_asked):
            self.read += 1
        self.episodes += result.added

    def __str__(self) -> str:
        failed = f", {self.failed:,} failed" if self.failed else ""
        files = f", {count_words(self.files, 'transcript')}" if self.files else ""
        notices = f", {count_words(self.notices, 'notice')} sent" if self.notices else ""
        new = count_words(self.episodes, "new episode")
        return f"{count_words(self.read, 'feed')} read{failed}, {new}{files}{notices}"


class Background:
    """Threads of its own, from `start` to `stop`. Says once a minute what was done, if anything was."""

    def __init__(self, castabout: Castabout, *, public_url: str | None) -> None:
        """Without ``public_url``, at which hubs could call, none is asked."""
        self._castabout = castabout
        # Notices tell no more than the pages show.
        self._shown = replace(castabout, shows_private=castabout.shows_private and public_url is None)
        self._public_url = public_url
        self._stopping = Event()
        self._lock = Lock()
        self._tally = _Tally()
        self._works: list[tuple[str, Callable[[], object], float]] = [
            ("crawl", self._fetch, _FEEDS_S),
            ("files", self._fetch_files, _FILES_S),
            ("notices", self._send_notices, _NOTICES_S),
            ("tell", self._tell, _TOLD_S),
        ]
        if public_url:
            self._works.append(("hubs", Hubs(castabout, public_url).tend, _HUBS_S))
            self._works.append(("news", self._fetch_news, _NEWS_S))
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Begin."""
        for name, work, pause_s in self._works:
            thread = Thread(target=self._repeat, args=(work, pause_s), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End: what was fetched is stored, what was not is left to the next crawler."""
        self._stopping.set()
        self._castabout.fetcher.close()
        for thread in self._threads:
            thread.join()
        self._tell()

    def _repeat(self, work: Callable[[], object], pause_s: float) -> None:
        while not self._stopping.is_set():
            try:
                work()
                self._stopping.wait(pause_s)
            except StoreLocked:
                # Somebody else is writing; what is left is done next time.
                self._stopping.wait(pause_s)
            except CastaboutError as error:
                _log.error("%s", without_secrets(error.for_people))
                self._stopping.wait(_RECOVERY_S)
            except Exception:  # noqa: BLE001 - a fault in one feed must not end fetching for good
                _log.exception("unexpected error")
                self._stopping.wait(_RECOVERY_S)

    def _fetch(self) -> None:
        if due(self._castabout):
            self._count(update(self._castabout, index=self._index))
        self._index()

    def _fetch_news(self) -> None:
        # By itself: a crawl among thousands of feeds and slow hosts takes its time.
        self._count(websub.fetch_news(self._castabout))
        self._index()

    def _fetch_files(self) -> None:
        # By themselves too: there are many more of them than of feeds.
        for result in fetch_files(self._castabout, limit=_FILES):
            with self._lock:
                self._tally.files += result.is_news
            if self._stopping.is_set():
                return
        self._index()

    def _send_notices(self) -> None:
        # By themselves, since services answer slowly.
        told = tell(self._shown, public_url=self._public_url, is_over=self._stopping.is_set)
        with self._lock:
            self._tally.notices += told.sent
        for trouble in told.troubles:
            _log.warning("%s", without_secrets(trouble))

    def _count(self, results: Iterator[FeedResult]) -> None:
        for result in results:
            with self._lock:
                self._tally.count(result)
            for warning in result.warnings:
                _log.warning("%s", without_secrets(warning.for_people))
            if self._stopping.is_set():
                # The generator, left alone, ends the crawl.
                return

    def _index(self) -> None:
        if waiting(self._castabout) and not self._stopping.is_set():
            catch_up_if_free(self._castabout)

    def _tell(self) -> None:
        with self._lock:
            done, self._tally = self._tally, _Tally()
        if done != _Tally():
            _log.info("%s", done)


class Hubs:
    """Goes through the feeds, some of them each time, and asks the hubs that they name."""

    def __init__(self, castabout: Castabout, public_url: str) -> None:
        self._castabout = castabout
        self._public_url = public_url
        self._after = 0

    def tend(self) -> None:
        """One turn. Raises `StoreError`."""
        self._after = websub.compare(self._castabout, after=self._after)
        websub.ask_hubs(self._castabout, self._public_url)
