"""Feeds of ours: a list of episodes, or everything about a topic, for any podcast program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Literal, TypeAlias

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.export import address_of
from castabout.engine.hidden import hidden_rows
from castabout.engine.listing import once
from castabout.fetch import without_credentials
from castabout.fetch.private import open_link
from castabout.index.document import language_of
from castabout.model.feed import Episode
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.lists import EpisodeFeed, FeedEntry, StoredList
from castabout.query.ast import Query
from castabout.query.parser import parse, parse_topic
from castabout.store import episodes, lists, podcasts

#: How the episodes of a list are ordered in its feed: as in the list; newest first; as in the list, with
#: dates that make programs which sort by date keep that order.
Order: TypeAlias = Literal["list", "newest", "dated"]
LIST_LIMIT = 500
TOPIC_LIMIT = 100
LAST_OFFSET = 10_000
_APART = timedelta(minutes=1)
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
#: Of a feed whose episodes have none.
_LANGUAGE = "en"


def list_feed(
    castabout: Castabout, key: str, *, order: Order = "list", offset: int = 0
) -> EpisodeFeed | None:
    """The list whose feed has this key, without what was put away; ``None`` if there is none.

    Raises `StoreError`.
    """
    found = lists.by_key(castabout.store, key)
    if found is None:
        return None
    hidden = hidden_rows(castabout)
    rows = lists.rows(castabout.store, found.row, newest=order == "newest", hidden=hidden)
    following = offset + LIST_LIMIT
    page = _entries(castabout, rows[offset:following])
    if order == "dated":
        page = [_dated(entry, found, place) for place, entry in enumerate(page, start=offset)]
    return EpisodeFeed(
        title=found.name,
        description=f"The episodes in the list “{found.name}”, kept with castabout.",
        language=_language(page),
        updated=found.changed,
        entries=tuple(page),
        next_offset=following if following < len(rows) else None,
    )


def topic_feed(castabout: Castabout, topic: str, *, offset: int = 0) -> EpisodeFeed:
    """Everything about ``topic``, newest first, without private podcasts.

    Nor is an episode in it that its publisher wants in no directory, nor a second copy of one.
    Raises `StoreError` and `SearchIndexError`.
    """
    return _found_feed(
        castabout,
        parse_topic(topic),
        title=f"Podcasts about {topic}",
        description=f"Every episode about “{topic}” in a library of podcasts, newest first. Made with castabout.",
        offset=offset,
    )


def search_feed(castabout: Castabout, typed: str, *, offset: int = 0) -> EpisodeFeed:
    """The same of everything that a search finds."""
    return _found_feed(
        castabout,
        parse(typed),
        title=f"Episodes found for {typed}",
        description=f"Every episode found for “{typed}” in a library of podcasts, newest first. "
        "Made with castabout.",
        offset=offset,
    )


def _found_feed(
    castabout: Castabout, query: Query, *, title: str, description: str, offset: int
) -> EpisodeFeed:
    # Whoever has the address of a feed may give it to others, from the machine of its owner too.
    tree = asked(replace(castabout, shows_private=False), query)
    tree = once(tree, castabout.index.copies(tree))
    offset = min(max(offset, 0), LAST_OFFSET)
    rows = castabout.index.newest(tree, offset=offset, limit=TOPIC_LIMIT)
    entries = _entries(castabout, rows, lambda episode: not episode.episode.is_blocked)
    now = castabout.clock()
    dates = [entry.published for entry in entries if entry.published and entry.published <= now]
    following = offset + TOPIC_LIMIT
    return EpisodeFeed(
        title=title,
        description=description,
        language=_language(entries),
        updated=max(dates, default=None),
        entries=tuple(entries),
        next_offset=following if len(rows) == TOPIC_LIMIT and following <= LAST_OFFSET else None,
        total=castabout.index.count(tree),
        offset=offset,
    )


def _entries(
    castabout: Castabout,
    rows: Sequence[int],
    is_wanted: Callable[[StoredEpisode], bool] = lambda _: True,
) -> list[FeedEntry]:
    """Those of the episodes that can be played, in this order."""
    stored = episodes.by_rows(castabout.store, rows)
    owners = podcasts.by_rows(castabout.store, {episode.podcast_row for episode in stored.values()})
    chosen = (stored[row] for row in rows if row in stored)
    return [
        _entry(episode, owners[episode.podcast_row])
        for episode in chosen
        if _is_playable(episode) and is_wanted(episode)
    ]


def _entry(episode: StoredEpisode, podcast: StoredPodcast) -> FeedEntry:
    return FeedEntry(
        podcast=podcast,
        episode=replace(episode, episode=_shown(episode.episode)),
        source=None if podcast.is_private else address_of(podcast),
        published=episode.episode.published,
    )


def _shown(episode: Episode) -> Episode:
    """``episode`` with its files as they must be, so that they can be played, and no other private address."""
    image = episode.image and without_credentials(episode.image)
    return replace(episode, link=open_link(episode.link), image=image)


def _is_playable(episode: StoredEpisode) -> bool:
    return any(_WEB.match(file.url) for file in episode.episode.enclosures[:1])


def _dated(entry: FeedEntry, found: StoredList, place: int) -> FeedEntry:
    return replace(entry, published=found.changed - place * _APART)


def _language(entries: Iterable[FeedEntry]) -> str:
    found = (language_of(entry.episode, entry.podcast) for entry in entries)
    counts = Counter(language for language in found if language)
    return counts.most_common(1)[0][0] if counts else _LANGUAGE
