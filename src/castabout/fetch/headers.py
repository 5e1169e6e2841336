"""What the headers of an answer say: how long it stays fresh, when to come again, where it is published."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from multidict import CIMultiDict, CIMultiDictProxy

Headers = CIMultiDict[str] | CIMultiDictProxy[str]
Clock = Callable[[], datetime]

#: No host can send castabout away for longer: 30 days in seconds.
MONTH_S = 30 * 86400.0
#: A validator is a digest or a date; nobody needs more.
_VALIDATOR_CHARS = 1024
#: More digits than a month has seconds.
_MANY_DIGITS = 9
_MAX_LINKS = 10
#: ``<address>`` and its parameters up to the next: https://www.rfc-editor.org/rfc/rfc8288#section-3
_LINK = re.compile(r'<([^<>]*)>((?:"[^"]*"|[^<",])*)')
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)


def validator(value: str | None) -> str | None:
    """``value`` of ``ETag`` or ``Last-Modified``, untouched; None if it cannot be sent back as it is."""
    if not value or len(value) > _VALIDATOR_CHARS or not value.isprintable():
        return None  # half a surrogate pair, which stands for a byte that is no UTF-8, is not printable
    return value


def keep_s(headers: Headers, clock: Clock | None = None) -> float | None:
    """Seconds that the answer stays fresh, a month at most; None if its headers do not say.

    https://www.rfc-editor.org/rfc/rfc9111#section-4.2
    """
    max_age: str | None = None
    for directive in ",".join(headers.getall("Cache-Control", [])).split(","):
        name, _, value = directive.partition("=")
        match name.strip().lower():
            case "no-cache" | "no-store":
                return 0.0
            case "max-age" if max_age is None:
                max_age = value.strip().strip('"')
    if (fresh := _seconds(max_age)) is not None:
        return max(0.0, fresh - (_seconds(headers.get("Age")) or 0.0))
    if (expires := headers.get("Expires")) is None:
        return None
    end, start = http_date(expires), _answered(headers, clock)
    if end is None:  # "0", for one: it is stale already
        return 0.0
    return _span_s(start, end) if start else None


def retry_after_s(headers: Headers, clock: Clock | None = None) -> float | None:
    """Seconds that the host asks to wait, a month at most; None if it does not say.

    https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
    """
    value = headers.get("Retry-After")
    if value is None or (seconds := _seconds(value)) is not None:
        return seconds if value else None
    end, start = http_date(value), _answered(headers, clock)
    return _span_s(start, end) if start and end else None


def http_date(text: str) -> datetime | None:
    """The date in one of the three forms of HTTP; None for anything else.

    https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
    """
    try:
        date = parsedate_to_datetime(text)
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def links(headers: Headers, base: str) -> tuple[tuple[str, str], ...]:
    """Pairs of ``hub`` or ``self`` and absolute address; ``base`` is the address of the answer."""
    found: list[tuple[str, str]] = []
    for address, parameters in _LINK.findall(",".join(headers.getall("Link", []))):
        rel = _REL.search(parameters)
        relations = (rel[1] or rel[2] or "").lower().split() if rel else []
        url = _absolute(base, address.strip())
        found += [(relation, url) for relation in ("hub", "self") if url and relation in relations]
    return tuple(found[:_MAX_LINKS])


def _absolute(base: str, address: str) -> str | None:
    try:
        url = urljoin(base, address)
    except ValueError:
        return None
    return url if url.lower().startswith(("http://", "https://")) else None


def _seconds(text: str | None) -> float | None:
    text = (text or "").strip()
    if not (text.isascii() and text.isdigit()):
        return None
    return min(float(text), MONTH_S) if len(text.lstrip("0")) <= _MANY_DIGITS else MONTH_S


def _answered(headers: Headers, clock: Clock | None) -> datetime | None:
    """When the host sent the answer by its own clock, which also made the other dates; else by ours."""
    return http_date(headers.get("Date", "")) or (clock() if clock else None)


def _span_s(start: datetime, end: datetime) -> float:
    return min(max(0.0, (end - start).total_seconds()), MONTH_S)
