"""The pipeline: jobs are fetched many at a time, read on all cores, decided upon, stored in batches.

    jobs | fetch_each | ReadingPool | record

Nothing in it grows with the number of feeds: each stage draws from the one
before it as it has room. Whatever ends a crawl, what was fetched is stored
and its leases are given back; of a crawler that is killed the leases run out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from secrets import token_hex

from castabout.engine import outcomes, schedule
from castabout.engine.castabout import Castabout
from castabout.engine.jobs import Job, Settled, Step, job_of
from castabout.engine.pool import ReadingPool
from castabout.engine.reading import Body, Reading
from castabout.engine.results import FeedResult
from castabout.engine.same import Traits, traits
from castabout.engine.who import is_still, may_be_one, who, with_copied
from castabout.errors import BrokeOff, HostBusy, SourceError, Unreachable
from castabout.fetch import Credentials, Fetched, NotModified, Outcome, Request
from castabout.fetch.each import LONGEST_REST_S, rest_s
from castabout.model.crawl import FeedRecord, StoredFeed
from castabout.model.feed import ParsedFeed
from castabout.model.library import FeedChange
from castabout.parse import VERSION
from castabout.parse.sniff import format_of
from castabout.store import credentials, episodes, feeds, podcasts

#: Feeds leased at once.
_LEASED_AT_ONCE = 500
#: Seconds; long enough for the slowest feed whose host has others to answer before it.
LEASE_S = 30 * 60
#: A feed whose turn comes with less than this left of its lease, in seconds, is left to the next crawl.
_MARGIN_S = 5 * 60
#: What is stored together: so many feeds, so many episodes, or what came in so many seconds.
_STORED_FEEDS = 500
_STORED_EPISODES = 5_000
_STORED_S = 1
#: The index is brought up to date after so many episodes, or so many seconds.
_INDEXED_EPISODES = 30_000
_INDEXED_S = 60


@dataclass(frozen=True, slots=True)
class _Read:
    """What is being read, and what for. ``fetched`` is without its bytes, which are in ``body``."""

    job: Job
    fetched: Fetched
    body: Body
    body_hash: bytes


class Crawl:
    """One run of the pipeline. ``owner`` is a name that no other crawler has, else one is made.

    ``index`` is called now and then to bring the index up to date. ``aside`` is
    shown what new sources answered; where it gives results, the answer is no more looked at.
    """

    def __init__(
        self,
        castabout: Castabout,
        *,
        owner: str | None = None,
        index: Callable[[], object],
        aside: Callable[[Job, Outcome], list[FeedResult] | None] | None = None,
    ) -> None:
        self._castabout = castabout
        self._store = castabout.store
        self._owner = owner or token_hex(8)
        self._index = index
        self._aside = aside
        self._pool: ReadingPool[_Read] = ReadingPool()
        self._under_way: dict[Request, list[Job]] = {}
        #: To be asked next, and when all that is under way has been answered.
        self._next: deque[Job] = deque()
        self._later: list[tuple[Job, HostBusy]] = []
        #: There is nothing more to ask but what is under way.
        self._is_last = False
        self._leased: set[int] = set()
        self._records: list[FeedRecord] = []
        self._results: list[FeedResult] = []
        self._episodes = 0
        self._unindexed = 0
        self._stored_at = self._indexed_at = self._now()

    def run(self, jobs: Iterable[Job], *, files: Iterable[Job] = ()) -> Iterator[FeedResult]:
        """What becomes of each job, told once it is stored. Raises `StoreError` and `SearchIndexError`."""
        rest = iter(jobs)
        try:
            for job in files:
                self._take(job, self._file(job))
                yield from self._so_far()
            while True:
                got_on = False
                for request, outcome in self._answers(rest):
                    got_on = got_on or not isinstance(outcome, HostBusy)
                    for job in self._under_way.pop(request):
                        self._take(job, outcome)
                    yield from self._so_far()
                self._finish()
                self._try_later(give_up=not got_on)
                yield from self._stored()
                # What is still under way then was not answered because the fetcher was closed.
                if self._under_way or not self._next:
                    return
        finally:
            # When it is left early there is nobody to be told, but what was fetched is kept.
            self._end()

    def due(self, *, everything: bool = False) -> Iterator[Job]:
        """Feeds that are due, leased as they are drawn, until there are no more.

        With ``everything`` all that were not fetched within the last hour.
        """
        after = 0
        while True:
            now = self._now()
            until = now + LEASE_S
            if everything:
                found = feeds.lease_all(
                    self._store,
                    self._owner,
                    now=now,
                    until=until,
                    limit=_LEASED_AT_ONCE,
                    after=after,
                    fetched_before=now - schedule.FLOOR,
                )
            else:
                found = feeds.lease(self._store, self._owner, now=now, until=until, limit=_LEASED_AT_ONCE)
            if not found:
                return
            after = found[-1].row
            self._leased.update(feed.row for feed in found)
            for job in self._jobs(found):
                if self._now() < until - _MARGIN_S:
                    yield job

    def one(self, row: int, new: Credentials | None = None) -> Job | None:
        """The feed of the podcast ``row``, leased; None if another crawler has it, or it has none.

        ``new`` are credentials to be used from now on if they are right.
        """
        now = self._now()
        feed = feeds.lease_one(self._store, self._owner, row, now=now, until=now + LEASE_S)
        if feed is None:
            return None
        self._leased.add(row)
        return replace(job_of(feed, new), keeps_password=True) if new else next(self._jobs([feed]))

    def _jobs(self, found: Iterable[StoredFeed]) -> Iterator[Job]:
        leased = tuple(found)
        kept = credentials.by_urls(self._store, [feed.url for feed in leased])
        for feed in leased:
            yield job_of(feed, Credentials(*kept[feed.url]) if feed.url in kept else None)

    def _answers(self, jobs: Iterator[Job]) -> Iterator[tuple[Request, Outcome]]:
        return self._castabout.fetcher.fetch_each(
            self._requests(jobs), workers=self._castabout.workers, spacing_s=self._castabout.spacing_s
        )

    def _requests(self, jobs: Iterator[Job]) -> Iterator[Request]:
        while job := self._next.popleft() if self._next else next(jobs, None):
            # Two podcasts may have one address, which is asked once.
            same = self._under_way.setdefault(job.request, [])
            same.append(job)
            if len(same) == 1:
                yield job.request
        self._is_last = True

    def _file(self, job: Job) -> Fetched | SourceError:
        try:
            return self._castabout.fetcher.fetch(job.request.url)
        except SourceError as error:
            return error

    def _take(self, job: Job, outcome: Outcome) -> None:
        """One answer: settled at once, or read first. Of a feed that broke off is read what there is."""
        part = outcome.part if isinstance(outcome, BrokeOff) else None
        if isinstance(part, Fetched) and format_of(part.data):
            outcome = part
        is_new = job.feed is None and job.step is Step.FEED
        if is_new and self._aside and (results := self._aside(job, outcome)) is not None:
            self._results += results
        elif isinstance(outcome, Fetched):
            self._read(job, outcome)
        elif isinstance(outcome, NotModified):
            self._settle(outcomes.as_before(job, outcome, self._now()))
        elif not isinstance(outcome, HostBusy):
            self._settle(outcomes.failed(job, outcome, self._now()))
            if isinstance(outcome, Unreachable):
                self._let_rest(outcome)
        elif job.feed is None:
            self._later.append((job, outcome))
        else:
            self._settle(outcomes.postponed(job, outcome, self._now()))

    def _let_rest(self, error: Unreachable) -> None:
        """Whatever is due at a host while it wants rest is put off, so that no other run asks it either.

        The fetcher knows of a rest only within one run, the store keeps it. A host that does
        not say for how long is asked again after a minute, by whomever.
        """
        wait_s = rest_s(error)
        if error.host and error.retry_after_s is not None and wait_s > LONGEST_REST_S:
            until, spread_s = int(self._now() + wait_s), schedule.spread_s(wait_s)
            feeds.put_off(
                self._store, error.host, now=self._now(), until=until, spread_s=spread_s, status=error.status
            )

    def _read(self, job: Job, fetched: Fetched) -> None:
        body_hash = blake2b(fetched.data, digest_size=16).digest()
        feed = job.feed
        as_read = (fetched.url, body_hash, VERSION)
        if feed and job.step is Step.FEED and (feed.url, feed.state.body_hash, feed.state.parser) == as_read:
            self._settle(outcomes.as_before(job, fetched, self._now()))
            return
        is_page = job.step is Step.PAGE
        if is_page:
            # It is of a podcast that is stored only now.
            self._store_records()
        id = job.feed.id if job.feed else job.podcast
        body = Body(
            data=fetched.data,
            address=fetched.url,
            now=self._castabout.clock(),
            id=id,
            known=podcasts.known(self._store, id) if id else None,
            # The older episodes of a new podcast are none that it had before.
            gone={} if is_page else None,
            needs_password=job.request.credentials is not None,
        )
        self._pool.put(_Read(job, replace(fetched, data=b""), body, body_hash), body)

    def _was_read(self, what: _Read, reading: Reading) -> None:
        job, body = what.job, what.body
        if reading.missing:
            self._read_again(what, replace(body, gone=self._gone(body, set(reading.missing))))
            return
        change = reading.change
        if change and job.step is Step.FEED:
            if job.feed is None:
                change = self._identified(what, change)
            elif body.known and not is_still(body.known, change):
                self._settle(outcomes.replaced(job, self._now()))
                self._read_again(
                    replace(what, job=replace(job, feed=None)), replace(body, id=None, known=None)
                )
                return
            else:
                change = with_copied(self._castabout, change)
            if change is None:
                return
        reading = replace(reading, change=change)
        self._settle(outcomes.read(self._store, job, what.fetched, what.body_hash, reading, self._now()))

    def _read_again(self, what: _Read, body: Body) -> None:
        self._pool.put(replace(what, body=body), body)

    def _gone(self, body: Body, ids: set[str]) -> dict[str, Traits]:
        stored = episodes.of_podcast(self._store, body.known.stored.row) if body.known else ()
        return {one.id: traits(one.episode) for one in stored if one.id in ids}

    def _identified(self, what: _Read, change: FeedChange) -> FeedChange | None:
        """What a new source changes, if the library does not know its podcast; else it is read again."""
        if any(record.change and may_be_one(record.change, change) for record in self._records):
            self._store_records()
        job, fetched = what.job, what.fetched
        podcast = who(
            self._castabout, fetched, ParsedFeed(change.podcast, tuple(new.episode for new in change.new))
        )
        if podcast.known is None:
            if podcast.id != change.id:
                self._read_again(what, replace(what.body, id=podcast.id))
                return None
            problems = (*podcast.problems, *change.problems)
            return replace(change, address=podcast.address, problems=problems)
        job = replace(job, feed=feeds.by_id(self._store, podcast.id), podcast=podcast.id)
        source, is_alias = outcomes.place(self._store, job, fetched, podcast)
        body = replace(
            what.body,
            id=podcast.id,
            known=podcast.known,
            source=source,
            is_alias=is_alias,
            also_at=podcast.address,
            problems=podcast.problems,
        )
        self._read_again(replace(what, job=replace(job, step=Step.ALIAS if is_alias else Step.AGAIN)), body)
        return None

    def _try_later(self, *, give_up: bool) -> None:
        """New sources whose hosts were too busy are asked now; if nobody answered meanwhile they failed."""
        for job, busy in self._later:
            if give_up:
                self._settle(outcomes.failed(job, busy, self._now()))
            else:
                self._next.append(job)
        self._later.clear()

    def _settle(self, settled: Settled) -> None:
        if settled.record:
            self._records.append(settled.record)
            if change := settled.record.change:
                self._episodes += len(change.new) + len(change.changed)
        if settled.result:
            self._results.append(settled.result)
        self._next.extend(settled.then)

    def _so_far(self) -> Iterator[FeedResult]:
        """What has been read meanwhile; what has been stored is told."""
        if self._is_last:
            # The next answer may be long in coming.
            self._finish()
            yield from self._stored()
            return
        for what, reading in self._pool.ready():
            self._was_read(what, reading)
        if (
            len(self._results) >= _STORED_FEEDS
            or self._episodes >= _STORED_EPISODES
            or self._now() >= self._stored_at + _STORED_S
        ):
            yield from self._stored()

    def _finish(self) -> None:
        """Wait for all that is being read."""
        for what, reading in self._pool.rest():
            self._was_read(what, reading)

    def _stored(self) -> Iterator[FeedResult]:
        self._store_records()
        results, self._results = self._results, []
        yield from results
        now = self._now()
        if self._unindexed and (self._unindexed >= _INDEXED_EPISODES or now >= self._indexed_at + _INDEXED_S):
            self._index()
            self._unindexed, self._indexed_at = 0, self._now()

    def _store_records(self) -> None:
        feeds.record(self._store, self._owner, self._records)
        self._leased.difference_update(record.row for record in self._records if record.row is not None)
        self._unindexed += self._episodes
        self._episodes = 0
        self._records = []
        self._stored_at = self._now()

    def _end(self) -> None:
        try:
            self._finish()
            self._store_records()
        finally:
            if self._leased:
                feeds.give_back(self._store, self._owner, tuple(self._leased))
                self._leased.clear()
            self._pool.close()

    def _now(self) -> int:
        return int(self._castabout.clock().timestamp())
