"""What is known of a feed as a thing to be fetched. Times are seconds since 1970 in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field

from castabout.model.library import FeedChange


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """How fetching a feed went so far, and when it is fetched next."""

    #: None: never again.
    next_fetch: int | None
    #: Validators of the last body that was read, byte for byte as the host gave them.
    etag: str | None = None
    last_modified: str | None = None
    #: Of the last body that was read: an unchanged one costs no parse.
    body_hash: bytes | None = None
    #: Which parser read it: another one may see more in the same bytes.
    parser: int | None = None
    #: Seconds between two fetches that suit the show's own rhythm.
    interval_s: int | None = None
    #: Seconds that the feed itself asks to wait between two fetches.
    wait_s: int | None = None
    #: Hours (bits 0 to 23) and days (24 to 30, from Monday on), in UTC, in which it wants to be left alone.
    skips: int | None = None
    #: How many fetches have failed one after another.
    failures: int = 0
    last_fetch: int | None = None
    #: When it was last read, or found to be as before.
    last_good: int | None = None
    #: Why the last fetch failed, in words.
    last_error: str | None = None
    #: HTTP status of the last answer, if there was one; or that by which its host, asked for another feed,
    #: wanted rest, until ``next_fetch``.
    last_status: int | None = None
    #: Where news of it can be had at once, and its address there. https://www.w3.org/TR/websub/
    hub: str | None = None
    topic: str | None = None
    #: The host says that it was taken away for good; what was read is kept.
    is_gone: bool = False
    #: Its older page that is to be read next, after which there may be more: see `NextPage`.
    next_page: str | None = None
    #: How many times one after another that page could not be read.
    page_failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFeed:
    """A feed that the store knows, and the podcast it is of."""

    #: Row and id of the podcast.
    row: int
    id: str
    #: Its address, without user name and password.
    url: str
    state: FeedState


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPage:
    """How far the older pages of a feed were read. https://www.rfc-editor.org/rfc/rfc5005#section-3"""

    #: Id of the podcast.
    podcast: str
    #: The page that is to be read next; None: there is no more.
    url: str | None
    failures: int = 0
    #: When the feed is asked next.
    next_fetch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """What is to be written after a feed was asked for: all of it or nothing."""

    #: None: as before. What it says of older pages is not written, but what is below.
    state: FeedState | None = None
    #: None where the ``change`` tells of which podcast.
    row: int | None = None
    change: FeedChange | None = None
    #: An address that the feed had, or was named by, and that leads to it.
    alias: str | None = None
    #: None: as before.
    next_page: NextPage | None = None
    #: A user name and password to be kept for the feed.
    credentials: tuple[str, str] | None = field(default=None, repr=False)
