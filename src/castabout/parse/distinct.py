"""Which items of a feed are copies of one another, and for each of the others a key of its own. Pure.

Items are gone through from the last one on, and each only looks at those
behind it: feeds grow at the front, so a new item changes no other's key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from castabout.model.feed import Episode
from castabout.parse.identity import content_of, key_by_content, key_by_moment


@dataclass(frozen=True, slots=True)
class Distinct:
    """The items of a feed, by their places."""

    #: Each episode once, in the feed's order.
    episodes: tuple[Episode, ...]
    #: The place of each copy → that of the item that was kept instead.
    copies: Mapping[int, int]


@dataclass(slots=True)
class _One:
    """An episode with all its copies, the last of them first."""

    key: str
    places: list[int] = field(default_factory=list)
    has_date: bool = False
    has_notes: bool = False


@dataclass(slots=True)
class _Alike:
    """The episodes that have key, title and media file in common."""

    all: list[_One] = field(default_factory=list)
    #: By moments and by notes.
    by_sign: dict[datetime | str | None, _One] = field(default_factory=dict)

    def find(self, item: Episode) -> _One | None:
        """The episode that ``item`` is a copy of: the moment or the notes agree, or are missing."""
        for sign in _signs(item):
            if sign in self.by_sign:
                return self.by_sign[sign]
        if len(self.all) != 1:  # with several, what is missing leaves it open which one it is
            return None
        (only,) = self.all
        differs = (only.has_date and item.published) or (only.has_notes and item.notes)
        return None if differs else only

    def add(self, one: _One, item: Episode) -> None:
        """``item`` is ``one`` or a copy of it."""
        one.has_date |= item.published is not None
        one.has_notes |= bool(item.notes)
        for sign in _signs(item):
            self.by_sign.setdefault(sign, one)


def distinct(items: Sequence[Episode]) -> Distinct:
    """Each episode once, under a key of its own.

    Items with one key are copies if title (or, without one, notes) and media
    file agree, and with them the moment or the notes, or these are missing.
    Of copies the most complete is kept, of equals the last. Different episodes
    are told apart by their content; the last one keeps the key as given.
    """
    if len({item.key for item in items}) == len(items):
        return Distinct(tuple(items), {})
    groups: dict[tuple[str, str | None, str | None], _Alike] = defaultdict(_Alike)
    taken: set[str] = set()
    found: list[_One] = []
    for place in reversed(range(len(items))):
        item = items[place]
        alike = groups[item.key, *content_of(item)]
        one = alike.find(item)
        if one is None:
            key = next(key for key in _keys(item, is_first=not alike.all) if key not in taken)
            taken.add(key)
            one = _One(key)
            alike.all.append(one)
            found.append(one)
        one.places.append(place)
        alike.add(one, item)
    return _kept(items, found)


def _kept(items: Sequence[Episode], found: Sequence[_One]) -> Distinct:
    kept: dict[int, Episode] = {}
    copies: dict[int, int] = {}
    for one in found:
        best = max(one.places, key=lambda place: (_completeness(items[place]), place))
        episode = items[best]
        kept[one.places[-1]] = episode if episode.key == one.key else replace(episode, key=one.key)
        copies.update((place, best) for place in one.places if place != best)
    return Distinct(tuple(kept[place] for place in sorted(kept)), copies)


def _keys(item: Episode, *, is_first: bool) -> Iterator[str]:
    """Keys that an episode may have, best first; ``is_first``: no other of its title and file has been met."""
    yield item.key
    if is_first:
        yield key_by_content(item.key, item)
    for number in count():  # a GUID of the feed may be the very key that is made here
        yield key_by_moment(item.key, item, number)


def _signs(item: Episode) -> Sequence[datetime | str | None]:
    return [sign for sign in (item.published, item.notes) if sign] or [None]


def _completeness(item: Episode) -> int:
    return sum(value is not None and value != () for value in (item.published, item.duration, item.notes))
