"""Who is who: the identity of a podcast and of an episode, each in one function."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from uuid import UUID, uuid5

#: As a UUID is mostly written, and always told here.
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/guid.md
_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def podcast_id(guid: str | None, url: str) -> str:
    """The UUID of a podcast: its ``podcast:guid``, else one made of its feed's address.

    The address counts without scheme and trailing slashes. A ``guid`` that
    is no UUID is made one.
    """
    if guid and _UUID.fullmatch(guid):
        return guid
    if guid and (given := guid.strip()):
        try:
            return str(UUID(given))
        except ValueError:
            return str(uuid5(_NAMESPACE, given))
    _, found, rest = url.partition("://")
    return str(uuid5(_NAMESPACE, (rest if found else url).rstrip("/")))


def episode_key(
    *,
    guid: str | None,
    enclosure: str | None,
    link: str | None,
    title: str | None,
    published: datetime | None,
    notes: str | None,
) -> str | None:
    """What tells an episode from the others of its podcast, best first; ``None`` if nothing does.

    The GUID as given, else the address of the media file, else the link,
    else title and date, else (items of the oldest feeds are a text and no more) the notes.
    """
    if guid or enclosure or link:
        return guid or enclosure or link
    if title:
        return f"{title}\n{published.isoformat()}" if published else title
    return f"#{_digest(notes)}" if notes else None


def key_among_others(key: str, *, text: str | None, enclosure: str | None) -> str:
    """A key for one of several different episodes that a feed gives the same key: told apart by content."""
    content = "\n".join((text or "", enclosure or ""))
    return f"{key}#{_digest(content)}"


def episode_id(podcast_id: str, key: str) -> str:
    """The UUID of an episode, the same in every library."""
    return str(uuid5(UUID(podcast_id), key))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
