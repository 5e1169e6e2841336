"""Slows down whoever tries one password after the other, from where they come; no user is ever locked.

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
    """Counts tries by address: after some that fail each has to wait longer, a minute at most."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._tries: OrderedDict[str, _Tries] = OrderedDict()
        self._lock = Lock()

    def begin(self, address: str) -> int:
        """Seconds to wait before the next try; 0: try now, which counts as failed until `succeeded`."""
        home, now = home_of(address), self._clock()
        with self._lock:
            tries = self._tries.get(home)
            if tries and now < tries.until:
                return max(1, round((tries.until - now).total_seconds()))
            is_new = tries is None or now - tries.until > _FORGOTTEN
            count = 1 if tries is None or is_new else tries.count + 1
            self._tries[home] = _Tries(count, now + timedelta(seconds=_delay(count)))
            self._tries.move_to_end(home)
            if len(self._tries) > _MOST_ADDRESSES:
                self._tries.popitem(last=False)
        return 0

    def succeeded(self, address: str) -> None:
        """Forget the tries from an address."""
        with self._lock:
            self._tries.pop(home_of(address), None)


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
