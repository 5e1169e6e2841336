"""Adding sources: fetch, parse, decide, store, and at the end index."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from castabout.engine.castabout import Castabout
from castabout.engine.decide import decide
from castabout.engine.same import Traits, missing, traits
from castabout.engine.who import who
from castabout.errors import CastaboutError, Fault, NoFeeds, NotAFeed, NotFound, SourceError
from castabout.fetch import Fetched
from castabout.fetch.folder import feed_files
from castabout.fetch.many import fetch_many
from castabout.model.feed import Problem
from castabout.parse.feed import parse_feed
from castabout.parse.opml import parse_opml
from castabout.parse.sniff import Kind, kind_of
from castabout.store import episodes
from castabout.store.apply import apply

_log = logging.getLogger(__name__)

#: Feeds are fetched this many at a time.
WORKERS = 8
#: A list may name lists, those again lists, and no more.
_LIST_DEPTH = 3
_CUT_OFF = "cut off before its end; what was there is read"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedResult:
    """What became of one source: either ``error`` is set or the numbers are."""

    source: str
    error: SourceError | None = None
    podcast: str | None = None
    title: str | None = None
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    #: The feed told of its podcast itself something new.
    podcast_changed: bool = False
    #: The library reads this podcast elsewhere: where.
    known_as: str | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def has_news(self) -> bool:
        """Whether anything was written."""
        return bool(self.added or self.changed or self.podcast_changed)


def add(
    castabout: Castabout, sources: Sequence[str], *, found: Callable[[int], None]
) -> Iterator[FeedResult]:
    """Read ``sources`` (feed files, folders, OPML lists, addresses) into the store.

    Yields one result for each feed and for each source that could not be
    read, as they come; ``found`` is told whenever more feeds turn up. A source
    that fails never stops the others, not even where castabout itself is at fault. The index is not touched: see
    `castabout.engine.indexing.catch_up`. Raises `StoreError`.
    """
    seen: set[str] = set()
    level: list[str] = []
    for source in sources:
        try:
            level += _unfolded(source)
        except SourceError as error:
            yield FeedResult(source=source, error=error)
    for _ in range(_LIST_DEPTH):
        level = [source for source in dict.fromkeys(level) if source not in seen]
        seen.update(level)
        found(len(level))
        lists: list[str] = []
        for source, fetched in fetch_many(castabout.fetcher, level, workers=WORKERS):
            yield from _read(castabout, source, fetched, lists)
        level = lists


def _unfolded(source: str) -> Iterable[str]:
    """The files of a folder; any other source is itself."""
    if not source.strip():
        raise NotFound("“”", "a source without a name")
    folder = Path(source)
    try:
        is_folder = folder.is_dir()
    except (OSError, ValueError):
        is_folder = False
    return [str(file) for file in feed_files(folder)] if is_folder else [source]


def _read(
    castabout: Castabout, source: str, fetched: Fetched | SourceError, lists: list[str]
) -> Iterator[FeedResult]:
    if isinstance(fetched, SourceError):
        yield FeedResult(source=source, error=fetched)
        return
    try:
        if kind_of(fetched.data) is Kind.OPML:
            opml = parse_opml(fetched.data)
            if not opml.feeds:
                raise NoFeeds(source, "a list without a single feed")
            lists += [feed.url for feed in opml.feeds]
            for problem in opml.problems:
                yield FeedResult(source=source, error=NotAFeed(f"{source}, {problem.where}", problem.what))
            return
        yield _store(castabout, fetched)
    except SourceError as error:
        yield FeedResult(source=source, error=_about(error, source))
    except CastaboutError:  # such as of the store: it concerns them all
        raise
    except Exception as error:  # noqa: BLE001 - a mistake of ours at one feed must not cost the others
        _log.debug("%s could not be read", source, exc_info=True)
        yield FeedResult(source=source, error=Fault.of(source, error))


def _store(castabout: Castabout, fetched: Fetched) -> FeedResult:
    parsed = parse_feed(fetched.data)
    if not parsed.episodes:
        raise NotAFeed(fetched.source, "a feed without items")
    podcast = who(castabout, fetched, parsed)
    gone: dict[str, Traits] = {}
    if podcast.known and (ids := missing(podcast.known, parsed.episodes)):
        every = episodes.of_podcast(castabout.store, podcast.known.stored.row)
        gone = {stored.id: traits(stored.episode) for stored in every if stored.id in ids}
    change = decide(
        podcast.known,
        parsed,
        id=podcast.id,
        source=podcast.source,
        now=castabout.clock(),
        gone=gone,
        is_alias=podcast.is_alias,
        address=podcast.address,
    )
    if not change.is_empty:
        apply(castabout.store, change)
    return FeedResult(
        source=fetched.source,
        error=NotAFeed(fetched.source, _CUT_OFF) if parsed.cut_off else None,
        podcast=podcast.id,
        title=parsed.podcast.title,
        added=len(change.new),
        changed=len(change.changed),
        unchanged=change.unchanged,
        podcast_changed=change.podcast_changed,
        known_as=podcast.source if podcast.is_alias else None,
        problems=(*podcast.problems, *change.problems),
    )


def _about(error: SourceError, source: str) -> SourceError:
    """The same error, said of the source that a person named: the parser does not know it."""
    return type(error)(source, error.cause)
