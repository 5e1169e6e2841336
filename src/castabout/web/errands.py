"""What the owner has the program do while pages are served: feeds read in, podcasts taken out.

One errand after the other, in a thread; how far each is can be asked at any time. All of it is in memory:
what was read is in the library, but what was said of it is gone when the server ends.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from queue import SimpleQueue
from secrets import token_urlsafe
from threading import Lock, Thread
from typing import Literal

from castabout.engine import removal
from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up, catch_up_if_free
from castabout.engine.results import FeedResult
from castabout.engine.told import Told, name_of, outcome_of, remedy
from castabout.engine.update import NO_LISTS, add
from castabout.errors import CastaboutError, SourceError
from castabout.fetch.private import without_secrets
from castabout.model.directory import FoundFeed
from castabout.store.lock import writing_alone
from castabout.text.numbers import count_words

_log = logging.getLogger("castabout.web")
#: Outcomes that are kept, the last ones; errors, the first ones; sources that can be tried again; errands.
_OUTCOMES = 50
_ERRORS = 200
_AGAIN = 10_000
_ERRANDS = 20
_OTHER = "another castabout is writing to the library; this goes on when it is done"

State = Literal["waiting", "reading", "indexing", "removing", "done"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source."""

    name: str
    words: str
    #: The id of its podcast, if it is in the library.
    podcast: str | None = None
    #: Feeds that may be meant.
    choices: tuple[FoundFeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an errand is."""

    id: str
    title: str
    state: State
    begun: datetime
    #: Sources that are dealt with, of those that are known so far.
    done: int
    total: int
    #: All of it in a sentence.
    summary: str
    #: The last ones first; errors and questions as they came.
    outcomes: tuple[Outcome, ...]
    errors: tuple[Outcome, ...]
    questions: tuple[Outcome, ...]
    #: How many more errors there were.
    more_errors: int
    #: How many sources can be tried again.
    again: int
    #: Why it does not go on just now.
    note: str


@dataclass(slots=True)
class _Errand:
    title: str
    begun: datetime
    work: Callable[[_Errand], None]
    #: Names of what was handed over, and cannot be asked for again.
    lists: frozenset[str] = frozenset()
    id: str = field(default_factory=lambda: token_urlsafe(9))
    state: State = "waiting"
    done: int = 0
    total: int = 0
    told: Told = field(default_factory=Told)
    #: In place of what is told of sources.
    summary: str = ""
    outcomes: deque[Outcome] = field(default_factory=lambda: deque(maxlen=_OUTCOMES))
    errors: list[Outcome] = field(default_factory=list)
    questions: list[Outcome] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    note: str = ""

    def take(self, result: FeedResult) -> None:
        """Take what became of a source into account."""
        self.told.count(result)
        self.done += not result.is_more
        outcome = Outcome(name_of(result), outcome_of(result), result.podcast, result.choices)
        if result.error:
            self.fail(result.error)
            if len(self.failed) < _AGAIN and result.source not in self.lists:
                self.failed.append(result.source)
        elif result.choices:
            self.questions += [outcome] if len(self.questions) < _ERRORS else []
        elif outcome.words:
            self.outcomes.append(outcome)
        for warning in result.warnings:
            self.outcomes.append(Outcome(name_of(result), without_secrets(warning.cause), result.podcast))

    def fail(self, error: CastaboutError) -> None:
        """Keep an error, unless there are too many."""
        if len(self.errors) < _ERRORS:
            cause = without_secrets(error.cause)
            advice = remedy(error) if isinstance(error, SourceError) else error.advice
            name = without_secrets(error.subject) if isinstance(error, SourceError) else "The library"
            self.errors.append(Outcome(name, f"{cause}; {advice}" if advice else cause))


class Errands:
    """The errands of one library, in the order in which they were given."""

    def __init__(self, castabout: Castabout) -> None:
        self._castabout = castabout
        self._lock = Lock()
        self._errands: deque[_Errand] = deque(maxlen=_ERRANDS)
        self._waiting: SimpleQueue[_Errand | None] = SimpleQueue()
        self._thread: Thread | None = None

    def add(
        self,
        sources: Sequence[str],
        *,
        lists: Mapping[str, bytes] = NO_LISTS,
        is_local: bool = False,
        first: bool = False,
        title: str = "",
    ) -> str:
        """Read ``sources`` and ``lists`` as `castabout.engine.update.add` does; the errand's id."""
        work = partial(self._add, sources=tuple(sources), lists=dict(lists), is_local=is_local, first=first)
        names = [*lists, *map(without_secrets, sources)]
        title = title or (
            f"Adding {names[0]}" if len(names) == 1 else f"Adding {count_words(len(names), 'source')}"
        )
        return self._give(title, work, frozenset(lists))

    def remove(self, id: str, title: str) -> str:
        """Take the podcast ``id``, which has this ``title``, out of the library; the errand's id."""
        return self._give(f"Removing {title}", partial(self._remove, id=id))

    def again(self, id: str) -> str | None:
        """Try the sources of an errand that failed once more; the new errand's id, ``None`` if there are none."""
        errand = self._find(id)
        if errand is None or not errand.failed:
            return None
        return self.add(errand.failed)

    def progress(self, id: str) -> Progress | None:
        """How far an errand is; ``None`` if there is none, or it was long ago."""
        errand = self._find(id)
        return self._seen(errand) if errand else None

    def latest(self) -> tuple[Progress, ...]:
        """The errands that are not done, and the last one that is; the last one first."""
        with self._lock:
            errands = list(reversed(self._errands))
        is_done = [errand for errand in errands if errand.state == "done"]
        return tuple(self._seen(one) for one in errands if one.state != "done" or one is is_done[0])

    def close(self) -> None:
        """End what is under way; what was read is kept."""
        if self._thread:
            self._waiting.put(None)
            self._castabout.fetcher.close()
            self._thread.join()

    def _give(self, title: str, work: Callable[[_Errand], None], lists: frozenset[str] = frozenset()) -> str:
        errand = _Errand(title, self._castabout.clock(), work, lists)
        with self._lock:
            self._errands.append(errand)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="errands", daemon=True)
                self._thread.start()
        self._waiting.put(errand)
        return errand.id

    def _work(self) -> None:
        while errand := self._waiting.get():
            try:
                errand.work(errand)
            except CastaboutError as error:
                errand.fail(error)
                _log.error("%s", without_secrets(error.for_people))
            except Exception:  # noqa: BLE001 - the next errand may go well
                errand.fail(
                    CastaboutError("", "something went wrong on our side; the log of the server says what")
                )
                _log.exception("unexpected error")
            with self._lock:
                errand.state, errand.note = "done", ""

    def _add(
        self, errand: _Errand, sources: Sequence[str], lists: Mapping[str, bytes], is_local: bool, first: bool
    ) -> None:
        errand.state = "reading"
        index = partial(catch_up_if_free, self._castabout)

        def found(more: int) -> None:
            errand.total += more

        results: Iterator[FeedResult] = add(
            self._castabout, sources, found=found, first=first, index=index, lists=lists, is_local=is_local
        )
        for result in results:
            with self._lock:
                errand.take(result)
        self._index(errand)

    def _remove(self, errand: _Errand, id: str) -> None:
        errand.state = "removing"
        gone = removal.remove(self._castabout, id, waiting=partial(self._wait, errand))
        self._index(errand)
        words = f"{count_words(gone.episodes, 'episode')} removed"
        errand.outcomes.append(Outcome(gone.podcast.title or without_secrets(gone.source), words))
        errand.summary = f"{words}."

    def _index(self, errand: _Errand) -> None:
        errand.state = "indexing"
        with writing_alone(self._castabout.store, waiting=partial(self._wait, errand)):
            errand.note = ""
            catch_up(self._castabout, progress=lambda _: None)

    def _wait(self, errand: _Errand) -> None:
        errand.note = _OTHER

    def _find(self, id: str) -> _Errand | None:
        with self._lock:
            return next((errand for errand in self._errands if errand.id == id), None)

    def _seen(self, errand: _Errand) -> Progress:
        with self._lock:
            is_done = errand.state == "done"
            is_told = is_done or errand.done
            return Progress(
                id=errand.id,
                title=errand.title,
                state=errand.state,
                begun=errand.begun,
                done=errand.done,
                total=errand.done if is_done else max(errand.total, errand.done),
                summary=errand.summary or (str(errand.told) if is_told else ""),
                outcomes=tuple(reversed(errand.outcomes)),
                errors=tuple(errand.errors),
                questions=tuple(errand.questions),
                more_errors=max(errand.told.failed - len(errand.errors), 0),
                again=len(errand.failed),
                note=errand.note,
            )
