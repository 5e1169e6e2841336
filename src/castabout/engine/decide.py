"""What a feed changes: old state, parsed feed and time in, change out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from castabout.engine.same import Traits, claims, recognise, traits
from castabout.model.digest import digest
from castabout.model.feed import Episode, ParsedFeed, Podcast, Problem
from castabout.model.library import FeedChange, KnownPodcast, NewEpisode
from castabout.parse.identity import episode_id, guid_id, title_key
from castabout.text.language import detect_language

#: Clocks differ and some shows announce tomorrow's episode; what lies beyond is a mistake.
_AHEAD = timedelta(days=2)


def decide(
    known: KnownPodcast | None,
    parsed: ParsedFeed,
    *,
    id: str,
    source: str,
    now: datetime,
    gone: Mapping[str, Traits] = MappingProxyType({}),
    is_alias: bool = False,
    address: str | None = None,
) -> FeedChange:
    """What is to be written so that the library holds what ``parsed`` says of the podcast ``id``.

    Episodes that the feed no longer lists are kept; if they are among ``gone``
    (see `castabout.engine.same.missing`), an unknown item may turn out to be one
    of them, and then keeps its id. A feed that ``is_alias`` only adds what the
    podcast's own does not list. A date that lies ahead is unknown, and a
    problem. The language of a new or changed episode is detected. Applying the
    change and deciding again gives an empty change.
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
            new_ones.append(_with_language(new, parsed.podcast))
        elif known.episodes[stored] != new.digest and not is_alias:
            changed.append(_with_language(new, parsed.podcast))
    podcast, podcast_digest = parsed.podcast, digest(parsed.podcast)
    if known and is_alias:
        podcast, podcast_digest = known.stored.podcast, known.digest
    is_as_before = known and known.digest == podcast_digest and known.stored.source == source
    return FeedChange(
        id=id,
        source=source,
        podcast=podcast,
        digest=podcast_digest,
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


def _with_language(new: NewEpisode, podcast: Podcast) -> NewEpisode:
    """``new`` with the language of its text. Its digest stays that of what the feed said."""
    episode = new.episode
    language = detect_language(episode.title, episode.notes, episode.language or podcast.language)
    return replace(new, episode=replace(episode, detected_language=language)) if language else new


def _name(position: int, episode: Episode) -> str:
    return f"item {position} “{episode.title}”" if episode.title else f"item {position}"
