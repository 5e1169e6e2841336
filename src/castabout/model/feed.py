"""What a feed said, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from castabout.model.podcasting20 import (
    AlternateEnclosure,
    Block,
    FreeText,
    LinkedFile,
    Location,
    RemoteItem,
    SimpleChapter,
    Soundbite,
    TextLink,
    Trailer,
    UpdateFrequency,
    Value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """The media file of an episode."""

    url: str
    #: MIME type as published, lower case, e.g. ``audio/mpeg``.
    type: str | None = None
    #: Size in bytes as published; a hint at best.
    length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on a podcast or an episode.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/person.md
    """

    name: str
    #: Lower case; without one it is ``host``.
    role: str | None = None
    #: Lower case; without one it is ``cast``.
    group: str | None = None
    url: str | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a podcast and an episode have alike."""

    title: str | None = None
    #: The page about it; http or https.
    link: str | None = None
    author: str | None = None
    #: Address of a picture; http or https.
    image: str | None = None
    #: BCP 47 tag, e.g. ``en`` or ``pt-BR``.
    language: str | None = None
    #: The publisher's own keywords and, of a podcast, not its categories.
    keywords: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    explicit: bool | None = None
    locations: tuple[Location, ...] = ()
    license: TextLink | None = None
    texts: tuple[FreeText, ...] = ()
    value: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Podcast(Published):
    """One show, as its feed describes it."""

    #: ``podcast:guid`` as given.
    guid: str | None = None
    #: Safe HTML.
    description: str | None = None
    #: Names, outermost first, e.g. ``("Society & Culture", "History")``.
    categories: tuple[str, ...] = ()
    copyright: str | None = None
    #: ``podcast``, ``music``, ``audiobook``, …; a list of others ends in ``L``.
    medium: str | None = None
    #: The feed's own address (``atom:link``, ``rel="self"``).
    self_url: str | None = None
    #: The next page of the feed. https://www.rfc-editor.org/rfc/rfc5005
    next_url: str | None = None
    #: Where news of the feed can be had at once. https://www.w3.org/TR/websub/
    hub_url: str | None = None
    #: Where the feed has moved to, as it says itself.
    new_feed_url: str | None = None
    #: ``itunes:block``: the publisher does not want it in public directories.
    is_blocked: bool | None = None
    blocks: tuple[Block, ...] = ()
    #: No more episodes will come.
    is_complete: bool | None = None
    #: It must not be moved to another host without asking its owner.
    is_locked: bool | None = None
    funding: tuple[TextLink, ...] = ()
    trailers: tuple[Trailer, ...] = ()
    #: Podcasts that this one recommends.
    podroll: tuple[RemoteItem, ...] = ()
    #: What a list of others holds.
    remote_items: tuple[RemoteItem, ...] = ()
    update_frequency: UpdateFrequency | None = None
    #: As a directory counts it, more is more: feeds do not say it. Kept when the feed is read.
    popularity: int | None = None
    #: Seconds for which the feed asks to be left alone once it was read.
    keep_s: int | None = None
    #: Hours of the day, in UTC, in which there is never anything new.
    skip_hours: tuple[int, ...] = ()
    #: Days of the week, in UTC, likewise; 0 is Monday.
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode(Published):
    """One item of a podcast."""

    #: Its identity within its podcast: see `castabout.parse.identity`.
    key: str
    #: The show notes as safe HTML.
    notes: str | None = None
    #: A shorter text beside the notes, on one line; only if neither they nor the title say the same.
    subtitle: str | None = None
    #: With the publisher's own offset from UTC.
    published: datetime | None = None
    #: Seconds.
    duration: int | None = None
    #: The first one is the one to play.
    enclosures: tuple[Enclosure, ...] = ()
    alternate_enclosures: tuple[AlternateEnclosure, ...] = ()
    #: All forms that are offered, in the feed's order.
    transcripts: tuple[LinkedFile, ...] = ()
    chapters: LinkedFile | None = None
    simple_chapters: tuple[SimpleChapter, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    season: int | None = None
    season_name: str | None = None
    #: Episodes between others have parts of a number, such as 3.5.
    number: float | None = None
    #: What to show instead of the number.
    number_name: str | None = None
    is_blocked: bool | None = None
    #: A page of the publisher's that starts the player at ``#t=``. https://podlove.org/deep-link/
    deep_link: str | None = None
    #: ``full``, ``trailer`` or ``bonus``.
    type: str | None = None
    #: The language that its title and notes are in, where that is sure; not from the feed. Without region.
    detected_language: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a feed that could not be read as it stands."""

    #: Which item or part of the feed, e.g. ``item 3 “Hello”`` or ``feed``.
    where: str
    #: What is wrong, lower case, no full stop.
    what: str
    #: Whether a whole item was left out because of it.
    lost_item: bool = False


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """Everything that was read from the bytes of one feed.

    The number of items in the feed is ``len(episodes)`` plus the number of
    problems whose ``lost_item`` is set.
    """

    podcast: Podcast
    #: In the feed's own order.
    episodes: tuple[Episode, ...] = ()
    problems: tuple[Problem, ...] = ()
    #: The document ends before its end tag: what is here is what could be saved.
    cut_off: bool = False
