"""A body to what it changes: parse and decide, in one step that any process can do. Pure."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from castabout.engine.decide import decide
from castabout.engine.same import Traits, missing
from castabout.engine.schedule import rhythm
from castabout.errors import Fault, NotAFeed
from castabout.fetch import is_web
from castabout.model.feed import ParsedFeed, Problem
from castabout.model.library import FeedChange, KnownPodcast
from castabout.parse.discover import linked_feeds
from castabout.parse.feed import parse_feed
from castabout.parse.identity import podcast_id
from castabout.parse.sniff import Kind, kind_of
from castabout.parse.xml import CUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Bytes to be read, and all that is needed to tell what they change."""

    data: bytes
    #: Where they were found.
    address: str
    now: datetime
    #: The podcast that they are of; None: they tell it themselves.
    id: str | None = None
    known: KnownPodcast | None = None
    #: Where that is read from, if not as before; whether these bytes are of another place.
    source: str | None = None
    is_alias: bool = False
    #: An address of it that is to be remembered, and what is wrong with what they say of themselves.
    also_at: str | None = None
    problems: tuple[Problem, ...] = ()
    #: Stored episodes that new items may turn out to be; None: not looked up yet.
    gone: Mapping[str, Traits] | None = None
    #: It was given for a user name and a password only.
    needs_password: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read: a ``change``, or why not."""

    change: FeedChange | None = None
    #: Stored episodes that new items may turn out to be (see `Body.gone`): nothing is read without a look at them.
    missing: tuple[str, ...] = ()
    error: str | None = None
    #: It is a feed, of no items.
    is_empty: bool = False
    #: The error is castabout's own.
    is_fault: bool = False
    #: The document ends before its end.
    cut_off: bool = False
    #: Seconds between two fetches that suit the show.
    interval_s: int = 0
    #: Feeds that a web page links, if it is one.
    links: tuple[str, ...] = ()


_log = logging.getLogger(__name__)
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(tuple[Reading, ...])


def read(body: Body) -> Reading:
    """What ``body`` says that is not known yet."""
    try:
        return _read(body)
    except Exception as error:  # noqa: BLE001 - a mistake of ours at one feed must not cost the others
        _log.debug("%s could not be read", body.address, exc_info=True)
        return Reading(error=Fault.of(body.address, error).cause, is_fault=True)


def _read(body: Body) -> Reading:
    try:
        parsed = parse_feed(body.data, address=body.address)
    except NotAFeed as error:
        links = linked_feeds(body.data, body.address) if kind_of(body.data) is Kind.HTML else ()
        return Reading(error=error.cause, links=tuple(link.url for link in links))
    if parsed.cut_off and is_web(body.address) and _is_last_cut(parsed):
        # It may lack what tells which it is; the whole of it comes when it is asked for again.
        parsed = replace(parsed, episodes=parsed.episodes[:-1])
    if not parsed.episodes and parsed.cut_off:
        return Reading(error="cut off before the end of its first item", cut_off=True)
    if not parsed.episodes:
        return Reading(error="a feed without items", is_empty=True)
    id = body.id or podcast_id(parsed.podcast.guid, body.address)
    if body.known and body.gone is None and (ids := missing(body.known, parsed.episodes)):
        return Reading(missing=tuple(ids))
    source = body.source or (body.known.stored.source if body.known else body.address)
    change = decide(
        body.known,
        parsed,
        id=id,
        source=source,
        now=body.now,
        needs_password=body.needs_password,
        gone=body.gone or {},
        is_alias=body.is_alias,
        address=body.also_at,
    )
    frequency = parsed.podcast.update_frequency
    return Reading(
        change=replace(change, problems=(*body.problems, *change.problems)),
        cut_off=parsed.cut_off,
        interval_s=rhythm(
            (int(episode.published.timestamp()) for episode in parsed.episodes if episode.published),
            now=int(body.now.timestamp()),
            is_complete=bool(parsed.podcast.is_complete or (frequency and frequency.is_complete)),
        ),
    )


def _is_last_cut(parsed: ParsedFeed) -> bool:
    """Whether the last episode is what is left of an item that is not closed."""
    lost = {problem.where for problem in parsed.problems if problem.lost_item}
    return any(what.what.startswith(CUT) and what.where not in lost for what in parsed.problems)


def read_many(bodies: tuple[Body, ...]) -> bytes:
    """The readings of ``bodies`` as JSON for `decoded`.

    Python's own way of handing values to another process takes a fifth as
    long as the parsing, this a twentieth.
    """
    return _encoder.encode([read(body) for body in bodies])


def decoded(readings: bytes) -> tuple[Reading, ...]:
    """What `read_many` has read."""
    return _decoder.decode(readings)
