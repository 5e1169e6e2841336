"""Whose turn it is: what waits for its host. No clock and no tasks, the time is handed in."""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Host:
    #: The next one may begin at this time.
    free_at: float
    waiting: deque[T] = field(default_factory=deque)  # type: ignore[valid-type]
    under_way: int = 0
    #: Whether it is in ``_later`` or ``_open``, once.
    listed: bool = False


class Turns(Generic[T]):
    """At most ``per_host`` under way to each host, begun at least ``spacing_s`` seconds apart.

    Hosts take turns, so that one with many waiting holds nobody up. Times
    are seconds of any clock that only goes forward.
    """

    def __init__(self, *, per_host: int, spacing_s: float) -> None:
        self._per_host = per_host
        self._spacing_s = spacing_s
        self._hosts: dict[str, _Host] = {}
        #: Hosts whose time will come, soonest first; the number keeps their order.
        self._later: list[tuple[float, int, str]] = []
        self._number = count()
        #: Hosts from which one may begin now.
        self._open: deque[str] = deque()
        #: How many wait.
        self.waiting = 0

    def add(self, host: str, item: T, now: float, *, first: bool = False) -> None:
        """Let ``item`` wait for ``host``; ``first``, before all others of that host."""
        entry = self._hosts.setdefault(host, _Host(now))
        if first:
            entry.waiting.appendleft(item)
        else:
            entry.waiting.append(item)
        self.waiting += 1
        self._list(host, entry, now)

    def take(self, now: float) -> T | None:
        """One whose turn it is; it is under way until `done`. None if there is none at ``now``."""
        self._open_until(now)
        while self._open:
            host = self._open.popleft()
            entry = self._hosts[host]
            entry.listed = False
            if not entry.waiting or entry.free_at > now:
                self._list(host, entry, now)
                continue
            item: T = entry.waiting.popleft()
            self.waiting -= 1
            entry.under_way += 1
            entry.free_at = now + self._spacing_s
            self._list(host, entry, now)
            return item
        return None

    def done(self, host: str, now: float) -> None:
        """One that was under way to ``host`` has ended."""
        entry = self._hosts[host]
        entry.under_way -= 1
        self._list(host, entry, now)

    def rest(self, host: str, until: float) -> None:
        """Begin nothing to ``host`` before ``until``. For one that is under way."""
        entry = self._hosts[host]
        entry.free_at = max(entry.free_at, until)

    def drop(self, host: str) -> list[T]:
        """Nobody waits for ``host`` any longer; those who did. For one that is under way."""
        entry = self._hosts[host]
        dropped: list[T] = list(entry.waiting)
        entry.waiting.clear()
        self.waiting -= len(dropped)
        return dropped

    def wait_s(self, host: str, now: float) -> float:
        """Seconds until the turn of one that is added now, at the least."""
        entry = self._hosts.get(host)
        if entry is None:
            return 0.0
        return max(0.0, entry.free_at - now) + len(entry.waiting) * self._spacing_s

    def open(self, now: float) -> int:
        """From how many hosts one may begin at ``now``."""
        self._open_until(now)
        return len(self._open)

    def next_at(self) -> float | None:
        """When the time of some host comes next; None if none waits for its time."""
        return self._later[0][0] if self._later else None

    def _open_until(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            self._open.append(heapq.heappop(self._later)[2])

    def _list(self, host: str, entry: _Host, now: float) -> None:
        if entry.listed or entry.under_way >= self._per_host:
            return
        if entry.free_at > now:
            # Even with nobody waiting: the host is remembered until then, so that its spacing holds.
            heapq.heappush(self._later, (entry.free_at, next(self._number), host))
        elif entry.waiting:
            self._open.append(host)
        else:
            if not entry.under_way:
                del self._hosts[host]
            return
        entry.listed = True
