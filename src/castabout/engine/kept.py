"""What is dear to find out and may be a while old."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Values by key, each until it is too old. Two who ask at once may both find it out."""

    def __init__(self, lasting: timedelta) -> None:
        self._lasting = lasting
        self._values: dict[Hashable, tuple[datetime, T]] = {}

    def get(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """The value of ``key``; made anew if it is too old."""
        known = self._values.get(key)
        if known is None or not timedelta(0) <= now - known[0] < self._lasting:
            known = self._values[key] = now, make()
        return known[1]
