"""Reading feeds: those that somebody names, and those that are due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b

from castabout.engine import paging, schedule
from castabout.engine.castabout import Castabout
from castabout.engine.crawl import Crawl
from castabout.engine.discover import linked, meant
from castabout.engine.jobs import Job
from castabout.engine.results import FeedResult
from castabout.engine.who import at_home
from castabout.errors import NoFeeds, NotAFeed, SourceError, Unreachable
from castabout.fetch import Fetched, Outcome, Request, is_web, without_credentials
from castabout.fetch.address import request_for
from castabout.model.crawl import StoredFeed
from castabout.parse.discover import is_beside
from castabout.parse.identity import same_addresses
from castabout.parse.opml import parse_opml
from castabout.parse.sniff import Kind, kind_of
from castabout.store import feeds, podcasts
from castabout.text.numbers import ago_words, time_words

NO_LISTS: Mapping[str, bytes] = {}
#: A list may name lists, those again lists, and no more.
_LIST_DEPTH = 3


def update(
    castabout: Castabout, *, everything: bool = False, index: Callable[[], object]
) -> Iterator[FeedResult]:
    """Fetch the feeds that are due, or with ``everything`` all that were not fetched within the last hour.

    Other processes may do the same at the same time: no feed is fetched twice.
    ``index`` is called now and then, to bring the index up to date; at the
    end it is for the caller. Yields what became of each feed, once it is stored. Raises `StoreError`.
    """
    crawl = Crawl(castabout, index=index)
    yield from crawl.run(crawl.due(everything=everything))


def due(castabout: Castabout, *, everything: bool = False) -> int:
    """How many feeds `update` would fetch now."""
    now = int(castabout.clock().timestamp())
    fetched_before = now - schedule.FLOOR if everything else None
    return feeds.count_due(castabout.store, now=now, fetched_before=fetched_before)


def with_others(castabout: Castabout) -> tuple[int, int | None]:
    """How many feeds other crawlers are fetching, and until when at the latest, in seconds since 1970.

    One that was killed keeps what it had until then.
    """
    return feeds.with_others(castabout.store, now=int(castabout.clock().timestamp()))


def add(
    castabout: Castabout,
    sources: Sequence[str],
    *,
    found: Callable[[int], None],
    first: bool = False,
    index: Callable[[], object] = lambda: None,
    lists: Mapping[str, bytes] = NO_LISTS,
    is_local: bool = True,
) -> Iterator[FeedResult]:
    """Read ``sources`` (feed files, folders, OPML lists, addresses, names) into the store.

    A name, and a page that links several feeds, may mean many: the ``first``
    is taken, or the choices are a result of their own. What a list names is
    never asked about. A feed that was fetched within the last hour is not
    fetched again. ``lists`` are OPML lists that were handed over, by name. Unless
    it ``is_local`` nothing is a file: whoever names sources from elsewhere reads nothing of this machine.

    Yields one result for each feed and for each source that could not be
    read, as they come; ``found`` is told whenever more feeds turn up. A source
    that fails never stops the others. ``index`` is as for `update`. Raises `StoreError`.
    """
    adding = _Adding(castabout, first=first, index=index, is_local=is_local)
    yield from adding.handed_over(lists)
    yield from adding.told(sources)
    seen: set[str] = set()
    for depth in range(_LIST_DEPTH):
        level = [source for source in dict.fromkeys(adding.found) if source not in seen]
        seen.update(level)
        found(len(level))
        yield from adding.read(level, first=first or depth > 0)
    for source in dict.fromkeys(adding.found):
        if source not in seen:
            name = without_credentials(source)
            yield FeedResult(source=name, error=SourceError(name, "named by a list in a list in a list"))


class _Adding:
    """What `add` knows while it goes from lists to what they name."""

    def __init__(
        self, castabout: Castabout, *, first: bool, index: Callable[[], object], is_local: bool
    ) -> None:
        self._castabout = castabout
        self._is_local = is_local
        self._first = first
        self._index = index
        #: What is to be read next.
        self.found: list[str] = []
        #: What to try where nothing answers.
        self._otherwise: dict[str, str] = {}
        #: Lists that were read.
        self._lists: set[bytes] = set()

    def handed_over(self, lists: Mapping[str, bytes]) -> Iterator[FeedResult]:
        """Take OPML lists that nobody has to fetch; these, too, are no lists in lists."""
        for name, data in lists.items():
            try:
                yield from self._list(name, data)
            except SourceError as error:
                yield FeedResult(source=name, error=type(error)(name, error.cause))

    def told(self, sources: Sequence[str]) -> Iterator[FeedResult]:
        """Find out what ``sources`` stand for."""
        for source in sources:
            try:
                its = meant(self._castabout, source, is_local=self._is_local)
            except SourceError as error:
                yield FeedResult(source=without_credentials(source), error=error)
                continue
            self.found += its.sources or [feed.url for feed in its.choices[:1] if self._first]
            if its.otherwise:
                self._otherwise[without_credentials(its.sources[0])] = its.otherwise
            if its.choices and not self._first:
                yield FeedResult(source=source, choices=its.choices)

    def read(self, sources: Sequence[str], *, first: bool) -> Iterator[FeedResult]:
        """Read ``sources``; what they name in turn is in ``found`` afterwards."""
        self.found = []
        self._first = first
        results: list[FeedResult] = []
        crawl = Crawl(self._castabout, index=self._index, aside=self._aside)
        files = (Job(request=Request(source), source=source) for source in sources if not is_web(source))
        jobs = (
            job
            for source in sources
            if is_web(source) and (job := self._job(crawl, source, results)) is not None
        )
        for result in crawl.run(jobs, files=files):
            yield from results
            results.clear()
            yield result
        yield from results

    def _job(self, crawl: Crawl, source: str, results: list[FeedResult]) -> Job | None:
        """Asking for the feed at ``source``; None if there is no need to, and a result instead."""
        try:
            request = request_for(source)
        except SourceError as error:
            results.append(FeedResult(source=error.subject, error=error))
            return None
        stored = at_home(self._castabout, request.url)
        feed = feeds.by_id(self._castabout.store, stored.id) if stored else None
        if stored is None or feed is None:
            return Job(request=request, source=request.url, keeps_password=True)
        why_not = self._not_to_be_asked(feed)
        goes_on = why_not is not None and paging.may_go_on(feed.state, self._castabout.clock().timestamp())
        job = crawl.one(stored.row, request.credentials) if goes_on or not why_not else None
        if job and why_not:
            job = paging.go_on(job, stored)
        if job is None:
            results.append(
                FeedResult(
                    source=request.url,
                    podcast=stored.id,
                    title=stored.podcast.title,
                    unchanged=stored.episodes,
                    not_asked=why_not or self._leased(stored.row),
                )
            )
        return job

    def _not_to_be_asked(self, feed: StoredFeed) -> str | None:
        """Why nobody asks ``feed`` now, in words; None: it may be asked."""
        now = self._castabout.clock()
        seconds = now.timestamp()
        state = feed.state
        if state.last_good is not None and seconds - state.last_good < schedule.FLOOR:
            when = datetime.fromtimestamp(state.last_good, UTC)
            return f"it was last asked {ago_words(when, now)}, and no feed is asked more than once an hour"
        if until := schedule.rests_until(state, seconds):
            return f"its host asks for rest until {time_words(until)}"
        return None

    def _leased(self, row: int) -> str:
        _, until = feeds.with_others(
            self._castabout.store, now=int(self._castabout.clock().timestamp()), row=row
        )
        words = f", and leaves it by {time_words(until)} at the latest" if until else ""
        return f"another castabout is fetching it{words}"

    def _aside(self, job: Job, outcome: Outcome) -> list[FeedResult] | None:
        """What to do about an answer that is no feed; None for one that may be."""
        if isinstance(outcome, Unreachable) and outcome.status is None and job.source in self._otherwise:
            self.found.append(self._otherwise.pop(job.source))
            return []
        if not isinstance(outcome, Fetched):
            return None
        try:
            kind = kind_of(outcome.data)
            if kind is Kind.HTML:
                return self._page(job, outcome)
            return self._list(job.source, outcome.data) if kind is Kind.OPML else None
        except SourceError as error:
            return [FeedResult(source=job.source, error=type(error)(job.source, error.cause))]

    def _page(self, job: Job, fetched: Fetched) -> list[FeedResult]:
        choices = linked(fetched)
        followed = [feed for feed in choices if self._is_followed(feed.url)]
        is_new = [feed for feed in choices if feed not in followed and not is_beside(feed.url, feed.title)]
        if followed and not is_new:
            self.found += [feed.url for feed in followed]
            return []
        if self._first or len(choices) == 1:
            self.found.append(choices[0].url)
            return []
        marked = (
            replace(feed, told_by=f"{feed.told_by}, in the library already") if feed in followed else feed
            for feed in choices
        )
        return [FeedResult(source=job.source, choices=tuple(marked))]

    def _is_followed(self, url: str) -> bool:
        return bool(podcasts.by_addresses(self._castabout.store, {url, *same_addresses(url)}))

    def _list(self, name: str, data: bytes) -> list[FeedResult]:
        opml = parse_opml(data)
        if not opml.feeds:
            raise NoFeeds(name, "a list without a single feed")
        digest = blake2b(data).digest()
        if digest in self._lists:
            # A list that names itself, by another address perhaps, says nothing new.
            return []
        self._lists.add(digest)
        self.found += [feed.url for feed in opml.feeds]
        self._otherwise |= {feed.url: feed.otherwise for feed in opml.feeds if feed.otherwise}
        return [
            FeedResult(source=name, error=NotAFeed(f"{name}, {problem.where}", problem.what))
            for problem in opml.problems
        ]
