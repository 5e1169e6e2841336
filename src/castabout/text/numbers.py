"""Durations, dates and counts as a person reads them, in English. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = 24 * 3600
_UNITS = ((365 * _DAY, "year"), (30 * _DAY, "month"), (_DAY, "day"), (3600, "hour"), (60, "minute"))


def duration_words(seconds: int | None) -> str:
    """A duration to the nearest minute: ``1 h 4 m``, ``42 m``; under a minute ``30 s``; unknown is empty."""
    if seconds is None:
        return ""
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod((seconds + 30) // 60, 60)
    return " ".join(f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "m")) if number)


def iso_duration(seconds: int | None) -> str | None:
    """A duration as ``PT1H4M5S``; unknown is None. https://en.wikipedia.org/wiki/ISO_8601#Durations"""
    if seconds is None:
        return None
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    parts = "".join(
        f"{number}{unit}" for number, unit in ((hours, "H"), (minute, "M"), (second, "S")) if number
    )
    return f"PT{parts or '0S'}"


def clock(seconds: float) -> str:
    """A time in a recording, as its player shows it: ``1:23``, ``1:02:03``."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def date_words(day: date | None) -> str:
    """A day as ``27 Sep 2024``, of a time the day in its own zone; unknown is empty."""
    return "" if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def time_words(seconds: float) -> str:
    """A moment, in seconds since 1970, to the minute: ``1 Nov 2026, 13:04 UTC``."""
    when = datetime.fromtimestamp(seconds, UTC)
    return f"{date_words(when)}, {when:%H:%M} UTC"


def ago_words(when: datetime, now: datetime) -> str:
    """How far ``when`` is from ``now``: ``3 hours ago``, ``in 2 days``.

    Within a minute it is ``just now`` or ``any moment``.
    """
    seconds = int((now - when).total_seconds())
    for size, unit in _UNITS:
        if abs(seconds) >= size:
            amount = count_words(abs(seconds) // size, unit)
            return f"{amount} ago" if seconds > 0 else f"in {amount}"
    return "just now" if seconds >= 0 else "any moment"


def count_words(number: int, noun: str) -> str:
    """A number with its noun: ``1 episode``, ``1,204 episodes``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def percent_words(percent: float) -> str:
    """A share in percent, to two digits: ``46``, ``4.6``; ``100`` and ``0`` only if it is exactly that."""
    if 99 < percent < 100:
        return f"{int(percent * 10) / 10:g}"
    if 0 < percent < 0.01:
        return "under 0.01"
    return f"{percent:.3g}" if percent >= 100 else f"{percent:.2g}"


def short_count(number: int) -> str:
    """A number in at most four characters where room is scarce: ``950``, ``1.2k``, ``13k``, ``2.5M``."""
    for size, unit in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            tenths = number * 10 // size
            return f"{tenths // 10}{unit}" if tenths >= 100 or tenths % 10 == 0 else f"{tenths / 10}{unit}"
    return str(number)
