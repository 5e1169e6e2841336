"""Pages about what the library holds: home, a podcast, an episode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from castabout.engine.castabout import Castabout
from castabout.engine.health import health_of
from castabout.engine.lines import also_in, episode_line, lines_of, podcast_line
from castabout.engine.rising import rising_topics
from castabout.engine.similar import similar_episodes, similar_podcasts
from castabout.errors import NotInLibrary
from castabout.fetch import is_web, without_credentials
from castabout.fetch.private import open_link, without_secrets
from castabout.model.answers import EpisodePage, HomePage, PodcastPage
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.transcript import StoredSpoken
from castabout.store import episodes, inventory, labels, podcasts, spoken

_NEWEST = 8
#: Among these, of a show.
_OF_ONE_SHOW = 2
#: They are chosen from so many.
_LOOKED_AT = 60
_TOPICS = 16
LIMIT = 20
_PAGE = "/episodes/"


def home_page(castabout: Castabout) -> HomePage:
    """What the library holds and what is newest in it."""
    podcast_count, episode_count = inventory.counts(castabout.store, private=castabout.shows_private)
    latest = episodes.newest(castabout.store, limit=_LOOKED_AT, private=castabout.shows_private)
    newest = lines_of(castabout, [stored.row for stored in _of_several(latest)], ())
    counts = Counter(tag for episode in newest for tag in episode.tags)
    return HomePage(
        podcasts=podcast_count,
        episodes=episode_count,
        newest=newest,
        topics=tuple(tag for tag, _ in counts.most_common(_TOPICS)),
        rising=rising_topics(castabout) if episode_count else (),
    )


def _of_several(latest: Sequence[StoredEpisode]) -> Sequence[StoredEpisode]:
    """The first ones, but of each show at most two, if there are others."""
    counts: Counter[int] = Counter()
    chosen: list[StoredEpisode] = []
    others: list[StoredEpisode] = []
    for stored in latest:
        counts[stored.podcast_row] += 1
        (chosen if counts[stored.podcast_row] <= _OF_ONE_SHOW else others).append(stored)
    return (chosen + others)[:_NEWEST]


def podcast_page(castabout: Castabout, id: str, *, offset: int = 0, limit: int = LIMIT) -> PodcastPage:
    """A podcast and its episodes, newest first. Raises `NotInLibrary`."""
    stored = podcasts.by_id(castabout.store, id)
    if stored is None or not _is_shown(castabout, stored):
        raise NotInLibrary(id, "no such podcast in the library")
    page = episodes.newest(castabout.store, podcast_row=stored.row, offset=max(offset, 0), limit=limit)
    of = labels.of_episodes(castabout.store, [one.row for one in page])
    return PodcastPage(
        podcast=podcast_line(stored),
        description=stored.podcast.description,
        categories=stored.podcast.categories,
        source=None if stored.is_private else stored.source,
        added=stored.added,
        is_private=stored.is_private,
        health=health_of(castabout, stored.row),
        offset=max(offset, 0),
        limit=limit,
        episodes=tuple(episode_line(one, stored, labels=of[one.row]) for one in page),
        similar=() if offset else similar_podcasts(castabout, stored),
    )


def episode_page(castabout: Castabout, id: str) -> EpisodePage:
    """An episode with its whole notes and what is said in it. Raises `NotInLibrary`."""
    stored = episodes.by_id(castabout.store, id)
    if stored is None:
        raise NotInLibrary(id, "no such episode in the library")
    podcast = podcasts.by_rows(castabout.store, [stored.podcast_row])[stored.podcast_row]
    if not _is_shown(castabout, podcast):
        raise NotInLibrary(id, "no such episode in the library")
    episode = stored.episode
    image = episode.image or podcast.podcast.image
    of = labels.of_episodes(castabout.store, [stored.row])
    return EpisodePage(
        line=replace(
            episode_line(stored, podcast, labels=of[stored.row]),
            also_in=also_in(castabout, [stored.row]).get(stored.row, ()),
        ),
        subtitle=episode.subtitle,
        notes=episode.notes,
        author=episode.author,
        image=image and without_credentials(image),
        season=episode.season,
        number=episode.number_name or (None if episode.number is None else f"{episode.number:g}"),
        own_link=open_link(episode.link),
        feed=podcast.source if is_web(podcast.source) and not podcast.is_private else None,
        is_private=podcast.is_private,
        spoken=_shown(spoken.of_episodes(castabout.store, [stored.row]).get(stored.row)),
        similar=similar_episodes(castabout, stored, podcast, of[stored.row]),
    )


def named_episode(castabout: Castabout, named: str) -> StoredEpisode:
    """The episode that a person names by its id or the address of its page here. Raises `NotInLibrary`."""
    id = named.partition(_PAGE)[2].partition("?")[0].partition("#")[0] if _PAGE in named else named
    stored = episodes.by_id(castabout.store, id)
    if stored is not None:
        owner = podcasts.by_rows(castabout.store, [stored.podcast_row])[stored.podcast_row]
        if _is_shown(castabout, owner):
            return stored
    raise NotInLibrary(named, "no such episode in the library")


def _shown(found: StoredSpoken | None) -> StoredSpoken | None:
    """Without addresses that are private."""
    if found is None:
        return None
    chapters = tuple(replace(one, url=open_link(one.url)) for one in found.spoken.chapters)
    error = found.error and without_secrets(found.error)
    return replace(found, spoken=replace(found.spoken, chapters=chapters), error=error)


def _is_shown(castabout: Castabout, podcast: StoredPodcast) -> bool:
    return castabout.shows_private or not podcast.is_private
