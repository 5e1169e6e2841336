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
_MONTHS_OF_A_YEAR = 12

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
#: In other alphabets, and in languages written like those above.
_OTHER_NAMES = """
    ianuarie ian ocak oca январ январь января янв січень січня січ ιανουαριος ιανουαριου ιαν stycznia ledna
    februarie subat феврал февраль февраля февр фев лютии лютого лют φεβρουαριος φεβρουαριου φεβ lutego unora
    martie mart март марта мар березень березня бер μαρτιος μαρτιου μαρ marca brezna
    aprilie nisan nis апрель апреля апр квітень квітня квіт кві απριλιος απριλιου απρ kwietnia dubna
    mayis маи мая травень травня трав тра μαιος μαιου μαι μαι maja kvetna
    iunie iun haziran haz июнь июня июн червень червня черв чер ιουνιος ιουνιου ιουν czerwca cervna
    iulie iul temmuz tem июль июля июл липень липня лип ιουλιος ιουλιου ιουλ lipca cervence
    agustos agu август августа авг серпень серпня серп сер αυγουστος αυγουστου αυγ sierpnia srpna
    septembrie eylul eyl сентябрь сентября сент сен вересень вересня вер σεπτεμβριος σεπτεμβριου σεπ wrzesnia
    octombrie ekim eki октябрь октября окт жовтень жовтня жовт жов οκτωβριος οκτωβριου οκτ pazdziernika rijna
    noiembrie noi kasim kas ноябрь ноября ноя листопад листопада лис νοεμβριος νοεμβριου νοε listopada listopadu
    decembrie aralik ara декабрь декабря дек грудень грудня груд гру δεκεμβριος δεκεμβριου δεκ grudnia prosince
"""
_MONTHS = {
    name: number
    for table in (_MONTH_NAMES, _OTHER_NAMES)
    for number, names in enumerate(table.split("\n")[1:13], 1)
    for name in names.split()
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
        rf"(?P<year>\d{{4}}|\d{{2}})(?!\d)(?:\s?г\.?)?(?:,?\s?(?:at |t)?{_TIME}\s?{_ZONE})?",
        # 2024-03-01T10:00:00Z · 2012-09-22 21:36:00 -0500 · 2024/3/1 · 2024年3月1日
        r"(?P<year>\d{4})[-/.年]\s?(?P<month_number>\d{1,2})[-/.月]\s?(?P<day>\d{1,2})(?!\d)日?"
        rf"(?:(?:t|,?\s|(?<=日))\s?(?:{_TIME}|{_PACKED_TIME})\s?{_ZONE})?",
        # 2019-10-01T14Z
        rf"(?P<year>\d{{4}})-(?P<month_number>\d{{2}})-(?P<day>\d{{2}})t(?P<hour>\d{{2}})(?!\d)\s?{_ZONE}",
        # 20240301 · 20240301T100000Z · 20240301100000
        r"(?P<year>\d{4})(?P<month_number>\d{2})(?P<day>\d{2})"
        rf"(?:[t\s]?{_PACKED_TIME}(?!\d)\s?{_ZONE}|(?!\d))",
        rf"(?P<year>\d{{4}})(?P<month_number>\d{{2}})(?P<day>\d{{2}})[t\s]{_TIME}\s?{_ZONE}",
        # Fri Mar 1 10:00:00 2024 · Fri Mar 1 10:00:00 GMT 2024
        rf"{_WEEKDAY}{_MONTH}\s(?P<day>\d{{1,2}})\s{_TIME}\s{_ZONE}\s?(?P<year>\d{{4}})(?!\d)",
        # Friday, March 1, 2024 10:00 PM
        rf"{_WEEKDAY}{_MONTH}\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})(?!\d)"
        rf"(?:,?\s?(?:at )?{_TIME}\s?{_ZONE})?",
        # 31/3/2024 · 3/31/2024 10:00 PM: where nothing tells day from month, nobody can know.
        rf"{_WEEKDAY}(?P<one>\d{{1,2}})(?P<dash>[/-])(?P<other>\d{{1,2}})(?P=dash)(?P<year>\d{{4}})(?!\d)"
        rf"(?:,?\s{_TIME}\s?{_ZONE})?",
        # 1.3.2024: where dots are written, the day comes first.
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\.\s?(?P<month_number>\d{{1,2}})\.\s?(?P<year>\d{{4}})(?!\d)"
        rf"(?:,?\s{_TIME}\s?{_ZONE})?",
    )
)
#: Tue, 01 Oct 2019 14:30:00 PST
_USUAL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4}|[A-Z]{2,4})", re.A
)
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d{1,6})?")
#: As Korean writes it → as Chinese and Japanese do; a letter that is no other with an accent.
_WRITTEN_AS = str.maketrans("년월일ı", "年月日i")
#: 午後2時30分 · 오후 2시 30분
_ASIAN_TIME = re.compile(
    r"(?:(午前|上午|오전)|(午後|下午|오후))?\s?(\d{1,2})[時时点點시](?:\s?(\d{1,2})[分분])?(?:\s?(\d{1,2})[秒초])?"
)
#: Behind what was read: part of a time in no form that we know. What stands in brackets is a comment.
_UNREAD = re.compile(r"[^(\d]*(?:\d|\bnoon\b|\bmidnight\b)")


#: What stands behind a time and is no zone; and comments. https://www.rfc-editor.org/rfc/rfc2822#section-3.2.3
_NO_ZONE = re.compile(r"\b(?:uhr|hrs?|hs|h|heures?|uur|час\w*|г|o'?clock)\b|\(.*")
_NAMED = re.compile(r"[^\W\d_]")


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


def doubt_about_date(text: str) -> str | None:
    """What `parse_date` took for granted where ``text`` does not say it clearly: to follow “its date”.

    A zone of an unknown name is taken as UTC. https://www.rfc-editor.org/rfc/rfc2822#section-4.3
    """
    if _usual_date(text) is not None:
        return None
    found = _match_unusual(_plain(text))
    if found is None or found[1]["offset"] or found[1]["zone"] in _ZONES:
        return None
    unread = " ".join(filter(None, (found[1]["zone"], found[2])))
    if not _NAMED.search(_NO_ZONE.sub("", unread)):
        return None
    return "has a part that cannot be read, and is taken as UTC"


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
    plain = _plain(text)
    if (epoch := _EPOCH.fullmatch(plain)) is not None:
        return datetime.fromtimestamp(int(epoch[1]), UTC)
    found = _match_unusual(plain)
    return found[0] if found else None


def _match_unusual(plain: str) -> tuple[datetime, dict[str, str | None], str] | None:
    """The date, its parts, and what stands behind them."""
    for form in _FORMS:
        found = form.match(plain)
        if found is not None and not _UNREAD.match(plain, found.end()):
            try:
                return _date(found.groupdict()), found.groupdict(), plain[found.end() :]
            except (ValueError, OverflowError):  # no such month, day, time or offset
                continue
    return None


def _plain(text: str) -> str:
    return " ".join(_unaccented(text[:_LONGEST_TEXT]).lower().split())


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    text = _ASIAN_TIME.sub(_as_clock, text.translate(_WRITTEN_AS))
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _as_clock(time: re.Match[str]) -> str:
    before_noon, after_noon, hour, minute, second = time.groups()
    half = "am" if before_noon else "pm" if after_noon else ""
    return f" {hour}:{int(minute or 0):02}:{int(second or 0):02} {half}"


def _date(parts: dict[str, str | None]) -> datetime:
    """Raises ValueError and OverflowError if there is no such moment."""
    month = parts.get("month_number") or _MONTHS.get(parts.get("month") or "") or 0
    day = parts.get("day") or 0
    if parts.get("one"):
        day, month = sorted((int(parts["one"] or 0), int(parts["other"] or 0)), reverse=True)
        if month < day <= _MONTHS_OF_A_YEAR:
            raise ValueError
    written = parts["year"] or ""
    year = int(written)
    if len(written) == 2:
        year += 2000 if year < 70 else 1900
    return datetime(year, int(month), int(day), tzinfo=_zone(parts)) + _time(parts)


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
_HOUR = r"h|hr|hrs|hours?|std|stunden?|heures?|horas?|ore|uur|ч|час(?:а|ов)?"
_MINUTE = r"m|min|mins|minutes?|minuten|minutos?|minuti|мин|минут[аы]?"
_SECOND = r"s|sec|secs|seconds?|sek|sekunden?|secondes?|segundos?|secondi|сек|секунд[аы]?"
_SECONDS = re.compile(rf"(\d{{1,20}})(?:[.,]\d{{1,9}})?\s?(?:{_SECOND})?")
#: With two digits behind the point it may be hours and minutes.
_TENTHS = re.compile(rf"(\d{{1,4}})[.,](\d)\s?(?:({_HOUR})|{_MINUTE})\.?")
_BETWEEN = r"\.?,?\s?(?:(?:and|und|et|y|e|и)\s)?"
_WORDS = re.compile(
    rf"(?:p(?:0d)?t?)?(?:(\d{{1,3}})\s?(?:{_HOUR}){_BETWEEN})?"
    rf"(?:(\d{{1,4}})\s?(?:{_MINUTE}){_BETWEEN}|(?<=[hч\s])([0-5]\d)$)?"
    rf"(?:(\d{{1,5}})(?:[.,]\d{{1,9}})?\s?(?:{_SECOND})\.?|(?<=m)([0-5]\d)$)?"
)
#: 1時間2分3秒 · 1小时2分钟 · 1시간 2분
_ASIAN_UNITS = (
    (re.compile(r"\s?(?:時間|小時|小时|시간)"), "h "),
    (re.compile(r"\s?(?:分鐘|分钟|分|분)"), "m "),
    (re.compile(r"\s?[秒초]"), "s "),
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
    plain = text.strip()[:_LONGEST_DURATION].lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
        for unit, ours in _ASIAN_UNITS:
            plain = unit.sub(ours, plain)
        plain = " ".join(plain.split())
    if _AMBIGUOUS.fullmatch(plain):
        return None
    if (seconds := _SECONDS.fullmatch(plain)) is not None:
        return int(seconds[1])
    if (tenths := _TENTHS.fullmatch(plain)) is not None:
        return int(tenths[1] + tenths[2]) * (360 if tenths[3] else 6)
    if (clock := _CLOCK.fullmatch(plain)) is not None:
        hours, minutes, seconds_ = (int(part or 0) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds_
    if (words := _WORDS.fullmatch(plain)) is not None and any(words.groups()):
        hours, *others = (int(part or 0) for part in words.groups())
        return hours * 3600 + sum(others[:2]) * 60 + sum(others[2:])
    return None
