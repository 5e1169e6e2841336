"""What a feed changes: old state, parsed feed and time in, change out. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from castabout.model.digest import digest
from castabout.model.feed import Episode, ParsedFeed, Podcast, Problem
from castabout.model.library import FeedChange, KnownPodcast, NewEpisode
from castabout.parse.identity import episode_id
from castabout.text.language import detect_language

#: Clocks differ and some shows announce tomorrow's episode; what lies beyond is a mistake.
_AHEAD = timedelta(days=2)


def decide(
    known: KnownPodcast | None, parsed: ParsedFeed, *, id: str, source: str, now: datetime
) -> FeedChange:
    """What is to be written so that the library holds what ``parsed`` says of the podcast ``id``.

    Episodes that the feed no longer lists are kept. A date that lies ahead is
    unknown, and a problem. The language of a new or changed episode is
    detected. Applying the change and deciding again gives an empty change.
    """
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
            new_ones.append(_with_language(new, parsed.podcast))
        elif before != new.digest:
            changed.append(_with_language(new, parsed.podcast))
        else:
            unchanged += 1
    podcast_digest = digest(parsed.podcast)
    return FeedChange(
        id=id,
        source=source,
        podcast=parsed.podcast,
        digest=podcast_digest,
        podcast_changed=known is None or known.digest != podcast_digest or known.source != source,
        new=tuple(new_ones),
        changed=tuple(changed),
        unchanged=unchanged,
        problems=tuple(problems),
        now=now,
    )


def _with_language(new: NewEpisode, podcast: Podcast) -> NewEpisode:
    """``new`` with the language of its text. Its digest stays that of what the feed said."""
    episode = new.episode
    language = detect_language(episode.title, episode.notes, episode.language or podcast.language)
    return replace(new, episode=replace(episode, detected_language=language)) if language else new


def _name(position: int, episode: Episode) -> str:
    return f"item {position} “{episode.title}”" if episode.title else f"item {position}"
