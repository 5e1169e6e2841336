"""What others may be given of the library: its feeds, without secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from castabout.engine.castabout import Castabout
from castabout.engine.health import failing_podcasts
from castabout.engine.lines import UNTITLED
from castabout.fetch import is_web, without_credentials
from castabout.fetch.private import is_private
from castabout.model.library import StoredPodcast
from castabout.model.sources import FeedLine
from castabout.store import podcasts

_PAGE = 500


def feed_lines(
    castabout: Castabout,
    *,
    private: bool = False,
    failing: bool = False,
    left_out: Callable[[StoredPodcast], None] = lambda _: None,
) -> Iterator[FeedLine]:
    """The feeds of all podcasts, in the order they came, each without user name and password.

    Those of private podcasts only if ``private``; only those that fail if
    ``failing``. ``left_out`` is told of each podcast that was left out: a private one, or
    one that was read from a file which does not say where on the web it is. Raises `StoreError`.
    """
    for stored in failing_podcasts(castabout) if failing else _all(castabout):
        url = address_of(stored)
        is_secret = stored.is_private or (url is not None and is_private(url))
        if url is None or (is_secret and not private):
            left_out(stored)
            continue
        podcast = stored.podcast
        yield FeedLine(
            title=podcast.title or UNTITLED,
            url=url,
            link=podcast.link and without_credentials(podcast.link),
            language=podcast.language,
        )


def address_of(stored: StoredPodcast) -> str | None:
    """Where on the web the feed is: of one that was read from a file what the feed itself says, if it does."""
    named: Iterable[str | None] = (stored.source, stored.podcast.self_url)
    return next((without_credentials(url) for url in named if url and is_web(url)), None)


def _all(castabout: Castabout) -> Iterator[StoredPodcast]:
    after = 0
    while rows := podcasts.rows_after(castabout.store, after, limit=_PAGE):
        found = podcasts.by_rows(castabout.store, rows)
        yield from (found[row] for row in rows if row in found)
        after = rows[-1]
