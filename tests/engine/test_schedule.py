"""When a feed is fetched next: all figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.engine.schedule import Failure, News, Success, next_fetch, rhythm, skips
from castabout.model.crawl import FeedState

HOUR = 3600
DAY = 24 * HOUR
#: 12:30, so that no wait of whole hours ends on a full hour.
NOW = int(datetime(2026, 11, 1, 12, 30, tzinfo=UTC).timestamp())
NEW = FeedState(next_fetch=None)
AS_BEFORE = Success(status=304, etag='"e"', last_modified=None)


def every(seconds: int, *, count: int = 12, silence: int = 0) -> list[int]:
    """``count`` episodes so many seconds apart; since the last of them ``silence`` seconds have passed."""
    return [NOW - silence - number * seconds for number in range(count)]


@pytest.mark.parametrize(
    ("published", "seconds"),
    [
        ([], 4 * HOUR),
        # An eighth of the gap: 24 h / 8, 7 d / 8 = 21 h, 28 d / 8 = 3.5 d.
        (every(DAY), 3 * HOUR),
        (every(7 * DAY), 21 * HOUR),
        (every(28 * DAY), 84 * HOUR),
        # Not below an hour, not above a week.
        (every(HOUR), HOUR),
        (every(100 * DAY), 7 * DAY),
        # A daily show that has been silent for 16 days: 16 d / 8.
        (every(DAY, silence=16 * DAY), 2 * DAY),
        (every(DAY, silence=4000 * DAY), 7 * DAY),
        # One episode tells as much as the time since it.
        ([NOW - 8 * DAY], DAY),
        ([NOW], HOUR),
        # What lies ahead tells nothing.
        ([NOW + DAY], 4 * HOUR),
        ([NOW + DAY, *every(DAY)], 3 * HOUR),
        # Daily for years, weekly now: the ten newest count, and of their gaps the middle one.
        (every(7 * DAY) + every(DAY, count=2000, silence=84 * DAY), 21 * HOUR),
        # All at once, as when a show moves hosts: one date, and 8 days since.
        ([NOW - 8 * DAY] * 50, DAY),
    ],
)
def test_rhythm(published: list[int], seconds: int) -> None:
    assert rhythm(published, now=NOW) == seconds


def test_a_show_that_is_complete_is_asked_monthly() -> None:
    assert rhythm(every(DAY), now=NOW, is_complete=True) == 30 * DAY


def wait(state: FeedState, outcome: Success | Failure, jitter: float = 0.0) -> int:
    then = next_fetch(state, outcome, now=NOW, jitter=jitter).next_fetch
    assert then is not None
    return then - NOW


@pytest.mark.parametrize(
    ("interval_s", "keep_s", "wait_s", "seconds"),
    [
        (None, None, None, 4 * HOUR),
        (21 * HOUR, None, None, 21 * HOUR),
        # "Do not ask before" is the largest of all.
        (21 * HOUR, 2 * HOUR, 3 * HOUR, 21 * HOUR),
        (21 * HOUR, 50 * HOUR, 3 * HOUR, 50 * HOUR),
        (21 * HOUR, 50 * HOUR, 70 * HOUR, 70 * HOUR),
        # What others ask for holds for a month at most.
        (21 * HOUR, 365 * DAY, None, 30 * DAY),
        (21 * HOUR, None, 365 * DAY, 30 * DAY),
        (30 * DAY, None, None, 30 * DAY),
    ],
)
def test_after_success(
    interval_s: int | None, keep_s: float | None, wait_s: int | None, seconds: int
) -> None:
    state = replace(NEW, interval_s=interval_s, wait_s=wait_s)
    assert wait(state, replace(AS_BEFORE, keep_s=keep_s)) == seconds


@pytest.mark.parametrize(
    ("hours", "days", "seconds"),
    [
        # It is a Sunday, 12:30, and without them it would be asked at 16:30.
        ((3, 12), (0,), 4 * HOUR),
        ((16, 17), (), 6 * HOUR),
        ((), (6,), 12 * HOUR),
        ((0, 1), (6,), 14 * HOUR),
        ((), (6, 0), 36 * HOUR),
        # Whoever skips all means something else.
        (range(24), (), 4 * HOUR),
        ((), range(7), 4 * HOUR),
    ],
)
def test_hours_and_days_that_a_feed_skips(hours: Iterable[int], days: Iterable[int], seconds: int) -> None:
    assert wait(replace(NEW, skips=skips(hours, days)), AS_BEFORE) == seconds


def test_a_feed_that_skips_nothing() -> None:
    assert skips((), ()) is None


def test_success_is_remembered() -> None:
    failing = replace(NEW, failures=3, last_error="said no", last_status=500, body_hash=b"old", is_gone=True)
    news = News(body_hash=b"new", parser=1, interval_s=HOUR, wait_s=5 * HOUR, hub="h", topic="t")
    read = Success(status=200, etag='"e"', last_modified="then", news=news)
    assert next_fetch(failing, read, now=NOW, jitter=0) == FeedState(
        next_fetch=NOW + 5 * HOUR,
        etag='"e"',
        last_modified="then",
        body_hash=b"new",
        parser=1,
        interval_s=HOUR,
        wait_s=5 * HOUR,
        last_fetch=NOW,
        last_good=NOW,
        last_status=200,
        hub="h",
        topic="t",
    )
    # The body is as before, and with it all that it said.
    kept = next_fetch(replace(failing, interval_s=9 * HOUR), AS_BEFORE, now=NOW, jitter=0)
    assert (kept.body_hash, kept.interval_s, kept.next_fetch) == (b"old", 9 * HOUR, NOW + 9 * HOUR)


@pytest.mark.parametrize(
    ("status", "failures", "retry_after_s", "seconds"),
    [
        (None, 0, None, HOUR),
        (404, 0, None, HOUR),
        (500, 1, None, 2 * HOUR),
        (500, 6, None, 64 * HOUR),
        (500, 7, None, 128 * HOUR),
        (500, 8, None, 7 * DAY),
        (500, 10_000, None, 7 * DAY),
        # Slowed down, never dropped.
        (401, 0, None, DAY),
        (403, 1, None, 2 * DAY),
        (403, 5, None, 7 * DAY),
        # Four hours, or what the host asks for if that is longer.
        (429, 0, None, 4 * HOUR),
        (429, 0, 60.0, 4 * HOUR),
        (429, 0, 5.0 * HOUR, 5 * HOUR),
        (503, 0, None, 4 * HOUR),
        (503, 1, None, 8 * HOUR),
        (503, 0, 400.0 * DAY, 30 * DAY),
        (500, 0, 3.0 * HOUR, 3 * HOUR),
    ],
)
def test_after_failure(status: int | None, failures: int, retry_after_s: float | None, seconds: int) -> None:
    state = replace(NEW, failures=failures, last_good=7, etag='"e"', body_hash=b"h", interval_s=HOUR)
    failure = Failure(error="said no", status=status, retry_after_s=retry_after_s)
    after = next_fetch(state, failure, now=NOW, jitter=0)
    assert after == replace(
        state,
        next_fetch=NOW + seconds,
        failures=failures + 1,
        last_fetch=NOW,
        last_error="said no",
        last_status=status,
    )


def test_what_is_gone_is_never_asked_again() -> None:
    gone = next_fetch(NEW, Failure(error="gone", status=410, is_gone=True), now=NOW, jitter=0.5)
    assert (gone.next_fetch, gone.is_gone, gone.last_status) == (None, True, 410)


def test_jitter_lengthens_by_a_tenth_at_most() -> None:
    state = replace(NEW, interval_s=10 * HOUR)
    assert wait(state, AS_BEFORE, 0.25) == 10 * HOUR + 900
    assert wait(state, AS_BEFORE, 0.9999) == 10 * HOUR + 3599


def test_jitter_takes_no_wait_beyond_its_bound() -> None:
    week, month = 7 * DAY, 30 * DAY
    assert wait(replace(NEW, interval_s=week), AS_BEFORE, 0.9999) == week
    assert wait(replace(NEW, interval_s=month), AS_BEFORE, 0.9999) == month
    assert wait(NEW, Failure(error="no", status=503, retry_after_s=2 * month), 0.9999) == month


def test_never_on_the_full_hour() -> None:
    # From 12:30 half an hour leads to 13:00:00, which many programs ask at.
    state = replace(NEW, interval_s=HOUR // 2)
    assert wait(state, AS_BEFORE) == HOUR // 2 + 120
    assert wait(state, AS_BEFORE, 0.01) == HOUR // 2 + 121
    assert wait(replace(state, interval_s=HOUR // 2 + 120), AS_BEFORE) == HOUR // 2 + 120


@given(
    st.builds(
        FeedState, next_fetch=st.none(), interval_s=st.integers(HOUR, 30 * DAY), failures=st.integers(0, 99)
    ),
    st.builds(
        Success, status=st.just(200), etag=st.none(), last_modified=st.none(), keep_s=st.floats(0, 1e12)
    )
    | st.builds(
        Failure,
        error=st.just("no"),
        status=st.sampled_from([None, 401, 404, 429, 503]),
        retry_after_s=st.none() | st.floats(0, 1e12),
        is_gone=st.just(False),
    ),
    st.integers(0, 2**34),
    st.floats(0, 1, exclude_max=True),
)
def test_always_between_an_hour_and_a_month(
    state: FeedState, outcome: Success | Failure, now: int, jitter: float
) -> None:
    then = next_fetch(state, outcome, now=now, jitter=jitter).next_fetch
    assert then is not None
    assert now + HOUR <= then <= now + 30 * DAY + 240
    assert then % HOUR >= 120
