"""The same episode under another GUID or on another host, the same show at another address. Pure.

Whoever moves a podcast to another host often changes the GUIDs of its
episodes, the addresses of its files, or both. What is recognised here keeps
its identity; what cannot be told for sure is another one, so that nothing is
ever lost by a mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TypeVar

from castabout.model.feed import Episode, Podcast
from castabout.model.library import KnownPodcast
from castabout.parse.identity import episode_id, guid_id, key_by_content, key_by_moment, media_key, title_key

#: Seconds by which two encodings of one episode may differ: advertising is put in and taken out.
_SAME_LENGTH = 600
#: A shorter key (``12``, ``ep-3``) may be any podcast's.
_TELLING_KEY = 12
_KINDS = {
    "audio": ("mp3", "m4a", "m4b", "aac", "ogg", "oga", "opus", "flac", "wav"),
    "video": ("m4v", "mp4", "mov", "webm", "mkv", "avi"),
}
_KIND_OF_ENDING = {ending: kind for kind, endings in _KINDS.items() for ending in endings}

_Place = TypeVar("_Place", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Traits:
    """What an episode is recognised by when its key tells nothing."""

    media: str | None
    title: str | None
    published: datetime | None
    #: Seconds.
    duration: int | None
    #: ``audio``, ``video``, …
    kind: str | None


def traits(episode: Episode) -> Traits:
    """The traits of ``episode``."""
    enclosure = episode.enclosures[0] if episode.enclosures else None
    media = media_key(enclosure.url) if enclosure else None
    kind = enclosure.type.partition("/")[0] if enclosure and enclosure.type else None
    if kind not in _KINDS:
        ending = media.partition("?")[0].rpartition(".")[2].lower() if media else ""
        kind = _KIND_OF_ENDING.get(ending)
    return Traits(media, title_key(episode.title), episode.published, episode.duration, kind)


def claims(known: KnownPodcast, items: Sequence[Episode]) -> list[str | None]:
    """For each item of a feed the id of the stored episode whose key it has, or had in another feed."""
    podcast = known.stored.id
    own = [episode_id(podcast, item.key) for item in items]
    claimed: list[str | None] = [id if id in known.episodes else None for id in own]
    _claim_by_content(known, items, claimed)
    if known.also:
        taken = set(claimed)
        others = [
            (known.also.get(id) if stored is None else None, place)
            for place, (id, stored) in enumerate(zip(own, claimed, strict=True))
        ]
        for other, place in _telling(others).items():
            # Both the old and the new one in one feed are two.
            if other not in taken:
                claimed[place] = other
    return claimed


def missing(known: KnownPodcast, items: Sequence[Episode]) -> frozenset[str]:
    """The stored episodes that items of the feed may turn out to be.

    None if the feed has no unknown items, or has every stored one: most feeds,
    most of the time.
    """
    claimed = claims(known, items)
    return (
        frozenset(known.episodes).difference(id for id in claimed if id) if None in claimed else frozenset()
    )


def recognise(items: Sequence[Traits], unknown: Sequence[int], gone: Mapping[str, Traits]) -> dict[int, str]:
    """Which of the ``unknown`` places in a feed hold which of the stored episodes ``gone`` from it.

    By the media file without query and services that count; else by title
    and day, if neither length nor kind speaks against it. A sign that two
    items of the feed or two of the stored ones share tells nothing.
    https://github.com/AntennaPod/AntennaPod/issues/3275
    """
    found: dict[int, str] = {}
    for sign, agree in _SIGNS_OF_MANY if len(items) > 1 else _SIGNS:
        here = _telling((sign(item), place) for place, item in enumerate(items))
        there = _telling((sign(item), id) for id, item in gone.items())
        taken = set(found.values())
        for place in unknown:
            seen = sign(items[place])
            id = there.get(seen) if here.get(seen) == place and place not in found else None
            if id is not None and id not in taken and agree(items[place], gone[id]):
                found[place] = id
    return found


class By(Enum):
    """How a podcast of the library came to be thought the one that a feed tells of."""

    ADDRESS = auto()
    GUID = auto()
    #: The feed says it is at home there, or was asked for there.
    CLAIM = auto()
    TITLE = auto()


def is_same_show(by: By, known: Podcast, told: Podcast, share_episodes: Callable[[], bool]) -> bool:
    """Whether the podcast ``known``, found ``by``, is the one that a feed tells of.

    ``share_episodes`` says whether they have an episode in common; it is
    costly and only asked when the rest leaves it open.
    """
    title = _agree(title_key(known.title), title_key(told.title))
    author = _agree(title_key(known.author), title_key(told.author))
    match by:
        case By.ADDRESS:
            guid = _agree(guid_id(known.guid), guid_id(told.guid))
            return guid is not False or title is not False or share_episodes()
        case By.GUID:
            # Templates are copied with the GUID in them.
            return title is not False or share_episodes()
        case By.CLAIM:
            return title is True or share_episodes()
        case By.TITLE:
            return title is True and author is not False and share_episodes()


def share_a_key(known: KnownPodcast, items: Iterable[Episode]) -> bool:
    """Whether an item's key is that of a stored episode, and no key that any podcast may have."""
    ids = (episode_id(known.stored.id, item.key) for item in items if len(item.key) >= _TELLING_KEY)
    return any(id in known.episodes or id in known.also for id in ids)


def share_a_trait(stored: Iterable[Traits], items: Iterable[Traits]) -> bool:
    """Whether an item and a stored episode are one by their traits."""
    by_id = {str(number): one for number, one in enumerate(stored)}
    listed = list(items)
    return bool(recognise(listed, range(len(listed)), by_id))


def _claim_by_content(known: KnownPodcast, items: Sequence[Episode], claimed: list[str | None]) -> None:
    """Of several items with one GUID any may have it plain: each is first looked for by its content."""
    bases = {item.key.rpartition("#")[0] for item in items if "#" in item.key}
    shared = bases.intersection(item.key for item in items) if bases else bases
    taken = set(claimed) if shared else set()
    for place, item in enumerate(items if shared else ()):
        is_plain = item.key in shared
        base = item.key if is_plain else item.key.rpartition("#")[0]
        if base not in shared:
            continue
        keys = [key_by_moment(base, item)] + ([key_by_content(base, item)] if is_plain else [])
        for id in (episode_id(known.stored.id, key) for key in keys):
            if id in known.episodes and (id == claimed[place] or id not in taken):
                claimed[place] = id
                taken.add(id)
                break


def _telling(signs: Iterable[tuple[str | None, _Place]]) -> dict[str | None, _Place]:
    """The place of each sign that only one place has."""
    found: dict[str | None, _Place] = {}
    again: set[str | None] = {None}
    for sign, place in signs:
        if sign in found:
            again.add(sign)
        else:
            found[sign] = place
    return {sign: place for sign, place in found.items() if sign not in again}


def _agree(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one == other


def _day(item: Traits) -> str | None:
    return f"{item.published:%Y-%m-%d} {item.title}" if item.published and item.title else None


def _day_in_utc(item: Traits) -> str | None:
    # A new host may write the same moment in another time zone.
    if item.published is None or item.title is None:
        return None
    return f"{item.published.astimezone(UTC):%Y-%m-%d} {item.title}"


def _is_same_day(one: Traits, other: Traits) -> bool:
    return _day(one) == _day(other) or _day_in_utc(one) == _day_in_utc(other)


def _is_same_file(one: Traits, other: Traits) -> bool:
    # News put each hour's edition where the last one was: the address alone is not enough.
    if one.published is None or other.published is None:
        return _agree(one.title, other.title) is not False
    return one.published == other.published or (one.title == other.title and _is_same_day(one, other))


def _has_same_title(one: Traits, other: Traits) -> bool:
    return one.title is not None and one.title == other.title


def _is_alike(one: Traits, other: Traits) -> bool:
    if _agree(one.kind, other.kind) is False:
        return False
    if one.duration is None or other.duration is None:
        return True
    return abs(one.duration - other.duration) <= _SAME_LENGTH


def _media(item: Traits) -> str | None:
    return item.media


_Sign = tuple[Callable[[Traits], str | None], Callable[[Traits, Traits], bool]]
_SIGNS: tuple[_Sign, ...] = ((_media, _is_same_file), (_day, _is_alike), (_day_in_utc, _is_alike))
#: Dated anew. In a feed of a single item one file may be every day's.
_SIGNS_OF_MANY: tuple[_Sign, ...] = (_SIGNS[0], (_media, _has_same_title), *_SIGNS[1:])
