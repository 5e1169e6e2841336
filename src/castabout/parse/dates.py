"""Dates and durations in the forms that feeds really have. Never a guess: what cannot be read is unknown."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

#: A podcast is not older; what is, was a default of some program.
_FIRST_YEAR = 1990
_LAST_YEAR = 2199
_LONGEST_SECONDS = 24 * 3600
#: No clock is further from UTC.
_FURTHEST_MINUTES = 14 * 60
_LONGEST_TEXT = 200
_LONGEST_DURATION = 40

#: Names of the months in the languages whose programs write them, by their number.
_MONTH_NAMES = """
    january jan januar janvier janv enero ene gennaio gen janeiro januari jaenner janner styczen leden januar
    february feb februar feber fevrier fevr fev febrero febbraio fevereiro februari luty unor febr
    march mar marz maerz mars marzo marco maart mrt marec mrz brezen marts
    april apr avril avr abril abr aprile kwiecien duben
    may mai mayo maggio mag maio mei maj kveten
    june jun juni juin junio giugno giu junho cerven czerwiec
    july jul juli juillet juill juil julio luglio lug julho cervenec lipiec
    august aug aout agosto ago augustus augusti sierpien srpen
    september sep sept septembre septiembre setiembre settembre set setembro wrzesien zari
    october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik rijen
    november nov novembre noviembre novembro listopad
    december dec dezember dez decembre diciembre dic dicembre dezembro desember des grudzien prosinec
"""
_MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES.split("\n")[1:13], 1) for name in names.split()
}
#: Zone names → hours from UTC, as written: PST is -8 in summer too.
#: https://www.rfc-editor.org/rfc/rfc2822#section-4.3
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1, "mez": 1,
    "cest": 2, "mest": 2, "mesz": 2, "eet": 2, "sast": 2, "eest": 3, "msk": 3, "eat": 3, "ist": 5.5, "ict": 7,
    "wib": 7, "sgt": 8, "hkt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "acdt": 10.5,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "nst": -3.5, "ndt": -2.5, "ast": -4, "adt": -3, "brt": -3,
    "art": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9,
    "akdt": -8, "hst": -10,
}  # fmt: skip
_TIME = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,20})?)?|(?=\s?[ap]\.?m\b))\s?"
    r"(?P<half>[ap]\.?m\b\.?)?"
)
_PACKED_TIME = r"(?P<hour2>\d{2})(?P<minute2>\d{2})(?P<second2>\d{2})?"
_ZONE = r"(?P<zone>[a-z]{1,5}(?![a-z]))?\s?(?P<offset>[+-]\d{1,2}(?::?\d{2})?(?!\d))?"
_WEEKDAY = r"(?:[^\W\d_]{2,12}(?:-feira)?[.,\s]{1,3})?"
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
#: Texts are matched in lower case, without accents, blanks folded to one.
_FORMS = tuple(
    re.compile(form)
    for form in (
        # Tue, 01 Oct 2019 14:30:00 PST · 5 Jan 11 · 01-Mar-2024 · 1. März 2024 · 1er mars 2024 · 1 de marzo de 2024
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|o|\.)?[\s/-]?(?:de )?{_MONTH},?[\s/-]?(?:del? )?"
        rf"(?P<year>\d{{4}}|\d{{2}})(?!\d)(?:,?\s?(?:at |t)?{_TIME}\s?{_ZONE})?",
        # 2024-03-01T10:00:00Z · 2012-09-22 21:36:00 -0500 · 2024/3/1 · 2024年3月1日
        r"(?P<year>\d{4})[-/.年]\s?(?P<month_number>\d{1,2})[-/.月]\s?(?P<day>\d{1,2})(?!\d)日?"
        rf"(?:(?:t|,?\s)\s?(?:{_TIME}|{_PACKED_TIME})\s?{_ZONE})?",
        # 20240301 · 20240301T100000Z · 20240301100000
        r"(?P<year>\d{4})(?P<month_number>\d{2})(?P<day>\d{2})"
        rf"(?:[t\s]?{_PACKED_TIME}(?!\d)\s?{_ZONE}|(?!\d))",
        rf"(?P<year>\d{{4}})(?P<month_number>\d{{2}})(?P<day>\d{{2}})[t\s]{_TIME}\s?{_ZONE}",
        # Fri Mar 1 10:00:00 2024 · Fri Mar 1 10:00:00 GMT 2024
        rf"{_WEEKDAY}{_MONTH}\s(?P<day>\d{{1,2}})\s{_TIME}\s{_ZONE}\s?(?P<year>\d{{4}})(?!\d)",
        # Friday, March 1, 2024 10:00 PM
        rf"{_WEEKDAY}{_MONTH}\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?!\d)"
        rf"(?:,?\s?(?:at )?{_TIME}\s?{_ZONE})?",
        # 1.3.2024: where dots are written, the day comes first. With slashes nobody can know.
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\.\s?(?P<month_number>\d{{1,2}})\.\s?(?P<year>\d{{4}})(?!\d)"
        rf"(?:,?\s{_TIME}\s?{_ZONE})?",
    )
)
#: Tue, 01 Oct 2019 14:30:00 PST
_USUAL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4}|[A-Z]{2,4})", re.A
)
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d{1,6})?")
#: Behind what was read: part of a time in no form that we know. What stands in brackets is a comment.
_UNREAD = re.compile(r"[^(\d]*(?:\d|\bnoon\b|\bmidnight\b)")


def parse_date(text: str) -> datetime | None:
    """The moment that ``text`` names, with the offset written in it (UTC if there is none).

    Weekdays are not looked at, since real feeds have wrong ones. A date
    without a time is its midnight. ``None`` if any part of it cannot be read
    or cannot be, and if it lies before 1990 or after 2199.
    """
    date = _read_date(text)
    return date if date is not None and _FIRST_YEAR <= date.year <= _LAST_YEAR else None


def why_no_date(text: str) -> str:
    """What is wrong with ``text``, of which `parse_date` makes nothing: to follow “its date”."""
    date = _read_date(text)
    if date is None:
        return "cannot be read"
    return "lies before 1990" if date.year < _FIRST_YEAR else "lies ahead"


def _read_date(text: str) -> datetime | None:
    return _usual_date(text) or _unusual_date(text)


def _usual_date(text: str) -> datetime | None:
    """The form that RSS asks for, read at once; ``None`` for any other, and if there is no such moment."""
    found = _USUAL.fullmatch(text)
    if found is None:
        return None
    day, name, year, hour, minute, second, written = found.groups()
    month, zone = _MONTHS.get(name.lower()), _usual_zone(written)
    if month is None or zone is None:
        return None
    try:
        return datetime(int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=zone)
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _usual_zone(text: str) -> timezone | None:
    try:
        if text[0] in "+-":
            return _zone({"offset": text})
        return _zone({"zone": text.lower()}) if text.lower() in _ZONES else None
    except ValueError:
        return None


def _unusual_date(text: str) -> datetime | None:
    plain = " ".join(_unaccented(text[:_LONGEST_TEXT]).lower().split())
    if (epoch := _EPOCH.fullmatch(plain)) is not None:
        return datetime.fromtimestamp(int(epoch[1]), UTC)
    for form in _FORMS:
        found = form.match(plain)
        if found is not None and not _UNREAD.match(plain, found.end()):
            try:
                return _date(found.groupdict())
            except (ValueError, OverflowError):  # no such month, day, time or offset
                continue
    return None


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _date(parts: dict[str, str | None]) -> datetime:
    """Raises ValueError and OverflowError if there is no such moment."""
    month = parts.get("month_number") or _MONTHS.get(parts.get("month") or "") or 0
    written = parts["year"] or ""
    year = int(written)
    if len(written) == 2:
        year += 2000 if year < 70 else 1900
    return datetime(year, int(month), int(parts["day"] or 0), tzinfo=_zone(parts)) + _time(parts)


def _time(parts: dict[str, str | None]) -> timedelta:
    hour = int(parts.get("hour") or parts.get("hour2") or 0)
    minute = int(parts.get("minute") or parts.get("minute2") or 0)
    second = int(parts.get("second") or parts.get("second2") or 0)
    half = parts.get("half")
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    # A day may end at 24:00:00, a minute with a leap second.
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and (minute or second)):
        raise ValueError
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _zone(parts: dict[str, str | None]) -> timezone:
    hours = _ZONES.get(parts.get("zone") or "", 0.0)
    offset = parts.get("offset")
    if offset:
        digits = offset[1:].replace(":", "")
        minutes = int(digits) * 60 if len(digits) <= 2 else int(digits[:-2]) * 60 + int(digits[-2:])
        if minutes > _FURTHEST_MINUTES or int(digits[-2:]) > 59:
            raise ValueError
        # GMT+1 is one hour east; a name that has an offset of its own, such as PST-0800, says it twice.
        hours = (minutes if offset[0] == "+" else -minutes) / 60
    return timezone(timedelta(hours=hours)) if hours else UTC


_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):([0-5]?\d)(?:[.,]\d{1,9})?")
#: Minutes and seconds, thousands, or a part of a second: nobody can know.
_AMBIGUOUS = re.compile(r"\d{1,3}[.,]\d{2,3}")
_SECONDS = re.compile(r"(\d{1,20})(?:[.,]\d{1,9})?\s?(?:s|sec|secs|seconds?)?")
_WORDS = re.compile(
    r"(?:p(?:0d)?t?)?(?:(\d{1,3})\s?(?:h|hr|hrs|hours?|std|時間|小时)\.?,?\s?)?"
    r"(?:(\d{1,4})\s?(?:m|min|mins|minutes?|分|分钟)\.?,?\s?|(?<=h)([0-5]\d)$)?"
    r"(?:(\d{1,5})(?:[.,]\d{1,9})?\s?(?:s|sec|secs|seconds?|秒)\.?)?"
)


def parse_duration(text: str) -> int | None:
    """Seconds from ``1782``, ``54:08`` (minutes first), ``1:02:03``, ``PT41M13S``, ``41 min``.

    ``None`` if it cannot be read, is 0 (which feeds write for unknown) or
    is more than a day (which is something else, such as bytes).
    """
    seconds = _read_duration(text)
    return seconds if seconds is not None and 0 < seconds <= _LONGEST_SECONDS else None


def why_no_duration(text: str) -> str | None:
    """What is wrong with ``text``, of which `parse_duration` makes nothing: to follow “its duration”.

    ``None`` for 0, with which feeds say themselves that it is unknown.
    """
    seconds = _read_duration(text)
    if seconds is None:
        return "cannot be read"
    return "is more than a day" if seconds else None


def _read_duration(text: str) -> int | None:
    plain = text.strip()[:_LONGEST_DURATION].lower().replace("：", ":")
    if _AMBIGUOUS.fullmatch(plain):
        return None
    if (seconds := _SECONDS.fullmatch(plain)) is not None:
        return int(seconds[1])
    if (clock := _CLOCK.fullmatch(plain)) is not None:
        hour, minute, second = (int(part or 0) for part in clock.groups())
    elif (words := _WORDS.fullmatch(plain)) is not None and any(words.groups()):
        hour, minute, more, second = (int(part or 0) for part in words.groups())
        minute += more
    else:
        return None
    return hour * 3600 + minute * 60 + second
