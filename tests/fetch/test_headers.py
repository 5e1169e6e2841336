"""What headers say. The right values are worked out by hand from RFC 9110, 9111 and 8288."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from castabout.fetch.headers import MONTH_S, http_date, keep_s, links, retry_after_s, validator

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
DATE = ("Date", "Sun, 01 Nov 2026 12:00:00 GMT")
ONE_O_CLOCK = ("Sun, 01 Nov 2026 13:00:00 GMT", "Sunday, 01-Nov-26 13:00:00 GMT", "Sun Nov  1 13:00:00 2026")


def headers(*pairs: tuple[str, str]) -> CIMultiDict[str]:
    return CIMultiDict(pairs)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ([], None),
        ([("Cache-Control", "max-age=300")], 300),
        ([("cache-control", "Public, MAX-AGE=300, must-revalidate")], 300),
        ([("Cache-Control", "public"), ("Cache-Control", "max-age=300")], 300),
        ([("Cache-Control", 'max-age="300"')], 300),
        ([("Cache-Control", "max-age = 300")], 300),
        ([("Cache-Control", "max-age=0")], 0),
        # The first of several counts: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1
        ([("Cache-Control", "max-age=300, max-age=900")], 300),
        # For caches that many share: we are none.
        ([("Cache-Control", "s-maxage=300")], None),
        ([("Cache-Control", "max-age=300"), ("Age", "100")], 200),
        ([("Cache-Control", "max-age=300"), ("Age", "301")], 0),
        ([("Cache-Control", "max-age=300"), ("Age", "old")], 300),
        ([("Cache-Control", "no-cache, max-age=300")], 0),
        ([("Cache-Control", "no-store")], 0),
        ([("Cache-Control", "private")], None),
        ([("Cache-Control", "max-age=31536000")], MONTH_S),
        ([("Cache-Control", "max-age=" + "9" * 10_000)], MONTH_S),
        ([("Cache-Control", "max-age=000000000000300")], 300),
        ([("Cache-Control", "max-age=-300")], None),
        ([("Cache-Control", "max-age=3.5")], None),
        ([("Cache-Control", "max-age=³")], None),
        ([("Cache-Control", "max-age")], None),
        ([("Cache-Control", "")], None),
        ([("Expires", ONE_O_CLOCK[0]), DATE], 3600),
        ([("Expires", ONE_O_CLOCK[1]), DATE], 3600),
        ([("Expires", ONE_O_CLOCK[2]), DATE], 3600),
        ([("Expires", DATE[1]), DATE], 0),
        ([("Expires", "Sun, 01 Nov 2025 12:00:00 GMT"), DATE], 0),
        ([("Expires", "Sun, 01 Nov 2037 12:00:00 GMT"), DATE], MONTH_S),
        # Not a date is long past: https://www.rfc-editor.org/rfc/rfc9111#section-5.3
        ([("Expires", "0"), DATE], 0),
        ([("Expires", "-1"), DATE], 0),
        ([("Cache-Control", "max-age=300"), ("Expires", "0"), DATE], 300),
        ([("Cache-Control", "public"), ("Expires", ONE_O_CLOCK[0]), DATE], 3600),
        # The host's clock may be wrong, but it is the same for both dates.
        ([("Expires", "Thu, 01 Jan 1970 01:00:00 GMT"), ("Date", "Thu, 01 Jan 1970 00:00:00 GMT")], 3600),
        # Without a date of its own, ours counts.
        ([("Expires", ONE_O_CLOCK[0])], 3600),
        ([("Expires", ONE_O_CLOCK[0]), ("Date", "today")], 3600),
    ],
)
def test_how_long_an_answer_stays_fresh(said: list[tuple[str, str]], seconds: float | None) -> None:
    assert keep_s(headers(*said), lambda: NOON) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 0),
        ("99999999", MONTH_S),
        ("1" * 5000, MONTH_S),
        *((date, 3600) for date in ONE_O_CLOCK),
        ("Sun, 01 Nov 2026 11:00:00 GMT", 0),
        ("Sun, 01 Nov 2037 11:00:00 GMT", MONTH_S),
        # A zone that HTTP does not allow, but says what is meant.
        ("Sun, 01 Nov 2026 14:00:00 +0100", 3600),
        ("", None),
        ("soon", None),
        ("-120", None),
        ("1.5", None),
        ("١٢٠", None),
        ("120 seconds", None),
        ("Sun, 41 Nov 2026 13:00:00 GMT", None),
        ("Sun, 01 Nov 99999 13:00:00 GMT", None),
    ],
)
def test_when_to_come_again(value: str, seconds: float | None) -> None:
    assert retry_after_s(headers(("Retry-After", value), DATE)) == seconds
    assert retry_after_s(headers(("Retry-After", value)), lambda: NOON) == seconds


def test_nothing_is_made_up() -> None:
    assert retry_after_s(headers(DATE), lambda: NOON) is None
    # Neither the host nor we have a clock.
    assert retry_after_s(headers(("Retry-After", ONE_O_CLOCK[0]))) is None
    assert keep_s(headers(("Expires", ONE_O_CLOCK[0]))) is None


@given(st.text())
def test_dates_that_are_none(text: str) -> None:
    date = http_date(text)
    assert date is None or date.tzinfo is UTC


@given(st.text(), st.text(), st.text(), st.text())
def test_any_headers_at_all(cache: str, expires: str, date: str, retry: str) -> None:
    said = headers(("Cache-Control", cache), ("Expires", expires), ("Date", date), ("Retry-After", retry))
    for seconds in (keep_s(said, lambda: NOON), retry_after_s(said, lambda: NOON)):
        assert seconds is None or 0 <= seconds <= MONTH_S


@pytest.mark.parametrize(
    "value", ['"abc"', 'W/"abc"', "abc", '"a b"', '"é"', "Fri, 30 Oct 2026 08:00:00 GMT"]
)
def test_validators_are_left_as_they_are(value: str) -> None:
    assert validator(value) == value


@pytest.mark.parametrize("value", [None, "", '"a\r\nX: y"', '"a\0"', '"\udcff"', '"a\t"', "x" * 1025])
def test_validators_that_cannot_be_sent_back(value: str | None) -> None:
    assert validator(value) is None


BASE = "https://a.example/feeds/show.xml"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([], []),
        (
            ['<https://hub.example/>; rel="hub", <https://a.example/feed>; rel=self'],
            [("hub", "https://hub.example/"), ("self", "https://a.example/feed")],
        ),
        (
            ["<https://hub.example/>;rel=hub", "</feed>; title=\"a, b; c\"; REL='x'; rel=SELF"],
            [("hub", "https://hub.example/")],
        ),
        (['</feed>; title="a, <b>; c"; rel="Self"'], [("self", "https://a.example/feed")]),
        (["<hub?a=b,c>; rel=hub"], [("hub", "https://a.example/feeds/hub?a=b,c")]),
        (
            ['<https://a.example/>; rel="hub self alternate"'],
            [("hub", "https://a.example/"), ("self", "https://a.example/")],
        ),
        (["<https://a.example/next>; rel=next, <https://a.example/x>"], []),
        (["<javascript:alert(1)>; rel=hub, <file:///x>; rel=self, <http://[>; rel=hub"], []),
        (["https://a.example/; rel=hub"], []),
        (["<<<<; rel=hub;;;,,,>>>>"], []),
        (["<>; rel=self"], [("self", BASE)]),
    ],
)
def test_links(values: list[str], found: list[tuple[str, str]]) -> None:
    assert links(headers(*[("Link", value) for value in values]), BASE) == tuple(found)


def test_links_are_not_without_end() -> None:
    assert len(links(headers(("Link", "<http://a.example/>; rel=hub, " * 1000)), BASE)) == 10


@pytest.mark.parametrize("piece", ["<", "<a>", "<a>;", '<a>;"', "; rel=", "<a>; rel", '"', ","])
def test_links_that_are_meant_to_take_long(piece: str) -> None:
    assert links(headers(("Link", piece * (30_000 // len(piece)))), BASE) == ()
