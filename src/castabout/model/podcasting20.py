"""Values of the Podcasting 2.0 namespace, as feeds give them.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFile:
    """A file beside an episode: a transcript or its chapters."""

    url: str
    #: MIME type as published, lower case; a hint at best.
    type: str | None = None
    #: BCP 47 tag.
    language: str | None = None
    #: ``captions`` if a transcript has times.
    rel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpleChapter:
    """A chapter that stands in the feed itself. https://podlove.org/simple-chapters/"""

    #: Seconds.
    start: float
    title: str
    link: str | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundbite:
    """A stretch of an episode that its publisher thinks worth hearing."""

    #: Seconds.
    start: float
    duration: float
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """What place a podcast or an episode is about, or comes from."""

    name: str
    #: A ``geo:`` URI. https://www.rfc-editor.org/rfc/rfc5870
    geo: str | None = None
    #: An OpenStreetMap object, e.g. ``R113314``.
    osm: str | None = None
    #: ``subject`` or ``creator``.
    rel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLink:
    """An address with a text: a way to give money, a licence."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateEnclosure:
    """Another form of the media file."""

    type: str | None = None
    length: int | None = None
    bitrate: float | None = None
    height: int | None = None
    title: str | None = None
    language: str | None = None
    rel: str | None = None
    codecs: str | None = None
    is_default: bool = False
    #: Addresses of the same bytes, as given: some are no web addresses (IPFS, torrents).
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteItem:
    """A podcast or an episode that another feed holds."""

    feed_guid: str
    feed_url: str | None = None
    item_guid: str | None = None
    medium: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trailer:
    """A trailer of a podcast or of one season."""

    url: str
    title: str | None = None
    published: datetime | None = None
    type: str | None = None
    length: int | None = None
    season: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """Text for a purpose of the publisher's own, e.g. ``ai-content``."""

    text: str
    purpose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateFrequency:
    """How often the publisher means to publish."""

    text: str | None = None
    #: A recurrence rule. https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10
    rule: str | None = None
    first: datetime | None = None
    is_complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who gets a part of what listeners send."""

    name: str | None = None
    type: str | None = None
    address: str | None = None
    #: Shares, not a percentage.
    split: int | None = None
    is_fee: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """How listeners can send money to the publisher; kept, not used."""

    type: str | None = None
    method: str | None = None
    suggested: str | None = None
    recipients: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Whether a directory may show a podcast; without ``service`` any directory."""

    blocked: bool
    service: str | None = None
