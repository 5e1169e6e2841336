"""Whether a feed that has moved is followed. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from castabout.fetch.private import is_private
from castabout.model.feed import Podcast
from castabout.model.library import FeedChange

#: Characters of a GUID that two shows do not have in common by chance, as they have "1".
_TELLING = 20


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port: who gets what is sent to ``url``. https://www.rfc-editor.org/rfc/rfc6454"""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    return parts.scheme, parts.hostname, port or {"http": 80, "https": 443}.get(parts.scheme)


def may_move(old: str, new: str, *, has_credentials: bool) -> bool:
    """Whether a feed at ``old`` may be fetched from ``new`` from now on.

    Never from a private address to a public one or back, and never away
    from the host that a password is for.
    """
    if has_credentials:
        return origin(old) == origin(new)
    return is_private(old) == is_private(new)


def is_same_show(change: FeedChange, known: Podcast) -> bool:
    """Whether a feed found elsewhere, ``change`` from what is ``known``, is of the same show.

    It holds one of its episodes, or names the same GUID or title.
    """
    if change.unchanged or change.also or any(len(new.episode.key) >= _TELLING for new in change.changed):
        return True
    found = change.podcast
    if found.guid and known.guid:
        return found.guid.strip().lower() == known.guid.strip().lower()
    return bool(found.title and known.title and found.title.casefold() == known.title.casefold())
