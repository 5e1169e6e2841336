"""What is written, told and asked next after each answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from castabout.engine import paging
from castabout.engine.jobs import Job, Settled, Step, jitter, request_from
from castabout.engine.moves import is_same_show, may_move
from castabout.engine.reading import Reading
from castabout.engine.results import FeedResult
from castabout.engine.schedule import Failure, News, Part, Success, next_fetch, put_off, skips
from castabout.engine.who import Who
from castabout.errors import Fault, Gone, HostBusy, NotAFeed, SourceError, Unreachable
from castabout.fetch import Fetched, NotModified, is_web, without_credentials
from castabout.fetch.private import is_private, without_secrets
from castabout.model.crawl import FeedRecord, FeedState
from castabout.model.library import FeedChange
from castabout.parse import VERSION
from castabout.parse.identity import normal_address, same_addresses
from castabout.store import feeds, podcasts
from castabout.store.database import Store
from castabout.text.numbers import time_words

_GONE = 410
_OK = 200
_CUT_OFF = "cut off before its end; what was there is read"
_REPLACED = "another show is there now"
_ELSEWHERE = "leads to another show"
_NEVER_READ = "says “not modified” of what was never read"
_NEW = FeedState(next_fetch=None)


def postponed(job: Job, busy: HostBusy, now: int) -> Settled:
    """The host of a known feed has no time for it: later."""
    if job.feed is None or job.step is Step.MOVE:
        return failed(job, busy, now)
    state = put_off(job.feed.state, busy.retry_after_s, busy.status, now=now, jitter=jitter(job, now))
    return Settled(
        FeedRecord(state=state, row=job.feed.row),
        FeedResult(source=job.source, podcast=job.feed.id, not_asked=_busy(busy, now)),
    )


def failed(job: Job, error: SourceError, now: int, *, links: tuple[str, ...] = ()) -> Settled:
    """It could not be read. If a page is there, the first of its ``links`` is tried before anything is told."""
    if job.paging:
        return paging.failed(job, job.paging, error, now)
    if job.step is Step.MOVE:
        return Settled(result=FeedResult(source=job.source, error=job.otherwise) if job.otherwise else None)
    if isinstance(error, HostBusy):
        error = HostBusy(error.subject, _busy(error, now), retry_after_s=error.retry_after_s)
    result = FeedResult(source=job.source, error=error)
    if job.feed is None:
        return Settled(result=result)
    status = error.status if isinstance(error, Unreachable) else None
    failure = Failure(
        error=without_secrets(error.cause),
        status=_GONE if isinstance(error, Gone) else _OK if isinstance(error, NotAFeed) else status,
        retry_after_s=error.retry_after_s if isinstance(error, Unreachable) else None,
        is_gone=isinstance(error, Gone),
    )
    record = FeedRecord(state=_next(job.feed.state, failure, job, now), row=job.feed.row)
    if links:
        return Settled(record, then=(replace(_moved(job, links[0]), otherwise=error),))
    return Settled(record, result)


def replaced(job: Job, now: int) -> Settled:
    """At the address of a known podcast is another one, which is a new source."""
    if job.feed is None:
        return Settled()
    failure = Failure(error=_REPLACED, status=_OK)
    return Settled(FeedRecord(state=_next(job.feed.state, failure, job, now), row=job.feed.row))


def as_before(job: Job, answer: NotModified | Fetched, now: int) -> Settled:
    """The host says that nothing has changed, or has answered with the same bytes."""
    if job.feed is None or job.feed.state.last_good is None:
        return failed(job, Unreachable(job.source, _NEVER_READ, status=304), now)
    is_unread = isinstance(answer, NotModified)
    success = Success(
        status=304 if is_unread else _OK,
        # One that has moved is asked in full next time: it is followed when what it says there has been read.
        etag=answer.etag if answer.url == job.feed.url else None,
        last_modified=answer.last_modified if answer.url == job.feed.url else None,
        keep_s=answer.keep_s,
    )
    state = _next(job.feed.state, success, job, now)
    result = FeedResult(source=job.source, podcast=job.feed.id, is_as_before=True)
    record = FeedRecord(state=state, row=job.feed.row, credentials=_kept(job, job.feed.url))
    return _followed(Settled(record, result), job, None, job.feed.url, answer.keep_s, now)


def read(store: Store, job: Job, fetched: Fetched, body_hash: bytes, reading: Reading, now: int) -> Settled:
    """A body was read as a feed, or could not be."""
    change = reading.change
    if change is None:
        if job.paging and reading.is_empty:
            # Some hosts end with a page of nothing.
            return paging.ended(job.paging, FeedRecord())
        error = Fault if reading.is_fault else Unreachable if reading.cut_off else NotAFeed
        return failed(job, error(job.source, reading.error), now, links=reading.links)
    if job.paging:
        return paging.read(store, job, job.paging, change, now, is_cut=reading.cut_off)
    is_settled = job.step in (Step.AGAIN, Step.ALIAS) or (job.feed is None and job.step is Step.FEED)
    url = change.source if is_settled else _address(store, job, fetched, change)
    if url is None:
        if job.otherwise and feeds.at(store, fetched.url) is not None:
            cause = (
                f"{job.otherwise.cause}; the page there links {fetched.url}, which is in the library as well"
            )
            job = replace(job, otherwise=NotAFeed(job.source, cause))
        return failed(job, NotAFeed(job.source, _ELSEWHERE), now)
    if url != change.source:
        change = replace(change, source=url, podcast_changed=True)
    state = None
    if (is_web(url) and url == fetched.url) or (job.step is Step.FEED and job.feed is not None):
        before = job.feed.state if job.feed else _NEW
        state = _next(before, _told(fetched, body_hash, reading, change), job, now)
    record = FeedRecord(
        state=state,
        row=job.feed.row if job.feed else None,
        change=change,
        alias=_alias(job, url),
        credentials=_kept(job, url),
    )
    settled = Settled(record, _result(job, change, reading), tuple(_then(job, state, url, change)))
    page = None if reading.cut_off else paging.next_page(change)
    return _followed(settled, job, page, url, fetched.keep_s, now)


def place(store: Store, job: Job, fetched: Fetched, podcast: Who) -> tuple[str, bool]:
    """Where a known podcast that turned up at another address is read from, and whether that is elsewhere.

    What is only named by another address stays where it is as long as it can be fetched there.
    """
    old = podcast.known.stored.source if podcast.known else podcast.source
    source, new = podcast.source, fetched.url
    if podcast.is_alias and is_web(old) and is_web(new):
        feed = job.feed
        is_failing = feed is None or feed.state.failures > 0 or feed.state.is_gone
        source = new if is_failing else old
    if source != old and is_web(old) and not _may_move(store, job, old, source):
        source = old
    return source, normal_address(new) not in same_addresses(source)


def _address(store: Store, job: Job, fetched: Fetched, change: FeedChange) -> str | None:
    """Where the podcast of ``change``, which has moved, is fetched from now on; None: this is not its feed."""
    old, new, feed = change.source, fetched.url, job.feed
    if old == new:
        return old
    if not is_web(old):
        return new
    # Of a podcast that was never read there is nothing to tell it by.
    if feed is None or feed.state.last_good is not None:
        known = podcasts.by_id(store, change.id)
        if known is None or not is_same_show(change, known.podcast):
            return None
    if _may_move(store, job, old, new):
        return new
    return old if job.step is Step.FEED else None


def _may_move(store: Store, job: Job, old: str, new: str) -> bool:
    """Whether the address is no secret that is to stay one, and nobody else's."""
    if not may_move(old, new, has_credentials=job.request.credentials is not None):
        return False
    there = feeds.at(store, new)
    return there is None or (job.feed is not None and there == job.feed.row)


def _alias(job: Job, url: str) -> str | None:
    """The other address by which the podcast at ``url`` is known from now on."""
    other = job.feed.url if job.feed and job.feed.url != url else job.source
    is_other = is_web(other) and other != url and is_private(other) == is_private(url)
    return normal_address(other) if is_other else None


def _kept(job: Job, url: str) -> tuple[str, str] | None:
    """Credentials that were right and that the store does not have, or has for another address."""
    used = job.request.credentials
    if used is None or not (job.keeps_password or (job.feed and job.feed.url != url)):
        return None
    return used.user, used.password


def _followed(
    settled: Settled, job: Job, first: str | None, home: str, keep_s: float | None, now: int
) -> Settled:
    """``settled``, and then the older pages of the feed: all from ``first`` on if it is new, else those left."""
    feed = job.feed
    if feed is None or feed.state.body_hash is None:
        page = first
    else:
        page = feed.state.next_page if job.step is not Step.MOVE else None
    change = settled.record.change if settled.record else None
    podcast = change.id if change else feed.id if feed else ""
    return paging.follow(settled, job, page, podcast=podcast, home=home, keep_s=keep_s, now=now)


def _told(fetched: Fetched, body_hash: bytes, reading: Reading, change: FeedChange) -> Success | Part:
    if reading.cut_off:
        return Part(error=_CUT_OFF, status=_OK, interval_s=reading.interval_s, keep_s=fetched.keep_s)
    links = dict(reversed(fetched.links))
    news = News(
        body_hash=body_hash,
        parser=VERSION,
        interval_s=reading.interval_s,
        wait_s=change.podcast.keep_s,
        skips=skips(change.podcast.skip_hours, change.podcast.skip_days),
        hub=_named(links.get("hub") or change.podcast.hub_url),
        topic=_named(links.get("self") or change.podcast.self_url),
    )
    return Success(
        status=_OK,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        keep_s=fetched.keep_s,
        news=news,
    )


def _named(url: str | None) -> str | None:
    """An address as a feed gives it; a password in it is not the feed's to give."""
    return without_credentials(url) if url else None


def _then(job: Job, state: FeedState | None, url: str, change: FeedChange) -> Iterator[Job]:
    """What else is to be asked because of what a feed says."""
    said = change.podcast.new_feed_url
    if job.step is Step.FEED and job.feed and said and is_web(said) and said != url:
        moved = _moved(job, said)
        yield replace(moved, feed=replace(job.feed, state=state)) if state else moved


def _moved(job: Job, url: str) -> Job:
    return Job(request=request_from(job, url), source=job.source, feed=job.feed, step=Step.MOVE)


def _result(job: Job, change: FeedChange, reading: Reading) -> FeedResult:
    cut_off = (NotAFeed(job.source, _CUT_OFF),) if reading.cut_off else ()
    # Of a file nobody reads the rest later.
    is_passing = is_web(job.request.url)
    return FeedResult(
        source=job.source,
        error=None if is_passing else next(iter(cut_off), None),
        podcast=change.id,
        title=change.podcast.title,
        added=len(change.new),
        changed=len(change.changed),
        unchanged=change.unchanged,
        podcast_changed=change.podcast_changed,
        known_as=change.source if job.step is Step.ALIAS else None,
        problems=change.problems,
        warnings=cut_off if is_passing else (),
        is_more=job.step is Step.MOVE and job.otherwise is None,
    )


def _next(state: FeedState, outcome: Success | Part | Failure, job: Job, now: int) -> FeedState:
    return next_fetch(state, outcome, now=now, jitter=jitter(job, now))


def _busy(busy: HostBusy, now: int) -> str:
    """Why a host was not asked, and if it said so until when."""
    return f"{busy.cause} until {time_words(now + busy.retry_after_s)}" if busy.status else busy.cause
