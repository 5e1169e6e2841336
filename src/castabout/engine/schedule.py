"""When a feed is fetched next: what is known of it, what became of a fetch and the time in, what is known now out.

Pure. Times are seconds since 1970 in UTC. A feed is asked as often as suits
its show's own rhythm, never before its host or the feed itself wants to be
asked again, and ever more seldom while it fails.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from castabout.model.crawl import FeedState

HOUR = 3600
DAY = 24 * HOUR
#: Between two fetches of a feed whose rhythm is not known.
DEFAULT = 4 * HOUR
#: No feed is fetched more often, whoever asks for it.
FLOOR = HOUR
#: The longest that a feed waits because of its own rhythm or its failures.
CEILING = 7 * DAY
#: The longest that a feed waits because it or its host asks for it, or no more episodes will come.
MONTH = 30 * DAY
#: How long a host that has had too much of us (429) or of everybody (503) is left alone.
REST = 4 * HOUR
#: A show is asked this many times between two of its episodes: a new one is seen after an eighth of that time.
_ASKS = 8
#: So many of the newest episodes tell the rhythm.
_NEWEST = 10
#: Jitter lengthens a wait by this part of it at most; shortening it would break a promise.
_JITTER = 0.1
#: Many programs ask on the full hour; castabout keeps so many seconds away from it.
_AFTER_HOUR = 2 * 60

#: The first bit of the days in `FeedState.skips`.
_FIRST_DAY = 24
#: 1 January 1970 was a Thursday.
_EPOCH_DAY = 3

_TOO_MANY = frozenset({429, 503})
_NOT_ALLOWED = frozenset({401, 403})


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """A feed was read, or is as it was read before."""

    status: int | None
    etag: str | None
    last_modified: str | None
    #: Seconds for which the host says that the answer stays fresh.
    keep_s: float | None = None
    #: What a newly read body says; None: the body is as before.
    news: News | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a body that was read says about fetching it again."""

    body_hash: bytes
    parser: int
    interval_s: int
    wait_s: int | None = None
    #: See `FeedState.skips`.
    skips: int | None = None
    hub: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Only the beginning of a feed was read: the whole of it is asked for in its own time."""

    #: Why, in words.
    error: str
    status: int | None
    interval_s: int
    keep_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A feed could not be read."""

    error: str
    #: Of the answer, if there was one.
    status: int | None = None
    #: Seconds that the host asks to wait.
    retry_after_s: float | None = None
    is_gone: bool = False


def rhythm(published: Iterable[int], *, now: int, is_complete: bool = False) -> int:
    """Seconds between two fetches that suit a show with episodes ``published`` at these times.

    An eighth of the median gap between its newest episodes, or of the time
    since the newest where that is longer: a show that has fallen silent is
    asked ever more seldom. One that says that it is complete is asked monthly.
    """
    if is_complete:
        return MONTH
    newest = sorted({time for time in published if time <= now}, reverse=True)[:_NEWEST]
    if not newest:
        return DEFAULT
    gaps = [later - earlier for later, earlier in pairwise(newest)]
    between = max(median(gaps), now - newest[0]) if gaps else now - newest[0]
    return int(min(max(between / _ASKS, FLOOR), CEILING))


def skips(hours: Iterable[int], days: Iterable[int]) -> int | None:
    """`FeedState.skips` of a feed that never has news in these hours of the day and days of the week (0 is Monday).

    https://www.rssboard.org/rss-specification#optionalChannelElements
    """
    bits = sum(1 << hour for hour in set(hours)) | sum(1 << _FIRST_DAY + day for day in set(days))
    return bits or None


def next_fetch(state: FeedState, outcome: Success | Part | Failure, *, now: int, jitter: float) -> FeedState:
    """The state after ``outcome``; ``jitter`` is from 0 up to 1, another one for each feed and fetch."""
    if isinstance(outcome, Success):
        return _after_success(state, outcome, now, jitter)
    if isinstance(outcome, Part):
        return _after_part(state, outcome, now, jitter)
    return _after_failure(state, outcome, now, jitter)


def put_off(state: FeedState, wait_s: float, status: int | None, *, now: int, jitter: float) -> FeedState:
    """The state of a feed that was not asked, since its host wants to be left alone for ``wait_s`` seconds.

    ``status`` is that of the answer by which the host asked for rest; None if it only has others to answer first.
    """
    wait = int(max(wait_s, 1) * (1 + _JITTER * jitter))
    return replace(state, next_fetch=now + wait, last_status=state.last_status if status is None else status)


def soon(state: FeedState, keep_s: float | None, *, now: int, jitter: float) -> int:
    """When a feed of which something is left is asked again: as soon as it may be. ``keep_s`` as in `Success`."""
    return _moment(now, max(FLOOR, _asked_for(state, keep_s)), jitter)


def page_retry(failures: int, status: int | None, *, now: int, jitter: float) -> int:
    """When a page is asked again that could not be read so many times one after another."""
    return _moment(now, _back_off(status, failures), jitter)


def spread_s(wait_s: float) -> int:
    """Seconds over which feeds that all wait for ``wait_s`` are spread afterwards."""
    return int(wait_s * _JITTER)


def rests_until(state: FeedState, now: float) -> int | None:
    """Until when the feed is not asked, whoever wants it, since its host asked for rest; None if it may be."""
    rests = state.last_status in _TOO_MANY and state.next_fetch is not None and state.next_fetch > now
    return state.next_fetch if rests else None


def _after_success(state: FeedState, success: Success, now: int, jitter: float) -> FeedState:
    if news := success.news:
        state = replace(
            state,
            body_hash=news.body_hash,
            parser=news.parser,
            interval_s=news.interval_s,
            wait_s=news.wait_s,
            skips=news.skips,
            hub=news.hub,
            topic=news.topic,
        )
    wait = max(state.interval_s or DEFAULT, _asked_for(state, success.keep_s))
    return replace(
        state,
        next_fetch=_outside(state.skips or 0, _moment(now, wait, jitter)),
        etag=success.etag,
        last_modified=success.last_modified,
        failures=0,
        last_fetch=now,
        last_good=now,
        last_error=None,
        last_status=success.status,
        is_gone=False,
    )


def _after_part(state: FeedState, part: Part, now: int, jitter: float) -> FeedState:
    # What the whole says of its rhythm is known better; without parser nothing passes for read (see `job_of`).
    interval = state.interval_s or part.interval_s
    before = replace(state, interval_s=interval, parser=None)
    success = Success(status=part.status, etag=None, last_modified=None, keep_s=part.keep_s)
    return replace(_after_success(before, success, now, jitter), last_error=part.error)


def _after_failure(state: FeedState, failure: Failure, now: int, jitter: float) -> FeedState:
    failures = state.failures + 1
    asked_for = min(failure.retry_after_s or 0, MONTH)
    wait = max(_back_off(failure.status, failures), asked_for)
    return replace(
        state,
        next_fetch=None if failure.is_gone else _moment(now, wait, jitter),
        failures=failures,
        last_fetch=now,
        last_error=failure.error,
        last_status=failure.status,
        is_gone=failure.is_gone,
    )


def _asked_for(state: FeedState, keep_s: float | None) -> float:
    """Seconds for which the host or the feed itself asks to be left alone."""
    return min(max(keep_s or 0, state.wait_s or 0), MONTH)


def _back_off(status: int | None, failures: int) -> int:
    """Seconds to wait after so many failures one after another: each time twice as long."""
    first = DAY if status in _NOT_ALLOWED else REST if status in _TOO_MANY else FLOOR
    # Beyond some doublings it is the ceiling in any case, and the power a number without end.
    return int(min(first * 2 ** min(failures - 1, 10), CEILING))


def _moment(now: int, wait: float, jitter: float) -> int:
    """``wait`` seconds from ``now`` and a little later, but not on a full hour.

    The jitter takes no wait beyond its bound, minutes around the full hour may.
    """
    moment = now + int(min(wait * (1 + _JITTER * jitter), CEILING if wait <= CEILING else MONTH))
    past_hour = moment % HOUR
    return moment if past_hour >= _AFTER_HOUR else moment - past_hour + int(_AFTER_HOUR * (1 + jitter))


def _outside(skipped: int, moment: int) -> int:
    """``moment``, or as far into the next hour that is not ``skipped``; one that skips all skips none."""
    for hours in range(7 * 24 if skipped else 0):
        later = moment + hours * HOUR
        hour, day = later // HOUR % 24, (later // DAY + _EPOCH_DAY) % 7
        if not skipped & (1 << hour | 1 << _FIRST_DAY + day):
            return later
    return moment
