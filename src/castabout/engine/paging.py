"""The older pages of a feed: read one after another when it is new, and later where that was disturbed.

A page is of the show whose feed leads to it, whatever it says of itself. How
far they are read stands in the store with what was read, so that nothing is
left out when a crawler is killed. https://www.rfc-editor.org/rfc/rfc5005#section-3
"""

from __future__ import annotations

from dataclasses import replace

from castabout.engine.jobs import Job, Paging, Settled, Step, jitter, request_from
from castabout.engine.results import FeedResult
from castabout.engine.schedule import page_retry, rests_until, soon
from castabout.errors import HostBusy, SourceError, Unreachable
from castabout.fetch import is_web, without_credentials
from castabout.fetch.private import without_secrets
from castabout.model.crawl import FeedRecord, FeedState, NextPage
from castabout.model.library import FeedChange, StoredPodcast
from castabout.parse.xml import ITEMS
from castabout.store import podcasts
from castabout.store.database import Store

#: Pages of one feed that are read in one run, with the feed itself.
PAGES = 50
_CUT_OFF = "cut off before its end"
_CIRCLE = "its pages go round in a circle"
_GROWN = f"it has more than {ITEMS:,} episodes"
#: Answers after which another may come. https://www.rfc-editor.org/rfc/rfc9110#section-15.5
_PASSING = frozenset({401, 403, 408, 425, 429})


def next_page(change: FeedChange) -> str | None:
    """The address of the page with the episodes that are older than those of ``change``.

    A password in it is not the feed's to give.
    """
    url = change.podcast.next_url
    return without_credentials(url) if url and is_web(url) else None


def follow(
    settled: Settled, job: Job, url: str | None, *, podcast: str, home: str, keep_s: float | None, now: int
) -> Settled:
    """``settled`` by the answer of the feed at ``home``, and then its page at ``url``: both are told as one.

    ``keep_s``: for so many seconds the feed wants to be left alone.
    """
    record, result = settled.record, settled.result
    if url is None or result is None or record is None or record.state is None:
        return settled
    early = soon(record.state, keep_s, now=now, jitter=jitter(job, now))
    due = record.state.next_fetch or early
    failures = job.feed.state.page_failures if job.feed else 0
    paging = Paging(
        podcast=podcast, seen=(home,), result=result, due=due, soon=min(due, early), failures=failures
    )
    page = NextPage(podcast=podcast, url=url, failures=failures, next_fetch=paging.soon)
    return Settled(replace(record, next_page=page), then=(*settled.then, _page(job, paging, url)))


def may_go_on(state: FeedState, now: float) -> bool:
    """Whether there are older pages left that were not asked yet, and the host does not want rest."""
    return state.next_page is not None and state.page_failures == 0 and not rests_until(state, now)


def go_on(job: Job, stored: StoredPodcast) -> Job | None:
    """Reading the pages that are left of the feed of ``job``, without asking for the feed itself."""
    feed = job.feed
    if feed is None or feed.state.next_page is None or feed.state.next_fetch is None:
        return None
    result = FeedResult(
        source=job.source,
        podcast=stored.id,
        title=stored.podcast.title,
        unchanged=stored.episodes,
        is_as_before=True,
    )
    due = feed.state.next_fetch
    paging = Paging(podcast=stored.id, seen=(feed.url,), result=result, due=due, soon=due)
    return _page(job, paging, feed.state.next_page)


def read(store: Store, job: Job, paging: Paging, change: FeedChange, now: int, *, is_cut: bool) -> Settled:
    """A page was read: of what is known of the podcast and its episodes the feed itself knows better."""
    older = replace(change, podcast_changed=False, changed=())
    stored = podcasts.by_id(store, change.id)
    paging = _with(paging, older, stored)
    if is_cut:
        return _retried(job, paging, FeedRecord(change=older), _CUT_OFF, now)
    url = next_page(change)
    if url is None:
        return ended(paging, FeedRecord(change=older))
    is_full = len(paging.seen) >= PAGES
    if url in paging.seen or (is_full and not paging.added):
        return ended(paging, FeedRecord(change=older), _incomplete(job, url, _CIRCLE))
    if stored and stored.episodes > ITEMS:
        return ended(paging, FeedRecord(change=older), _incomplete(job, url, _GROWN))
    page = NextPage(podcast=paging.podcast, url=url, next_fetch=paging.soon)
    record = FeedRecord(change=older, next_page=page)
    if is_full:
        said = SourceError(
            job.source, f"{PAGES} of its pages are read; the next fetch goes on with older ones"
        )
        return Settled(record, _warned(paging.result, said))
    return Settled(record, then=(_page(job, replace(paging, failures=0), url),))


def failed(job: Job, paging: Paging, error: SourceError, now: int) -> Settled:
    """A page could not be read: one that may be read later stays the next one, else they end there."""
    if not _is_passing(error):
        return ended(paging, FeedRecord(), _incomplete(job, job.request.url, error.cause))
    status = error.status if isinstance(error, Unreachable) else None
    retry_after_s = error.retry_after_s if isinstance(error, Unreachable | HostBusy) else None
    return _retried(job, paging, FeedRecord(), error.cause, now, status=status, retry_after_s=retry_after_s)


def _is_passing(error: SourceError) -> bool:
    if isinstance(error, Unreachable):
        return error.status is None or error.status >= 500 or error.status in _PASSING
    return isinstance(error, HostBusy)


def ended(paging: Paging, record: FeedRecord, warning: SourceError | None = None) -> Settled:
    """There are no more pages, or none that can be read."""
    page = NextPage(podcast=paging.podcast, url=None, next_fetch=paging.due)
    result = _warned(paging.result, warning) if warning else paging.result
    return Settled(replace(record, next_page=page), result)


def _retried(
    job: Job,
    paging: Paging,
    record: FeedRecord,
    cause: str,
    now: int,
    *,
    status: int | None = None,
    retry_after_s: float | None = None,
) -> Settled:
    """The page stays the next one, and is read again when the feed is asked again, which is soon at first."""
    failures = paging.failures + 1
    later = page_retry(failures, status, now=now, jitter=jitter(job, now))
    early = max(paging.soon, min(paging.due, later), now + int(retry_after_s or 0))
    page = NextPage(podcast=paging.podcast, url=job.request.url, failures=failures, next_fetch=early)
    said = _incomplete(job, job.request.url, f"{cause}; it is tried again")
    return Settled(replace(record, next_page=page), _warned(paging.result, said))


def _incomplete(job: Job, url: str, cause: str) -> SourceError:
    return SourceError(job.source, f"not all of its older pages were read: {without_secrets(url)}: {cause}")


def _warned(result: FeedResult, warning: SourceError) -> FeedResult:
    return replace(result, warnings=(*result.warnings, warning))


def _with(paging: Paging, older: FeedChange, stored: StoredPodcast | None) -> Paging:
    added = len(older.new)
    before = paging.result
    result = replace(
        before,
        title=before.title or (stored.podcast.title if stored else None),
        added=before.added + added,
        problems=(*before.problems, *older.problems),
        is_as_before=before.is_as_before and not added,
    )
    return replace(paging, result=result, added=paging.added + added)


def _page(job: Job, paging: Paging, url: str) -> Job:
    return Job(
        request=request_from(job, url),
        source=job.source,
        step=Step.PAGE,
        podcast=paging.podcast,
        paging=replace(paging, seen=(*paging.seen, url)),
    )
