"""Reading many bodies on all cores."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from threading import Thread
from typing import Generic, TypeVar

from castabout.engine.reading import Body, Reading, decoded, read, read_many

#: So many bytes are read in this process before others are started.
_HERE_BYTES = 12_000_000
#: Small bodies go to a process together, so many bytes at a time: each trip costs as much as reading a few KB.
_TOGETHER_BYTES = 200_000
#: Bytes that wait to be read, at most; beyond, whoever brings more waits.
_WAITING_BYTES = 64_000_000

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class _Batch(Generic[K]):
    keys: tuple[K, ...]
    readings: Future[bytes] | tuple[Reading, ...]
    size: int


class ReadingPool(Generic[K]):
    """Reads bodies and gives them back under their keys, in the order in which they came."""

    def __init__(self, workers: int | None = None, *, here_bytes: int = _HERE_BYTES) -> None:
        """``workers`` processes, else one for each core; ``here_bytes`` are read before one is started."""
        self._workers = workers or _cores()
        self._executor: ProcessPoolExecutor | None = None
        self._gathered: list[tuple[K, Body]] = []
        self._gathered_bytes = 0
        self._batches: deque[_Batch[K]] = deque()
        self._waiting_bytes = 0
        self._left_here = here_bytes
        #: Done when the processes have started, which takes them a while.
        self._started: Future[None] | None = None

    def put(self, key: K, body: Body) -> None:
        """Have ``body`` read."""
        if self._is_small_work():
            self._left_here -= len(body.data)
            self._batches.append(_Batch((key,), (read(body),), 0))
            return
        self._gathered.append((key, body))
        self._gathered_bytes += len(body.data)
        if self._gathered_bytes >= _TOGETHER_BYTES or len(self._batches) < self._workers:
            self._send()

    def ready(self) -> Iterator[tuple[K, Reading]]:
        """What has been read; waits only where too much waits to be read."""
        while self._batches and (self._is_first_done() or self._waiting_bytes > _WAITING_BYTES):
            yield from self._first()

    def rest(self) -> Iterator[tuple[K, Reading]]:
        """All that is left, waited for."""
        while self._gathered or self._batches:
            self._send()
            yield from self._first()

    def close(self) -> None:
        """End the processes; what was not given back is lost."""
        if self._executor:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _is_small_work(self) -> bool:
        """Whether there was little to read so far, or the other processes are still starting."""
        if self._left_here > 0:
            return True
        if self._started is None:
            self._executor = self._new_executor()
            self._started = self._executor.submit(_nothing)
        return not self._started.done()

    def _send(self) -> None:
        if not self._gathered:
            return
        keys, bodies = zip(*self._gathered, strict=True)
        batch = _Batch(tuple(keys), self._submitted(bodies), self._gathered_bytes)
        self._batches.append(batch)
        self._waiting_bytes += batch.size
        self._gathered, self._gathered_bytes = [], 0

    def _submitted(self, bodies: tuple[Body, ...]) -> Future[bytes]:
        if self._executor is not None:
            try:
                return self._executor.submit(read_many, bodies)
            except BrokenExecutor:
                # One of its processes died, for want of memory say, and it takes nothing more.
                self._executor.shutdown(wait=False)
        self._executor = self._new_executor()
        return self._executor.submit(read_many, bodies)

    def _new_executor(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._workers, multiprocessing.get_context("spawn"), initializer=_prepare)

    def _is_first_done(self) -> bool:
        readings = self._batches[0].readings
        return not isinstance(readings, Future) or readings.done()

    def _first(self) -> Iterator[tuple[K, Reading]]:
        batch = self._batches.popleft()
        self._waiting_bytes -= batch.size
        if not isinstance(batch.readings, Future):
            readings = batch.readings
        else:
            try:
                readings = decoded(batch.readings.result())
            except BrokenExecutor:
                readings = (Reading(error="the process that read it died"),) * len(batch.keys)
        yield from zip(batch.keys, readings, strict=True)


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _nothing() -> None:
    pass


def _prepare() -> None:
    """Of a process of the pool: Ctrl-C is for the one that started it, whose end is its own end too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
