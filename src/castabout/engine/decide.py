"""What a feed changes: old state, parsed feed and time in, change out. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from castabout.fetch.private import is_private
from castabout.model.digest import digest
from castabout.model.feed import Episode, ParsedFeed, Podcast, Problem
from castabout.model.library import FeedChange, KnownPodcast, NewEpisode
from castabout.parse.identity import episode_id
from castabout.parse.podcasting20 import is_blocked_for

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
) -> FeedChange:
    """What is to be written so that the library holds what ``parsed`` says of the podcast ``id``.

    Episodes that the feed no longer lists are kept. A date that lies ahead is
    unknown, and a problem. Applying the change and deciding again gives an
    empty change.
    """
    podcast = parsed.podcast
    if known and known.popularity is not None:
        podcast = replace(podcast, popularity=known.popularity)  # no feed knows of it
    problems = list(parsed.problems)
    stored = known.episodes if known else {}
    new_ones: list[NewEpisode] = []
    changed: list[NewEpisode] = []
    unchanged = 0
    for position, read in enumerate(parsed.episodes, start=1):
        episode = read
        if read.published and read.published > now + _AHEAD:
            episode = replace(read, published=None)
            ahead = f"its date lies ahead ({read.published:%Y-%m-%d})"
            problems.append(Problem(_name(position, read), ahead))
        new = NewEpisode(id=episode_id(id, episode.key), digest=digest(episode), episode=episode)
        before = stored.get(new.id)
        if before is None:
            new_ones.append(new)
        elif before != new.digest:
            changed.append(new)
        else:
            unchanged += 1
    podcast_digest = digest(podcast)
    private = needs_password or _is_private(parsed.podcast, source)
    is_as_before = known is not None and (known.digest, known.source, known.private) == (
        podcast_digest,
        source,
        private,
    )
    return FeedChange(
        id=id,
        source=source,
        podcast=podcast,
        digest=podcast_digest,
        private=private,
        podcast_changed=not is_as_before,
        new=tuple(new_ones),
        changed=tuple(changed),
        unchanged=unchanged,
        problems=tuple(problems),
        now=now,
    )


def _is_private(podcast: Podcast, source: str) -> bool:
    """Whether others are not to be told of it: by its address, or by its publisher's wish.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/block.md
    """
    if is_private(source) or (podcast.self_url is not None and is_private(podcast.self_url)):
        return True
    return bool(podcast.is_blocked) or is_blocked_for(_SERVICE, podcast.blocks)


def _name(position: int, episode: Episode) -> str:
    return f"item {position} “{episode.title}”" if episode.title else f"item {position}"
