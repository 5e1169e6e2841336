"""The same episode published twice: as audio and video, by two feeds of one show, or again by another show. Pure.

What cannot be told for sure is no copy: two entries in a list are a lesser evil than one that nobody finds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from urllib.parse import unquote

from castabout.engine.same import Traits, traits
from castabout.model.library import StoredEpisode
from castabout.model.signs import Signs
from castabout.parse.identity import title_key

#: Bytes. Smaller files, and sizes in round numbers, which were made up, tell nothing.
_TELLING_SIZE = 500_000
_ROUND_SIZE = 1_000
#: Advertising is put in and taken out: lengths and sizes may differ by this part.
_ALIKE = 0.05
#: Who repeats a whole episode has its length, but for how players round it, in seconds.
_REPEATED = 2
#: A title of fewer words and letters may be many episodes'.
_TELLING_WORDS = 4
_TELLING_LETTERS = 20
_LONG_TITLE = 40
#: A file's name of fewer letters (``audio``, ``ep12``) may be many files'.
_TELLING_FILE = 8
#: So many of the last words of a title are what it is looked up by.
_LAST_WORDS = 4
_TELLING_NOTES = 200
#: `` (1)`` behind the name of a file that was uploaded again.
_AGAIN = re.compile(r"\s*\(\d\)\s*$")
_MINUTE = 60


Ordered = tuple[bool, float, bool, int]


@dataclass(frozen=True)
class Likeness:
    """What tells whether an episode is a copy."""

    podcast_row: int
    traits: Traits
    #: Bytes, if it tells anything.
    size: int | None
    #: Name of the media file, without its ending, as titles are compared.
    file: str | None
    notes: str | None

    @cached_property
    def day(self) -> str | None:
        """The day of publication in UTC, as an ISO date."""
        published = self.traits.published
        return None if published is None else published.astimezone(UTC).date().isoformat()


def likeness(stored: StoredEpisode) -> Likeness:
    """The likeness of an episode."""
    episode = stored.episode
    enclosure = episode.enclosures[0] if episode.enclosures else None
    length = enclosure.length if enclosure else None
    is_size = length is not None and length >= _TELLING_SIZE and length % _ROUND_SIZE != 0
    return Likeness(
        podcast_row=stored.podcast_row,
        traits=traits(episode),
        size=length if is_size else None,
        file=_file_name(enclosure.url) if enclosure else None,
        notes=episode.notes,
    )


def signs(one: Likeness) -> Signs:
    """What copies of ``one`` are looked up by: they have one of them in common."""
    media, title = one.traits.media, one.traits.title
    words = title.split() if title else []
    return Signs(
        file=_sign("size", str(one.size)) if one.size else _sign("media", media) if media else None,
        day=_sign(one.day, title) if one.day and title else None,
        title=_sign("title", *words[-_LAST_WORDS:]) if title and _is_telling(title) else None,
    )


def is_copy(one: Likeness, other: Likeness) -> bool:
    """Whether whoever has heard the one has heard the other."""
    if _is_far(one.traits.duration, other.traits.duration):
        return False
    return _is_same_file(one, other) or _has_same_title(one, other) or _is_repeated(one, other)


def groups(
    matches: Mapping[int, Collection[int]], known: Mapping[int, int], order: Callable[[int], Ordered]
) -> dict[int, int | None]:
    """Copies put together: of each episode concerned the first of its group, or ``None`` if it is in none.

    ``matches`` has all copies of the episodes that were looked at, ``known`` the groups so far of all that
    are concerned. Who was not looked at stays with those of its group who were not either. The first in
    ``order`` is the first of its group.
    """
    above = {row: row for row in (*known, *matches, *chain(*matches.values()))}

    def root(row: int) -> int:
        while above[row] != row:
            row = above[row]
        return row

    for row, copies in matches.items():
        for copy in copies:
            above[root(copy)] = root(row)
    left: dict[int, int] = {}
    for row, group in known.items():
        if row not in matches:
            above[root(row)] = root(left.setdefault(group, row))
    members: dict[int, list[int]] = defaultdict(list)
    for row in above:
        members[root(row)].append(row)
    firsts = {top: min(rows, key=order) if len(rows) > 1 else None for top, rows in members.items()}
    return {row: firsts[root(row)] for row in above}


def earliest(stored: StoredEpisode) -> Ordered:
    """Sorts copies: the earliest first, undated ones last; of one time the one that tells more of itself."""
    published = stored.episode.published
    moment = published.timestamp() if published else 0.0
    return published is None, moment, stored.episode.duration is None, stored.row


def _is_same_file(one: Likeness, other: Likeness) -> bool:
    """By address, unless a feed has one file for all; or by name and size, which are both copied by mistake."""
    here, there = one.traits, other.traits
    if here.media is not None and here.media == there.media:
        is_same_day = one.day is not None and one.day == other.day
        has_title = here.title is not None and here.title == there.title
        is_other_show = one.podcast_row != other.podcast_row
        return has_title or (is_other_show and (is_same_day or _ends_alike(here.title, there.title)))
    has_name = one.file is not None and one.file == other.file and len(one.file) >= _TELLING_FILE
    return has_name and one.size is not None and one.size == other.size


def _has_same_title(one: Likeness, other: Likeness) -> bool:
    """Published under one title on one day, in two forms or by two feeds."""
    here, there = one.traits, other.traits
    if here.title is None or here.title != there.title or one.day is None or one.day != other.day:
        return False
    if here.kind and there.kind and here.kind != there.kind:
        return _is_telling(here.title)
    if _is_far(one.size, other.size):
        return False
    # A video may be said to be audio.
    if len(here.title) >= _LONG_TITLE and here.published == there.published:
        return True
    # In one show parts may have one title.
    if one.podcast_row == other.podcast_row:
        return False
    if _has_same_notes(one, other):
        return True
    if not _is_telling(here.title):
        return False
    if here.duration is not None and there.duration is not None:
        return True
    # Readings of one text in two languages are about as long as each other.
    return one.size is not None and one.size == other.size


def _is_repeated(one: Likeness, other: Likeness) -> bool:
    """Published again under a title that holds the other's: “Best of: …”, “Show A – Show B 14: …”."""
    here, there = one.traits, other.traits
    if here.title == there.title or not _ends_alike(here.title, there.title):
        return False
    if here.duration is None or there.duration is None:
        return False
    # To the minute they are estimates, or broadcasts that are always so long.
    is_exact = here.duration % _MINUTE != 0
    return is_exact and abs(here.duration - there.duration) <= _REPEATED


def _has_same_notes(one: Likeness, other: Likeness) -> bool:
    return one.notes is not None and one.notes == other.notes and len(one.notes) >= _TELLING_NOTES


def _ends_alike(one: str | None, other: str | None) -> bool:
    """One of two titles ends in the whole other one."""
    if one is None or other is None:
        return False
    shorter, longer = sorted((one, other), key=len)
    return _is_telling(shorter) and f" {longer}".endswith(f" {shorter}")


def _is_telling(title: str) -> bool:
    return len(title) >= _TELLING_LETTERS and len(title.split()) >= _TELLING_WORDS


def _is_far(one: int | None, other: int | None) -> bool:
    """Lengths or sizes that cannot be those of the same; one that is not known tells nothing."""
    if one is None or other is None:
        return False
    return abs(one - other) > max(_ALIKE * max(one, other), 1)


def _file_name(url: str) -> str | None:
    path = unquote(url.partition("#")[0].partition("?")[0])
    name = path.rpartition("/")[2].rpartition(".")[0]
    return title_key(_AGAIN.sub("", name))


def _sign(*parts: str) -> int:
    """A number that two texts hardly ever share; signed, as databases have them."""
    digest = blake2b("\n".join(parts).encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
