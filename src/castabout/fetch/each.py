"""Many requests at once, on one event loop."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from castabout.errors import BrokeOff, HostBusy, SourceError, Unreachable
from castabout.fetch import Fetched, NotModified, Outcome, Request
from castabout.fetch.trip import Trip
from castabout.fetch.turns import Turns

#: At the same time to one host.
PER_HOST = 2
#: A request whose turn is farther off, in seconds, is handed back.
LONGEST_WAIT_S = 300.0
#: Requests that wait for their hosts; more than these are not drawn, whoever could be asked.
_MOST_WAITING = 10_000
#: Nothing more is asked while bodies of so many bytes have not been taken.
_MOST_HELD_BYTES = 100_000_000
#: How long to leave a host alone that says that it is asked too often, and not for how long. In seconds.
_REST_S = 60.0
#: A longer rest, in seconds, is not waited for.
LONGEST_REST_S = 10.0
#: How long a host is left alone at most because of what it said about one feed, in seconds.
HOST_REST_S = 3600.0

Step = Callable[[Trip], Awaitable[Trip | Fetched | NotModified]]


class Crawl:
    """Takes requests, gives outcomes, keeps the hosts' turns.

    ``begin`` makes a request's first hop, ``step`` asks one hop; both may
    raise `SourceError`. After ``for_s`` seconds nothing more is begun or waited
    for. All methods are for the loop's own thread.
    """

    def __init__(
        self,
        begin: Callable[[Request], Trip],
        step: Step,
        *,
        workers: int,
        spacing_s: float,
        for_s: float | None = None,
    ) -> None:
        self._begin = begin
        self._step = step
        self._workers = workers
        self._turns: Turns[Trip] = Turns(per_host=PER_HOST, spacing_s=spacing_s)
        self._loop = asyncio.get_running_loop()
        self._ends_at = None if for_s is None else self._loop.time() + for_s
        self._tasks: set[asyncio.Task[None]] = set()
        #: Hosts that asked for rest: until when, and with which status.
        self._resting: dict[str, tuple[float, int | None]] = {}
        self._answers: deque[tuple[Request, Outcome]] = deque()
        #: Bytes of the bodies in them.
        self._held = 0
        self._fault: BaseException | None = None
        self._changed = asyncio.Event()
        self._alarm: asyncio.TimerHandle | None = None

    async def exchange(
        self, requests: list[Request], more: bool
    ) -> tuple[list[tuple[Request, Outcome]], int]:
        """Take ``requests``; the outcomes that are ready, and how many more requests there is room for.

        Waits until there is one or the other. ``more``: whether further
        requests may come. Both are nothing once all is done. Raises what is no
        `SourceError` if a step does.
        """
        for request in requests:
            self._admit(request)
        while True:
            self._changed.clear()
            self._start()
            if self._fault:
                raise self._fault
            room = self._room() if more and not self._is_over() else 0
            if self._answers or room or self._is_over() or not (self._tasks or self._turns.waiting):
                break
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._ends_at):
                    await self._changed.wait()
        taken = [self._answers.popleft() for _ in range(min(len(self._answers), self._workers))]
        self._held -= sum(_size(outcome) for _, outcome in taken)
        self._start()
        return taken, room

    async def stop(self) -> None:
        """End what is under way."""
        if self._alarm:
            self._alarm.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _is_over(self) -> bool:
        return self._ends_at is not None and self._loop.time() >= self._ends_at

    def _room(self) -> int:
        """Enough that a worker always finds a host that may be asked."""
        if self._turns.waiting >= _MOST_WAITING:
            return 0
        ready = self._turns.open(self._loop.time()) + len(self._answers)
        return self._workers - ready if 2 * ready <= self._workers else 0

    def _admit(self, request: Request) -> None:
        now = self._loop.time()
        try:
            trip = self._begin(request)
        except SourceError as error:
            self._answers.append((request, error))
            return
        self._wait(trip, now)

    def _wait(self, trip: Trip, now: float) -> None:
        """Let ``trip`` wait for its host, unless that takes too long; one on its way goes before all others."""
        until, status = self._resting.get(trip.host, (now, None))
        wait_s = self._turns.wait_s(trip.host, now)
        if until - now > LONGEST_REST_S:
            self._answers.append((trip.request, _at_rest(trip.request, until - now, status)))
        elif wait_s > LONGEST_WAIT_S and trip.hops == 0:
            self._answers.append((trip.request, HostBusy(trip.request.url, retry_after_s=wait_s)))
        else:
            self._turns.add(trip.host, trip, now, first=trip.hops > 0)

    def _start(self) -> None:
        """Begin what may begin. What is under way has room among the answers."""
        if self._is_over():
            return
        now = self._loop.time()
        while len(self._tasks) + len(self._answers) < self._workers and self._held < _MOST_HELD_BYTES:
            trip = self._turns.take(now)
            if trip is None:
                self._wake_at(self._turns.next_at())
                return
            task = self._loop.create_task(self._run(trip))
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    async def _run(self, trip: Trip) -> None:
        try:
            step: Trip | Outcome = await self._step(trip)
        except SourceError as error:
            step = _without_traces(error)
        now = self._loop.time()
        if isinstance(step, Trip):
            self._wait(step, now)
        else:
            self._answers.append((trip.request, step))
            self._held += _size(step)
            if isinstance(step, Unreachable):
                self._let_rest(trip.host, step)
        self._turns.done(trip.host, now)

    def _let_rest(self, host: str, error: Unreachable) -> None:
        """Do as a host says that is asked too often: whoever waits for it is not asked either."""
        wait_s = rest_s(error)
        if not wait_s:
            return
        now = self._loop.time()
        self._turns.rest(host, now + wait_s)
        if wait_s > LONGEST_REST_S:
            self._resting = {host: rest for host, rest in self._resting.items() if rest[0] > now}
            self._resting[host] = (now + wait_s, error.status)
            for trip in self._turns.drop(host):
                self._answers.append((trip.request, _at_rest(trip.request, wait_s, error.status)))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            self._fault = fault
        self._changed.set()
        self._start()

    def _wake_at(self, time: float | None) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if time is not None:
            self._alarm = self._loop.call_at(time, self._changed.set)


def rest_s(error: Unreachable) -> float:
    """Seconds for which the host of ``error`` is left alone altogether, an hour at most; 0 if it need not be.

    What it asks for (``Retry-After``) is meant for the one feed that was asked, which waits as
    long as that. Of the others it may know nothing, but it has said that it is asked too much.
    """
    if error.status not in (429, 503):
        return 0
    wait_s = _REST_S if error.retry_after_s is None and error.status == 429 else error.retry_after_s
    return min(wait_s or 0, HOST_REST_S)


def _at_rest(request: Request, rest_s: float, status: int | None) -> HostBusy:
    return HostBusy(request.url, "its host asks for rest", retry_after_s=rest_s, status=status)


def _without_traces(error: SourceError) -> SourceError:
    """``error``, which is kept for a while, without the stack that holds on to all that was read of a body."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _size(outcome: Outcome) -> int:
    whole = outcome.part if isinstance(outcome, BrokeOff) else outcome
    return len(whole.data) if isinstance(whole, Fetched) else 0
