"""What the crawl has to do: which address to ask, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from castabout.engine.moves import origin
from castabout.errors import SourceError
from castabout.fetch import Credentials, Request
from castabout.model.crawl import StoredFeed
from castabout.parse import VERSION


class Step(Enum):
    """What an address is asked for."""

    #: A feed, known or new.
    FEED = auto()
    #: A new source that turned out to be of a podcast that is known from elsewhere.
    AGAIN = auto()
    #: The same, where the library goes on reading the podcast elsewhere.
    ALIAS = auto()
    #: An older page of a feed that is new.
    PAGE = auto()
    #: Where a feed says that it has moved to, or what the page at its address links.
    MOVE = auto()


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
    #: Of a page: the podcast that it is of, and the addresses of the pages before it.
    podcast: str | None = None
    seen: tuple[str, ...] = ()
    #: Of a move away from what is no feed: what is told if it leads nowhere.
    otherwise: SourceError | None = None


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
