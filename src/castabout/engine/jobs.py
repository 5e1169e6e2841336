"""What the crawl has to do: which address to ask, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from zlib import crc32

from castabout.engine.moves import origin
from castabout.engine.results import FeedResult
from castabout.errors import SourceError
from castabout.fetch import Credentials, Request
from castabout.model.crawl import FeedRecord, StoredFeed
from castabout.parse import VERSION


class Step(Enum):
    """What an address is asked for."""

    #: A feed, known or new.
    FEED = auto()
    #: A new source that turned out to be of a podcast that is known from elsewhere.
    AGAIN = auto()
    #: The same, where the library goes on reading the podcast elsewhere.
    ALIAS = auto()
    #: An older page of a feed.
    PAGE = auto()
    #: Where a feed says that it has moved to, or what the page at its address links.
    MOVE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How far reading a feed with its older pages is, in one run. Times are seconds since 1970 in UTC."""

    #: Id of the podcast.
    podcast: str
    #: The addresses that were asked, that of the feed itself first.
    seen: tuple[str, ...]
    #: What was read so far, the feed itself included: told when there is no more.
    result: FeedResult
    #: Episodes that the pages added.
    added: int = 0
    #: When the feed is asked again, and when it is for the sake of pages that are left.
    due: int
    soon: int
    #: How many times one after another the page could not be read.
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to fetch."""

    request: Request
    #: As results name it.
    source: str
    #: The password that it is asked with, if there is one, is new and to be kept if it is right.
    keeps_password: bool = False
    #: What the store knows; None for a new source.
    feed: StoredFeed | None = None
    step: Step = Step.FEED
    #: The podcast that it is of, where that is known and ``feed`` does not tell.
    podcast: str | None = None
    #: Of an older page.
    paging: Paging | None = None
    #: Of a move away from what is no feed: what is told if it leads nowhere.
    otherwise: SourceError | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What follows from one answer."""

    record: FeedRecord | None = None
    result: FeedResult | None = None
    then: tuple[Job, ...] = ()


def job_of(feed: StoredFeed, credentials: Credentials | None) -> Job:
    """Asking a feed again. What another parser read is asked for in full: this one may see more in it."""
    state = feed.state
    is_ours = state.parser == VERSION
    return Job(
        request=Request(
            feed.url,
            etag=state.etag if is_ours else None,
            last_modified=state.last_modified if is_ours else None,
            credentials=credentials,
        ),
        source=feed.url,
        feed=feed,
    )


def request_from(job: Job, url: str) -> Request:
    """Asking ``url``, to which the answer to ``job`` leads. A password stays with the host that it is for."""
    is_same = origin(url) == origin(job.request.url)
    return Request(url, credentials=job.request.credentials if is_same else None)


def jitter(job: Job, now: int) -> float:
    """From 0 up to 1: another one for each feed and fetch, the same whenever it is worked out again."""
    return crc32(f"{job.source} {now}".encode("utf-8", "replace")) / 2**32
