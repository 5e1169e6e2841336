"""Episodes of many podcasts as one feed.

RSS 2.0, https://www.rssboard.org/rss-specification, with the elements that podcast programs read:
https://help.apple.com/itc/podcasts_connect/#/itcb54353390 and
https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md

What publishers said passes through: files stay where they are, transcripts and chapters are theirs. The feed
asks to be kept out of directories, since nothing in it is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from mimetypes import guess_type
from urllib.parse import urlsplit

from castabout.model.feed import Enclosure, Episode
from castabout.model.lists import EpisodeFeed, FeedEntry
from castabout.render.xml import tag

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters"
 xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
<channel>
"""
_FOOT = "</channel>\n</rss>\n"
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
#: Apple asks for one of its categories; a list of anything has none of its own.
_CATEGORY = "Leisure"
_AUDIO = "audio/mpeg"
_UNTITLED = "Untitled"
#: Minutes until a program need look again.
_TTL = "60"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a feed and what belongs to it are: whole addresses."""

    #: The page that shows the same.
    page: str
    #: The feed itself.
    feed: str
    next_page: str | None
    picture: str
    #: What the id of an episode is put behind to have its page.
    episodes: str


def rss(feed: EpisodeFeed, addresses: Addresses) -> Iterator[str]:
    """The feed, piece by piece. Whatever its texts hold, it is well-formed."""
    yield _HEAD
    yield from _channel(feed, addresses)
    yield tag("podcast:medium", "podcast")
    for entry in feed.entries:
        yield "<item>\n" + "".join(_item(entry, addresses)) + "</item>\n"
    yield _FOOT


def podcast_list(feed: EpisodeFeed, addresses: Addresses) -> Iterator[str]:
    """The same without episodes: it names those of other feeds, for programs that read lists.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/remote-item.md
    """
    yield _HEAD
    yield from _channel(feed, addresses)
    yield tag("podcast:medium", "podcastL")
    for entry in feed.entries:
        podcast, episode = entry.podcast, entry.episode.episode
        yield tag(
            "podcast:remoteItem",
            feedGuid=podcast.podcast.guid or podcast.id,
            feedUrl=entry.source,
            itemGuid=episode.key,
            medium=podcast.podcast.medium,
            title=episode.title,
        )
    yield _FOOT


def _channel(feed: EpisodeFeed, addresses: Addresses) -> Iterator[str]:
    yield tag("title", feed.title)
    yield tag("link", addresses.page)
    yield tag("description", feed.description)
    yield tag("language", feed.language)
    yield tag("generator", "castabout")
    yield tag("ttl", _TTL)
    if feed.updated:
        yield tag("lastBuildDate", _date(feed.updated))
    yield tag("atom:link", rel="self", type="application/rss+xml", href=addresses.feed)
    if addresses.next_page:
        # https://www.rfc-editor.org/rfc/rfc5005#section-3
        yield tag("atom:link", rel="next", type="application/rss+xml", href=addresses.next_page)
    if feed.total is not None:
        # https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md#opensearch-response-elements
        yield tag("opensearch:totalResults", str(feed.total))
        yield tag("opensearch:startIndex", str(feed.offset))
    yield f"<image>\n{tag('url', addresses.picture)}{tag('title', feed.title)}"
    yield f"{tag('link', addresses.page)}</image>\n"
    yield tag("itunes:image", href=addresses.picture)
    yield tag("itunes:author", "castabout")
    yield tag("itunes:category", text=_CATEGORY)
    yield tag("itunes:explicit", _yes(any(_is_explicit(entry) for entry in feed.entries)))
    yield tag("itunes:type", "episodic")
    yield tag("itunes:block", "Yes")
    yield tag("podcast:block", "yes")
    yield tag("podcast:locked", "yes")


def _item(entry: FeedEntry, addresses: Addresses) -> Iterator[str]:
    episode, podcast = entry.episode.episode, entry.podcast.podcast
    yield tag("title", episode.title or _UNTITLED)
    yield tag("link", _web(episode.link) or addresses.episodes + entry.episode.id)
    # Two shows may use the same GUID, which in one feed would be one episode.
    yield tag("guid", f"{entry.podcast.id}:{episode.key}", isPermaLink="false")
    if entry.published:
        yield tag("pubDate", _date(entry.published))
    yield tag("description", episode.notes or episode.subtitle or "")
    yield _enclosure(episode.enclosures[0])
    if entry.source:
        yield tag("source", podcast.title or _UNTITLED, url=entry.source)
    if author := podcast.title or podcast.author:
        yield tag("itunes:author", author)
    if episode.duration is not None:
        yield tag("itunes:duration", str(episode.duration))
    if image := _web(episode.image) or _web(podcast.image):
        yield tag("itunes:image", href=image)
    yield tag("itunes:explicit", _yes(_is_explicit(entry)))
    yield from _numbers(episode)
    yield from _linked(episode)
    yield from _people(entry)


def _enclosure(file: Enclosure) -> str:
    guessed, _ = guess_type(urlsplit(file.url).path)
    # All three are required; nobody knows the length of a stream.
    return tag("enclosure", url=file.url, length=str(file.length or 0), type=file.type or guessed or _AUDIO)


def _numbers(episode: Episode) -> Iterator[str]:
    if episode.type in ("full", "trailer", "bonus"):
        yield tag("itunes:episodeType", episode.type)
    if episode.season:
        yield tag("itunes:season", str(episode.season))
        yield tag("podcast:season", str(episode.season), name=episode.season_name)
    if episode.number:
        if episode.number == int(episode.number):
            yield tag("itunes:episode", f"{episode.number:.0f}")
        yield tag("podcast:episode", f"{episode.number:g}", display=episode.number_name)


def _linked(episode: Episode) -> Iterator[str]:
    for file in episode.transcripts:
        if url := _web(file.url):
            kind = file.type or guess_type(urlsplit(url).path)[0] or "text/plain"
            yield tag("podcast:transcript", url=url, type=kind, language=file.language, rel=file.rel)
    if episode.chapters and (url := _web(episode.chapters.url)):
        yield tag("podcast:chapters", url=url, type=episode.chapters.type or "application/json+chapters")
    if episode.simple_chapters:
        chapters = (
            tag(
                "psc:chapter",
                start=_clock(one.start),
                title=one.title,
                href=_web(one.link),
                image=_web(one.image),
            )
            for one in episode.simple_chapters
        )
        yield f'<psc:chapters version="1.2">\n{"".join(chapters)}</psc:chapters>\n'
    for bite in episode.soundbites:
        yield tag(
            "podcast:soundbite",
            bite.title or "",
            startTime=f"{bite.start:.3f}",
            duration=f"{bite.duration:.3f}",
        )


def _people(entry: FeedEntry) -> Iterator[str]:
    # Those of an episode take the place of those of the show.
    for person in entry.episode.episode.people or entry.podcast.podcast.people:
        yield tag(
            "podcast:person",
            person.name,
            role=person.role,
            group=person.group,
            href=_web(person.url),
            img=_web(person.image),
        )


def _is_explicit(entry: FeedEntry) -> bool:
    own = entry.episode.episode.explicit
    return bool(entry.podcast.podcast.explicit if own is None else own)


def _yes(is_so: bool) -> str:
    return "true" if is_so else "false"


def _date(when: datetime) -> str:
    """As RFC 2822 has it, in the zone of the publisher."""
    return format_datetime(when.replace(microsecond=0))


def _clock(seconds: float) -> str:
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(int(minutes), 60)
    return f"{hours:02}:{minute:02}:{second:06.3f}"


def _web(url: str | None) -> str | None:
    return url if url and _WEB.match(url) else None
