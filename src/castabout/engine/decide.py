"""What a feed changes: old state, parsed feed and time in, change out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from castabout.engine.item import parted
from castabout.engine.same import Traits, claims, recognise, traits
from castabout.fetch.private import is_private
from castabout.model.digest import digest
from castabout.model.feed import Episode, ParsedFeed, Podcast, Problem
from castabout.model.library import FeedChange, KnownPodcast, NewEpisode
from castabout.parse.identity import episode_id, guid_id, title_key
from castabout.parse.podcasting20 import is_blocked_for
from castabout.text.language import detect_language

#: Clocks differ and some shows announce tomorrow's episode; what lies beyond is a mistake.
_AHEAD = timedelta(days=2)
#: What publishers call us when they tell one service something else than the others.
_SERVICE = "castabout"


def decide(
    known: KnownPodcast | None,
    parsed: ParsedFeed,
    *,
    id: str,
    source: str,
    now: datetime,
    needs_password: bool = False,
    gone: Mapping[str, Traits] = MappingProxyType({}),
    is_alias: bool = False,
    address: str | None = None,
) -> FeedChange:
    """What is to be written so that the library holds what ``parsed`` says of the podcast ``id``.

    Episodes that the feed no longer lists are kept; if they are among ``gone``
    (see `castabout.engine.same.missing`), an unknown item may turn out to be one
    of them, and then keeps its id. A feed that ``is_alias`` only adds what the
    podcast's own does not list. A date that lies ahead is unknown, and a
    problem. The language of a new or changed episode is detected, and what is
    said in it taken out of its notes. Applying the change and deciding again
    gives an empty change.
    """
    items, problems = _dated(parsed, now)
    places = claims(known, items) if known else [None] * len(items)
    found: dict[int, str] = {}
    if gone:
        unknown = [place for place, stored in enumerate(places) if stored is None]
        found = recognise([traits(item) for item in items], unknown, gone)
    new_ones: list[NewEpisode] = []
    changed: list[NewEpisode] = []
    for place, item in enumerate(items):
        stored = places[place] or found.get(place)
        new = NewEpisode(id=stored or episode_id(id, item.key), digest=digest(item), episode=item)
        if known is None or stored is None:
            new_ones.append(_completed(new, parsed.podcast))
        elif known.episodes[stored] != new.digest and not is_alias:
            changed.append(_completed(new, parsed.podcast))
    podcast, podcast_digest, private = _podcast(known, parsed.podcast, source, is_alias=is_alias)
    private = private or needs_password
    is_as_before = known is not None and (
        (known.digest, known.stored.source, known.stored.is_private) == (podcast_digest, source, private)
    )
    return FeedChange(
        id=id,
        source=source,
        podcast=podcast,
        digest=podcast_digest,
        private=private,
        guid=guid_id(podcast.guid),
        title_key=title_key(podcast.title),
        address=address,
        also=tuple((episode_id(id, items[place].key), stored) for place, stored in found.items()),
        podcast_changed=not is_as_before,
        new=tuple(new_ones),
        changed=tuple(changed),
        unchanged=len(items) - len(new_ones) - len(changed),
        problems=(*parsed.problems, *problems),
        now=now,
    )


def _podcast(
    known: KnownPodcast | None, told: Podcast, source: str, *, is_alias: bool
) -> tuple[Podcast, bytes, bool]:
    """What is kept of the podcast itself, its digest, and whether it is private."""
    if known and is_alias:
        return known.stored.podcast, known.digest, known.stored.is_private
    popularity = known.stored.podcast.popularity if known else None
    if popularity is not None:  # no feed knows of it
        told = replace(told, popularity=popularity)
    return told, digest(told), _is_private(told, source)


def _is_private(podcast: Podcast, source: str) -> bool:
    """Whether others are not to be told of it: by its address, or by its publisher's wish.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/block.md
    """
    if is_private(source) or (podcast.self_url is not None and is_private(podcast.self_url)):
        return True
    return bool(podcast.is_blocked) or is_blocked_for(_SERVICE, podcast.blocks)


def _dated(parsed: ParsedFeed, now: datetime) -> tuple[list[Episode], list[Problem]]:
    """The items, without the dates that lie ahead."""
    items: list[Episode] = []
    problems: list[Problem] = []
    for position, item in enumerate(parsed.episodes, start=1):
        if item.published and item.published > now + _AHEAD:
            ahead = f"its date lies ahead ({item.published:%Y-%m-%d})"
            problems.append(Problem(_name(position, item), ahead))
            items.append(replace(item, published=None))
        else:
            items.append(item)
    return items, problems


def _completed(new: NewEpisode, podcast: Podcast) -> NewEpisode:
    """``new`` parted, with the language of its text. Its digest stays that of what the feed said."""
    item = new.episode
    episode, spoken = parted(item)
    language = detect_language(item.title, item.notes, item.language or podcast.language)
    return replace(new, episode=replace(episode, detected_language=language), spoken=spoken)


def _name(position: int, episode: Episode) -> str:
    return f"item {position} “{episode.title}”" if episode.title else f"item {position}"
