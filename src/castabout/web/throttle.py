"""Slows down whoever tries one password after the other or asks without end; no user is ever locked.

https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html#protect-against-automated-attacks
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

#: Tries that may fail at once.
FREE = 5
#: The longest wait between two tries, in seconds.
LONGEST_SECONDS = 60
#: Requests of one address at once, and a second after that. A page with its pictures is some fifty.
AT_ONCE = 400
A_SECOND = 20
_STEP = timedelta(seconds=1 / A_SECOND)
#: Whoever stays away so long begins anew.
_FORGOTTEN = timedelta(hours=1)
_MOST_ADDRESSES = 10_000
#: One customer has a network of this size. https://www.rfc-editor.org/rfc/rfc6177
_HOME_BITS = 64


@dataclass(frozen=True, slots=True)
class _Tries:
    count: int
    until: datetime


class Throttle:
    """Counts tries by where they come from: after some that fail each has to wait longer, a minute at most."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._tries: OrderedDict[str, _Tries] = OrderedDict()
        self._lock = Lock()

    def begin(self, who: str) -> int:
        """Seconds to wait before the next try; 0: try now, which counts as failed until `succeeded`."""
        now = self._clock()
        with self._lock:
            tries = self._tries.get(who)
            if tries and now < tries.until:
                return max(1, round((tries.until - now).total_seconds()))
            is_new = tries is None or now - tries.until > _FORGOTTEN
            count = 1 if tries is None or is_new else tries.count + 1
            self._keep(who, _Tries(count, now + timedelta(seconds=_delay(count))))
        return 0

    def succeeded(self, who: str) -> None:
        """Take the last try back.

        Those before it stand: else somebody with a password could try those of others in between.
        """
        with self._lock:
            if tries := self._tries.get(who):
                self._keep(who, _Tries(tries.count - 1, self._clock()))

    def _keep(self, who: str, tries: _Tries) -> None:
        self._tries[who] = tries
        self._tries.move_to_end(who)
        if len(self._tries) > _MOST_ADDRESSES:
            self._tries.popitem(last=False)


class Pace:
    """Bounds how much one address asks: some at once, and then so many a second.

    https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        #: When each would have asked for all that it did, had it kept the pace.
        self._due: OrderedDict[str, datetime] = OrderedDict()
        self._lock = Lock()

    def wait(self, who: str) -> int:
        """Seconds to wait; 0: this request may be answered."""
        now = self._clock()
        with self._lock:
            due = max(self._due.get(who, now), now) + _STEP
            early = due - now - _STEP * AT_ONCE
            if early > timedelta(0):
                return max(1, round(early.total_seconds()))
            self._due[who] = due
            self._due.move_to_end(who)
            if len(self._due) > _MOST_ADDRESSES:
                self._due.popitem(last=False)
        return 0


def home_of(address: str) -> str:
    """What is counted as one: an IPv4 address, a /64 of IPv6."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, _HOME_BITS), strict=False))
    return str(parsed)


def _delay(count: int) -> int:
    # The exponent is bounded: whoever never stops makes no number of a million digits.
    return 0 if count < FREE else min(2 ** min(count - FREE, 10), LONGEST_SECONDS)
