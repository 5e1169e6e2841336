"""Dates and durations in the forms that feeds really have; what cannot be read is unknown, and said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.model.feed import Problem
from castabout.parse.dates import (
    doubt_about_date,
    parse_date,
    parse_duration,
    why_no_date,
    why_no_duration,
)
from castabout.parse.feed import parse_feed


def at(*parts: int, hours: float = 0) -> datetime:
    return datetime(*parts, tzinfo=timezone(timedelta(hours=hours)) if hours else UTC)  # type: ignore[arg-type,misc]


#: Day and time of most examples: Friday, 1 March 2024, 10:00. That is 1,709,287,200 seconds after 1970:
#: 54 years with 13 leap days and then 60 days are 19,783 days, and 10 hours.
FRIDAY = (2024, 3, 1)
TEN = (*FRIDAY, 10)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # As the specification has it, with the zones of RFC 822 and others that feeds use.
        ("Tue, 01 Oct 2019 14:30:00 PST", at(2019, 10, 1, 14, 30, hours=-8)),
        ("Sat, 01 Jan 2022 13:40:00 UTC", at(2022, 1, 1, 13, 40)),
        ("Sat, 01 Jan 2022 13:40:00 -0000", at(2022, 1, 1, 13, 40)),
        ("Fri, 01 Mar 2024 10:00:00 CEST", at(*TEN, hours=2)),
        ("Fri, 01 Mar 2024 10:00:00 +01:00", at(*TEN, hours=1)),
        ("Fri, 01 Mar 2024 10:00:00 +0530", at(*TEN, hours=5.5)),
        ("Fri, 01 Mar 2024 10:00:00 -0330", at(*TEN, hours=-3.5)),
        ("Fri, 01 Mar 2024 10:00:00 +1400", at(*TEN, hours=14)),
        ("Fri, 01 Mar 2024 10:00:00 GMT+1", at(*TEN, hours=1)),
        ("Fri, 01 Mar 2024 10:00:00 +0100 (CET, UTC+1)", at(*TEN, hours=1)),
        # Commas, weekdays, seconds and zones that are missing; months in full.
        ("Fri,01 Mar 2024", at(*FRIDAY)),
        ("Fri,01 Mar 2024 10:00:00 GMT", at(*TEN)),
        ("Tue 11 Jan 2011 01:30:00 GMT", at(2011, 1, 11, 1, 30)),
        ("Wed 5 Jan 2011 10:00:00 +0000", at(2011, 1, 5, 10)),
        ("07 Nov 2015 12:00:00 EST", at(2015, 11, 7, 12, hours=-5)),
        ("Sun, 12 August 2012 10:00:00 EST", at(2012, 8, 12, 10, hours=-5)),
        ("Fri, 30 June 2006", at(2006, 6, 30)),
        ("Fri, 01 Mar 2024 10:00", at(*TEN)),
        ("01-Mar-2024", at(*FRIDAY)),
        ("01Mar2024", at(*FRIDAY)),
        ("Tue, 01 Oct 19 14:30:00 GMT", at(2019, 10, 1, 14, 30)),
        ("Tue, 01 Oct 91 14:30:00 GMT", at(1991, 10, 1, 14, 30)),
        # The weekday is wrong (it was a Tuesday); the date is right.
        ("Mon, 01 Jan 2008 00:00:00 GMT", at(2008, 1, 1)),
        # The end of a day, and a leap second.
        ("Fri, 01 Mar 2024 24:00:00 GMT", at(2024, 3, 2)),
        ("Sat, 31 Dec 2016 23:59:60 GMT", at(2017, 1, 1)),
        # Twelve hours.
        ("Thu, 5 Sept 2013 9:05 pm EDT", at(2013, 9, 5, 21, 5, hours=-4)),
        ("1 March 2024 12:30 AM", at(*FRIDAY, 0, 30)),
        ("Fri, 01 Mar 2024 02:30:00 PM", at(*FRIDAY, 14, 30)),
        ("Fri, 01 Mar 2024 02:30:00 AM", at(*FRIDAY, 2, 30)),
        ("1 March 2024 10am", at(*TEN)),
        # ISO 8601, long and short, and as databases write it.
        ("2024-03-01", at(*FRIDAY)),
        ("2024-03-01T10:00:00Z", at(*TEN)),
        ("2024-03-01T10:00:00.123+05:30", at(*TEN, hours=5.5)),
        ("2024-03-01T10:00:00.1234567Z", at(*TEN)),
        ("2024-03-01T10:00+01", at(*TEN, hours=1)),
        ("20240301T100000Z", at(*TEN)),
        ("20240301T1000Z", at(*TEN)),
        ("20240301100000", at(*TEN)),
        ("20240301 10:00:00", at(*TEN)),
        ("20240301", at(*FRIDAY)),
        ("2012-09-22 21:36:00 -0500", at(2012, 9, 22, 21, 36, hours=-5)),
        ("2024/3/1 10:00", at(*TEN)),
        # Seconds and milliseconds since 1970.
        ("1709287200", at(*TEN)),
        ("1709287200000", at(*TEN)),
        ("1709287200.5", at(*TEN)),
        # As C and JavaScript write it, and people in America.
        ("Fri Mar  1 10:00:00 2024", at(*TEN)),
        ("Fri Mar  1 10:00:00 GMT 2024", at(*TEN)),
        ("Fri Mar 01 2024 10:00:00 GMT+0100 (CET)", at(*TEN, hours=1)),
        ("Friday, March 1, 2024", at(*FRIDAY)),
        ("Friday, March 1, 2024 at 10:30 PM EST", at(*FRIDAY, 22, 30, hours=-5)),
        ("March 1st, 2024", at(*FRIDAY)),
        ("January 5, 2024 10:00", at(2024, 1, 5, 10)),
        # Where dots are written, the day comes first.
        ("1.3.2024", at(*FRIDAY)),
        ("Fr, 01.03.2024 10:00", at(*TEN)),
        ("2024年3月1日 10:00", at(*TEN)),
        ("2024年3月1日10:00", at(*TEN)),
        ("2024年3月1日 10時30分", at(*TEN, 30)),
        ("2024年3月1日 下午10点", at(*FRIDAY, 22)),
        ("2024년 3월 1일 오후 2시 30분", at(*FRIDAY, 14, 30)),
        # The hour alone.
        ("2024-03-01T10Z", at(*TEN)),
        ("2024-03-01T10+0100", at(*TEN, hours=1)),
        # No month has such a number, or both are the same.
        ("31/03/2024", at(2024, 3, 31)),
        ("3/31/2024 10:00 PM", at(2024, 3, 31, 22)),
        ("31-12-2023 10:00 +0100", at(2023, 12, 31, 10, hours=1)),
        ("03/03/2024", at(2024, 3, 3)),
        # Behind a time it is no zone.
        ("Fri, 01 Mar 2024 02:30:00 pm EST", at(*FRIDAY, 14, 30, hours=-5)),
    ],
)
def test_dates(text: str, date: datetime) -> None:
    read = parse_date(text)
    assert read == date
    assert read is not None
    assert read.utcoffset() == date.utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        "Fr, 01 Mär 2024 10:00:00 +0000",
        "Freitag, 1. März 2024 10:00 Uhr",
        "1. Mrz. 2024 10:00",
        "ven., 01 mars 2024 10:00:00 GMT",
        "vendredi 1er mars 2024 10h00",
        "viernes, 1 de marzo de 2024 10:00",
        "vie, 01 mar 2024 10:00:00 +0000",
        "1 de marzo del 2024, 10:00",
        "venerdì 1 marzo 2024 10.00",
        "sexta-feira, 1 de março de 2024 10:00",
        "sex, 1º mar 2024 10:00:00 GMT",
        "vrijdag 1 maart 2024 10:00",
        "vr, 01 mrt 2024 10:00:00 GMT",
        "Пт, 01 Мар 2024 10:00:00 +0000",
        "1 марта 2024 г., 10:00",
        "Παρ, 01 Μαρ 2024 10:00:00 GMT",
        "1 Mart 2024 10:00",
    ],
)
def test_dates_in_other_languages(text: str) -> None:
    assert parse_date(text) == at(*TEN)


@pytest.mark.parametrize(
    ("names", "language"),
    [
        ("jan feb mär apr mai jun jul aug sep okt nov dez", "de"),
        ("januar februar märz april mai juni juli august september oktober november dezember", "de"),
        ("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.", "fr"),
        ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre", "fr"),
        ("ene feb mar abr may jun jul ago sep oct nov dic", "es"),
        ("enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre", "es"),
        ("gen feb mar apr mag giu lug ago set ott nov dic", "it"),
        (
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "it",
        ),
        ("jan fev mar abr mai jun jul ago set out nov dez", "pt"),
        ("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro", "pt"),
        ("jan feb mrt apr mei jun jul aug sep okt nov dec", "nl"),
        ("januari februari maart april mei juni juli augustus september oktober november december", "nl"),
        ("янв фев мар апр май июн июл авг сен окт ноя дек", "ru"),
        ("января февраля марта апреля мая июня июля августа сентября октября ноября декабря", "ru"),
        ("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня", "uk"),
        ("Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ", "el"),
        ("ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık", "tr"),
        (
            "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
            "ro",
        ),
        (
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            "pl",
        ),
    ],
)
def test_months(names: str, language: str) -> None:
    assert [parse_date(f"2 {name} 2024") for name in names.split()] == [
        at(2024, month, 2) for month in range(1, 13)
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("yesterday", "cannot be read"),
        ("0", "cannot be read"),
        ("31 Feb 2020", "cannot be read"),
        ("2024-13-01", "cannot be read"),
        ("0000-00-00 00:00:00", "cannot be read"),
        ("Mon, 30 Nov -0001 00:00:00 +0000", "cannot be read"),
        # There is no such time, and no such offset: not midnight, and not UTC.
        ("Tue, 01 Oct 2019 34:50:00 GMT", "cannot be read"),
        ("01 Oct 2019 noon", "cannot be read"),
        ("Tue, 01 Oct 2019 25:61:00 +9900", "cannot be read"),
        ("Tue, 01 Oct 2019 24:00:01 GMT", "cannot be read"),
        ("Tue, 01 Oct 2019 10:00:00 +9900", "cannot be read"),
        ("Tue, 01 Oct 2019 10:00:00 +99000", "cannot be read"),
        ("Tue, 01 Oct 2019 10:00:00 +0160", "cannot be read"),
        # A time is there, in no form that we know.
        ("01 Mar 2024 um 10:00", "cannot be read"),
        ("1 Mar 24:00:00", "cannot be read"),
        # The third of January, or the first of March?
        ("01/03/2024", "cannot be read"),
        ("13/13/2024", "cannot be read"),
        # A day of the year, and digits that may mean anything.
        ("2024-061", "cannot be read"),
        ("202431", "cannot be read"),
        ("9999-12-31 24:00:00", "cannot be read"),
        ("31 Dec 0001", "lies before 1990"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "lies before 1990"),
        ("Sun, 31 Dec 1989 23:59:59 GMT", "lies before 1990"),
        ("9999999999", "lies ahead"),
        ("Fri, 31 Dec 9999 23:59:59 -1200", "lies ahead"),
    ],
)
def test_dates_that_are_unknown(text: str, why: str) -> None:
    assert parse_date(text) is None
    assert why_no_date(text) == why


@pytest.mark.parametrize(
    "text",
    [
        "Fri, 01 Mar 2024 10:00:00 XYZ",
        "Fri, 01 Mar 2024 10:00:00 XM",
        "Fri, 01 Mar 2024 10:00:00 America/New_York",
        "Fri, 01 Mar 2024 10:00:00 Eastern Standard Time",
        "2024-03-01 10:00:00 Europe/Berlin",
        "2024-03-01T10:00:00[Europe/Berlin]",
    ],
)
def test_an_unknown_zone_is_utc_and_said(text: str) -> None:
    assert parse_date(text) == at(*TEN)
    assert doubt_about_date(text) == "has a part that cannot be read, and is taken as UTC"


@pytest.mark.parametrize(
    "text",
    [
        "Fri, 01 Mar 2024 10:00:00 GMT",
        "Fri, 01 Mar 2024 10:00:00 +0000",
        "Fri, 01 Mar 2024 10:00:00",
        "Fri, 01 Mar 2024 10:00:00 PM",
        "Fri, 01 Mar 2024 10:00:00 (Berlin)",
        "Freitag, 1. März 2024 10:00 Uhr",
        "2024-03-01T10:00:00+01:00[Europe/Berlin]",
        "2024-03-01",
        "1709287200",
        # Of what is unknown anyway nothing else is said.
        "soon",
    ],
)
def test_nothing_is_doubted_where_a_date_is_clear(text: str) -> None:
    assert doubt_about_date(text) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1782", 1782),
        ("00:41:13", 41 * 60 + 13),
        ("0:02:49", 169),
        ("54:08", 54 * 60 + 8),
        ("6:36", 6 * 60 + 36),
        ("75:00", 4500),
        ("23935", 23935),
        ("1782.0", 1782),
        ("PT41M13S", 41 * 60 + 13),
        ("PT1H2M3.5S", 3723),
        ("41m", 2460),
        ("41 min", 2460),
        ("1h2m3s", 3723),
        ("1 h 5 min", 3900),
        ("1:02:03", 3723),
        ("1:02:03.5", 3723),
        ("001:02:03", 3723),
        (" 12:00 ", 720),
        ("90 seconds", 90),
        ("24:00:00", 86400),
        ("P0DT1H2M3S", 3723),
        ("1h30", 5400),
        ("1：02：03", 3723),
        ("45分", 2700),
        ("1時間2分3秒", 3723),
        ("1小时2分钟", 3720),
        ("1시간 2분", 3720),
        ("１：０２：０３", 3723),
        ("1h 30", 5400),
        ("1h02m03", 3723),
        ("1.5 hours", 5400),
        ("1,5 h", 5400),
        ("90.5 min", 5430),
        ("1 hour and 5 minutes", 3900),
        ("1 Std. 5 Min.", 3900),
        ("1 час 5 мин", 3900),
        ("2 heures", 7200),
    ],
)
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "why"),
    [
        # So feeds write themselves that it is unknown.
        ("0", None),
        ("00:00:00", None),
        ("PT0S", None),
        ("24:00:01", "is more than a day"),
        ("86401", "is more than a day"),
        ("52428800", "is more than a day"),
        ("52428800123456", "is more than a day"),
        ("-5", "cannot be read"),
        ("1:75", "cannot be read"),
        ("1:2:3:4", "cannot be read"),
        ("PT", "cannot be read"),
        ("long", "cannot be read"),
        # Thousands of seconds, minutes, or parts of a second.
        ("3,600", "cannot be read"),
        ("45.30", "cannot be read"),
        ("0.50", "cannot be read"),
        ("1.30 h", "cannot be read"),
        ("1h75", "cannot be read"),
    ],
)
def test_durations_that_are_unknown(text: str, why: str | None) -> None:
    assert parse_duration(text) is None
    assert why_no_duration(text) == why


FIRST, LAST = datetime(1990, 1, 2), datetime(2199, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone


@given(st.datetimes(FIRST, LAST, timezones=st.just(UTC)))
def test_dates_that_are_written_by_the_book_come_back(date: datetime) -> None:
    whole = date.replace(microsecond=0)
    assert parse_date(whole.strftime("%a, %d %b %Y %H:%M:%S +0000")) == whole
    assert parse_date(whole.isoformat()) == whole
    assert parse_date(str(int(whole.timestamp()))) == whole


@given(st.text("0123456789 :-+/.tzTZ,年月日marMAR", max_size=40))
def test_nothing_raises(text: str) -> None:
    if parse_date(text) is None:
        why_no_date(text)
    doubt_about_date(text)
    if parse_duration(text) is None:
        why_no_duration(text)


def problems(data: str) -> tuple[Problem, ...]:
    return parse_feed(data.encode()).problems


def rss(item: str) -> str:
    return (
        '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>Bread</title><item><guid>1</guid><title>Rye</title>{item}</item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("item", "what"),
    [
        ("<pubDate>soon</pubDate>", ("its date cannot be read (soon)",)),
        ("<pubDate>31 Dec 0001</pubDate>", ("its date lies before 1990 (31 Dec 0001)",)),
        ("<itunes:duration>52428800</itunes:duration>", ("its duration is more than a day (52428800)",)),
        (
            "<pubDate>soon\n  or later</pubDate><itunes:duration>long</itunes:duration>",
            ("its date cannot be read (soon or later); its duration cannot be read (long)",),
        ),
        # At most 60 characters of it, the last of which says that there is more.
        (f"<pubDate>{'x' * 100}</pubDate>", (f"its date cannot be read ({'x' * 59}…)",)),
        # Another place has one that can be used.
        ("<pubDate>soon</pubDate><dc:date>2024-03-01</dc:date>", ()),
        (
            '<itunes:duration>long</itunes:duration><media:content url="https://a.example/1" duration="90"/>',
            (),
        ),
        # What says nothing is no problem.
        ("<pubDate/><itunes:duration>0</itunes:duration>", ()),
        ("<pubDate>   </pubDate><itunes:duration></itunes:duration>", ()),
        ("", ()),
    ],
)
def test_what_cannot_be_used_is_a_problem(item: str, what: tuple[str, ...]) -> None:
    assert problems(rss(item)) == tuple(Problem("item 1 “Rye”", said) for said in what)


def test_in_every_format() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Bread</title><entry><id>1</id><title>Rye</title>'
        "<published>soon</published><updated>later</updated></entry></feed>"
    )
    assert problems(atom) == (Problem("item 1 “Rye”", "its date cannot be read (soon)"),)
    assert problems(atom.replace("later", "2024-03-01T10:00:00Z")) == ()
    json = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Bread", "items": [{"id": "1", '
        '"title": "Rye", "date_published": "soon",'
        ' "attachments": [{"url": "https://a.example/1.mp3", "duration_in_seconds": 1e6}]}]}'
    )
    assert [problem.what for problem in problems(json)] == [
        "its date cannot be read (soon); its duration is more than a day (1000000)"
    ]
    damaged = rss("<pubDate>soon</pubDate>").replace("</channel>", "<b>")
    assert Problem("item 1 “Rye”", "its date cannot be read (soon)") in problems(damaged)
