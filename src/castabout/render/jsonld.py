"""Podcasts and episodes as linked data for programs that read pages.

https://schema.org/PodcastSeries, https://schema.org/PodcastEpisode. What is unknown is left out. The address of
each is its publisher's page, since that is where it is at home; ours where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from castabout.model.answers import EpisodePage, PodcastLine, PodcastPage
from castabout.model.feed import Enclosure
from castabout.model.transcript import Chapter
from castabout.text.html import html_to_text
from castabout.text.numbers import iso_duration

Json: TypeAlias = str | int | float | list["Json"] | dict[str, "Json"]
_CONTEXT = "https://schema.org"
_DESCRIPTION_CHARACTERS = 5_000
_MOST_CHAPTERS = 100


def podcast_data(page: PodcastPage, address: str) -> dict[str, Json]:
    """A podcast whose page of ours is at ``address``."""
    return {"@context": _CONTEXT} | _series(
        page.podcast,
        address,
        feed=page.source,
        description=_text(page.description),
        genre=list(page.categories) or None,
        numberOfEpisodes=page.podcast.episodes_total or None,
    )


def episode_data(page: EpisodePage, address: str, podcast_address: str) -> dict[str, Json]:
    """An episode whose page of ours is at ``address``, and that of its podcast at the other one."""
    line = page.line
    season = {"@type": "PodcastSeason", "seasonNumber": page.season} if page.season is not None else None
    chapters = page.spoken.spoken.chapters[:_MOST_CHAPTERS] if page.spoken else ()
    return {"@context": _CONTEXT} | _known(
        {
            "@type": "PodcastEpisode",
            "name": line.title,
            "url": page.own_link or address,
            "identifier": line.id,
            "description": _text(page.notes) or page.subtitle,
            "image": page.image,
            "inLanguage": line.language,
            "datePublished": line.published.isoformat() if line.published else None,
            "timeRequired": iso_duration(line.duration),
            "episodeNumber": page.number,
            "partOfSeason": season,
            "partOfSeries": _series(line.podcast, podcast_address, feed=page.feed),
            "associatedMedia": _media(line.enclosure, line.duration),
            "contributor": [{"@type": "Person", "name": person.name} for person in line.people] or None,
            "hasPart": [_clip(chapter, address) for chapter in chapters] or None,
        }
    )


def _series(podcast: PodcastLine, address: str, *, feed: str | None, **more: Json | None) -> dict[str, Json]:
    return _known(
        {
            "@type": "PodcastSeries",
            "name": podcast.title,
            "url": podcast.link or address,
            "identifier": podcast.id,
            "webFeed": feed if feed and feed.startswith(("http://", "https://")) else None,
            "image": podcast.image,
            "inLanguage": podcast.language,
            # Whether a person or a company is behind a name no feed tells.
            "author": {"name": podcast.author} if podcast.author else None,
            **more,
        }
    )


def _media(file: Enclosure | None, duration: int | None) -> dict[str, Json] | None:
    if file is None:
        return None
    is_video = (file.type or "").startswith("video/")
    return _known(
        {
            "@type": "VideoObject" if is_video else "AudioObject",
            "contentUrl": file.url,
            "encodingFormat": file.type,
            "contentSize": str(file.length) if file.length else None,
            "duration": iso_duration(duration),
        }
    )


def _clip(chapter: Chapter, address: str) -> dict[str, Json]:
    start = int(chapter.start)
    end = None if chapter.end is None else int(chapter.end)
    return _known(
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": start,
            "endOffset": end,
            "url": f"{address}?t={start}",
        }
    )


def _text(html: str | None) -> str | None:
    return " ".join(html_to_text(html).split())[:_DESCRIPTION_CHARACTERS] or None if html else None


def _known(values: Mapping[str, Json | Iterable[Json] | None]) -> dict[str, Json]:
    return {name: value for name, value in values.items() if value is not None}  # type: ignore[misc]
